"""Content Credentials (C2PA), read offline.

Remote manifests and revocation lists are never fetched: the settings say so, and the box has no
network. What the library says comes back as it is; it is judged outside.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import c2pa

__all__ = ["read_credentials"]

MOST_JSON = 8 << 20
OFFLINE = {
    "version": 1,
    "verify": {
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
        "verify_trust": True,
        "verify_timestamp_trust": True,
    },
}


def read_credentials(
    file: BinaryIO, media_type: str, trust: dict[str, str] | None
) -> dict[str, Any]:
    """`{found: {…}}` as the library gives it, or `{error, said}`.

    `trust` holds `trust_anchors` and optionally `trust_config`, as c2pa-rs calls them.
    """
    settings = {**OFFLINE, "trust": trust} if trust else OFFLINE
    file.seek(0)
    try:
        with (
            c2pa.Context.from_dict(settings) as context,
            c2pa.Reader(media_type, file, context=context) as reader,
        ):
            text = reader.json()
            if len(text) > MOST_JSON:
                return {"error": "TooMuch", "said": f"{len(text)} bytes of claims"}
            return {
                "found": json.loads(text),
                "embedded": bool(reader.is_embedded()),
                "version": c2pa.sdk_version(),
            }
    except MemoryError:
        raise
    except Exception as error:  # the library has a class for each failure, and not all are exported
        return {
            "error": type(error).__name__.removeprefix("_C2pa"),
            "said": str(error)[:600],
            "version": c2pa.sdk_version(),
        }
