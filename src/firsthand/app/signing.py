"""A second person signs a note off, and so stands by it; for publication too, if they say so."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any, Final

from firsthand.app.kept_notes import (
    LANGUAGE,
    kept_model,
    note_folder,
    note_paths,
    pictures_of,
    read_kept_note,
)
from firsthand.app.store import Desk, open_case, writing
from firsthand.case import Case, CaseState, SignedOff
from firsthand.errors import InputError, NoSuchThing
from firsthand.note import LogPoint, NoteModel, render
from firsthand.note.claim_review import claim_review, claimed_in, media_review
from firsthand.note.front import SignOff
from firsthand.note.pdf import draw_pdf
from firsthand.note.standing import signed_words
from firsthand.records import Event, sha256_hex

__all__ = ["sign_off", "sign_off_of", "with_sign_off"]

FOLDER: Final = "signed"
PAGE: Final = f"{FOLDER}/index.html"
REVIEW: Final = f"{FOLDER}/claim-review.json"


def sign_off(
    directory: Path,
    number: int,
    *,
    by: str,
    why: str = "",
    publish: str = "",
    desk_name: str = "",
    pdf: bool = False,
) -> dict[str, Any]:
    """Sign note `number` off as `by`: logged, and an edition of the note that says so beside it.

    With `publish`, the address where the note will be read, a ClaimReview goes with it, and a
    MediaReview if a finding earns one. Signing again as the same person changes nothing; with
    `pdf` the edition comes as a PDF too.

    Raises:
        NoSuchThing: there is no such note.
        InputError: the signer wrote the note or made a finding in it; the note is not the last,
            or the case has moved on since.
        CaseBusy, CaseDamaged, DiskError: as for any act of writing.
    """
    if not by.strip():
        raise InputError("Nobody is named.", "Say who signs: --by NAME.")
    if publish and not desk_name.strip():
        raise InputError(
            "A published note says who publishes it.", "Name the desk or newsroom: --desk NAME."
        )
    case = open_case(directory)
    now = case.state()
    _is_current(now, number)
    model = kept_model(case, now, number)
    if publish:
        claim_review(
            model, url=publish, desk=desk_name, at=model.written_at, claimed_on=None
        )  # refused before anything is signed
    with writing(directory, by) as desk:
        state = desk.writer.state
        _is_current(state, number)
        _is_second(state, number, desk)
        if publish:
            _is_where_it_is(case, state, number, publish, desk_name)
        said = [one for one in state.sign_offs.get(number, ()) if one.actor == desk.by]
        told = {"page": sha256_hex(read_kept_note(case, state, number, "index.html"))}
        asked = {"why": why, "published_at": publish, "desk": desk_name}
        if not said or (publish and publish not in _published(case, state, said)):
            desk.writer.append("note.signed_off", (f"{number:04d}",), open=told, sensitive=asked)
        _keep_editions(case, desk, number, pdf=pdf)
        if publish:
            _keep_reviews(case, desk, number, publish, desk_name)
    return _told(case, number)


def sign_off_of(case: Case, state: CaseState, number: int) -> SignOff | None:
    """The first sign-off of a note, as the note says it, or None if nobody signed it."""
    signed = state.sign_offs.get(number, ())
    if not signed:
        return None
    line = case.state(signed[0].seq)
    author = _author(state, number)
    return SignOff(
        author=state.actors[author].name if author in state.actors else author,
        second_reader=line.actors[signed[0].actor].name,
        log=LogPoint(line=line.last_seq, head=line.head, at=line.events[-1].at),
    )


def with_sign_off(model: NoteModel, said: SignOff) -> NoteModel:
    """The note with its sign-off said in it."""
    return model.model_copy(update={"sign_off": said, "standing": signed_words(said)})


def _is_current(state: CaseState, number: int) -> None:
    if not note_paths(state, number):
        raise NoSuchThing(
            f"There is no note {number} in this case.", "`firsthand case show DIR` lists them."
        )
    last = max(note.number for note in state.notes)
    if number != last:
        raise InputError(
            f"Note {last} has taken the place of note {number}.", f"Sign note {last} off."
        )
    upto = next(note.upto for note in state.notes if note.number == number)
    if upto != state.substance:
        raise InputError(
            f"The case has moved on since note {number} was written.",
            "Write the next note (`firsthand case note DIR`), read it, and sign that one off.",
        )


def _author(state: CaseState, number: int) -> str:
    line = next(note.seq for note in state.notes if note.number == number)
    return state.events[line - 1].actor


def _is_second(state: CaseState, number: int, desk: Desk) -> None:
    """Names are compared too: "Ann" and "ann " are not two persons."""
    name = _plain(desk.context.actor.name)

    def same(actor: str) -> bool:
        known = state.actors.get(actor)
        return actor == desk.by or (known is not None and _plain(known.name) == name)

    if same(_author(state, number)):
        raise InputError(
            f"{desk.context.actor.name} wrote note {number}; a second person signs it off.",
            "Let somebody else read it: --by THEIR NAME.",
        )
    standing = {one.id for one in state.findings.values()}
    own = sorted(
        one.subject[0]
        for one in state.events
        if one.kind == "finding.made" and one.subject[0] in standing and same(one.actor)
    )
    if own:
        raise InputError(
            f"{desk.context.actor.name} made {', '.join(own)}; a second person signs it off.",
            "Let somebody sign who made none of its findings.",
        )


def _plain(name: str) -> str:
    """Without what does not show: a name with an unseen letter in it is the same name."""
    shown = (one for one in unicodedata.normalize("NFKC", name) if one.isspace() or _shows(one))
    return " ".join("".join(shown).casefold().split())


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _is_where_it_is(case: Case, state: CaseState, number: int, url: str, desk_name: str) -> None:
    """A note has one ClaimReview: what it says cannot be said otherwise afterwards."""
    if REVIEW not in note_paths(state, number):
        return
    there = json.loads(read_kept_note(case, state, number, REVIEW))
    if (there["url"], there["author"]["name"]) != (url, desk_name):
        raise InputError(
            f"Note {number} has a ClaimReview for {there['url']} by {there['author']['name']}.",
            "It stays as it is; for another address or desk write and sign a new note.",
        )


def _published(case: Case, state: CaseState, signed: list[SignedOff]) -> set[str]:
    events: list[Event] = [state.events[one.seq - 1] for one in signed]
    payloads = [case.payload(one, "sensitive") for one in events if "sensitive" in one.payloads]
    return {one["published_at"] for one in payloads if isinstance(one, dict)}


def _keep_editions(case: Case, desk: Desk, number: int, *, pdf: bool) -> None:
    """The note with the sign-off in its first line, in each language in which it stands."""
    state = desk.writer.state
    said = sign_off_of(case, state, number)
    if said is None:
        return
    model = with_sign_off(kept_model(case, state, number), said)
    pictures = pictures_of(case, state, model)
    for language in dict.fromkeys(one.language for one in state.notes if one.number == number):
        there = note_paths(state, number, language)
        if PAGE not in there:
            made = render(model, pictures, language)
            files = {PAGE: made[f"{language}/index.html"]}
            if language == LANGUAGE:
                files[f"{FOLDER}/note.json"] = made["note.json"]
            desk.writer.write_note(number, language, files, upto=model.log.line)
        if pdf and f"{FOLDER}/note.pdf" not in there:
            page = read_kept_note(case, desk.writer.state, number, PAGE, language)
            drawn = {f"{FOLDER}/note.pdf": draw_pdf(page, at=model.written_at)}
            desk.writer.write_note(number, language, drawn, upto=model.log.line)


def _keep_reviews(case: Case, desk: Desk, number: int, url: str, name: str) -> None:
    state = desk.writer.state
    if REVIEW in note_paths(state, number):
        return
    model = kept_model(case, state, number)
    line = next(one for one in reversed(state.sign_offs[number]) if one.actor == desk.by)
    at = state.events[line.seq - 1].at
    report = state.reports.get(claimed_in(model) or "")
    claimed_on = report.published.date if report and report.published else None
    files = {REVIEW: claim_review(model, url=url, desk=name, at=at, claimed_on=claimed_on)}
    earned = media_review(model, url=url, desk=name, at=at)
    if earned is not None:
        files[f"{FOLDER}/media-review.json"] = earned
    desk.writer.write_note(number, LANGUAGE, files, upto=model.log.line)


def _told(case: Case, number: int) -> dict[str, Any]:
    state = case.state()
    folder = note_folder(case, number)
    paths = sorted(path for path in note_paths(state, number) if path.startswith(FOLDER))
    return {
        "note": number,
        "signed_by": [state.actors[one.actor].name for one in state.sign_offs[number]],
        "path": str(folder / PAGE),
        "files": [str(folder / path) for path in paths],
    }
