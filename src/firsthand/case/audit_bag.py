"""The audit of an exported bag: the case in `data/`, and the bag around it.

Everything in a bag follows from its log: the case's files as in any case, the files beside it by
the last line, `export.written`, and the manifests by being computed again and compared byte for
byte.
"""

from __future__ import annotations

from typing import Any, Final

from firsthand import __version__
from firsthand.case.audit_log import Ledger
from firsthand.case.audit_report import Problems
from firsthand.case.bag import (
    BAG_FILES,
    BAGIT,
    DATA,
    MANIFESTS,
    TAG_MANIFESTS,
    TAGS,
    look_through,
    manifests,
)
from firsthand.case.folder import Root, StrangeFile
from firsthand.case.ingest import Digest
from firsthand.case.layout import LOG, MAX_LOG, MAX_PAYLOAD, REDACTION, Parts
from firsthand.case.verify_sh import verify_sh
from firsthand.records import sha256_hex

__all__ = ["audit_around", "is_bag"]

BAGIT_FILE: Final = "bagit.txt"
MAX_BESIDE: Final = 1 << 29
"""A file beside the case: the manifest of two million files."""


def is_bag(root: Root) -> bool:
    """Whether this folder is an exported bag, whole or not."""
    return root.stat((DATA,)) is not None or root.stat((BAGIT_FILE,)) is not None


def audit_around(root: Root, ledger: Ledger, problems: Problems) -> None:
    """Check the bag around a case whose ledger is read already."""
    found = look_through(root, problems, lambda parts: _limit(ledger, parts))
    data = {parts: digest for parts, digest in found.items() if parts[0] == DATA}
    for parts in sorted(set(found) - set(data)):
        if len(parts) > 1 or parts[0] not in BAG_FILES:
            problems.add("unlogged", "/".join(parts), "It has no business in a bag.")
    _compare(root, problems, MANIFESTS, data)
    tags: dict[Parts, Digest] = {
        (name,): found[(name,)]
        for name in sorted(BAG_FILES.difference(TAG_MANIFESTS))
        if (name,) in found
    }
    _compare(root, problems, TAG_MANIFESTS, tags)
    _handed_over(ledger, problems, found)


def _limit(ledger: Ledger, parts: Parts) -> int:
    """How large a file of the bag may be: what the log says, or what no file of its kind passes."""
    inner = parts[1:]
    if parts[0] != DATA:
        return MAX_BESIDE
    if inner in ledger.files:
        return max(one.size for one in ledger.files[inner])
    return MAX_LOG if inner == (LOG,) else MAX_PAYLOAD


def _compare(
    root: Root, problems: Problems, names: tuple[str, ...], digests: dict[Parts, Digest]
) -> None:
    for name, wanted in zip(names, manifests(digests), strict=True):
        try:
            if root.read((name,), len(wanted)) == wanted:
                continue
            problems.add("changed_file", name, "It is not the list of what is here.")
        except StrangeFile:
            problems.add("changed_file", name, "It is not the list of what is here.")
        except OSError as error:
            problems.add("missing_file", name, f"It cannot be read: {error.strerror}.")


def _handed_over(ledger: Ledger, problems: Problems, found: dict[Parts, Digest]) -> None:
    kind, told = ledger.last or (None, None)
    if kind != "export.written" or told is None:
        problems.add("wrong_end", LOG, "The log does not end with the line that hands a bag over.")
        return
    files: Any = told.get("files")
    known = files if isinstance(files, dict) else {}
    for name in TAGS:
        digest = found.get((name,))
        if digest is None:
            problems.add("missing_file", name, "Every bag has it.")
        elif known.get(name) != digest.sha256:
            problems.add("changed_file", name, "It is not what was handed over.")
    if known.get(BAGIT_FILE) != sha256_hex(BAGIT):
        problems.add("changed_file", BAGIT_FILE, "It is not what BagIt 1.0 asks for.")
    ours = sha256_hex(verify_sh())
    if told.get("version") == __version__ and known.get("verify.sh") != ours:
        problems.add("strange_verifier", "verify.sh", "It is not the one of this version.")
    redaction = told.get("redaction")
    listed = found.get((DATA, REDACTION))
    if redaction is not None and (listed is None or listed.sha256 != redaction):
        problems.add("bad_redaction", LOG, "What was left out of this bag is not said.")
