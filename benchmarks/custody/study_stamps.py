"""Each fault of an authority on loopback, and the five tokens of the shared test data."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import certifi
from benchmarks.custody.tokens import TOKENS
from benchmarks.custody.tsa import FAULTS, Tsa

from firsthand.case.der import time_stamp_request
from firsthand.case.stamp import check_stamp
from firsthand.case.tsa import NoReply, http_send

TIMEOUT_S = 3.0
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", Path(__file__).parents[3] / "shared"))


def study_stamps() -> str:
    """Both tables; the section's text."""
    return "\n".join(
        [
            "## Custody: time stamps",
            "",
            "`openssl ts` behind an HTTP server on loopback, with a fault in its certificates or"
            f" its replies; the limit for an answer was {TIMEOUT_S:g} s.",
            "",
            "| fault | verdict | expected | rfc3161-client | openssl | s |",
            "|---|---|---|---|---|---|",
            *_faults(),
            "",
            "Tokens from the field, held against the root certificates of certifi:",
            "",
            "| token | verdict | expected | rfc3161-client | openssl |",
            "|---|---|---|---|---|",
            *_tokens(),
            "",
            "*Disputed*: the two differ, both are shown, and openssl's verdict counts, because it"
            " is what a stranger will run. rfc3161-client refuses certificates that are not in the"
            " order that DER asks of a set; openssl's own authority writes them so.",
        ]
    )


def _faults() -> list[str]:
    rows: list[str] = []
    with Tsa() as tsa:
        for fault, expected in {"good": "verified", **FAULTS}.items():
            digest = hashlib.sha256(fault.encode()).digest()
            nonce = int.from_bytes(digest[:8], "big")
            query = time_stamp_request(digest, nonce)
            if fault == "replay":
                http_send(tsa.url(fault), time_stamp_request(digest, nonce + 1))
            started = time.monotonic()
            try:
                reply = http_send(tsa.url(fault), query, timeout_s=TIMEOUT_S)
            except NoReply as error:
                verdict, library, openssl = "no_reply", "", error.message.partition(": ")[2]
            else:
                check = check_stamp(reply, digest, tsa.roots, query=query, nonce=nonce)
                verdict = check.state
                library = check.library.why or check.library.state
                openssl = check.openssl.why or check.openssl.state
            took = time.monotonic() - started
            rows.append(_row(fault, verdict, expected, library, openssl, f"{took:.1f}"))
    return rows


def _tokens() -> list[str]:
    roots = Path(certifi.where()).read_bytes()
    folder = SHARED / "data/tsa/timestamping"
    if not folder.is_dir():
        return ["| (the shared test data is not here) | | | | |"]
    rows: list[str] = []
    for name, (imprint, expected) in TOKENS.items():
        check = check_stamp((folder / name).read_bytes(), imprint, roots, nonce=None)
        library = check.library.why or check.library.state
        openssl = check.openssl.why or check.openssl.state
        rows.append(_row(name, check.state, expected, library, openssl))
    return rows


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/")[:90].strip() for cell in cells) + " |"
