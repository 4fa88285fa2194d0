"""The book of references: each piece of evidence gets one number, in the order of first use."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note.english import moment
from firsthand.note.given import NoteInput
from firsthand.note.model import Reference, Sentence
from firsthand.note.text import anchor, number
from firsthand.records import (
    Event,
    Finding,
    Mark,
    Report,
    Setting,
    Span,
    say,
)
from firsthand.records.words import Message

__all__ = ["RefBook"]


class RefBook:
    """Numbers evidence and sentences while the note is drawn, from the top of page one down."""

    def __init__(self, given: NoteInput) -> None:
        self._entries: dict[str, Reference] = {}
        self._used: dict[int, list[str]] = {}
        self._sentences = 0
        self._given = given
        self._items = {item.id for item in given.items}
        self._events: dict[tuple[str, str], Event] = {}
        for event in given.events:
            for subject in event.subject:
                self._events[(event.kind, subject)] = event

    def event(self, kind: str, subject: str) -> Event | None:
        """The latest line of that kind about that subject."""
        return self._events.get((kind, subject))

    def commitment(self, item: str) -> str | None:
        """The salted commitment of an item, from the line that took it in."""
        event = self.event("item.added", item) or self.event("derivative.added", item)
        return event.content if event else None

    def span(self, report: Report, span: Span) -> int:
        """A passage of a report, with its position."""
        role = next((line.role for line in report.lines if line.number == span.line), None)
        return self._cite(
            Reference(
                number=0,
                kind="span",
                key=f"span:{report.id}:{span.start}-{span.end}",
                text=say(
                    lb.REF_SPAN[role or "body"],
                    report=report.id,
                    start=str(span.start),
                    end=str(span.end),
                ),
                quote=span.exact,
                prefix=span.prefix,
                suffix=span.suffix,
                start=span.start,
                end=span.end,
                target=report.id,
            )
        )

    def item(self, item: str) -> int:
        """A thing that is kept."""
        return self._cite(
            Reference(
                number=0,
                kind="item",
                key=f"item:{item}",
                text=say(lb.REF_ITEM, item=item),
                target=item,
                commitment=self.commitment(item),
                link=anchor("i", item) if item in self._items else None,
            )
        )

    def frame(self, item: str, t_s: float) -> int:
        """One frame of an item, by its presentation time."""
        return self._cite(
            Reference(
                number=0,
                kind="frame",
                key=f"frame:{item}@{t_s!r}",
                text=say(lb.REF_FRAME, item=item, time=number(t_s)),
                target=item,
                t_s=t_s,
                commitment=self.commitment(item),
            )
        )

    def finding(self, finding: Finding) -> int:
        """A check's answer; the finding stands in full further down."""
        return self._cite(
            Reference(
                number=0,
                kind="finding",
                key=f"finding:{finding.id}",
                text=say(
                    lb.REF_FINDING,
                    id=finding.id,
                    check=finding.method.check,
                    version=finding.method.version,
                ),
                target=finding.id,
                link=anchor("f", finding.id),
            )
        )

    def log(self, event: Event) -> int:
        """One line of the log."""
        return self._cite(
            Reference(
                number=0,
                kind="log",
                key=f"log:{event.seq}",
                text=say(lb.REF_LOG, line=str(event.seq), kind=event.kind, time=moment(event.at)),
                target=event.subject[0] if event.subject else None,
                line=event.seq,
            )
        )

    def whole_log(self) -> int:
        """The log as a whole, up to the note's line: what isn't in there, the desk hasn't done."""
        log = self._given.log
        return self._cite(
            Reference(
                number=0,
                kind="log",
                key=f"log:1-{log.line}",
                text=say(lb.REF_WHOLE_LOG, line=str(log.line)),
                line=log.line,
            )
        )

    def reading(self, report: Report) -> int:
        """The report as it was read, as a whole: what it doesn't say, it doesn't say anywhere."""
        event = self.event("report.read", report.id)
        return self._cite(
            Reference(
                number=0,
                kind="report",
                key=f"report:{report.id}",
                text=say(lb.REF_REPORT, report=report.id, lines=str(len(report.lines))),
                target=report.id,
                link="claims",
                line=event.seq if event else None,
            )
        )

    def setting(self, setting: Setting) -> int:
        """Something that a person put in."""
        return self._cite(
            Reference(
                number=0,
                kind="setting",
                key=f"setting:{setting.id}@{setting.revision}",
                text=say(
                    lb.REF_SETTING,
                    id=setting.id,
                    revision=str(setting.revision),
                    by=self.actor(setting.by),
                    time=moment(setting.at),
                ),
                target=setting.id,
                link=anchor("set", setting.id),
            )
        )

    def mark(self, mark: Mark) -> int:
        """Points that a person put on a frame."""
        return self._cite(
            Reference(
                number=0,
                kind="mark",
                key=f"mark:{mark.id}@{mark.revision}",
                text=say(
                    lb.REF_MARK,
                    id=mark.id,
                    revision=str(mark.revision),
                    item=mark.item,
                    time=number(mark.t_s),
                    by=self.actor(mark.by),
                ),
                target=mark.item,
                t_s=mark.t_s,
                commitment=self.commitment(mark.item),
            )
        )

    def record(self, record_id: str, what: Message) -> int:
        """A record of the case that quotes nothing itself, such as an inferred edge."""
        return self._cite(
            Reference(
                number=0, kind="record", key=f"record:{record_id}", text=what, target=record_id
            )
        )

    def weighing(self) -> int:
        """What the findings come to, as the weighing put it at the line that the note names."""
        return self._cite(
            Reference(
                number=0,
                kind="weighing",
                key=f"weighing:{self._given.log.line}",
                text=say(lb.REF_WEIGHING, line=str(self._given.log.line)),
                line=self._given.log.line,
            )
        )

    def actor(self, actor: str) -> str:
        """The name that an actor's id goes by in this case."""
        return self._given.actors.get(actor, actor)

    def sentence(self, message: Message, *refs: int, parts: tuple[Message, ...] = ()) -> Sentence:
        """A sentence with its references, which from now on know of it."""
        self._sentences += 1
        anchor = f"s{self._sentences}"
        unique = tuple(dict.fromkeys(refs))
        for ref in unique:
            self._used.setdefault(ref, []).append(anchor)
        return Sentence(id=anchor, message=message, parts=parts, refs=unique)

    def use(self, anchor: str, *refs: int) -> tuple[int, ...]:
        """References from something that is no sentence (a row of a table), by its anchor."""
        unique = tuple(dict.fromkeys(refs))
        for ref in unique:
            self._used.setdefault(ref, []).append(anchor)
        return unique

    def references(self) -> tuple[Reference, ...]:
        """All references in order, each with the anchors of what cites it."""
        return tuple(
            entry.model_copy(update={"used_by": tuple(self._used.get(entry.number, ()))})
            for entry in self._entries.values()
        )

    def _cite(self, entry: Reference) -> int:
        known = self._entries.get(entry.key)
        if known is None:
            known = entry.model_copy(update={"number": len(self._entries) + 1})
            self._entries[entry.key] = known
        return known.number
