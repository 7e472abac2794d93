"""What a stated confidence is worth: a picture of how many of the claims that got it are right."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_WIDTH, _HEIGHT, _LEFT, _TOP, _SIDE = 380, 400, 50, 40, 300


@dataclass(frozen=True, slots=True)
class Bin:
    """`number` claims with a mean confidence `stated`, of which the share `right` is right."""

    stated: float
    right: float
    number: int


def bins(judged: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Claims by tenths of their confidence."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for stated, right in judged:
        groups[min(int(stated * 10), 9)].append((stated, right))
    return [Bin(sum(s for s, _ in g) / len(g), sum(r for _, r in g) / len(g), len(g)) for _, g in sorted(groups.items())]


def error(found: Iterable[Bin]) -> float:
    """The expected calibration error: how far confidence and share of right ones lie apart, over all claims."""
    counted = list(found)
    return sum(b.number * abs(b.stated - b.right) for b in counted) / (sum(b.number for b in counted) or 1)


def picture(judged: Iterable[tuple[float, bool]]) -> str:
    """SVG: a dot a bin, the larger the more claims; on the dashed line confidence and share of right ones are the same."""
    found = bins(judged)
    bottom = _TOP + _SIDE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="11" text-anchor="middle">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT + _SIDE // 2}" y="24">{sum(b.number for b in found)} claims, expected calibration error {error(found):.2f}</text>',
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="black"/>',
        f'<line x1="{_LEFT}" y1="{bottom}" x2="{_LEFT + _SIDE}" y2="{_TOP}" stroke="gray" stroke-dasharray="4"/>',
    ]
    for tick in range(0, 11, 2):
        step = _SIDE * tick // 10
        lines.append(
            f'<text x="{_LEFT + step}" y="{bottom + 18}">{tick / 10}</text><text x="{_LEFT - 14}" y="{bottom - step + 4}">{tick / 10}</text>'
        )
    for b in found:
        place = f'cx="{_LEFT + _SIDE * b.stated:.1f}" cy="{bottom - _SIDE * b.right:.1f}" r="{2 + math.sqrt(b.number) / 3:.1f}"'
        lines.append(f'<circle {place} fill="steelblue"><title>{b.number} claims: stated {b.stated:.2f}, right {b.right:.2f}</title></circle>')
    lines.append(f'<text x="{_LEFT + _SIDE // 2}" y="{bottom + 38}">confidence of the claim</text>')
    lines.append('<text x="14" y="190" transform="rotate(-90 14 190)">share of right claims</text></svg>')
    return "\n".join(lines) + "\n"
