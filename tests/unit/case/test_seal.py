"""Sealing a case: a signature, stamps, a queue without a network, and what an audit makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case, tree
from benchmarks.custody.forge import forge_log
from benchmarks.custody.tsa import Tsa

from firsthand.case import (
    Authority,
    Case,
    Checkpoint,
    KeyRing,
    NoReply,
    SealResult,
    Trust,
    audit,
    http_send,
    read_trust,
    seal_case,
)
from firsthand.errors import CaseDamaged, InputError, NoSuchThing
from firsthand.records import canonical


@pytest.fixture(scope="module")
def tsa(needs_tool: Callable[..., Path]) -> Iterator[Tsa]:
    needs_tool("openssl")
    with Tsa() as running:
        yield running


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = small_case(tmp_path / "case")
    for path in case.path.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    return case


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys", desk(seed="keys").entropy)


def _authority(tsa: Tsa, fault: str = "good") -> Authority:
    return Authority("Loopback", tsa.url(fault), tsa.roots)


def _stamped(case: Case, ring: KeyRing, tsa: Tsa) -> SealResult:
    return seal_case(case, desk(), ring, authorities=[_authority(tsa)], send=http_send)


def _codes(case: Case, **held: object) -> set[str]:
    return {problem.code for problem in audit(case.path, **held).problems}  # type: ignore[arg-type]


def test_a_seal_signs_where_the_log_stood(case: Case, ring: KeyRing) -> None:
    before = case.state()
    done = seal_case(case, desk(), ring)
    assert (done.new, done.pinned, done.seal) == (True, True, 1)
    assert done.checkpoint.case == case.id
    assert done.checkpoint.lines == before.last_seq + 1, "the pinned key is sealed too"
    assert done.checkpoint.key == ring.signing_key().fingerprint
    report = audit(case.path)
    assert report.ok
    assert [(seal.seal, seal.holds) for seal in report.seals] == [(1, True)]
    assert report.unsealed == 1, "the seal's own line"
    assert not any(b"PRIVATE" in data for data in tree(case.path).values())


def test_a_seal_of_nothing_new_makes_no_line(case: Case, ring: KeyRing) -> None:
    first = seal_case(case, desk(), ring)
    before = tree(case.path)
    again = seal_case(case, desk(), ring)
    assert (again.new, again.pinned) == (False, False)
    assert again.checkpoint == first.checkpoint
    assert tree(case.path) == before
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    assert seal_case(case, desk(), ring).seal == 2
    assert len(audit(case.path).seals) == 2


def test_another_key_is_pinned_and_said(case: Case, ring: KeyRing, tmp_path: Path) -> None:
    seal_case(case, desk(), ring)
    other = KeyRing(tmp_path / "other", desk(seed="other").entropy)
    done = seal_case(case, desk(), other)
    assert (done.new, done.pinned, done.seal) == (True, True, 2)
    assert audit(case.path).ok
    trust = Trust(frozenset({ring.signing_key().fingerprint}))
    assert _codes(case, trust=trust) == {"unknown_key"}


def test_a_locked_key_asks_for_its_passphrase(case: Case, ring: KeyRing) -> None:
    ring.make_signing_key(b"secret")
    before = tree(case.path)
    with pytest.raises(InputError, match="locked"):
        seal_case(case, desk(), ring)
    assert tree(case.path) == before
    assert seal_case(case, desk(), ring, passphrase=lambda: b"secret").new


def test_a_stamp_is_kept_raw_and_looked_at_twice(case: Case, ring: KeyRing, tsa: Tsa) -> None:
    done = _stamped(case, ring, tsa)
    assert [(stamp.waiting, stamp.check and stamp.check.state) for stamp in done.stamps] == [
        (False, "verified")
    ]
    report = audit(case.path)
    assert report.ok
    assert [stamp.state for stamp in report.seals[0].stamps] == ["verified"]
    assert report.seals[0].stamps[0].before
    assert any("never when it was filmed" in limit for limit in report.limits)
    assert (case.path / "seals/0001/stamp-01.tsr").read_bytes()[:1] == b"\x30"
    json.dumps(report.plain())
    before = tree(case.path)
    assert not _stamped(case, ring, tsa).new
    assert tree(case.path) == before


def test_a_disagreement_is_reported_and_not_hidden(case: Case, ring: KeyRing, tsa: Tsa) -> None:
    authority = _authority(tsa, "unsorted")
    done = seal_case(case, desk(), ring, authorities=[authority], send=http_send)
    assert done.stamps[0].check is not None
    assert done.stamps[0].check.state == "disputed"
    report = audit(case.path)
    assert report.ok
    assert report.seals[0].stamps[0].state == "disputed"
    assert "InvalidSetOrdering" in report.seals[0].stamps[0].library


def test_without_a_network_requests_wait(case: Case, ring: KeyRing, tsa: Tsa) -> None:
    def offline(_url: str, _query: bytes) -> bytes:
        raise NoReply("No network.", "Later.")

    authorities = [_authority(tsa), Authority("Second", tsa.url("good/2"), tsa.roots)]
    for send in (None, offline, offline):
        done = seal_case(case, desk(), ring, authorities=authorities, send=send)
        assert [stamp.waiting for stamp in done.stamps] == [True, True]
    lines = case.state().last_seq
    report = audit(case.path)
    assert report.ok
    assert report.seals[0].waiting == 2
    assert len(list((case.path / "seals/0001").glob("*.tsq"))) == 2
    done = seal_case(case, desk(), ring, send=http_send)
    assert [stamp.waiting for stamp in done.stamps] == [False, False]
    assert case.state().last_seq == lines + 2
    assert audit(case.path).seals[0].waiting == 0


def test_a_request_of_an_older_seal_is_sent_later(case: Case, ring: KeyRing, tsa: Tsa) -> None:
    seal_case(case, desk(), ring, authorities=[_authority(tsa)])
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    done = seal_case(case, desk(seed="later"), ring, authorities=[_authority(tsa)], send=http_send)
    assert [(stamp.seal, stamp.waiting) for stamp in done.stamps] == [(1, False), (2, False)]
    assert audit(case.path).ok


@pytest.mark.parametrize("fault", ["flipped", "wrong_imprint", "status_500"])
def test_a_bad_reply_is_no_stamp_and_the_request_stays(
    case: Case, ring: KeyRing, tsa: Tsa, fault: str
) -> None:
    authorities = [_authority(tsa, fault)]
    done = seal_case(case, desk(), ring, authorities=authorities, send=http_send)
    assert done.stamps[0].waiting
    assert done.stamps[0].why
    kinds = [event.kind for event in case.events()]
    assert kinds.count("stamp.received") == 0
    assert kinds.count("failed") == (0 if fault == "status_500" else 1)
    assert audit(case.path).ok
    assert not seal_case(case, desk(), ring, send=lambda _u, q: tsa.reply(q)).stamps[0].waiting


def test_a_root_that_the_reader_does_not_hold_is_told(
    case: Case, ring: KeyRing, tsa: Tsa, tmp_path: Path
) -> None:
    _stamped(case, ring, tsa)
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/root.pem").write_bytes(tsa.other_root.pem)
    assert _codes(case, trust=read_trust(tmp_path / "trust")) == {"bad_stamp"}
    (tmp_path / "trust/root2.pem").write_bytes(tsa.roots)
    (tmp_path / "trust/key.pem").write_bytes(ring.signing_key().public_pem)
    (tmp_path / "trust/.hidden").write_bytes(b"x")
    trust = read_trust(tmp_path / "trust")
    assert trust.fingerprints == {ring.signing_key().fingerprint}
    assert audit(case.path, trust=trust).ok


def test_trust_may_be_a_fingerprint_on_paper(tmp_path: Path) -> None:
    folder = tmp_path / "trust"
    with pytest.raises(NoSuchThing):
        read_trust(folder)
    folder.mkdir()
    with pytest.raises(NoSuchThing):
        read_trust(folder)
    (folder / "desk.txt").write_text(" ".join(["ABCD"] * 16) + "\n")
    assert read_trust(folder).fingerprints == {"abcd" * 16}
    for content in (
        b"nonsense",
        b"-----BEGIN CERTIFICATE-----\nx",
        b"-----BEGIN PUBLIC KEY-----\n",
    ):
        (folder / "bad.pem").write_bytes(content)
        with pytest.raises(InputError):
            read_trust(folder)


def test_a_held_checkpoint_finds_a_rollback_and_a_forged_key(
    case: Case, ring: KeyRing, tmp_path: Path
) -> None:
    held = seal_case(case, desk(), ring).checkpoint.held
    assert audit(case.path, checkpoint=held).ok
    forger = KeyRing(tmp_path / "forger", desk(seed="forger").entropy).make_signing_key()

    forge_log(case.path, lambda files: None, signer=forger)
    assert audit(case.path).ok, "a case can bring its own key"
    assert "No fingerprint from elsewhere" in " ".join(audit(case.path).limits)
    assert _codes(case, checkpoint=Checkpoint(1, case.state(1).head, case.id, held.key)) == {
        "unknown_key"
    }
    assert _codes(case, trust=Trust(frozenset({held.key or ""}))) == {"unknown_key"}
    assert "other_history" in _codes(case, checkpoint=held)
    assert "other_history" in _codes(case, checkpoint=Checkpoint(1, held.head, "0" * 32))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("seals/0001/checkpoint.json", "wrong_seal"),
        ("seals/0001/checkpoint.sig", "bad_signature"),
        ("seals/key-01/key.pem", "wrong_key"),
        ("seals/0001/stamp-01.tsq", "wrong_stamp"),
        ("seals/0001/stamp-01.tsr", "bad_stamp"),
        ("seals/0001/stamp-01.pem", "bad_stamp"),
    ],
)
def test_a_changed_or_missing_file_of_a_seal_is_named(
    case: Case, ring: KeyRing, tsa: Tsa, name: str, code: str
) -> None:
    _stamped(case, ring, tsa)
    path = case.path / name
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    assert {code, "changed_file"} <= _codes(case)
    path.unlink()
    assert "missing_file" in _codes(case)
    path.write_bytes(data)
    assert audit(case.path).ok


def test_a_forger_who_fits_the_log_is_caught_by_the_signature_or_the_stamp(
    case: Case, ring: KeyRing, tsa: Tsa
) -> None:
    _stamped(case, ring, tsa)

    def other_time(files: dict[str, bytes]) -> None:
        checkpoint = json.loads(files["seals/0001/checkpoint.json"])
        checkpoint["at"] = "2020-01-01T00:00:00Z"
        files["seals/0001/checkpoint.json"] = canonical(checkpoint) + b"\n"

    forge_log(case.path, other_time)
    assert {"bad_signature", "wrong_stamp", "bad_stamp"} <= _codes(case)


def test_a_seal_of_lines_that_were_made_anew_does_not_hold(case: Case, ring: KeyRing) -> None:
    seal_case(case, desk(), ring)
    forge_log(case.path, lambda files: None, payloads={2: {"name": "Somebody Else"}})
    report = audit(case.path)
    assert {problem.code for problem in report.problems} == {"wrong_seal"}
    assert report.unsealed == report.lines


def test_a_kept_file_is_read_against_its_manifest(case: Case, ring: KeyRing) -> None:
    seal_case(case, desk(), ring)
    seal = case.state().seals[1]
    assert case.read_kept(seal, "checkpoint.json").startswith(b'{"at"')
    with pytest.raises(NoSuchThing):
        case.read_kept(seal, "other")
    path = case.path / "seals/0001/checkpoint.json"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"2021", b"2022"))
    with pytest.raises(CaseDamaged):
        case.read_kept(seal, "checkpoint.json")
    path.unlink()
    with pytest.raises(CaseDamaged):
        case.read_kept(seal, "checkpoint.json")
