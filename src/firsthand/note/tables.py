"""The tables behind page one: claims, edges, settings, and what the files say of themselves."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note import phrases as p
from firsthand.note.english import data, moment
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.model import ClaimRow, EdgeRow, Footage, HolderRow, SettingRow
from firsthand.note.refs import RefBook
from firsthand.note.sources import edge_refs
from firsthand.note.text import anchor, number
from firsthand.note.times import time_words
from firsthand.records import (
    Angle,
    Claim,
    KnownObject,
    Length,
    Light,
    Media,
    Message,
    Place,
    Seen,
    Setting,
    Window,
    say,
)

__all__ = ["claim_rows", "edge_rows", "footage", "origin_names", "setting_rows"]

WITHHELD_SETTINGS = {"camera_position", "heading", "distance"}
"""A position, and what would give it back: a bearing and a distance from a place that is named."""

CELL = {"exact": 4, "vicinity": 3, "locality": 2}
"""Decimal places of a degree that go with each class of precision (10 m, 100 m, 1 km)."""


def claim_rows(given: NoteInput, about: Gist, book: RefBook) -> tuple[ClaimRow, ...]:
    """Every claim that was read, those about the footage first, rejected ones last."""
    live = sorted(
        given.claims,
        key=lambda claim: (
            claim.review.state == "rejected",
            not claim.footage,
            claim.spans[0].start if claim.spans else 0,
            claim.id,
        ),
    )
    return tuple(_claim_row(claim, about, book) for claim in live)


def _claim_row(claim: Claim, about: Gist, book: RefBook) -> ClaimRow:
    report = about.reports.get(claim.report)
    span = claim.spans[0] if claim.spans else None
    refs = [book.span(report, one) for one in claim.spans[:1]] if report else []
    return ClaimRow(
        id=claim.id,
        revision=claim.revision,
        type=claim.type,
        proposition=claim.proposition,
        footage=claim.footage,
        role=about.role_of(claim, span) if span else "body",
        quote=span.exact if span else "",
        holders=tuple(HolderRow(name=one.name, relation=one.relation) for one in claim.holders),
        hedges=tuple(hedge.cue for hedge in claim.hedges),
        polarity=claim.polarity,
        factuality=claim.factuality,
        when=time_words(claim.when),
        where=data(claim.where.text) if claim.where else say(p.NOT_STATED),
        review=_review(claim, book),
        rejected=claim.review.state == "rejected",
        ref=book.use(
            anchor("c", claim.id),
            *(refs or [book.record(claim.id, say(lb.REF_CLAIM, id=claim.id))]),
        ),
    )


def _review(claim: Claim, book: RefBook) -> Message:
    review = claim.review
    if review.by is None or review.at is None:
        return say(lb.REVIEW["proposed"])
    return say(lb.REVIEW[review.state], by=book.actor(review.by), time=moment(review.at))


def edge_rows(given: NoteInput, about: Gist, book: RefBook) -> tuple[EdgeRow, ...]:
    """Who had it from whom, footage first."""
    names = {source.id: source.name for source in given.sources}
    ordered = sorted(given.edges, key=lambda edge: (edge.lineage != "footage", edge.id))
    return tuple(
        EdgeRow(
            id=edge.id,
            lineage=edge.lineage,
            earlier=names.get(edge.earlier, edge.earlier),
            later=names.get(edge.later, edge.later),
            relation=edge.relation.replace("_", " "),
            basis=edge.basis,
            why=edge.why,
            ref=book.use(anchor("e", edge.id), *edge_refs(edge, about, book)),
        )
        for edge in ordered
    )


def origin_names(given: NoteInput) -> tuple[tuple[str, ...], ...]:
    """Groups of names that count as one origin until shown otherwise."""
    names = {source.id: source.name for source in given.sources}
    return tuple(
        tuple(names.get(member, member) for member in group) for group in given.origins if group
    )


def setting_rows(given: NoteInput, book: RefBook) -> tuple[SettingRow, ...]:
    """What people put in; where the camera stood, and what would give it back, is withheld."""
    rows: list[SettingRow] = []
    for setting in given.settings:
        ref = book.setting(setting)
        book.use(anchor("set", setting.id), ref)
        rows.append(
            SettingRow(
                id=setting.id,
                revision=setting.revision,
                name=setting.name,
                scope=setting.scope,
                value=None if setting.name in WITHHELD_SETTINGS else _value(setting),
                why=setting.why,
                by=book.actor(setting.by),
                at=setting.at,
                ref=ref,
            )
        )
    return tuple(rows)


def _value(setting: Setting) -> Message:
    value = setting.value
    match value:
        case Place():
            digits = CELL[value.precision]
            return say(
                lb.VALUE_PLACE,
                name=value.name,
                latitude=number(round(value.latitude_deg, digits)),
                longitude=number(round(value.longitude_deg, digits)),
                radius=number(value.radius_m),
            )
        case Window():
            return say(lb.VALUE_WINDOW, start=moment(value.start), end=moment(value.end))
        case Angle():
            return say(lb.VALUE_ANGLE, value=number(value.value_deg), sd=number(value.sd_deg))
        case Length():
            return say(lb.VALUE_LENGTH, value=number(value.value_m), sd=number(value.sd_m))
        case KnownObject(size_m=size, distance_m=away):
            return say(lb.VALUE_KNOWN, size=number(size), distance=number(away))
        case Light():
            return say(lb.VALUE_LIGHT[value.seen])
        case Seen():
            return data(value.words)


def footage(given: NoteInput, about: Gist, book: RefBook) -> tuple[Footage, ...]:
    """What the decoder reports, and what each file says of itself."""
    media = {one.item: one for one in given.media}
    return tuple(
        Footage(
            item=item.id,
            facts=_facts(media[item.id], item.size) if item.id in media else (),
            file_says=tuple(
                (
                    data(fact.tag),
                    say(lb.WITHHELD) if fact.kind in lb.PRIVATE else data(fact.value),
                )
                for fact in given.file_facts
                if fact.item == item.id
            ),
            warnings=media[item.id].warnings if item.id in media else (),
            refs=book.use(anchor("m", item.id), book.item(item.id)),
        )
        for item in about.clips
    )


def _facts(media: Media, size: int) -> tuple[tuple[Message, Message], ...]:
    out: list[tuple[Message, Message]] = [
        (say(lb.FACT["container"]), data(media.container)),
        (say(lb.FACT["size"]), say(lb.BYTES, value=f"{size:,}".replace(",", "\u202f"))),
    ]
    if media.duration_s is not None:
        out.append((say(lb.FACT["duration"]), say(lb.SECONDS, value=number(media.duration_s))))
    for stream in media.streams:
        if stream.kind in {"video", "image"} and stream.width_px and stream.height_px:
            values = {
                "codec": stream.codec,
                "width": str(stream.width_px),
                "height": str(stream.height_px),
            }
            rate = stream.mean_rate_hz
            message = (
                say(lb.STREAM_MOVING, **values, rate=number(round(rate, 3)))
                if rate is not None and stream.kind == "video"
                else say(lb.STREAM_STILL, **values)
            )
            out.append((say(lb.FACT["video"]), message))
        elif stream.kind == "audio":
            out.append((say(lb.FACT["audio"]), data(stream.codec)))
    if media.rotation_deg:
        value = say(lb.DEGREES, value=number(media.rotation_deg))
        out.append((say(lb.FACT["rotation"]), value))
    if media.mirrored:
        out.append((say(lb.FACT["mirrored"]), say(lb.YES)))
    decoder = say(lb.VERSIONED, name=media.decoder, version=media.decoder_version)
    out.append((say(lb.FACT["decoder"]), decoder))
    out.append((say(lb.FACT["sandbox"]), data(media.sandbox)))
    return tuple(out)
