"""A bag is whole or absent, holds what the log accounts for, and a stranger's shell agrees."""

from __future__ import annotations

import errno
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from benchmarks.custody.bags import rich_case, two_bags
from benchmarks.custody.desk import desk, small_case, tree
from benchmarks.custody.mutations import shell_says
from benchmarks.custody.tsa import Tsa

from firsthand.case import Authority, Case, audit, http_send, seal_case
from firsthand.case import bag as bag_module
from firsthand.case.export import export_case
from firsthand.case.folder import Root
from firsthand.case.import_ import import_bag
from firsthand.case.keys import KeyRing
from firsthand.errors import CaseDamaged, DiskError, InputError, IntegrityError, NoSuchThing


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return small_case(tmp_path / "case")


def _holds(path: Path, *held: str, shell: str = "sh") -> bool:
    return shell_says(path / "verify.sh", path, *held, shell=shell)


def test_the_bag_holds_the_case_and_a_bag_tool_agrees(case: Case, tmp_path: Path) -> None:
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    assert {p.name for p in done.path.iterdir()} == {*bag_module.BAG_FILES, "data"}
    bagit.Bag(str(done.path)).validate()
    inner = tree(done.path / "data")
    assert inner == {name: data for name, data in tree(case.path).items() if name != "lock"}
    report = audit(done.path)
    assert (report.ok, report.lines, report.head) == (True, done.lines, done.head)
    assert audit(case.path).ok
    assert case.state().events[-1].kind == "export.written"
    json.dumps(done.plain())


