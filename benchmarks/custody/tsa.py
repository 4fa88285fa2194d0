"""A time-stamping authority on loopback: `openssl ts` behind a small HTTP server, with faults.

The path of the address names the fault: `/good`, `/replay`, `/truncated` and so on (`FAULTS`).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from benchmarks.custody.authority import loop, make

CONFIG: Final = """
[ tsa ]
default_tsa = config
[ config ]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
FAULTS: Final = {
    "replay": "refused",
    "truncated": "refused",
    "flipped": "refused",
    "html": "no_reply",
    "html_as_reply": "refused",
    "status_500": "no_reply",
    "hang": "no_reply",
    "drip": "no_reply",
    "flood": "no_reply",
    "empty": "no_reply",
    "redirect": "no_reply",
    "wrong_imprint": "refused",
    "wrong_root": "refused",
    "expired": "refused",
    "not_yet_valid": "refused",
    "no_eku": "refused",
    "unsorted": "disputed",
    "endless_chain": "refused",
    "rejection": "refused",
}
"""Each fault, and what must come of it: no reply at all, a refusal, or a disagreement."""


class Tsa:
    """The authority; `roots` is what a user would have been given as its root."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="firsthand-tsa-")
        self.folder = Path(self._folder.name)
        self._lock = threading.Lock()
        self._first: bytes | None = None
        self.stop = threading.Event()
        root = make("Loopback root", ca=True)
        middle = make("Loopback intermediate", root, ca=True)
        now = datetime.now(UTC)
        self.root, self.middle = root, middle
        self.other_root = make("Another root", ca=True)
        signers = {
            "good": make("Loopback signer", middle),
            "expired": make("Expired signer", middle, end=now - timedelta(days=1)),
            "not_yet_valid": make(
                "Early signer", middle, start=now + timedelta(days=1), end=now + timedelta(days=9)
            ),
            "wrong_root": make("Foreign signer", self.other_root),
            "no_eku": make("Unfit signer", middle, eku=False),
        }
        for name, pair in signers.items():
            pair.write(self.folder, name)
        (self.folder / "good.chain").write_bytes(middle.pem)
        a, b, signer = loop()
        signer.write(self.folder, "endless_chain")
        pairs = (middle, a, b, signer, *signers.values())
        self.certificates = [pair.der for pair in pairs]
        (self.folder / "endless_chain.chain").write_bytes(a.pem + b.pem)
        (self.folder / "serial").write_text("01\n")
        (self.folder / "ts.conf").write_text(CONFIG.format(folder=self.folder))
        tsa = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                tsa.serve(self, self.rfile.read(length))

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def roots(self) -> bytes:
        return self.root.pem

    def url(self, fault: str = "good") -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{fault}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def reply(self, query: bytes, signer: str = "good", *, unsorted: bool = False) -> bytes:
        """A reply as this signer would give it."""
        chain = self.folder / f"{signer}.chain"
        if signer in {"expired", "not_yet_valid"}:
            chain = self.folder / "good.chain"
        with self._lock, tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            place = Path(scratch)
            (place / "query").write_bytes(query)
            chained = ("-chain", chain) if chain.exists() else ()
            by = ("-signer", self.folder / f"{signer}.pem", "-inkey", self.folder / f"{signer}.key")
            config = ("-config", self.folder / "ts.conf", "-section", "config")
            files = ("-queryfile", place / "query", "-out", place / "reply")
            _run("ts", "-reply", *config, *files, *by, *chained)
            reply = (place / "reply").read_bytes()
        return _ordered(reply, self.certificates, reverse=unsorted)

    def serve(self, handler: BaseHTTPRequestHandler, query: bytes) -> None:
        fault = handler.path.strip("/")
        with suppress(BrokenPipeError, ConnectionResetError):
            self._serve(handler, query, fault)

    def _serve(self, handler: BaseHTTPRequestHandler, query: bytes, fault: str) -> None:
        if fault == "hang":
            self.stop.wait(60)
            return
        if fault in {"status_500", "redirect"}:
            handler.send_response(500 if fault == "status_500" else 302)
            handler.send_header("Location", self.url())
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        body = self.body(query, fault)
        handler.send_response(200)
        kind = "text/html" if fault == "html" else "application/timestamp-reply"
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        if fault == "drip":
            while not self.stop.wait(0.2):
                handler.wfile.write(body[:1])
        handler.wfile.write(body)

    def body(self, query: bytes, fault: str) -> bytes:
        """The bytes of a reply with a fault in it."""
        match fault:
            case "replay":
                self._first = self._first or self.reply(query)
                return self._first
            case "truncated":
                return self.reply(query)[:-100]
            case "flipped":
                return _flipped(self.reply(query))
            case "html" | "html_as_reply":
                return b"<!doctype html><title>Log in to the network</title>"
            case "flood":
                return b"\0" * (1 << 20)
            case "empty":
                return b""
            case "wrong_imprint":
                return self.reply(_other_imprint(query))
            case "expired" | "not_yet_valid" | "wrong_root" | "endless_chain":
                return self.reply(query, fault)
            case "no_eku":
                return self._without_eku(query)
            case "unsorted":
                return self.reply(query, unsorted=True)
            case "rejection":
                return bytes.fromhex("30053003020102")
            case _:
                return self.reply(query)

    def _without_eku(self, query: bytes) -> bytes:
        """Sign a good token's content with a certificate that may not; openssl ts would not."""
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            place = Path(scratch)
            (place / "reply").write_bytes(self.reply(query))
            token, info = place / "token", place / "info"
            _run("ts", "-reply", "-in", place / "reply", "-token_out", "-out", token)
            content = ("-noverify", "-nosigs", "-inform", "DER")
            _run("cms", "-verify", *content, "-in", token, "-out", info)
            form = ("-binary", "-nodetach", "-cades", "-outform", "DER", "-md", "sha256")
            kind = ("-econtent_type", "1.2.840.113549.1.9.16.1.4")
            signer = ("-signer", self.folder / "no_eku.pem", "-inkey", self.folder / "no_eku.key")
            chain = ("-certfile", self.folder / "good.chain")
            out = ("-in", info, "-out", place / "signed")
            _run("cms", "-sign", *form, *kind, *signer, *chain, *out)
            signed = (place / "signed").read_bytes()
        reply = _sequence(bytes.fromhex("3003020100") + signed)
        return _ordered(reply, self.certificates)


