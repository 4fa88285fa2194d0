"""Run as a child: what rfc3161-client says of one reply. Bounded, so that a hostile reply ends.

Reads one JSON object on stdin (`reply`, `imprint`, `roots` as hex of PEM, `nonce` or null), and
writes one on stdout: `ok`, `why`, and what the token says of itself. It imports nothing of ours.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from typing import Any

CPU_S = 10
MEMORY = 1 << 30
DIGESTS = {
    32: "2.16.840.1.101.3.4.2.1",
    48: "2.16.840.1.101.3.4.2.2",
    64: "2.16.840.1.101.3.4.2.3",
}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Decode and verify one reply."""
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerifierBuilder, decode_timestamp_response

    reply = decode_timestamp_response(bytes.fromhex(asked["reply"]))
    if reply.status not in {0, 1}:
        return {"ok": False, "why": f"the authority refused (status {reply.status})"}
    info = reply.tst_info
    said = {
        "gen_time": info.gen_time.isoformat(),
        "serial": str(info.serial_number),
        "policy": info.policy.dotted_string,
        "nonce": None if info.nonce is None else str(info.nonce),
        "imprint": bytes(info.message_imprint.message).hex(),
    }
    roots = load_pem_x509_certificates(bytes.fromhex(asked["roots"]))
    imprint = bytes.fromhex(asked["imprint"])
    if info.message_imprint.hash_algorithm.dotted_string != DIGESTS[len(imprint)]:
        return {"ok": False, "why": "the imprint is of another hash", **said}
    nonce = None if asked["nonce"] is None else int(asked["nonce"])
    try:
        VerifierBuilder(roots=list(roots), nonce=nonce).build().verify(reply, imprint)
    except Exception as error:
        return {"ok": False, "why": str(error)[:500], **said}
    return {"ok": True, "why": "", **said}


def main() -> None:
    """One question, one answer."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    asked = json.loads(sys.stdin.read())
    try:
        said = answer(asked)
    except BaseException as error:
        said = {"ok": False, "why": f"cannot be decoded: {error}"[:500]}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
