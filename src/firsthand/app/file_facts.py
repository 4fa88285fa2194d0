"""What a file says of itself, in the few kinds that the note tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.media import FileMetadata
from firsthand.note import FileFact

__all__ = ["file_facts"]

SERIAL = re.compile(r"serial|uniqueid|imei|udid", re.I)
PERSON = re.compile(r"^(artist|author|creator|ownername|cameraownername|byline|copyright)$", re.I)


def file_facts(item: str, metadata: FileMetadata) -> Iterator[FileFact]:
    """Times, make and software as they are; of positions, serial numbers and names only that
    they are there: their values stay in the case."""
    for time in metadata.times:
        value = "blank" if time.blank else (time.local or "")
        yield FileFact(item=item, kind="time", tag=time.tags[0].place, value=value)
    for position in metadata.positions:
        yield FileFact(item=item, kind="position", tag=position.tags[0].place, value="")
    for text in (*metadata.make, *metadata.model):
        yield FileFact(item=item, kind="make", tag=text.tag.place, value=text.value)
    for text in metadata.software:
        yield FileFact(item=item, kind="software", tag=text.tag.place, value=text.value)
    for tag in metadata.tags:
        if not tag.raw.strip():
            continue
        if SERIAL.search(tag.name):
            yield FileFact(item=item, kind="serial", tag=tag.place, value="")
        elif PERSON.match(tag.name):
            yield FileFact(item=item, kind="person", tag=tag.place, value="")
