"""What a reader brings to an audit: fingerprints and roots that they hold from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.x509 import load_pem_x509_certificates

from firsthand.case.keys import fingerprint_of
from firsthand.errors import InputError, NoSuchThing

__all__ = ["Trust", "read_trust"]

MAX_FILE: Final = 1024 * 1024
_CERTIFICATE: Final = b"-----BEGIN CERTIFICATE-----"
_PUBLIC_KEY: Final = b"-----BEGIN PUBLIC KEY-----"


@dataclass(frozen=True)
class Trust:
    """Keys that may seal, by fingerprint, and roots of time-stamping authorities, as PEM.

    Where one of the two is empty the audit goes by what the case itself pins, and says so.
    """

    fingerprints: frozenset[str] = frozenset()
    roots_pem: bytes = b""


def read_trust(folder: Path) -> Trust:
    """Read a folder of held things: certificates and public keys in PEM, fingerprints as text.

    Raises:
        NoSuchThing: there is no such folder, or nothing in it.
        InputError: a file in it is none of these.
    """
    if not folder.is_dir():
        raise NoSuchThing(f"{folder} is no folder.", "Give the folder of what you trust.")
    fingerprints: set[str] = set()
    roots: list[bytes] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        data = path.open("rb").read(MAX_FILE + 1)
        if _CERTIFICATE in data and len(data) <= MAX_FILE:
            try:
                load_pem_x509_certificates(data)
            except ValueError as error:
                raise _refused(path) from error
            roots.append(data if data.endswith(b"\n") else data + b"\n")
        elif _PUBLIC_KEY in data:
            fingerprints.add(fingerprint_of(data))
        else:
            text = "".join(data.decode("ascii", "replace").split()).lower()
            if not re.fullmatch(r"[0-9a-f]{64}", text):
                raise _refused(path)
            fingerprints.add(text)
    if not fingerprints and not roots:
        raise NoSuchThing(f"There is nothing to trust in {folder}.", "Put keys or roots into it.")
    return Trust(frozenset(fingerprints), b"".join(roots))


def _refused(path: Path) -> InputError:
    return InputError(
        f"{path.name!r} is no certificate, public key or fingerprint.",
        "Keep certificates and keys in PEM form, and a fingerprint as 64 hex digits.",
    )
