"""Five tokens of the shared test data: the imprint of each, and the verdict that it must get."""

from __future__ import annotations

import hashlib
from typing import Final

STAMPED: Final = bytes.fromhex(
    "fb71a6009f6fa1f43baf746a09cb6339df7f1ad46ee62390847d92438c23abf4"
    "f50b0de3f1c2e1cd6cf40dc5bf42e30852c744ddcb2a47e0c3e2f8061223cc64"
)
HELLO: Final = hashlib.sha512(b"hello").digest()
TOKENS: Final = {
    "valid_timestamp.tsr": (STAMPED, "verified"),
    "rfc3161-client-issue-104.tsr": (HELLO, "verified"),
    "digicert.tsr": (STAMPED, "disputed"),
    "self_signed.tsr": (STAMPED, "refused"),
    "timestamp_token_http-timestamp-identrust-com": (STAMPED, "refused"),
}
"""The fourth's root is in nobody's list; the fifth is a bare token and no reply."""
