"""`kg same`: two entities are one."""

from kg.cli import judging
from kg.cli import store as stores


def command(
    one: judging.Entity,
    other: judging.Entity,
    reason: judging.Reason = "",
    by: judging.By = "person",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Judge that two entities are one. Their facts come together at once; kg undo takes it back.

    \b
    Examples:
      kg same "Kassem Sulaiman" "Qassem Soleimani" --reason "misspelt"
      kg same person/kassem-sulaiman person/qassem-soleimani --by Anna
    """
    judging.judge("same", one, other, reason, by, store)
