"""How the cost of a look-up grows with the archive, as a small SVG beside docs/accuracy.md."""

from __future__ import annotations

from math import ceil, floor, log10
from pathlib import Path

WIDTH, HEIGHT = 560, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 190, 16, 44
LINES = (
    ("pdq_ms", 1.0, "one PDQ look-up", "#1b6ca8", ""),
    ("sscd_ms", 1.0, "one look-up by 512 sign bits", "#b3541e", "6 3"),
    ("full_s", 1000.0, "60 s query, full view", "#3f7d3a", ""),
    ("shortlist_s", 1000.0, "60 s query, all views", "#6a4c93", "6 3"),
)


def growth(rows: list[dict], path: Path) -> None:
    """Milliseconds against pictures, both in powers of ten."""
    lines = [line for line in LINES if all(line[0] in row for row in rows)]
    values = [row[key] * scale for row in rows for key, scale, *_ in lines]
    sizes = [row["pictures"] for row in rows]
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    first, last = log10(min(sizes)), log10(max(sizes))

    def across(size: float) -> float:
        return LEFT + (log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def down(value: float) -> float:
        return TOP + (high - log10(value)) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="11">',
        "<title>Time of a look-up against the number of pictures in the archive</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        y = down(10.0**power)
        parts += [
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>',
        ]
    for size in (size for size in sizes if log10(size) == int(log10(size))):
        parts.append(
            f'<text x="{across(size):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{size:,}</text>"
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
        "pictures in the archive</text>"
    )
    ends = _apart([down(rows[-1][key] * scale) for key, scale, *_ in lines])
    for (key, scale, name, colour, dashes), end in zip(lines, ends, strict=True):
        points = " ".join(
            f"{across(row['pictures']):.1f},{down(row[key] * scale):.1f}" for row in rows
        )
        parts += [
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"'
            f' stroke-dasharray="{dashes}"/>',
            f'<text x="{WIDTH - RIGHT + 8}" y="{end + 4:.1f}" fill="{colour}">{name}</text>',
        ]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([*parts, "</svg>", ""]))


def _apart(heights: list[float], least: float = 14.0) -> list[float]:
    """Labels from the top down, pushed until none covers another."""
    out, above = list(heights), float("-inf")
    for which in sorted(range(len(out)), key=lambda at: heights[at]):
        out[which] = above = max(heights[which], above + least)
    return out
