"""MinHash: a few numbers by which texts that share most of their wording are known, without comparing the texts.

Broder, "On the resemblance and containment of documents" (1997), over runs of five words. Of two texts the share of equal numbers
is about the share of runs that they have in common.
"""

import base64
import hashlib
import re

import numpy as np
import numpy.typing as npt

SIZE = 96
_RUN = 5
_WORD = re.compile(r"\w+")


def signature(text: str) -> str | None:
    """The numbers in base64; None for a text of less than a run."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    if not runs:
        return None
    hashes = np.fromiter((_hash(run) for run in runs), dtype=np.uint64, count=len(runs))
    least = np.array([((hashes * factor + addend) >> np.uint64(32)).min() for factor, addend in _FUNCTIONS], dtype=np.uint64)
    # The low bits of the least hash tell as much as all.
    return base64.b64encode((least & np.uint64(0xFFFF)).astype("<u2").tobytes()).decode("ascii")


def numbers(signature: str) -> npt.NDArray[np.uint16]:
    """The numbers of a signature. ValueError when it is none."""
    found = np.frombuffer(base64.b64decode(signature, validate=True), dtype="<u2")
    if len(found) != SIZE:
        raise ValueError(f"a signature has {SIZE} numbers, not {len(found)}")
    return found.astype(np.uint16)


def is_signature(text: str) -> bool:
    """True for what `numbers` can read."""
    try:
        numbers(text)
    except ValueError:
        return False
    return True


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


_FUNCTIONS = [(np.uint64(_hash(f"factor {number}") | 1), np.uint64(_hash(f"addend {number}"))) for number in range(SIZE)]
