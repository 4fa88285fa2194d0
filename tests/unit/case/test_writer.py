"""Taking things in and logging what is done."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.custody.desk import ANALYST, desk, small_case, tree, window

from firsthand.case import Actor, Case, audit
from firsthand.case.payload import content_commitment
from firsthand.errors import CaseDamaged, InputError, InvalidRecord, NoSuchThing
from firsthand.records import Made


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", desk(), title="t")


def test_a_file_is_kept_by_content_and_its_name_is_data(case: Case, tmp_path: Path) -> None:
    source = tmp_path / "..weird\n<b>.mp4"
    source.write_bytes(b"x" * 3_000_000)
    seen: list[int] = []
    with case.writer(desk()) as writer:
        item = writer.add_file(
            source, kind="media", media_type="video/mp4", how="by hand", on_bytes=seen.append
        )
    assert sum(seen) == item.size == 3_000_000
    assert item.sha256 == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    assert item.sha512 == hashlib.sha512(b"x" * 3_000_000).hexdigest()
    assert item.acquired is not None
    assert item.acquired.original_name == source.name
    kept = case.item_path(item)
    assert kept.read_bytes() == source.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o444
    assert kept.stat().st_nlink == 1
    assert case.read_item(item) == source.read_bytes()
    assert audit(case.path).ok


def test_a_name_that_is_no_text_is_kept_readable(case: Case, tmp_path: Path) -> None:
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\\b\xff.jpg"))
    source.write_bytes(b"x")
    with case.writer(desk()) as writer:
        item = writer.add_file(source, kind="media", media_type="image/jpeg", how="by hand")
    assert item.acquired is not None
    assert item.acquired.original_name == "a\\\\b\\xff.jpg"


def test_the_line_holds_no_hash_of_the_original(case: Case) -> None:
    with case.writer(desk()) as writer:
        item = writer.add_file(io.BytesIO(b"secret"), kind="media", media_type="x/y", how="h")
    event = list(case.events())[-1]
    assert item.sha256 not in (case.path / "log.jsonl").read_text()
    salt = __import__("json").loads((case.path / "payloads/000003.sensitive.json").read_text())[
        "salt"
    ]
    assert event.content == content_commitment(salt, item.sha256)


def test_the_same_content_twice_adds_nothing(case: Case) -> None:
    with case.writer(desk()) as writer:
        first = writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h")
        before = tree(case.path)
        assert writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/z", how="i") == first
    assert tree(case.path) == before
    with case.writer(desk()) as writer:
        assert writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h") == first
    assert tree(case.path) == before


def test_the_same_content_as_another_kind_is_another_item(case: Case) -> None:
    with case.writer(desk()) as writer:
        first = writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h")
        second = writer.add_file(io.BytesIO(b"abc"), kind="evidence", media_type="x/y", how="h")
    assert (first.id, second.id) == ("item-0001", "item-0002")
    assert len(list((case.path / "originals").rglob("*/*"))) == 1
    assert audit(case.path).ok


def test_an_empty_file_is_kept_too(case: Case) -> None:
    with case.writer(desk()) as writer:
        item = writer.add_file(io.BytesIO(b""), kind="report", media_type="text/plain", how="h")
    assert item.size == 0
    assert audit(case.path).ok


def test_a_derivative_says_what_it_was_made_from(case: Case) -> None:
    with case.writer(desk()) as writer:
        clip = writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h")
        made = Made(tool="t", version="1", inputs=(clip.id,), input_sha256=(clip.sha256,))
        sheet = writer.add_derivative(b"sheet", media_type="image/png", made=made, label="frames")
        lines = writer.state.last_seq
        assert writer.add_derivative(b"sheet", media_type="image/png", made=made) == sheet
        assert writer.state.last_seq == lines
        other = made.model_copy(update={"version": "2"})
        assert writer.add_derivative(b"sheet", media_type="image/png", made=other).id != sheet.id
    assert audit(case.path).ok


@pytest.mark.parametrize(
    "made",
    [
        Made(tool="t", version="1", inputs=(), input_sha256=()),
        Made(tool="t", version="1", inputs=("item-0009",), input_sha256=("0" * 64,)),
    ],
)
def test_a_derivative_of_something_unknown_is_refused(case: Case, made: Made) -> None:
    with case.writer(desk()) as writer, pytest.raises(NoSuchThing):
        writer.add_derivative(b"sheet", media_type="image/png", made=made)
    assert [event.kind for event in case.events()] == ["case.created"]


def test_a_source_that_is_no_plain_file_is_refused(case: Case, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with case.writer(desk()) as writer:
        for source, error in [
            (tmp_path / "pipe", InputError),
            (tmp_path, InputError),
            (Path("/dev/zero"), InputError),
            (tmp_path / "absent", NoSuchThing),
        ]:
            with pytest.raises(error):
                writer.add_file(source, kind="media", media_type="x/y", how="h")
    assert audit(case.path).lines == 1


def test_a_source_that_changes_meanwhile_is_not_kept(case: Case, tmp_path: Path) -> None:
    source = tmp_path / "growing"
    source.write_bytes(b"x" * 5_000_000)

    def grow(_count: int) -> None:
        with source.open("ab") as file:
            file.write(b"y")

    before = tree(case.path)
    with case.writer(desk()) as writer, pytest.raises(InputError, match="changed while"):
        writer.add_file(source, kind="media", media_type="x/y", how="h", on_bytes=grow)
    assert tree(case.path) == before


def test_an_actor_is_introduced_once_and_under_each_name(case: Case) -> None:
    for name in ("R. Haddad", "R. Haddad", "R. H. Haddad"):
        with case.writer(desk(Actor("a1", name))) as writer:
            writer.append("workflow.moved", open={"to": "In Progress"})
    kinds = [event.kind for event in case.events()]
    assert kinds.count("actor.introduced") == 2
    assert case.state().actors["a1"].name == "R. H. Haddad"


def test_opening_for_writing_alone_writes_nothing(case: Case) -> None:
    before = tree(case.path)
    with case.writer(desk()) as writer:
        assert writer.recovery is None
    assert tree(case.path) == before


def test_what_cannot_be_kept_is_refused_before_anything_is_written(case: Case) -> None:
    before = tree(case.path)
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
        before = tree(case.path)
        for data in (
            {"n": 2**60},
            {"x": float("nan")},
            {"x": object()},
            {"x": "\ud800"},
            {"schema": "firsthand/claim/99"},
            {"schema": "firsthand/claim/1"},
            {"x": "y" * (33 * 1024 * 1024)},
        ):
            with pytest.raises(InvalidRecord):
                writer.append("failed", open=data)
        with pytest.raises(InvalidRecord):
            writer.append("failed", [f"subject-{number}" for number in range(10_000)])
        with pytest.raises(InvalidRecord):
            writer.append("incident.reviewed", ("i1",), open={"state": "nonsense"})
    assert tree(case.path) == before


def test_notes_are_kept_once_and_never_changed(case: Case) -> None:
    with case.writer(desk()) as writer:
        number = writer.state.note_number(1)
        first = writer.write_note(number, "en", {"index.html": b"1", "a/b.css": b"2"}, upto=1)
        assert writer.write_note(1, "en", {"a/b.css": b"2", "index.html": b"1"}, upto=1) == first
        with pytest.raises(InputError, match="never changed"):
            writer.write_note(1, "en", {"index.html": b"other"}, upto=1)
        writer.write_note(1, "ar", {"index.html": b"3"}, upto=1)
        assert writer.state.note_number(1) == 1
        assert writer.state.note_number(2) == 2
    assert (case.path / "note/0001/en/a/b.css").read_bytes() == b"2"
    assert audit(case.path).ok


def test_more_files_may_join_a_note(case: Case) -> None:
    """The same note as a PDF, or signed off: a line of its own, and the old files untouched."""
    with case.writer(desk()) as writer:
        writer.write_note(1, "en", {"index.html": b"1", "note.json": b"{}"}, upto=1)
        lines = writer.state.last_seq
        both = {"index.html": b"1", "note.pdf": b"%PDF"}
        more = writer.write_note(1, "en", both, upto=1)
        assert [file.path for file in more.files] == ["note.pdf"]
        assert writer.write_note(1, "en", both, upto=1) == more
        assert writer.state.last_seq == lines + 1
        with pytest.raises(InputError, match="never changed"):
            writer.write_note(1, "en", {"note.pdf": b"%PDF2"}, upto=1)
        with pytest.raises(InputError, match="never changed"):
            writer.write_note(1, "en", {"other.pdf": b"%PDF"}, upto=2)
    assert (case.path / "note/0001/en/note.pdf").read_bytes() == b"%PDF"
    assert audit(case.path).ok


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", "a//b", "a/./b", "", "a\\b", "nul\0", "x" * 300, ".DS_Store", "a\nb"]
)
def test_a_note_cannot_lead_out_of_its_folder(case: Case, path: str) -> None:
    with case.writer(desk()) as writer:
        with pytest.raises(InvalidRecord):
            writer.write_note(1, "en", {path: b"x"}, upto=1)
        with pytest.raises(InvalidRecord):
            writer.write_note(1, "../en", {"x": b"x"}, upto=1)


def test_a_file_in_the_way_is_named_and_left(case: Case) -> None:
    in_the_way = case.path / "payloads" / "000002.sensitive.json"
    in_the_way.write_text("somebody's")
    with case.writer(desk()) as writer, pytest.raises(CaseDamaged, match="000002"):
        writer.append("workflow.moved", open={"to": "To Do"})
    assert in_the_way.read_text() == "somebody's"
    assert [problem.where for problem in audit(case.path).problems] == [
        "payloads/000002.sensitive.json"
    ]


def test_an_unlogged_object_is_taken_only_with_its_own_content(case: Case) -> None:
    digest = hashlib.sha256(b"abc").hexdigest()
    place = case.path / "originals" / digest[:2] / digest
    place.parent.mkdir()
    place.write_bytes(b"abd")
    with case.writer(desk()) as writer, pytest.raises(CaseDamaged, match="another content"):
        writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h")
    place.write_bytes(b"abc")
    with case.writer(desk()) as writer:
        writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h")
    assert audit(case.path).ok


def test_a_damaged_case_is_not_written_to(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    log = case.path / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"seq":3', b'"seq":4'))
    before = tree(case.path)
    with pytest.raises(CaseDamaged), case.writer(desk()):
        pytest.fail("it was opened")
    assert tree(case.path) == before


def test_a_read_item_is_held_against_its_hash(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    item = case.state().items["item-0001"]
    path = case.item_path(item)
    path.chmod(0o600)
    path.write_bytes(b"y" * item.size)
    with pytest.raises(CaseDamaged):
        case.read_item(item)
    path.unlink()
    with pytest.raises(CaseDamaged):
        case.open_item(item)


def test_settings_fold_to_their_latest(case: Case) -> None:
    with case.writer(desk()) as writer:
        clip = writer.add_file(io.BytesIO(b"abc"), kind="media", media_type="x/y", how="h")
        writer.append("setting.set", ("s1",), sensitive=window(clip))
        upto = writer.state.last_seq
        writer.append("setting.set", ("s1",), sensitive=window(clip, 2))
    assert case.state().settings["window", clip.id].revision == 2
    assert case.state(upto).settings["window", clip.id].revision == 1
    assert [s.revision for s in case.state().setting_history["s1"]] == [1, 2]
    assert case.state().line_of["s1"] == upto + 1
    with pytest.raises(NoSuchThing):
        case.state(99)
    with pytest.raises(NoSuchThing):
        case.state(0)


INTERRUPTED = """
import io, os, signal, sys
from pathlib import Path
from benchmarks.custody.desk import desk
from firsthand.case import Case
case = Case.open(Path(sys.argv[1]))
class Source:
    left = 8
    def read(self, size):
        self.left -= 1
        if self.left == 4:
            os.kill(os.getpid(), signal.SIGINT)
        return b"x" * size if self.left > 0 else b""
