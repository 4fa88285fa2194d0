"""The user's own key folder: the key that signs checkpoints, and one key a sealed payload.

No key is ever in a case. The folder is for its owner alone (0700, files 0600); a key file that
others can read is refused. A signature by a key shows who sealed only to someone who knows the
key's fingerprint from elsewhere: a case can bring its own key.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from firsthand.case.disk import disk_errors
from firsthand.case.folder import Root
from firsthand.errors import InputError, NoSuchThing

__all__ = ["KeyRing", "SigningKey", "fingerprint_of", "grouped", "verify_signature"]

SIGNING: Final = "signing-key.pem"
PAYLOAD_KEYS: Final = "payloads"
KEY_BYTES: Final = 32
MAX_KEY_FILE: Final = 16 * 1024
_ID = re.compile(r"[0-9a-f]{1,64}")


def fingerprint_of(public_pem: bytes) -> str:
    """SHA-256 of an Ed25519 public key's SubjectPublicKeyInfo, as hex.

    `openssl pkey -pubin -in key.pem -outform DER | openssl dgst -sha256` gives the same.

    Raises:
        InputError: it is no such key.
    """
    return hashlib.sha256(_spki(_public(public_pem))).hexdigest()


def verify_signature(public_pem: bytes, signature: bytes, data: bytes) -> bool:
    """Whether this key made this signature over this data (RFC 8032).

    Raises:
        InputError: it is no Ed25519 key.
    """
    try:
        _public(public_pem).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def grouped(fingerprint: str) -> str:
    """A hash in groups of four, to be read aloud and compared."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InputError("This is no public key.", "Give an Ed25519 key in PEM form.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise InputError("This is a public key of another kind.", "Give an Ed25519 key.")
    return key