@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "busybox"])
def test_any_shell_finds_that_it_holds(
    case: Case, tmp_path: Path, shell: str, needs_tool: Callable[..., Path]
) -> None:
    needs_tool("openssl")
    if shell == "busybox":
        if shutil.which("busybox") is None:
            pytest.skip("busybox is not installed")
    else:
        needs_tool(shell)
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    words = ["busybox", "sh"] if shell == "busybox" else [shell]
    said = subprocess.run(
        [*words, str(done.path / "verify.sh")], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert "Everything in this bag holds." in said.stdout
    assert done.head in said.stdout
    assert said.stderr == ""


def test_a_held_line_shows_another_log(case: Case, tmp_path: Path) -> None:
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    assert _holds(done.path, str(done.lines), done.head)
    assert not _holds(done.path, str(done.lines), "0" * 64)
    assert not _holds(done.path, str(done.lines + 1), done.head)


def test_seals_stamps_and_encrypted_payloads_go_along(
    tmp_path: Path, needs_tool: Callable[..., Path]
) -> None:
    needs_tool("openssl")
    case, ring, _ = rich_case(tmp_path)
    context = desk(seed="stamped")
    with Tsa() as tsa:
        authority = Authority("Test authority", tsa.url("good"), tsa.roots)
        with case.writer(context) as writer:
            writer.append("workflow.moved", open={"to": "In Progress"})
        sealed = seal_case(case, context, ring, authorities=[authority], send=http_send)
    assert sealed.stamps[0].check is not None
    assert sealed.stamps[0].check.accepted
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    report = audit(done.path, checkpoint=sealed.checkpoint.held)
    assert report.ok, report.problems
    assert [seal.holds for seal in report.seals] == [True, True]
    assert report.withheld == ("payloads/000006.sensitive.json: encrypted",)
    said = subprocess.run(
        ["sh", str(done.path / "verify.sh")], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout
    assert "stamps     1\n" in said.stdout
    assert "seals      2 by the key" in said.stdout
    tsr = next(done.path.rglob("*.tsr"))
    tsr.chmod(0o600)
    data = bytearray(tsr.read_bytes())
    data[-40] ^= 1
    tsr.write_bytes(data)
    again = subprocess.run(
        ["sh", str(done.path / "verify.sh")], capture_output=True, text=True, check=False
    )
    assert "the time stamp data/seals/0002/stamp-01.tsr does not hold" in again.stdout


def test_what_stands_in_the_way(case: Case, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    with pytest.raises(InputError, match="exists already"):
        export_case(case, tmp_path / "used", desk(seed="out"))
    with pytest.raises(InputError, match="in the case itself"):
        export_case(case, case.path / "bag", desk(seed="out"))
    assert case.state().last_seq == 7


def test_a_damaged_case_is_not_handed_over(case: Case, tmp_path: Path) -> None:
    clip = case.item_path(case.state().items["item-0001"])
    clip.chmod(0o600)
    clip.write_bytes(b"another")
    with pytest.raises(CaseDamaged, match="item-0001"):
        export_case(case, tmp_path / "bag", desk(seed="out"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case"]
    assert case.state().last_seq == 7


def test_a_full_disk_leaves_nothing_and_says_so_in_the_log(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(bag_module.BagWriter, "finish", full)
    with pytest.raises(DiskError, match="the disk is full"):
        export_case(case, tmp_path / "bag", desk(seed="out"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case"]
    assert [event.kind for event in case.state().events[-2:]] == ["export.written", "failed"]
    assert audit(case.path).ok
    monkeypatch.undo()
    assert audit(export_case(case, tmp_path / "bag", desk(seed="again")).path).ok


@pytest.mark.parametrize("name", ["50%.html", "a[1].html", ".hidden", "-rf", "a\nb", 'q"'])
def test_a_name_that_not_every_shell_can_name_is_refused(tmp_path: Path, name: str) -> None:
    bag = bag_module.BagWriter(Root(tmp_path))
    with pytest.raises(InputError, match="not every shell"):
        bag.put(("note", name), b"x")


def test_import_audits_first_and_says_where_it_comes_from(case: Case, tmp_path: Path) -> None:
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    taken = import_bag(done.path, tmp_path / "in", desk(seed="in"))
    state = taken.state()
    assert taken.id == case.id
    assert state.events[-1].kind == "import.received"
    assert [taken.read_item(item) for item in state.items.values()] == [
        case.read_item(item) for item in case.state().items.values()
    ]
    assert audit(taken.path).ok
    with taken.writer(desk(seed="more")) as writer:
        writer.add_file(
            io.BytesIO(b"more"), kind="evidence", media_type="text/plain", how="by hand"
        )
    again = export_case(taken, tmp_path / "again", desk(seed="more"))
    assert audit(again.path).ok
    assert _holds(again.path)


def test_what_is_not_taken_in(case: Case, tmp_path: Path) -> None:
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    with pytest.raises(NoSuchThing):
        import_bag(case.path, tmp_path / "in", desk(seed="in"))
    with pytest.raises(InputError, match="exists"):
        import_bag(done.path, case.path, desk(seed="in"))
    (done.path / "README.txt").chmod(0o600)
    (done.path / "README.txt").write_text("Trust me.")
    with pytest.raises(IntegrityError, match="3 problems in all"):
        import_bag(done.path, tmp_path / "in", desk(seed="in"))
    assert not (tmp_path / "in").exists()


def test_only_a_held_checkpoint_shows_that_a_key_was_forged(tmp_path: Path) -> None:
    from random import Random

    from benchmarks.custody.bags import changed
    from benchmarks.custody.tamper import forge_key, roll_back

    whole, _ = two_bags(tmp_path)
    for forge in (forge_key, roll_back):
        with changed(whole.path, whole.tree, forge(whole, Random(7)).tree):
            alone = audit(whole.path)
            assert alone.ok
            assert alone.limits
            assert not audit(whole.path, checkpoint=whole.held).ok
            assert _holds(whole.path)
            assert not _holds(whole.path, str(whole.held.lines), whole.held.head)
    assert audit(whole.path, checkpoint=whole.held).ok


def test_keys_never_leave(tmp_path: Path) -> None:
    case, ring, _ = rich_case(tmp_path)
    key = ring.payload_key(case.id, "000006.sensitive")
    assert isinstance(ring, KeyRing)
    assert key is not None
    done = export_case(case, tmp_path / "bag", desk(seed="out"))
    everything = b"".join(tree(done.path).values())
    assert key not in everything
    assert key.hex().encode() not in everything
    assert b"PRIVATE" not in everything
