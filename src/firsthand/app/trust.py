"""Whose signatures are trusted: root certificates from configuration, and from nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from firsthand.errors import InputError
from firsthand.media.credentials import Trust
from firsthand.records import sha256_hex

__all__ = ["TRUST_VARIABLE", "load_trust", "trust_name"]

TRUST_VARIABLE = "FIRSTHAND_TRUST"
MAX_ROOTS_BYTES = 4 * 1024 * 1024


def load_trust(roots: Path | None = None, purposes: Path | None = None) -> Trust | None:
    """Roots from the option, else from the file that FIRSTHAND_TRUST names, else none.

    Raises:
        InputError: the file is not there, too large, or holds no PEM certificate.
    """
    named = os.environ.get(TRUST_VARIABLE)
    path = roots or (Path(named) if named else None)
    if path is None:
        return None
    anchors = _text(path)
    if "-----BEGIN CERTIFICATE-----" not in anchors:
        raise InputError(
            f"{str(path)!r} holds no root certificate.",
            "Give certificates as PEM, one after another.",
        )
    return Trust(anchors, _text(purposes) if purposes else "")


def trust_name(trust: Trust | None) -> str:
    """What stands in a record: that nobody is trusted, or a hash of whom."""
    return "no roots" if trust is None else f"roots {sha256_hex(trust.anchors_pem.encode())}"


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_ROOTS_BYTES:
            raise InputError(f"{str(path)!r} is too large.", "Give only the roots you trust.")
        return path.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise InputError(
            f"The trusted roots cannot be read from {str(path)!r}.", "Give a readable PEM file."
        ) from error
