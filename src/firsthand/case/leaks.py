"""The last look at a redacted bag before it is handed over: is a hash of an original in it?

By such a hash the file could be matched on a seized phone. What leaves is chosen by kind, and none
of it should hold one; this looks at the bytes all the same, because a record may quote another. A
picture of ours that was made from an original is on nobody's phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from firsthand.case.folder import Root
from firsthand.case.layout import COPIES, DERIVED, ORIGINALS
from firsthand.case.state import CaseState
from firsthand.errors import IntegrityError

__all__ = ["refuse_leaks"]

_HEX: Final = re.compile(rb"[0-9a-fA-F]{64}(?:[0-9a-fA-F]{64})?")
_BYTES_OF_PUBLIC: Final = frozenset({ORIGINALS, DERIVED, COPIES})


def refuse_leaks(root: Root, state: CaseState, public: frozenset[str]) -> None:
    """Look through every name and every text of a bag that is being written.

    Raises:
        IntegrityError: a hash of something that is not public is in it; nothing is handed over.
    """
    secret = {
        digest: item.id
        for item in state.items.values()
        if item.id not in public and item.kind != "derivative"
        for digest in (item.sha256, item.sha512)
    }
    open_too = {
        digest
        for item in state.items.values()
        if item.id in public
        for digest in (item.sha256, item.sha512)
    }
    for where, text in _texts(root.path):
        for met in _HEX.findall(text):
            digest = met.decode("ascii").lower()
            if digest in secret and digest not in open_too:
                raise IntegrityError(
                    f"The redacted copy would give away the hash of {secret[digest]}, in {where}.",
                    f"Nothing was handed over. Hide what {where} is of, or let {secret[digest]}"
                    " out too.",
                )


def _texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        where = path.relative_to(folder)
        yield str(where), str(where).encode()
        if path.is_file() and where.parts[1:2] and where.parts[1] in _BYTES_OF_PUBLIC:
            continue
        if path.is_file():
            yield str(where), path.read_bytes()
