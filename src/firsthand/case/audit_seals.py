"""The audit's third part: seals and stamps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from firsthand.case.audit_log import Ledger
from firsthand.case.audit_report import Problems
from firsthand.case.checkpoint import SignedCheckpoint
from firsthand.case.der import time_stamp_request
from firsthand.case.folder import Root
from firsthand.case.head import Checkpoint
from firsthand.case.kept import Manifest
from firsthand.case.keys import fingerprint_of, verify_signature
from firsthand.case.seal_records import (
    CHECKPOINT_FILE,
    KEY_FILE,
    SIGNATURE_FILE,
    CheckpointSealed,
    KeyPinned,
    StampReceived,
    StampRequested,
    stamp_file,
)
from firsthand.case.stamp import MAX_REPLY, check_stamp
from firsthand.case.trust import Trust
from firsthand.errors import FirsthandError
from firsthand.records import format_instant

__all__ = ["SealSeen", "StampSeen", "audit_seals"]

MAX_STAMPS: Final = 200
"""Each costs up to a second: a hostile case must not keep an audit for days."""
MAX_SEAL_FILE: Final = max(MAX_REPLY, 1024 * 1024)


@dataclass(frozen=True)
class StampSeen:
    """A time stamp: the checkpoint existed before `before`, if its authority is believed."""

    stamp: int
    authority: str
    state: str
    before: str
    library: str
    openssl: str

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return dict(vars(self))


@dataclass(frozen=True)
class SealSeen:
    """A seal as the audit found it."""

    seal: int
    lines: int
    key: str
    holds: bool
    stamps: tuple[StampSeen, ...]
    waiting: int

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {**vars(self), "stamps": [stamp.plain() for stamp in self.stamps]}


@dataclass
class _Look:
    root: Root
    ledger: Ledger
    problems: Problems
    trust: Trust
    keys: dict[str, bytes] = field(default_factory=dict)

    def file(self, manifest: Manifest, name: str) -> bytes | None:
        """A file of a manifest; that it is the right one, the walk says."""
        for file, parts in manifest.placed():
            if file.path == name:
                try:
                    return self.root.read(parts, MAX_SEAL_FILE)
                except OSError:
                    return None
        return None

    def problem(self, code: str, manifest: Manifest, message: str) -> None:
        self.problems.add(code, "/".join(manifest.folder()), message)


def audit_seals(
    root: Root,
    ledger: Ledger,
    problems: Problems,
    trust: Trust,
    checkpoint: Checkpoint | None,
) -> tuple[SealSeen, ...]:
    """Check every seal and stamp, naming what does not hold."""
    if checkpoint is not None and checkpoint.key is not None:
        trust = Trust(trust.fingerprints | {checkpoint.key}, trust.roots_pem)
    look = _Look(root, ledger, problems, trust)
    seen: list[SealSeen] = []
    pinned = ""
    if sum(isinstance(one, StampReceived) for _, one in ledger.seals) > MAX_STAMPS:
        problems.add(
            "too_many_stamps", "seals", f"More than {MAX_STAMPS} stamps are not looked at."
        )
        return ()
    for seq, manifest in ledger.seals:
        if isinstance(manifest, KeyPinned):
            pinned = _key(look, manifest)
        elif isinstance(manifest, CheckpointSealed):
            holds = _seal(look, seq, manifest, pinned)
            stamps, waiting = _stamps(look, manifest)
            seen.append(
                SealSeen(manifest.seal, manifest.lines, manifest.key, holds, stamps, waiting)
            )
    return tuple(seen)


def _key(look: _Look, manifest: KeyPinned) -> str:
    pem = look.file(manifest, KEY_FILE)
    try:
        if pem is None or fingerprint_of(pem) != manifest.fingerprint:
            raise FirsthandError("the file is not the key that the line speaks of")  # noqa: TRY301
    except FirsthandError as error:
        look.problem("wrong_key", manifest, f"The pinned key does not hold: {error.message}.")
        return ""
    look.keys[manifest.fingerprint] = pem
    if look.trust.fingerprints and manifest.fingerprint not in look.trust.fingerprints:
        look.problem("unknown_key", manifest, "This key is none of those that you hold.")
    return manifest.fingerprint


def _seal(look: _Look, seq: int, manifest: CheckpointSealed, pinned: str) -> bool:
    before = look.problems.count
    data = look.file(manifest, CHECKPOINT_FILE)
    signature = look.file(manifest, SIGNATURE_FILE)
    pem = look.keys.get(manifest.key)
    if data is None or signature is None:
        look.problem("missing_seal", manifest, "Its checkpoint or signature is missing.")
        return False
    try:
        checkpoint = SignedCheckpoint.parse(data)
        same = (checkpoint.lines, checkpoint.head, checkpoint.key) == (
            manifest.lines,
            manifest.head,
            manifest.key,
        )
        if not same or checkpoint.file() != data or checkpoint.case != look.ledger.case_id:
            look.problem("wrong_seal", manifest, "The checkpoint is not what the line speaks of.")
    except FirsthandError as error:
        look.problem("wrong_seal", manifest, error.message)
    if manifest.lines >= seq or look.ledger.head_at.get(manifest.lines) != manifest.head:
        look.problem("wrong_seal", manifest, "The log is not the one that was sealed.")
    if pem is None or manifest.key != pinned:
        look.problem("wrong_key", manifest, "It is signed by a key that was not pinned then.")
    elif not verify_signature(pem, signature, data):
        look.problem("bad_signature", manifest, "The signature is not by the key over this.")
    return look.problems.count == before


def _stamps(look: _Look, seal: CheckpointSealed) -> tuple[tuple[StampSeen, ...], int]:
    requests = {
        one.stamp: one
        for _, one in look.ledger.seals
        if isinstance(one, StampRequested) and one.seal == seal.seal
    }
    received = {
        one.stamp: one
        for _, one in look.ledger.seals
        if isinstance(one, StampReceived) and one.seal == seal.seal
    }
    for number in sorted(set(received) - set(requests)):
        look.problem("wrong_stamp", received[number], "Nobody asked for this stamp.")
    seen = [
        _stamp(look, seal, requests[number], stamp)
        for number, stamp in received.items()
        if number in requests
    ]
    return tuple(seen), len(set(requests) - set(received))


def _stamp(
    look: _Look, seal: CheckpointSealed, request: StampRequested, stamp: StampReceived
) -> StampSeen:
    data = look.file(seal, CHECKPOINT_FILE) or b""
    query = look.file(request, stamp_file(request.stamp, "tsq")) or b""
    imprint = hashlib.sha256(data).digest()
    if query != time_stamp_request(imprint, int(request.nonce)):
        look.problem("wrong_stamp", request, "The request is not for this checkpoint.")
    roots = look.trust.roots_pem or look.file(request, stamp_file(request.stamp, "pem")) or b""
    reply = look.file(stamp, stamp_file(stamp.stamp, "tsr")) or b""
    check = check_stamp(reply, imprint, roots, query=query, nonce=int(request.nonce))
    if not check.accepted:
        why = check.openssl.why or check.library.why
        look.problem("bad_stamp", stamp, f"The stamp by {request.authority!r:.80} fails: {why}.")
    elif check.gen_time != stamp.check.gen_time:
        look.problem("bad_stamp", stamp, "The stamp's time is not the one in the log.")
    return StampSeen(
        stamp=stamp.stamp,
        authority=request.authority,
        state=check.state,
        before="" if check.gen_time is None else format_instant(check.gen_time),
        library=check.library.why or check.library.state,
        openssl=check.openssl.why or check.openssl.state,
    )
