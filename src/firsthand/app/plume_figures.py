"""What an editor looks at: the smoke outlined with a scale in metres, and its height over time.

PNG and SVG bytes that follow from the measurement alone: equal inputs give equal bytes.
"""

from __future__ import annotations

import io
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from firsthand.measure.plume.answer import PlumeMeasurement

__all__ = ["figures_of"]

Picture = NDArray[np.uint8]

OUTLINE: Final = (255, 209, 0)
TOP: Final = (255, 80, 80)
BASE: Final = (80, 220, 255)
SHOWN: Final = 3
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 260, 62, 14, 14, 34


def figures_of(answer: PlumeMeasurement) -> dict[str, bytes]:
    """Figures by file name; none where no smoke was found."""
    if answer.seen is None:
        return {}
    figures = {}
    places = np.linspace(0, len(answer.seen.trace.frames) - 1, SHOWN).round().astype(int)
    for number, place in enumerate(dict.fromkeys(places.tolist()), start=1):
        figures[f"plume-frame-{number}.png"] = _frame(answer, place)
    graph = _graph(answer)
    if graph is not None:
        figures["plume-height.svg"] = graph
    return figures


def _frame(answer: PlumeMeasurement, place: int) -> bytes:
    seen = answer.seen
    assert seen is not None  # noqa: S101 -- the caller has looked
    frame = seen.trace.frames[place]
    picture = seen.scenes[frame].picture.copy()
    piece = seen.found.pieces[frame]
    if piece is not None:
        lines, _ = cv2.findContours(
            piece.mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
        )
        cv2.drawContours(picture, lines, -1, OUTLINE, 1)
    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(13)
    (base_x, base_y), (top_x, top_y) = seen.trace.base[place], seen.trace.top[place]
    _cross(draw, top_x, top_y, TOP)
    _cross(draw, base_x, base_y, BASE)
    if answer.heights_m:
        _scale(draw, font, (float(base_x), float(base_y), float(top_y)), answer, place)
    stamp = f"{answer.frames_t_s[place]:.2f} s"
    _label(draw, font, (6, 4), stamp)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _cross(draw: ImageDraw.ImageDraw, x: float, y: float, colour: tuple[int, int, int]) -> None:
    draw.line((x - 7, y, x + 7, y), fill=colour, width=1)
    draw.line((x, y - 7, x, y + 7), fill=colour, width=1)


def _label(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    at: tuple[float, float], text: str,
) -> None:  # fmt: skip
    box = draw.textbbox(at, text, font=font)
    draw.rectangle((box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2), fill="black")
    draw.text(at, text, fill="white", font=font)


def _scale(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    ends: tuple[float, float, float], answer: PlumeMeasurement, place: int,
) -> None:  # fmt: skip
    """A rule of round metres beside the smoke, from its base up."""
    base_x, base_y, top_y = ends
    height = answer.heights_m[place]
    if height is None or height <= 0 or base_y - top_y < 10:
        return
    per_metre = (base_y - top_y) / height
    step = _round_step(height)
    seen = answer.seen
    assert seen is not None  # noqa: S101 -- the caller has looked
    x = max(base_x - 1.6 * float(seen.trace.half_width[place]) - 30, 44.0)
    draw.line((x, base_y, x, top_y), fill="white", width=2)
    for metres in np.arange(0, height + 1e-6, step):
        y = base_y - per_metre * float(metres)
        draw.line((x - 5, y, x + 5, y), fill="white", width=2)
        _label(draw, font, (x - 42, y - 7), f"{metres:.0f} m")


def _round_step(height: float) -> float:
    raw = height / 3
    power = 10.0 ** np.floor(np.log10(raw))
    return float(power * min((1, 2, 5, 10), key=lambda unit: abs(unit * power - raw)))


def _graph(answer: PlumeMeasurement) -> bytes | None:
    """Height against time; the band is the 95 % interval carried along."""
    told = [
        (t, h) for t, h in zip(answer.frames_t_s, answer.heights_m, strict=False) if h is not None
    ]
    if len(told) < 2 or answer.low_m is None:
        return None
    times, heights = np.array(told).T
    middle = float(np.median(heights))
    high = answer.high_m
    down = answer.low_m / middle
    up = (heights.max() * 1.25 if high is None else high) / middle
    end = max(float(heights.max()) * max(up, 1.0), 1.0) * 1.08
    span = max(float(np.ptp(times)), 1e-6)

    def x(t: float) -> str:
        return f"{_LEFT + (t - times[0]) / span * (_WIDTH - _LEFT - _RIGHT):.1f}"

    def y(metres: float) -> str:
        return f"{_TOP + (1 - metres / end) * (_HEIGHT - _TOP - _BOTTOM):.1f}"

    above = " ".join(f"{x(t)},{y(h * up)}" for t, h in told)
    below = " ".join(f"{x(t)},{y(h * down)}" for t, h in reversed(told))
    line = " ".join(f"{x(t)},{y(h)}" for t, h in told)
    step = _round_step(end)
    rules = "".join(
        f'<line x1="{_LEFT}" y1="{y(m)}" x2="{_WIDTH - _RIGHT}" y2="{y(m)}" stroke="currentColor" '
        f'stroke-width="0.5" stroke-dasharray="3 4"/>'
        f'<text x="{_LEFT - 6}" y="{y(m)}" dy="4" text-anchor="end">{m:.0f} m</text>'
        for m in np.arange(0, end, step)
    )
    marks = "".join(
        f'<text x="{x(t)}" y="{_HEIGHT - 12}" text-anchor="{anchor}">{t:.1f} s</text>'
        for t, anchor in ((times[0], "start"), (times[-1], "end"))
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="currentColor">{rules}{marks}'
        f'<polygon points="{above} {below}" fill="currentColor" fill-opacity="0.15"/>'
        f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2"/></svg>'
    )
    return svg.encode()
