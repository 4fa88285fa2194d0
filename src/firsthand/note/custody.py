"""What is kept, the log that accounts for it, and how a stranger checks both."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note.given import NoteInput
from firsthand.note.model import Command, Custody, CustodyLine, ItemRow
from firsthand.note.refs import RefBook
from firsthand.note.text import anchor
from firsthand.records import Item, say

__all__ = ["custody"]


def custody(given: NoteInput, book: RefBook) -> Custody:
    """Items with their commitments, the log's lines, and the commands of an audit."""
    log = book.whole_log()
    items = tuple(_item(item, book) for item in given.items)
    count = say(lb.CUSTODY_COUNT, items=str(len(items)), lines=str(given.log.line))
    summary = [
        book.sentence(count, log),
        book.sentence(say(lb.CUSTODY_CHAIN), log),
        book.sentence(say(lb.CUSTODY_ROLLBACK), log),
        book.sentence(say(lb.CUSTODY_SALT), log),
    ]
    return Custody(
        items=items,
        summary=tuple(summary),
        lines=tuple(
            CustodyLine(line=event.seq, at=event.at, kind=event.kind, subject=event.subject)
            for event in given.events
        ),
        commands=_commands(given, items),
    )


def _item(item: Item, book: RefBook) -> ItemRow:
    event = book.event("item.added", item.id) or book.event("derivative.added", item.id)
    ref = book.item(item.id)
    book.use(anchor("i", item.id), ref)
    got = item.acquired
    made = item.made
    return ItemRow(
        id=item.id,
        kind=item.kind,
        media_type=item.media_type,
        size=item.size,
        name=got.original_name if got else "",
        label=item.label,
        how=got.how if got else "",
        by=book.actor(got.by) if got else "",
        at=got.at if got else (event.at if event else None),
        time_source=got.time_source if got else "",
        line=event.seq if event else None,
        commitment=event.content if event else None,
        made=made.tool if made else "",
        ref=ref,
    )


OPEN_COMMITMENT = (
    r"""printf '%s%s' "$(sed -E 's/.*"salt":"([0-9a-f]{64})".*/\1/' """
    r"""CASE/payloads/{line:06d}.sensitive.json)" """
    r""""$(sha256sum < FILE | cut -c1-64)" | sha256sum"""
)
"""A commitment is the SHA-256 of the salt's and the item's hash's hexadecimal figures together."""


def _commands(given: NoteInput, items: tuple[ItemRow, ...]) -> tuple[Command, ...]:
    line, head = given.log.line, given.log.head
    print_line = "sed -n '{line}p' CASE/log.jsonl | sha256sum"
    return (
        Command(what=say(lb.AUDIT_ALL), command="firsthand case audit CASE"),
        Command(
            what=say(lb.AUDIT_HEAD, line=str(line)),
            command=print_line.format(line=line),
            prints=head,
        ),
        Command(what=say(lb.AUDIT_CHAIN), command=print_line.format(line=1)),
        *(
            Command(
                what=say(lb.AUDIT_ITEM, item=item.id),
                command=OPEN_COMMITMENT.replace("{line:06d}", f"{item.line:06d}"),
                prints=item.commitment,
            )
            for item in items
            if item.kind == "media" and item.line is not None and item.commitment is not None
        ),
    )
