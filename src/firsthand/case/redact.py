"""What may leave in a redacted export, and what is withheld.

Nothing sensitive leaves unless a person said so, item by item. `redaction.set` says of an id:

* `hidden`: nothing but the line leaves, not even a coarse place;
* `copy`: of a picture, one drawn anew leaves, without a byte of the file it was made from;
* `public`: the thing itself leaves as it is, with its record, its name and its hash.

Without a word everything sensitive is withheld, and a place leaves as the middle of its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from firsthand.case.coarse import coarsened
from firsthand.case.payload import Withheld
from firsthand.case.state import CaseState
from firsthand.case.withheld import CoarsePlace, payload_id
from firsthand.case.writer import Writer
from firsthand.errors import InputError, IntegrityError, NoSuchThing
from firsthand.records import Event, EventKind, Item, PayloadName, Place, canonical, load_record
from firsthand.records.desk import Setting

__all__ = ["Plan", "Release", "mark_release", "plan_redaction", "releases", "subject_of"]

Release = Literal["hidden", "copy", "public", "default"]
_WORDS: Final[Mapping[Any, Release]] = {
    "hidden": "hidden",
    "copy": "copy",
    "public": "public",
    "default": "default",
}
Read = Callable[[Event, PayloadName], "dict[str, Any] | Withheld"]

OPEN_LEAVES: Final[frozenset[EventKind]] = frozenset(
    {
        "case.created",
        "item.added",
        "derivative.added",
        "workflow.moved",
        "sensitivity.set",
        "redaction.set",
        "payload.destroyed",
        "hold.set",
        "hold.lifted",
        "key.pinned",
        "checkpoint.sealed",
        "stamp.requested",
        "stamp.received",
        "export.written",
        "import.received",
        "recovered",
    }
)
"""Kinds whose open payload holds ids and numbers alone. Of any other kind it is withheld: a
review says why, a note's list of files has their hashes, and what is encrypted stays here."""

_OF_ITEM: Final = frozenset({"item.added", "derivative.added", "media.examined"})
_OF_RECORD: Final = frozenset(
    {
        "report.read",
        "claim.proposed",
        "claim.reviewed",
        "source.proposed",
        "edge.proposed",
        "edge.reviewed",
        "incident.proposed",
        "incident.reviewed",
        "actor.introduced",
    }
)
"""Records that a person may let out whole. Settings, marks and findings are not among them: a
heading, a mark or a sun position gives the camera's place back."""


@dataclass(frozen=True)
class Plan:
    """What is to leave. `withheld` payloads in the order of the log; `copies` are items."""

    withheld: tuple[str, ...]
    public: frozenset[str]
    copies: tuple[Item, ...]
    places: tuple[CoarsePlace, ...]
    notes: frozenset[int]


def subject_of(event: Event) -> str:
    """By which id a line's payload is let out or hidden."""
    if event.kind == "case.created":
        return "case"
    first = event.subject[0] if event.subject else ""
    return f"note-{first}" if event.kind == "note.written" else first


def releases(state: CaseState, read: Read) -> dict[str, Release]:
    """What was last said of each id."""
    said: dict[str, Release] = {}
    for event in state.events:
        if event.kind != "redaction.set" or "open" not in event.payloads:
            continue
        data = read(event, "open")
        word = "default" if isinstance(data, Withheld) else data.get("release", "default")
        if word not in _WORDS:
            raise IntegrityError(
                f"Line {event.seq} releases in a way that this version does not know.",
                "Export the case with the version of Firsthand that wrote it.",
            )
        said[event.subject[0]] = _WORDS[word]
    return said