with case.writer(desk()) as writer:
    writer.add_file(Source(), kind="media", media_type="x/y", how="h")
"""


def test_an_interrupt_leaves_the_case_as_it_was(case: Case, repository: Path) -> None:
    before = tree(case.path)
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(case.path)],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        check=False,
    )
    assert done.returncode in {-signal.SIGINT, 1}
    assert b"KeyboardInterrupt" in done.stderr
    assert tree(case.path) == before
    assert audit(case.path).ok


def test_an_interrupt_during_an_act_waits_for_its_end(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def interrupting(fd: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        fsync(fd)

    with pytest.raises(KeyboardInterrupt), case.writer(desk()) as writer:
        writer._committer.staging.place = _wrapped(
            writer._committer.staging.place, monkeypatch, interrupting
        )  # type: ignore[method-assign]
        writer.append("workflow.moved", open={"to": "To Do"})
    assert audit(case.path).ok


def _wrapped(place, monkeypatch, interrupting):  # type: ignore[no-untyped-def]
    def place_then_interrupt(*args):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(os, "fsync", interrupting)
        place(*args)

    return place_then_interrupt


def test_who_wrote_is_known(case: Case) -> None:
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    assert {event.actor for event in case.events()} == {ANALYST.id}
    assert case.state().workflow == "To Do"
