"""The key folder: for its owner alone, never in a case, keys that can be destroyed."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from firsthand.case.keys import KeyRing, fingerprint_of, grouped, verify_signature
from firsthand.errors import InputError, NoSuchThing

CASE = "ab" * 16


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys", desk(seed="keys").entropy)


def test_a_key_is_made_once_and_opened_again(ring: KeyRing, tmp_path: Path) -> None:
    assert not ring.has_signing_key
    made = ring.make_signing_key()
    assert ring.signing_key().fingerprint == made.fingerprint
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys/signing-key.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(InputError, match="already"):
        ring.make_signing_key()


def test_a_signature_holds_for_its_key_and_data_alone(ring: KeyRing, tmp_path: Path) -> None:
    key = ring.make_signing_key()
    other = KeyRing(tmp_path / "other", desk(seed="other").entropy).make_signing_key()
    signature = key.sign(b"data")
    assert verify_signature(key.public_pem, signature, b"data")
    assert not verify_signature(key.public_pem, signature, b"Data")
    assert not verify_signature(other.public_pem, signature, b"data")
    assert not verify_signature(key.public_pem, signature[:-1], b"data")


def test_openssl_agrees(ring: KeyRing, tmp_path: Path, needs_tool: Callable[..., Path]) -> None:
    openssl = needs_tool("openssl")
    key = ring.make_signing_key()
    (tmp_path / "key.pem").write_bytes(key.public_pem)
    (tmp_path / "data").write_bytes(b"data")
    (tmp_path / "sig").write_bytes(key.sign(b"data"))
    verify = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin"]
    subprocess.run([*verify, "-in", "data", "-sigfile", "sig"], cwd=tmp_path, check=True)
    der = subprocess.run(
        [openssl, "pkey", "-pubin", "-in", "key.pem", "-outform", "DER"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    ).stdout
    digest = subprocess.run(
        [openssl, "dgst", "-sha256", "-r"], input=der, check=True, capture_output=True
    ).stdout
    assert digest.decode().split()[0] == key.fingerprint


def test_a_locked_key_needs_its_passphrase(ring: KeyRing, tmp_path: Path) -> None:
    made = ring.make_signing_key(b"correct horse")
    assert b"ENCRYPTED" in (tmp_path / "keys/signing-key.pem").read_bytes()
    assert ring.signing_key(lambda: b"correct horse").fingerprint == made.fingerprint
    with pytest.raises(InputError, match="locked"):
        ring.signing_key()
    with pytest.raises(InputError, match="does not open"):
        ring.signing_key(lambda: b"wrong")
    with pytest.raises(InputError, match="empty"):
        KeyRing(tmp_path / "more", desk().entropy).make_signing_key(b"")


def test_a_key_that_others_can_read_is_refused(ring: KeyRing, tmp_path: Path) -> None:
    ring.make_signing_key()
    (tmp_path / "keys/signing-key.pem").chmod(0o644)
    with pytest.raises(InputError, match="read by others"):
        ring.signing_key()


def test_no_key_and_no_folder_are_said(ring: KeyRing) -> None:
    with pytest.raises(NoSuchThing):
        ring.signing_key()
    assert ring.payload_key(CASE, "000003.sensitive") is None
    assert not ring.doom(CASE, "000003.sensitive")


def test_a_key_of_another_kind_is_refused(ring: KeyRing, tmp_path: Path) -> None:
    rsa = generate_private_key(65537, 2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "keys").mkdir()
    path = tmp_path / "keys/signing-key.pem"
    for content in (pem, b"nonsense"):
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(InputError):
            ring.signing_key()
    for content in (b"nonsense", pem):
        with pytest.raises(InputError):
            fingerprint_of(content)


def test_payload_keys_come_go_and_leave_nothing(ring: KeyRing, tmp_path: Path) -> None:
    key = ring.make_payload_key(CASE, "000003.sensitive")
    assert len(key) == 32
    assert ring.make_payload_key(CASE, "000003.sensitive") == key
    assert ring.payload_key(CASE, "000003.sensitive") == key
    assert ring.make_payload_key(CASE, "000004.sensitive") != key
    assert ring.doom(CASE, "000003.sensitive")
    assert ring.payload_key(CASE, "000003.sensitive") is None
    assert ring.doom(CASE, "000003.sensitive"), "an interrupted destruction goes on"
    ring.destroy(CASE, "000003.sensitive")
    ring.destroy(CASE, "000003.sensitive")
    left = [path.name for path in (tmp_path / "keys").rglob("*") if path.is_file()]
    assert left == ["000004.sensitive.key"]
    assert not any(key.hex().encode() in p.read_bytes() for p in tmp_path.rglob("*.key"))


def test_a_broken_payload_key_is_none(ring: KeyRing, tmp_path: Path) -> None:
    ring.make_payload_key(CASE, "000003.sensitive")
    path = next((tmp_path / "keys").rglob("*.key"))
    path.write_text("short")
    assert ring.payload_key(CASE, "000003.sensitive") is None
    with pytest.raises(InputError):
        ring.make_payload_key(CASE, "000003.sensitive")
    with pytest.raises(InputError):
        ring.payload_key("../escape", "x")


def test_a_key_file_that_is_a_link_is_not_followed(ring: KeyRing, tmp_path: Path) -> None:
    ring.make_signing_key()
    path = tmp_path / "keys/signing-key.pem"
    path.rename(tmp_path / "elsewhere.pem")
    path.symlink_to(tmp_path / "elsewhere.pem")
    assert ring.has_signing_key
    with pytest.raises(InputError):
        ring.signing_key()


def test_a_fingerprint_is_grouped_for_reading_aloud() -> None:
    assert grouped("0123456789ab") == "0123 4567 89ab"


def test_a_key_of_a_kind_that_nobody_knows_is_refused_by_name() -> None:
    """One flipped bit in the algorithm's number must not end the audit."""
    der = bytearray.fromhex("302a300506032b6570032100" + "11" * 32)
    der[8] ^= 0x65 ^ 0x6C
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    with pytest.raises(InputError):
        fingerprint_of(pem)
