"""What the sandbox found in a clip, kept as working copies and read back by the checks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from firsthand import __version__
from firsthand.app.store import Desk
from firsthand.case import Case, CaseState
from firsthand.measure.light import FrameLight, LightReading, read_light
from firsthand.media import Examination, FileMetadata, Findings
from firsthand.records import Item, Made, Media

__all__ = ["EXAMINATION", "SHEET", "Examined", "contact_sheet", "examined", "keep_examination"]

EXAMINATION: Final = "examination"
SHEET: Final = "contact sheet"


def frame_label(t_s: float) -> str:
    """The label of a key frame: its presentation time."""
    return f"frame at {t_s:.6f} s"


@dataclass(frozen=True)
class Examined:
    """A clip's latest examination; `record` is the item that holds it."""

    record: Item
    findings: Findings

    @property
    def media(self) -> Media:
        """Streams, size, rotation."""
        return self.findings.media

    @property
    def metadata(self) -> FileMetadata:
        """What the file says of itself."""
        return self.findings.metadata

    @property
    def light(self) -> LightReading | None:
        """Day or night by the picture's own numbers: nearly always "cannot tell"."""
        luma = self.findings.luma
        if luma is None or not luma.pts:
            return None
        base = Fraction(luma.time_base)
        return read_light(
            [
                FrameLight(t_s=float(pts * base), sky_luma=upper)
                for pts, upper in zip(luma.pts, luma.upper, strict=True)
            ]
        )


def _derived(state: CaseState, item: str, label: str) -> list[Item]:
    return [
        one
        for one in state.items.values()
        if one.kind == "derivative" and one.label == label and one.made and item in one.made.inputs
    ]


def examined(case: Case, state: CaseState, item: str) -> Examined | None:
    """The latest examination of a media item, or None if there is none."""
    kept = _derived(state, item, EXAMINATION)
    if not kept:
        return None
    return Examined(kept[-1], Findings.parse(case.read_item(kept[-1])))


def contact_sheet(state: CaseState, item: str) -> Item | None:
    """The latest contact sheet of a media item."""
    kept = _derived(state, item, SHEET)
    return kept[-1] if kept else None


def keep_examination(desk: Desk, item: Item, found: Examination) -> None:
    """Keep the contact sheet, the key frames and the record, each with how it was made.

    The record comes last: while it is missing, the footage counts as not examined.
    """
    media = found.media.model_copy(update={"item": item.id})
    record = found.record.model_copy(update={"media": media})

    def made(what: str, **arguments: str) -> Made:
        return Made(
            tool=f"firsthand {what} ({media.decoder})",
            version=f"{__version__} ({media.decoder_version})",
            arguments=arguments,
            inputs=(item.id,),
            input_sha256=(item.sha256,),
        )

    keep = desk.writer.add_derivative
    if found.contact_sheet is not None:
        keep(found.contact_sheet, media_type="image/jpeg", made=made("sheet"), label=SHEET)
    for frame in found.frames:
        how = made("frame", pts=str(frame.pts), time_base=frame.time_base)
        keep(found.png(frame), media_type="image/png", made=how, label=frame_label(frame.t_s))
    desk.writer.append("media.examined", subject=(item.id,), sensitive=media)
    keep(
        record.canonical(),
        media_type="application/json",
        made=made("examine"),
        label=EXAMINATION,
    )
