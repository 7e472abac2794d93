"""`kg different`: two entities are not one."""

from kg.cli import judging
from kg.cli import store as stores


def command(
    one: judging.Entity,
    other: judging.Entity,
    reason: judging.Reason = "",
    by: judging.By = "person",
    store: stores.StorePlace = stores.DEFAULT,
) -> None:
    """Judge that two entities are not one; what rules have joined comes apart. ENTITY@DOCUMENT means what one document says.

    \b
    Examples:
      kg different "Mark Esper" "Mark Milley" --reason "a minister and a general"
      kg different person/mark-esper person/mark-milley
    """
    judging.judge("different", one, other, reason, by, store)
