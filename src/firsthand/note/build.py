"""From the case at one line of its log to the note: a pure function, no clock, no chance."""

from __future__ import annotations

from firsthand.note import phrases as p
from firsthand.note.acts import done, not_done, settles, wanted
from firsthand.note.background import background
from firsthand.note.changes import changes
from firsthand.note.claim import claim_part
from firsthand.note.custody import custody
from firsthand.note.doubts import doubts
from firsthand.note.findings import findings, propositions
from firsthand.note.gist import Gist, gist
from firsthand.note.given import NoteInput
from firsthand.note.lineage import drifts, graphs
from firsthand.note.map import map_part
from firsthand.note.matrix import matrices
from firsthand.note.methods import method_rows
from firsthand.note.model import NoteModel, Sentence
from firsthand.note.past import past
from firsthand.note.refs import RefBook
from firsthand.note.shows import GRAPHIC, shows
from firsthand.note.sources import sources
from firsthand.note.standing import DRAFT
from firsthand.note.tables import claim_rows, edge_rows, footage, origin_names, setting_rows
from firsthand.note.use import readings, title, use, warnings
from firsthand.records import say

__all__ = ["build_note"]


def build_note(view: NoteInput) -> NoteModel:
    """Draw the note in the order in which it is read, so that references count up the page."""
    about = gist(view)
    book = RefBook(view)
    acts = wanted(view, about)
    return NoteModel(
        number=view.number,
        language="en",
        title=title(about),
        written_at=view.log.at,
        log=view.log,
        state=view.state,
        standing=DRAFT,
        readings=readings(view),
        warnings=warnings(view, about, book),
        use=use(view, about, book),
        claim=claim_part(about, book),
        shows=shows(view, about, book),
        cannot_tell=doubts(view, about, acts, book),
        sources=sources(view, about, book),
        done=done(view, about, book),
        not_done=not_done(view, about, book),
        would_settle=settles(acts, view, book),
        background=background(view, about, book),
        handling=_handling(view, about, book),
        changes=changes(view, book),
        propositions=propositions(view, book),
        matrices=matrices(view),
        findings=findings(view, book),
        past=past(view, about, book),
        edges=edge_rows(view, about, book),
        origins=origin_names(view),
        graphs=graphs(view),
        drifts=drifts(view, about, book),
        map=map_part(view, about, book),
        claims=claim_rows(view, about, book),
        footage=footage(view, about, book),
        settings=setting_rows(view, book),
        custody=custody(view, book),
        methods=method_rows(view),
        references=book.references(),
    )


def _handling(view: NoteInput, about: Gist, book: RefBook) -> tuple[Sentence, ...]:
    """What must not be done with it, and the references of the items themselves."""
    out = [book.sentence(say(p.NO_POSITION), book.whole_log())]
    for item in about.clips:
        word = view.sensitivity.get(item.id)
        if word and word != "Not Sensitive":
            template = p.HIDE_GRAPHIC if word == GRAPHIC else p.SENSITIVE
            out.append(book.sentence(say(template, item=item.id, word=word), book.item(item.id)))
        out.append(book.sentence(say(p.ITEM_REFERENCE, item=item.id), book.item(item.id)))
    return tuple(out)
