"""Payloads under a key each: the log verifies before, after, and after the key is destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.custody.bags import changed, read_tree
from benchmarks.custody.desk import desk, small_case

from firsthand.case import Case, KeyRing, Withheld, audit
from firsthand.case.crypt import (
    destroy_payload,
    encrypt_payload,
    is_destroyed,
    lift_hold,
    on_hold,
    set_hold,
)
from firsthand.case.encrypted import closed, opened
from firsthand.errors import InputError, NoSuchThing

LINE = 6
NAME = "000006.sensitive"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return small_case(tmp_path / "case")


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys", desk(seed="keys").entropy)


def _encrypt(case: Case, ring: KeyRing, line: int = LINE) -> None:
    context = desk(seed=f"encrypt {line}")
    with case.writer(context) as writer:
        encrypt_payload(case, writer, context, ring, line)


def _payload(case: Case) -> object:
    return case.payload(case.state().events[LINE - 1], "sensitive")


def test_only_who_has_the_key_reads_it(case: Case, ring: KeyRing) -> None:
    before = case.state()
    _encrypt(case, ring)
    assert not (case.path / f"payloads/{NAME}.json").exists()
    everything = b"".join(read_tree(case.path).values())
    assert b"the desk's assumption" not in everything
    assert _payload(case) == Withheld("encrypted, and its key is not here")
    assert not case.state().settings
    report = audit(case.path)
    assert (report.ok, report.withheld) == (True, (f"payloads/{NAME}.json: encrypted",))
    case.unlock(ring)
    assert case.state().settings == before.settings
    assert case.state().substance == before.substance


def test_another_key_or_a_changed_byte_opens_nothing(case: Case) -> None:
    event = case.state().events[LINE - 1]
    key, nonce = b"k" * 32, b"n" * 12
    data = closed(b"text", key=key, nonce=nonce, case_id=case.id, event=event, name="sensitive")
    assert opened(data, key, case.id, event, "sensitive") == b"text"
    assert opened(data, b"j" * 32, case.id, event, "sensitive") is None
    assert opened(data, key, "0" * 32, event, "sensitive") is None
    assert opened(data[:-1] + b"?", key, case.id, event, "sensitive") is None
    assert opened(data[:5], key, case.id, event, "sensitive") is None


def test_a_destroyed_key_is_logged_and_the_log_still_verifies(case: Case, ring: KeyRing) -> None:
    _encrypt(case, ring)
    with case.writer(desk(seed="destroy")) as writer:
        event = destroy_payload(case, writer, ring, LINE, why="asked by the witness")
        assert (event.kind, event.subject) == ("payload.destroyed", (NAME,))
        assert is_destroyed(writer.state, LINE)
        assert destroy_payload(case, writer, ring, LINE, why="again") == event
    assert ring.payload_key(case.id, NAME) is None
    case.unlock(ring)
    assert isinstance(_payload(case), Withheld)
    report = audit(case.path)
    assert (report.ok, report.withheld) == (True, (f"payloads/{NAME}.json: destroyed",))


def test_a_crash_between_setting_aside_and_the_line_is_gone_on_from(
    case: Case, ring: KeyRing
) -> None:
    _encrypt(case, ring)
    assert ring.doom(case.id, NAME)
    assert ring.payload_key(case.id, NAME) is None
    with case.writer(desk(seed="destroy")) as writer:
        destroy_payload(case, writer, ring, LINE, why="asked")
    assert audit(case.path).withheld == (f"payloads/{NAME}.json: destroyed",)


def test_a_legal_hold_blocks_destruction(case: Case, ring: KeyRing) -> None:
    _encrypt(case, ring)
    with case.writer(desk(seed="hold")) as writer:
        assert set_hold(writer, why="a court asked") is not None
        assert set_hold(writer, why="again") is None
        assert on_hold(writer.state)
        with pytest.raises(InputError, match="legal hold"):
            destroy_payload(case, writer, ring, LINE, why="asked")
        assert ring.payload_key(case.id, NAME) is not None
        assert lift_hold(writer, why="the court is done") is not None
        assert lift_hold(writer, why="again") is None
        destroy_payload(case, writer, ring, LINE, why="asked")


def test_a_readable_payload_that_a_crash_left_is_removed(case: Case, ring: KeyRing) -> None:
    before = read_tree(case.path)
    _encrypt(case, ring)
    plain = case.path / f"payloads/{NAME}.json"
    plain.write_bytes(before[f"payloads/{NAME}.json"])
    assert [problem.code for problem in audit(case.path).problems] == ["unfinished"]
    with case.writer(desk(seed="next")):
        pass
    assert not plain.exists()
    assert audit(case.path).ok


def test_an_encrypted_file_that_no_line_speaks_of_excuses_nothing(case: Case) -> None:
    before = read_tree(case.path)
    after = {**before, f"encrypted/{NAME}": b"anything"}
    del after[f"payloads/{NAME}.json"]
    (case.path / f"payloads/{NAME}.json").chmod(0o600)
    with changed(case.path, before, after):
        codes = {problem.code for problem in audit(case.path).problems}
    assert codes == {"missing_payload", "unlogged"}


def test_a_changed_encrypted_payload_is_found(case: Case, ring: KeyRing) -> None:
    _encrypt(case, ring)
    path = case.path / "encrypted" / NAME
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert [problem.code for problem in audit(case.path).problems] == ["changed_file"]


def test_what_is_not_encrypted_or_destroyed(case: Case, ring: KeyRing) -> None:
    context = desk(seed="no")
    with case.writer(context) as writer:
        with pytest.raises(InputError, match="brings an item in"):
            encrypt_payload(case, writer, context, ring, 3)
        with pytest.raises(NoSuchThing, match="no sensitive payload"):
            encrypt_payload(case, writer, context, ring, 7)
        with pytest.raises(NoSuchThing, match="no line 99"):
            encrypt_payload(case, writer, context, ring, 99)
        with pytest.raises(InputError, match="not encrypted"):
            destroy_payload(case, writer, ring, LINE, why="")
        encrypt_payload(case, writer, context, ring, LINE)
        with pytest.raises(InputError, match="already"):
            encrypt_payload(case, writer, context, ring, LINE)
        other = KeyRing(ring._folder.parent / "elsewhere", context.entropy)
        with pytest.raises(NoSuchThing, match="not in this key folder"):
            destroy_payload(case, writer, other, LINE, why="")
    assert audit(case.path).ok