def _spki(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key that is open for signing."""

    _private: Ed25519PrivateKey

    @property
    def public_pem(self) -> bytes:
        """The public half, for anybody."""
        key = self._private.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        """By which the key is known: print it, and hand it over by another way than the case."""
        return fingerprint_of(self.public_pem)

    def sign(self, data: bytes) -> bytes:
        """64 bytes (RFC 8032)."""
        return self._private.sign(data)


class KeyRing:
    """A key folder. It is made when the first key is."""

    def __init__(self, folder: Path, entropy: Callable[[int], bytes]) -> None:
        self._folder = folder
        self._entropy = entropy

    @property
    def has_signing_key(self) -> bool:
        """Whether there is a signing key."""
        return (self._folder / SIGNING).is_file()

    def make_signing_key(self, passphrase: bytes | None = None) -> SigningKey:
        """Make the signing key; there must be none.

        Raises:
            InputError: there is one, or the passphrase is empty.
            DiskError: it cannot be written.
        """
        if passphrase == b"":
            raise InputError("The passphrase is empty.", "Give one, or make the key without.")
        private = Ed25519PrivateKey.from_private_bytes(self._entropy(KEY_BYTES))
        locked: KeySerializationEncryption = (
            NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
        )
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
        if not self._write((SIGNING,), pem):
            raise InputError(
                f"There is a signing key in {self._folder} already.",
                "Use it, or move it away if it is no longer to be used.",
            )
        return SigningKey(private)

    def signing_key(self, passphrase: Callable[[], bytes] | None = None) -> SigningKey:
        """Open the signing key; `passphrase` is asked only if it is locked.

        Raises:
            NoSuchThing: there is none.
            InputError: it can be read by others, is locked, or is no Ed25519 key.
        """
        pem = self._read((SIGNING,))
        if pem is None:
            raise NoSuchThing(
                f"There is no signing key in {self._folder}.",
                "Make one with `firsthand case seal`.",
            )
        try:
            key: object = load_pem_private_key(pem, None)
        except TypeError:
            key = self._unlocked(pem, passphrase)
        except ValueError as error:
            raise InputError(
                f"The signing key in {self._folder} is broken.", "Put back your copy of it."
            ) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise InputError("The signing key is of another kind.", "Use an Ed25519 key.")
        return SigningKey(key)

    def _unlocked(self, pem: bytes, passphrase: Callable[[], bytes] | None) -> object:
        if passphrase is None:
            raise InputError("The signing key is locked.", "Give its passphrase.")
        try:
            return load_pem_private_key(pem, passphrase())
        except (ValueError, TypeError) as error:
            raise InputError("The passphrase does not open the key.", "Try again.") from error

    def make_payload_key(self, case_id: str, name: str) -> bytes:
        """A new key for one payload, on the disk before it is used; or the one that there is.

        Raises:
            DiskError: it cannot be written.
        """
        parts = self._payload_parts(case_id, name)
        key = self._entropy(KEY_BYTES)
        if self._write(parts, key.hex().encode() + b"\n"):
            return key
        kept = self.payload_key(case_id, name)
        if kept is None:
            raise InputError(f"The key {name} is broken.", "Put back your copy of it.")
        return kept

    def payload_key(self, case_id: str, name: str) -> bytes | None:
        """The key of one payload, or None if this folder has it not."""
        data = self._read(self._payload_parts(case_id, name))
        if data is None:
            return None
        try:
            key = bytes.fromhex(data.decode("ascii").strip())
        except ValueError:
            return None
        return key if len(key) == KEY_BYTES else None

    def doom(self, case_id: str, name: str) -> bool:
        """Set a key aside to be destroyed; False if it is not here. It opens nothing any more."""
        parts = self._payload_parts(case_id, name)
        doomed = (*parts[:-1], f"{parts[-1]}.doomed")
        with disk_errors("set the key aside"):
            if not self._folder.is_dir():
                return False
            root = Root(self._folder)
            if root.stat(parts) is None:
                return root.stat(doomed) is not None
            with root.folder(parts[:-1]) as fd:
                os.rename(parts[-1], doomed[-1], src_dir_fd=fd, dst_dir_fd=fd)
            root.sync_folder(parts[:-1])
        return True

    def destroy(self, case_id: str, name: str) -> None:
        """Destroy a key that was set aside: overwritten, then removed.

        An SSD, a snapshot or a copy of the folder may hold it still; nothing here can reach that.
        """
        parts = self._payload_parts(case_id, name)
        doomed = (*parts[:-1], f"{parts[-1]}.doomed")
        with disk_errors("destroy the key"):
            root = Root(self._folder)
            found = root.stat(doomed)
            if found is None:
                return
            with root.folder(doomed[:-1]) as folder:
                flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
                fd = os.open(doomed[-1], flags, dir_fd=folder)
                try:
                    os.pwrite(fd, b"\0" * found.stat.st_size, 0)
                    os.fsync(fd)
                finally:
                    os.close(fd)
            root.unlink(doomed)
            root.sync_folder(doomed[:-1])

    def _payload_parts(self, case_id: str, name: str) -> tuple[str, ...]:
        if not _ID.fullmatch(case_id):
            raise InputError("The case has an id that no case has.", "Run `firsthand case audit`.")
        return (PAYLOAD_KEYS, case_id, f"{name}.key")

    def _write(self, parts: tuple[str, ...], data: bytes) -> bool:
        """Write a new key file; False if there is one."""
        with disk_errors(f"keep a key in {self._folder}"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            root = Root(self._folder)
            root.make_folders(parts[:-1])
            try:
                root.write_new(parts, data, mode=0o600)
            except FileExistsError:
                return False
            root.sync_folder(parts[:-1])
        return True

    def _read(self, parts: tuple[str, ...]) -> bytes | None:
        with suppress(FileNotFoundError, NotADirectoryError), disk_errors("read a key"):
            if not self._folder.is_dir():
                return None
            root = Root(self._folder)
            found = root.stat(parts)
            if found is None:
                return None
            if found.stat.st_mode & 0o077:
                raise InputError(
                    f"The key {'/'.join(parts)} in {self._folder} can be read by others.",
                    "Make it yours alone (chmod 600), and think about who may have read it.",
                )
            return root.read(parts, MAX_KEY_FILE)
        return None
