"""Sealing: a signed checkpoint of the log, and a time stamp of it from whoever is configured.

Signing says who vouched for the log as it stood; stamping says that it stood before a time. The
stamp is of `checkpoint.json`, whose head commits to every line, payload and original before it.
(Not of the signature: a signer who chose a weak key on purpose could make one signature fit two
checkpoints.) Without a network the requests wait in the case, and the next seal sends them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from firsthand.case.checkpoint import SignedCheckpoint
from firsthand.case.context import Context
from firsthand.case.der import NONCE_BYTES, time_stamp_request
from firsthand.case.kept import kept_files
from firsthand.case.keys import KeyRing, SigningKey
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
from firsthand.case.stamp import MAX_REPLY, StampCheck, check_stamp
from firsthand.case.state import CaseState
from firsthand.case.store import Case
from firsthand.case.tsa import Authority, NoReply, Send
from firsthand.case.writer import Writer
from firsthand.records import EventKind

__all__ = ["SealResult", "StampResult", "seal_case"]

SEALING: Final[frozenset[EventKind]] = frozenset(
    {"key.pinned", "checkpoint.sealed", "stamp.requested", "stamp.received", "failed"}
)
"""Lines that sealing itself writes: after them alone there is nothing new to seal."""


@dataclass(frozen=True)
class StampResult:
    """What became of one request for a stamp: `check` is None while no reply has come."""

    seal: int
    stamp: int
    authority: str
    check: StampCheck | None
    why: str = ""

    @property
    def waiting(self) -> bool:
        """Whether the request still has to be sent, or sent again."""
        return self.check is None or not self.check.accepted


@dataclass(frozen=True)
class SealResult:
    """A seal. `new` is false where nothing had changed since the last one.

    `pinned` says that this key was not the case's before: compare its fingerprint with the one
    you know.
    """

    seal: int
    new: bool
    checkpoint: SignedCheckpoint
    pinned: bool
    stamps: tuple[StampResult, ...]


def seal_case(
    case: Case,
    context: Context,
    ring: KeyRing,
    *,
    authorities: Sequence[Authority] = (),
    send: Send | None = None,
    passphrase: Callable[[], bytes] | None = None,
) -> SealResult:
    """Sign a checkpoint of the log as it is, ask for stamps of it, and send what waits.

    Without `send` nothing leaves the machine and the requests wait. A key is made if the ring
    has none, without a passphrase; make one beforehand to have it locked.

    Raises:
        InputError: the key cannot be used.
        CaseBusy, CaseDamaged, DiskError: as for any act of writing.
    """
    with case.writer(context) as writer:
        key = ring.signing_key(passphrase) if ring.has_signing_key else ring.make_signing_key()
        pinned = _pin(writer, key)
        number, checkpoint, new = _seal(case, writer, context, key)
        for authority in authorities:
            _request(writer, context, number, checkpoint, authority)
        return SealResult(
            seal=number,
            new=new,
            checkpoint=checkpoint,
            pinned=pinned,
            stamps=tuple(_send_all(case, writer, send, number)),
        )


def _pin(writer: Writer, key: SigningKey) -> bool:
    keys = writer.state.keys
    if keys and keys[-1].fingerprint == key.fingerprint:
        return False
    files = {KEY_FILE: key.public_pem}
    manifest = KeyPinned(number=len(keys) + 1, fingerprint=key.fingerprint, files=kept_files(files))
    writer.bring("key.pinned", (f"key-{manifest.number:02d}",), manifest, files)
    return True


def _seal(
    case: Case, writer: Writer, context: Context, key: SigningKey
) -> tuple[int, SignedCheckpoint, bool]:
    state = writer.state
    standing = _standing(state, key.fingerprint)
    if standing is not None:
        kept = case.read_kept(standing, CHECKPOINT_FILE)
        return standing.seal, SignedCheckpoint.parse(kept), False
    checkpoint = SignedCheckpoint(
        case=state.case_id,
        lines=state.last_seq,
        head=state.head,
        at=context.now(),
        time_source=context.time_source,
        key=key.fingerprint,
    )
    number = max(state.seals, default=0) + 1
    files = {CHECKPOINT_FILE: checkpoint.file(), SIGNATURE_FILE: key.sign(checkpoint.file())}
    manifest = CheckpointSealed(
        seal=number,
        lines=checkpoint.lines,
        head=checkpoint.head,
        key=checkpoint.key,
        files=kept_files(files),
    )
    writer.bring("checkpoint.sealed", (f"{number:04d}",), manifest, files)
    return number, checkpoint, True


def _standing(state: CaseState, fingerprint: str) -> CheckpointSealed | None:
    """The last seal, if it is by this key and nothing but sealing came after what it covers."""
    last = state.seals.get(max(state.seals, default=0))
    if last is None or last.key != fingerprint:
        return None
    later = state.events[last.lines :]
    return last if all(event.kind in SEALING for event in later) else None


def _request(
    writer: Writer,
    context: Context,
    seal: int,
    checkpoint: SignedCheckpoint,
    authority: Authority,
) -> None:
    """Keep a request to one authority, unless this seal has one already."""
    requests = [one for one in writer.state.stamp_requests.values() if one.seal == seal]
    if any(one.url == authority.url for one in requests):
        return
    stamp = len(requests) + 1
    nonce = int.from_bytes(context.entropy(NONCE_BYTES), "big") or 1
    files = {
        stamp_file(stamp, "tsq"): time_stamp_request(_imprint(checkpoint.file()), nonce),
        stamp_file(stamp, "pem"): authority.roots_pem,
    }
    manifest = StampRequested(
        seal=seal,
        stamp=stamp,
        authority=authority.name,
        url=authority.url,
        nonce=str(nonce),
        at=context.now(),
        files=kept_files(files),
    )
    writer.bring("stamp.requested", (f"{seal:04d}", f"{stamp:02d}"), manifest, files)


def _send_all(case: Case, writer: Writer, send: Send | None, seal: int) -> Iterator[StampResult]:
    """Send every request of any seal that waits; also tell the stamps that this seal has."""
    state = writer.state
    for key, request in state.stamp_requests.items():
        stamp = state.stamps.get(key)
        if stamp is None:
            yield _send_one(case, writer, send, request)
        elif request.seal == seal:
            yield StampResult(*key, request.authority, stamp.check)


def _send_one(
    case: Case, writer: Writer, send: Send | None, request: StampRequested
) -> StampResult:
    result = StampResult(request.seal, request.stamp, request.authority, None)
    if send is None:
        return replace(result, why="not sent: no network was asked for")
    query = case.read_kept(request, stamp_file(request.stamp, "tsq"))
    try:
        reply = send(request.url, query)
    except NoReply as error:
        return replace(result, why=error.message)
    sealed = writer.state.seals[request.seal]
    check = check_stamp(
        reply,
        _imprint(case.read_kept(sealed, CHECKPOINT_FILE)),
        case.read_kept(request, stamp_file(request.stamp, "pem")),
        query=query,
        nonce=int(request.nonce),
    )
    subject = (f"{request.seal:04d}", f"{request.stamp:02d}")
    if not check.accepted:
        why = f"{check.openssl.why or check.openssl.state}; {check.library.why}"
        writer.append(
            "failed",
            subject,
            open={"act": "stamp", "check": check.plain()},
            sensitive={"authority": request.authority, "reply_hex": reply[:MAX_REPLY].hex()},
        )
        return replace(result, check=check, why=why)
    files = {stamp_file(request.stamp, "tsr"): reply}
    manifest = StampReceived(
        seal=request.seal, stamp=request.stamp, check=check, files=kept_files(files)
    )
    writer.bring("stamp.received", subject, manifest, files)
    return replace(result, check=check)


def _imprint(checkpoint: bytes) -> bytes:
    return hashlib.sha256(checkpoint).digest()
