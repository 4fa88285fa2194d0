"""What the footage shows, who saw it, how it came in, and what ties it to the report."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note import phrases as p
from firsthand.note.english import moment
from firsthand.note.gist import Gist
from firsthand.note.given import Figure, NoteInput
from firsthand.note.model import FigurePart, Sentence, Shows
from firsthand.note.refs import RefBook
from firsthand.note.text import number
from firsthand.records import Item, Light, Media, Message, Seen, say

__all__ = ["figure_part", "shows"]

GRAPHIC = "Graphic Violence"
"""Atlos' word for what must not meet the eye unasked."""


def shows(given: NoteInput, about: Gist, book: RefBook) -> Shows:
    """One item after the other: what is seen, then how it was got."""
    seen: list[Sentence] = []
    got: list[Sentence] = []
    for item in about.clips:
        seen += _seen(given, about, item, book)
        got.append(_got(item, book))
    if about.clips:
        got.append(_tie(given, about, book))
    figures = [
        figure_part(given, figure) for figure in given.figures if figure.purpose == "contact_sheet"
    ]
    return Shows(seen=tuple(seen), got=tuple(got), figures=tuple(figures))


def figure_part(given: NoteInput, figure: Figure) -> FigurePart:
    """The picture's place in the note; graphic items stay hidden until asked for."""
    times = [number(round(t_s, 3)) for t_s in figure.t_s]
    if figure.purpose == "finding":
        caption = figure.alt
    elif len(times) > 1:
        caption = say(
            p.CAPTION_SHEET,
            item=figure.item,
            count=str(len(times)),
            first=times[0],
            last=times[-1],
        )
    elif times:
        caption = say(p.CAPTION_FRAME, item=figure.item, time=times[0])
    else:
        caption = say(p.CAPTION_PLAIN, item=figure.item)
    return FigurePart(
        id=figure.id,
        item=figure.item,
        caption=caption,
        alt=figure.alt,
        hidden=given.sensitivity.get(figure.item) == GRAPHIC,
        width_px=figure.width_px,
        height_px=figure.height_px,
    )


def _seen(given: NoteInput, about: Gist, item: Item, book: RefBook) -> list[Sentence]:
    media = next((one for one in given.media if one.item == item.id), None)
    out = [book.sentence(_format(item, media), book.item(item.id))]
    described = False
    for setting in sorted(given.settings, key=lambda one: one.name != "seen"):
        alone = len(about.clips) == 1
        if setting.scope != item.id and not (alone and setting.scope == "case"):
            continue
        by = book.actor(setting.by)
        if isinstance(setting.value, Seen):
            words = setting.value.words.rstrip(".")
            message = say(p.SHOWN_BY, by=by, words=words)
            out.append(book.sentence(message, book.setting(setting), *_frames(given, item, book)))
            described = True
        elif isinstance(setting.value, Light):
            message = say(p.LIGHT_SEEN[setting.value.seen], by=by)
            out.append(book.sentence(message, book.setting(setting), *_frames(given, item, book)))
    for mark in given.marks:
        if mark.item == item.id:
            message = say(p.MARKED, name=mark.name, time=number(mark.t_s))
            out.append(book.sentence(message, book.mark(mark)))
            described = True
    if not described:
        out.append(book.sentence(say(p.NOBODY_DESCRIBED), book.whole_log()))
    return out


def _frames(given: NoteInput, item: Item, book: RefBook) -> list[int]:
    """The first and the last frame of the contact sheet: what the analyst had before them."""
    sheet = next(
        (
            figure
            for figure in given.figures
            if figure.item == item.id and figure.purpose == "contact_sheet" and figure.t_s
        ),
        None,
    )
    if sheet is None:
        return []
    ends = dict.fromkeys((sheet.t_s[0], sheet.t_s[-1]))
    return [book.frame(item.id, t_s) for t_s in ends]


def _format(item: Item, media: Media | None) -> Message:
    if media is None:
        return say(p.CLIP_OTHER, media_type=item.media_type)
    picture = next((s for s in media.streams if s.kind in {"video", "image"}), None)
    size = (picture.width_px, picture.height_px) if picture else (None, None)
    seconds = number(round(media.duration_s, 2)) if media.duration_s is not None else None
    if media.kind == "audio" and seconds is not None:
        return say(p.CLIP_AUDIO, seconds=seconds)
    if size[0] is None or size[1] is None:
        return say(p.CLIP_BARE)
    width, height = str(size[0]), str(size[1])
    if media.kind == "image" or seconds is None:
        return say(p.CLIP_IMAGE, width=width, height=height)
    sound = any(stream.kind == "audio" for stream in media.streams)
    template = p.CLIP_VIDEO_SOUND if sound else p.CLIP_VIDEO_SILENT
    return say(template, seconds=seconds, width=width, height=height)


def _got(item: Item, book: RefBook) -> Sentence:
    event = book.event("item.added", item.id)
    refs = [book.log(event)] if event else [book.item(item.id)]
    if item.acquired is None:
        return book.sentence(say(p.GOT_UNKNOWN), *refs)
    message = say(
        p.GOT,
        how=item.acquired.how.rstrip("."),
        by=book.actor(item.acquired.by),
        time=moment(item.acquired.at),
        time_source=item.acquired.time_source,
    )
    return book.sentence(message, *refs)


def _tie(given: NoteInput, about: Gist, book: RefBook) -> Sentence:
    """A sentence on what says that this is the clip that the report describes, if anything."""
    items = {item.id for item in about.clips}
    for edge in given.edges:
        if edge.lineage == "footage" and items & {edge.earlier, edge.later}:
            template = p.TIED_STATED if edge.basis == "stated" else p.TIED_INFERRED
            ref = book.record(edge.id, say(lb.REF_EDGE, id=edge.id))
            return book.sentence(say(template), ref, parts=(edge.why,))
    if about.report is None:
        return book.sentence(say(p.NOT_TIED_NO_REPORT), book.whole_log())
    return book.sentence(say(p.NOT_TIED), book.reading(about.report), book.whole_log())
