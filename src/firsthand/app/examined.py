"""What the sandbox found in a clip, kept as working copies and read back by the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from firsthand import __version__
from firsthand.app.store import Desk
from firsthand.case import Case, CaseState
from firsthand.measure.light import FrameLight, LightReading, read_light
from firsthand.media import Examination, FileMetadata, Findings
from firsthand.media.continuity import Continuity
from firsthand.media.contradictions import Contradiction
from firsthand.media.credentials import Credentials
from firsthand.media.inspection import Inspected, Inspection
from firsthand.media.structure import Structure
from firsthand.records import Item, Made, Media

__all__ = ["EXAMINATION", "SHEET", "Examined", "contact_sheet", "examined", "keep_examination"]

EXAMINATION: Final = "examination"
SHEET: Final = "contact sheet"
INSPECTION: Final = "inspection"
PICTURES_TOOL: Final = "firsthand continuity"


def frame_label(t_s: float) -> str:
    """The label of a key frame: its presentation time."""
    return f"frame at {t_s:.6f} s"


@dataclass(frozen=True)
class Examined:
    """A clip's latest examination and inspection, with the items that hold them.

    `pictures` are those that its continuity names, as kept items by name.
    """

    record: Item
    findings: Findings
    inspection_record: Item
    inspection: Inspection
    pictures: Mapping[str, Item]

    @property
    def media(self) -> Media:
        """Streams, size, rotation."""
        return self.findings.media

    @property
    def metadata(self) -> FileMetadata:
        """What the file says of itself."""
        return self.findings.metadata

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where its own fields contradict each other."""
        return self.inspection.contradictions

    @property
    def credentials(self) -> Credentials:
        """Its Content Credentials, or their absence."""
        return self.inspection.c2pa

    @property
    def structure(self) -> Structure | None:
        """How it was written."""
        return self.inspection.structure

    @property
    def continuity(self) -> Continuity | None:
        """Where it is not of one piece."""
        return self.inspection.continuity

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
    examinations = _derived(state, item, EXAMINATION)
    inspections = _derived(state, item, INSPECTION)
    if not examinations or not inspections:
        return None
    return Examined(
        record=examinations[-1],
        findings=Findings.parse(case.read_item(examinations[-1])),
        inspection_record=inspections[-1],
        inspection=Inspection.parse(case.read_item(inspections[-1])),
        pictures={
            one.made.arguments["name"]: one
            for one in state.items.values()
            if one.kind == "derivative"
            and one.made
            and item in one.made.inputs
            and one.made.tool == PICTURES_TOOL
        },
    )


def contact_sheet(state: CaseState, item: str) -> Item | None:
    """The latest contact sheet of a media item."""
    kept = _derived(state, item, SHEET)
    return kept[-1] if kept else None


def _picture_labels(continuity: Continuity | None) -> dict[str, str]:
    """What each picture shows: the frame before or after which happening, and when."""
    return {
        name: f"{side} this: {happening.statement}"
        for happening in (continuity.happenings if continuity else ())
        for side, name in zip(("Before", "After"), happening.pictures, strict=False)
    }


def keep_inspection(desk: Desk, item: Item, found: Inspected, trusted: str) -> None:
    """Keep what the file tells, and the pictures before and after each happening."""

    def made(tool: str, **arguments: str) -> Made:
        return Made(
            tool=tool,
            version=__version__,
            arguments=arguments,
            inputs=(item.id,),
            input_sha256=(item.sha256,),
        )

    labels = _picture_labels(found.inspection.continuity)
    for name, data in sorted(found.pictures.items()):
        desk.writer.add_derivative(
            data,
            media_type="image/jpeg",
            made=made(PICTURES_TOOL, name=name),
            label=labels.get(name, name),
        )
    desk.writer.add_derivative(
        found.inspection.canonical(),
        media_type="application/json",
        made=made("firsthand inspect", trust=trusted),
        label=INSPECTION,
    )


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
