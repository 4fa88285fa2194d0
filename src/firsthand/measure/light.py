"""Day or night by the picture's own numbers: almost always "cannot tell".

A camera exposes for a mid-grey picture, by day as by night, so brightness alone says next to
nothing: a dark picture may be an underexposed day or a cellar, a bright one a floodlit street or a
telephone's night mode. Two readings only are ever more than "cannot tell":

- *absolute*: the exposure is known (from the file's own fields) and a person marked the sky. Then
  the luminance of the sky follows. Clear-sky illuminance is 585 to 410 lx at sunset, 3.5 to 2 lx
  with the sun at -6 degrees and about 0.008 lx at -12 (AMS Glossary of Meteorology, "civil
  twilight", "astronomical twilight", https://glossary.ametsoc.org). A sky of 300 cd/m2 would give
  pi * 300 = 940 lx: day. One of 0.002 cd/m2 gives 0.006 lx: night. Between them lie four powers
  of ten in which this stays silent, street light and moonlight among them.
- *blue sky*: a smooth, bright, blue upper part and a lit ground through the whole clip, which by
  night would need a blue ceiling or a long exposure under a full moon. It may still be twilight.

Either is a reading with its doubt stated, never the analyst's eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from firsthand.records.words import Message, say

__all__ = ["DAY_SKY_CD_M2", "NIGHT_SKY_CD_M2", "FrameLight", "LightReading", "read_light"]

DAY_SKY_CD_M2: Final = 300.0
NIGHT_SKY_CD_M2: Final = 0.002

FEWEST_FRAMES: Final = 5
"""Fewer frames than this are no clip to speak of for the blue-sky reading."""

_METER_K: Final = 12.5  # cd s / m2, reflected-light meter constant K (ISO 2720:1974)
_MID_GREY: Final = 0.18
_BLUE: Final = 0.06
_SKY_LUMA: Final = (0.40, 0.97)
_SKY_TEXTURE: Final = 0.04
_GROUND_LUMA: Final = 0.20
_CLIPPED: Final = 0.05


@dataclass(frozen=True)
class FrameLight:
    """Plain numbers of one frame, all 0 to 1 of display-encoded (not linear) values.

    `sky` is the upper third of the upright picture, unless `sky_marked` says that a person marked
    the sky. `sky_blue` is mean(B) - mean(R) there; `sky_texture` the standard deviation of luma
    there; `ground_luma` the mean luma of the lower half; `clipped` the share of saturated pixels.
    `exposure_ev100` is log2(N^2 / t) at ISO 100 equivalent. None is what was not measured, and
    nothing is read from it.
    """

    t_s: float
    sky_luma: float
    sky_blue: float | None = None
    sky_texture: float | None = None
    ground_luma: float | None = None
    clipped: float | None = None
    exposure_ev100: float | None = None
    sky_marked: bool = False


@dataclass(frozen=True)
class LightReading:
    """`seen` with the reason, and what else the same numbers would fit."""

    seen: Literal["day", "night", "cannot_tell"]
    why: Message
    doubts: tuple[Message, ...] = ()


def _linear(encoded: float) -> float:
    """IEC 61966-2-1 (sRGB) decoding."""
    return encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4


def sky_luminance_cd_m2(frame: FrameLight) -> float | None:
    """The marked sky's luminance from exposure and picture, or None where either is missing.

    A meter at EV100 = e makes mid-grey of K/100 * 2^e cd/m2. Tone curves bend this by a factor
    of a few, which is why the two limits lie so far apart.
    """
    if frame.exposure_ev100 is None or not frame.sky_marked:
        return None
    mid_grey = _METER_K / 100 * 2.0**frame.exposure_ev100
    return float(mid_grey * _linear(frame.sky_luma) / _MID_GREY)


def _blue_day(frame: FrameLight) -> bool:
    low, high = _SKY_LUMA
    return (
        frame.sky_blue is not None
        and frame.sky_texture is not None
        and frame.ground_luma is not None
        and frame.clipped is not None
        and low <= frame.sky_luma <= high
        and frame.sky_blue >= _BLUE
        and frame.sky_texture <= _SKY_TEXTURE
        and frame.ground_luma >= _GROUND_LUMA
        and frame.clipped <= _CLIPPED
    )


def read_light(frames: Sequence[FrameLight]) -> LightReading:
    """Day, night or (nearly always) cannot tell, from the numbers of frames of one shot."""
    skies = [sky_luminance_cd_m2(frame) for frame in frames]
    known = [sky for sky in skies if sky is not None]
    if known and len(known) == len(skies):
        if min(known) >= DAY_SKY_CD_M2:
            return LightReading(
                "day",
                say(
                    "By the exposure stated in the file, the marked sky had at least {sky} cd/m2.",
                    sky=f"{min(known):.0f}",
                ),
                (say("The exposure is a field of the file, which can be edited."),),
            )
        if max(known) <= NIGHT_SKY_CD_M2:
            return LightReading(
                "night",
                say(
                    "By the exposure stated in the file, the marked sky had at most {sky} cd/m2.",
                    sky=f"{max(known):.4f}",
                ),
                (say("The exposure is a field of the file, which can be edited."),),
            )
    if len(frames) >= FEWEST_FRAMES and all(_blue_day(frame) for frame in frames):
        return LightReading(
            "day",
            say(
                "The upper part of all {count} frames is smooth, bright and blue, and the ground "
                "is lit.",
                count=str(len(frames)),
            ),
            (
                say("Civil twilight looks like this too once a camera has exposed for it."),
                say("So may a blue ceiling, a screen, or a long exposure under a full moon."),
            ),
        )
    return LightReading(
        "cannot_tell",
        say(
            "Brightness does not tell day from night: cameras expose a street lamp and a "
            "dull noon alike."
        ),
    )