def _run(*arguments: str | Path) -> None:
    subprocess.run(
        ["openssl", *arguments],
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "OPENSSL_CONF": "/dev/null"},
    )


def _sequence(content: bytes) -> bytes:
    size = len(content).to_bytes(3, "big").lstrip(b"\0")
    return bytes([0x30, 0x80 | len(size)]) + size + content


def _flipped(reply: bytes) -> bytes:
    """One bit of the signature, which is the last thing in a reply."""
    changed = bytearray(reply)
    changed[-10] ^= 1
    return bytes(changed)


def _other_imprint(query: bytes) -> bytes:
    """The same request for another hash: the 32 bytes after the OCTET STRING's head."""
    at = query.index(b"\x04\x20") + 2
    return query[:at] + bytes(byte ^ 0xFF for byte in query[at : at + 32]) + query[at + 32 :]


def _ordered(reply: bytes, certificates: list[bytes], *, reverse: bool = False) -> bytes:
    """The same reply with its certificates in DER's order for a set, or in the other one.

    `openssl ts` writes them as they come, and so do authorities in the field.
    """
    inside = [one for one in certificates if one in reply]
    start = min(reply.index(one) for one in inside)
    length = sum(map(len, inside))
    ordered = b"".join(sorted(inside, reverse=reverse))
    if len(ordered) != length or sorted(reply[start : start + length]) != sorted(ordered):
        raise ValueError("the reply's certificates do not stand together")
    return reply[:start] + ordered + reply[start + length :]