def mark_release(
    writer: Writer, read: Read, subject: str, release: Release, *, why: str
) -> Event | None:
    """Say what may leave of a thing; None if that was said already.

    Raises:
        NoSuchThing: the case knows no such id.
        InputError: it cannot be let out in this way.
    """
    state = writer.state
    found = {subject_of(event): event for event in state.events if event.kind != "redaction.set"}
    if subject not in found or not subject:
        raise NoSuchThing(
            f"The case has nothing called {subject!r:.80}.",
            "Name an item, a claim, a source, an actor, `case` (its title) or a note"
            " (`note-0001`); `firsthand case show` lists them.",
        )
    item = state.items.get(subject)
    if release == "copy" and (item is None or not item.media_type.startswith("image/")):
        raise InputError(
            f"{subject} is no picture, and only a picture can be drawn anew.",
            "Make a still of it first, or let it out whole with --public.",
        )
    if release == "public":
        _may_be_public(state, subject, item, releases(state, read))
    if releases(state, read).get(subject, "default") == release:
        return None
    return writer.append(
        "redaction.set", (subject,), open={"release": release}, sensitive={"why": why}
    )


def _may_be_public(
    state: CaseState, subject: str, item: Item | None, said: Mapping[str, Release]
) -> None:
    kinds = {event.kind for event in state.events if subject_of(event) == subject}
    if not kinds & {*_OF_ITEM, *_OF_RECORD, "case.created", "note.written"}:
        raise InputError(
            f"{subject} cannot be let out whole: it could give away where the camera stood.",
            "A place leaves coarsened by itself; write what you want to say into a note.",
        )
    made = item.made if item is not None else None
    closed = [one for one in (made.inputs if made else ()) if said.get(one) != "public"]
    if closed:
        raise InputError(
            f"{subject} was made from {', '.join(closed)}, whose hash stands in its record.",
            "Let those out first, or give this one out as a copy.",
        )


def plan_redaction(state: CaseState, read: Read) -> Plan:
    """What leaves of a case as it is. `read` gives a payload."""
    said = releases(state, read)
    public = frozenset(_public_items(state, said))
    notes = frozenset(
        note.number for note in state.notes if said.get(f"note-{note.number:04d}") == "public"
    )
    withheld: list[str] = []
    places: list[CoarsePlace] = []
    for event in state.events:
        for name in sorted(event.payloads):
            if not _leaves(event, name, said, public):
                withheld.append(payload_id(event.seq, name))
        if event.kind == "setting.set" and said.get(subject_of(event)) != "hidden":
            places.extend(_place(event, read))
    return Plan(
        withheld=tuple(withheld),
        public=public,
        copies=tuple(item for item in state.items.values() if said.get(item.id) == "copy"),
        places=tuple(places),
        notes=notes,
    )


def _public_items(state: CaseState, said: Mapping[str, Release]) -> Iterable[str]:
    """Those let out, less what was made from something that is not, or no longer."""
    out: set[str] = set()
    for item in state.items.values():
        inputs = item.made.inputs if item.made is not None else ()
        if said.get(item.id) == "public" and out.issuperset(inputs):
            out.add(item.id)
    return out


def _leaves(
    event: Event, name: PayloadName, said: Mapping[str, Release], public: frozenset[str]
) -> bool:
    word = said.get(subject_of(event), "default")
    if event.kind == "note.written":
        return word == "public"
    if name == "open":
        # A line about seals or exports is never hidden: without it nothing could be checked.
        return event.kind in OPEN_LEAVES
    if event.kind in _OF_ITEM:
        return event.subject[0] in public
    return word == "public" and (event.kind in _OF_RECORD or event.kind == "case.created")


def _place(event: Event, read: Read) -> Iterable[CoarsePlace]:
    """A claimed place, coarsened. Where the camera stood leaves in no form."""
    data = read(event, "sensitive") if "sensitive" in event.payloads else Withheld("")
    if isinstance(data, Withheld) or not isinstance(data.get("schema"), str):
        return
    setting = load_record(canonical(data))
    if (
        isinstance(setting, Setting)
        and setting.name == "place"
        and isinstance(setting.value, Place)
    ):
        yield coarsened(event.seq, setting.value)
