"""What leaves in a redacted export, what does not, and how the two are told apart."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.custody.bags import picture, place_setting, read_tree, rich_case
from benchmarks.custody.desk import ANALYST, desk
from benchmarks.custody.mutations import shell_says
from PIL import Image

from firsthand.case import Case, audit
from firsthand.case.export import ExportReport, export_case
from firsthand.case.import_ import import_bag
from firsthand.case.redact import Release, mark_release, releases
from firsthand.case.withheld import Redaction
from firsthand.errors import InputError, IntegrityError, NoSuchThing
from firsthand.records import Item, Made, Source

SECRETS = (
    "R. Haddad",
    "IMG 0042.mp4",
    "still.png",
    "north gate",
    "Smoke at the base",
    "on a stick",
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return rich_case(tmp_path)[0]


def _mark(case: Case, subject: str, release: Release) -> None:
    with case.writer(desk(seed=f"mark {subject} {release}")) as writer:
        mark_release(writer, case.payload, subject, release, why="asked")


def _export(case: Case, out: Path) -> ExportReport:
    return export_case(
        case, out, desk(seed="out"), redacted=True, redraw=lambda _path, _item: picture(1)
    )


def _redaction(bag: Path) -> Redaction:
    return Redaction.parse((bag / "data/redaction.json").read_bytes())


def test_by_itself_nothing_sensitive_leaves(case: Case, tmp_path: Path) -> None:
    _mark(case, "item-0002", "default")
    done = _export(case, tmp_path / "bag")
    assert audit(done.path).ok, audit(done.path).problems
    assert shell_says(done.path / "verify.sh", done.path)
    files = read_tree(done.path)
    assert not [name for name in files if "/originals/" in name or "/derived/" in name]
    assert not [name for name in files if name.endswith(".sensitive.json")]
    everything = b"\n".join([*files.values(), *(name.encode() for name in files)]).decode("latin-1")
    for item in case.state().items.values():
        assert item.sha256 not in everything
        assert item.sha512 not in everything
    for secret in SECRETS:
        assert secret not in everything
    assert "33.4512345" not in everything


def test_withheld_is_told_apart_from_missing(case: Case, tmp_path: Path) -> None:
    done = _export(case, tmp_path / "bag")
    assert len(audit(done.path).withheld) == len(done.withheld)
    assert "payloads/000003.sensitive.json: left out of this copy" in audit(done.path).withheld
    (done.path / "data/payloads/000003.open.json").unlink()
    problems = {(one.code, one.where) for one in audit(done.path).problems}
    assert ("missing_payload", "payloads/000003.open.json") in problems


def test_what_is_let_out_leaves_as_it_is(case: Case, tmp_path: Path) -> None:
    done = _export(case, tmp_path / "bag")
    report = case.state().items["item-0002"]
    kept = done.path / "data/originals" / report.sha256[:2] / report.sha256
    assert kept.read_bytes() == b"Smoke was seen.\n"
    assert "000004.sensitive" not in done.withheld
    _mark(case, "item-0002", "hidden")
    again = export_case(
        case, tmp_path / "again", desk(seed="b"), redacted=True, redraw=lambda *_: picture(1)
    )
    assert "000004.sensitive" in again.withheld


def test_a_copy_is_named_by_its_item_and_held_to_its_hash(case: Case, tmp_path: Path) -> None:
    done = _export(case, tmp_path / "bag")
    (copy,) = _redaction(done.path).copies
    assert copy.path == "copies/item-0004.png"
    assert (done.path / "data" / copy.path).read_bytes() == picture(1)
    with pytest.raises(InputError, match="nothing here can draw"):
        export_case(case, tmp_path / "again", desk(seed="b"), redacted=True)


def test_places_are_coarse_and_cameras_stay(case: Case, tmp_path: Path) -> None:
    still = case.state().items["item-0004"]
    place = place_setting(still)
    with case.writer(desk(seed="camera")) as writer:
        camera = place.model_copy(update={"id": "s3", "name": "camera_position"})
        writer.append("setting.set", ("s3",), sensitive=camera)
    done = _export(case, tmp_path / "bag")
    (told,) = _redaction(done.path).places
    assert told.precision == "vicinity"
    assert told.radius_m == 200
    assert abs(told.latitude_deg - 33.4512345) * 111_195 <= 50.1
    _mark(case, "s2", "hidden")
    again = export_case(
        case, tmp_path / "again", desk(seed="b"), redacted=True, redraw=lambda *_: picture(1)
    )
    assert _redaction(again.path).places == ()


def test_a_hash_in_a_record_that_is_let_out_stops_the_export(case: Case, tmp_path: Path) -> None:
    clip = case.state().items["item-0001"]
    source = Source(id="r1.s1", name=f"the file {clip.sha512.upper()}", kind="item")
    with case.writer(desk(seed="source")) as writer:
        writer.append("source.proposed", ("r1.s1",), sensitive=source)
    _mark(case, "r1.s1", "public")
    with pytest.raises(IntegrityError, match="hash of item-0001"):
        _export(case, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()
    assert not list(tmp_path.glob(".bag*"))


def test_a_derivative_is_let_out_only_after_what_it_was_made_from(case: Case) -> None:
    with case.writer(desk(seed="mark")) as writer:
        with pytest.raises(InputError, match="made from item-0001"):
            mark_release(writer, case.payload, "item-0003", "public", why="")
        mark_release(writer, case.payload, "item-0001", "public", why="")
        assert mark_release(writer, case.payload, "item-0003", "public", why="") is not None
        assert mark_release(writer, case.payload, "item-0003", "public", why="") is None


@pytest.mark.parametrize(
    ("subject", "release", "says"),
    [
        ("item-0001", "copy", "no picture"),
        ("s1", "public", "where the camera stood"),
    ],
)
def test_what_cannot_be_let_out(case: Case, subject: str, release: Release, says: str) -> None:
    with case.writer(desk(seed="mark")) as writer, pytest.raises(InputError, match=says):
        mark_release(writer, case.payload, subject, release, why="")
    with case.writer(desk(seed="mark")) as writer, pytest.raises(NoSuchThing):
        mark_release(writer, case.payload, "item-9999", "hidden", why="")
    assert releases(case.state(), case.payload) == {"item-0002": "public", "item-0004": "copy"}


def test_a_note_is_let_out_by_its_number(case: Case, tmp_path: Path) -> None:
    assert not [name for name in read_tree(_export(case, tmp_path / "a").path) if "/note/" in name]
    _mark(case, "note-0001", "public")
    done = export_case(
        case, tmp_path / "b", desk(seed="b"), redacted=True, redraw=lambda *_: picture(1)
    )
    assert (done.path / "data/note/0001/en/index.html").exists()
    assert audit(done.path).ok
    assert shell_says(done.path / "verify.sh", done.path)


def test_a_redacted_copy_is_taken_in_and_written_on(case: Case, tmp_path: Path) -> None:
    done = _export(case, tmp_path / "bag")
    taken = import_bag(done.path, tmp_path / "in", desk(seed="in"))
    state = taken.state()
    assert set(state.items) == {"item-0002"}
    assert len(state.withheld) == len(done.withheld)
    with taken.writer(desk(seed="more")) as writer:
        added = writer.add_file(
            io.BytesIO(b"more"), kind="evidence", media_type="text/plain", how="by hand"
        )
        assert added.id == "item-0005"
    assert audit(taken.path).ok
    for number, redacted in enumerate((False, True)):
        again = export_case(taken, tmp_path / f"again{number}", desk(seed="x"), redacted=redacted)
        assert audit(again.path).ok, audit(again.path).problems
        assert shell_says(again.path / "verify.sh", again.path)


def test_an_old_list_takes_nothing_out_of_a_whole_case(case: Case, tmp_path: Path) -> None:
    done = _export(case, tmp_path / "bag")
    with case.writer(desk(seed="more")) as writer:
        writer.append("workflow.moved", open={"to": "In Progress"})
    redaction = (done.path / "data/redaction.json").read_bytes()
    (case.path / "redaction.json").write_bytes(redaction)
    for name in done.withheld:
        (case.path / "payloads" / f"{name}.json").unlink(missing_ok=True)
    codes = {problem.code for problem in audit(case.path).problems}
    assert "bad_redaction" in codes


def test_exiftool_finds_nothing_in_a_redacted_copy(
    tmp_path: Path, needs_tool: Callable[..., Path]
) -> None:
    exiftool = needs_tool("exiftool")
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A maker"
    exif[0xA431] = "SERIAL-4711"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 27.0, 4.0), 3: "E", 4: (43.0, 53.0, 2.0)})
    Image.new("RGB", (64, 48), (10, 120, 200)).save(out, "JPEG", exif=exif)
    case = Case.create(tmp_path / "case", desk(), title="A title")
    with case.writer(desk(seed="add")) as writer:
        item: Item = writer.add_file(
            io.BytesIO(out.getvalue()),
            kind="media",
            media_type="image/jpeg",
            original_name="witness.jpg",
            how="by hand",
        )
        made = Made(tool="t", version="1", inputs=(item.id,), input_sha256=(item.sha256,))
        writer.add_derivative(out.getvalue() + b"x", media_type="image/jpeg", made=made)
        mark_release(writer, case.payload, item.id, "copy", why="")

    def found(folder: Path) -> str:
        files = [str(file) for file in folder.rglob("*") if file.is_file()]  # of any ending
        words = [str(exiftool), "-ee", "-a", "-G", "-s", *files]
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout

    def redraw(path: Path, _item: Item) -> bytes:
        drawn = io.BytesIO()
        with Image.open(path) as image:
            Image.frombytes("RGB", image.size, image.tobytes()).save(drawn, "PNG")
        return drawn.getvalue()

    whole = export_case(case, tmp_path / "whole", desk(seed="w"))
    assert "SERIAL-4711" in found(whole.path)
    assert "GPSLatitude" in found(whole.path)
    redacted = export_case(
        case, tmp_path / "redacted", desk(seed="r"), redacted=True, redraw=redraw
    )
    seen = found(redacted.path)
    assert "copies" in seen
    for tag in ("GPS", "SerialNumber", "SERIAL", "Thumbnail", "JUMBF", "C2PA", "A maker"):
        assert tag not in seen
    assert ANALYST.name not in "".join(
        data.decode("utf-8", "replace") for data in read_tree(redacted.path).values()
    )
    json.loads((redacted.path / "data/redaction.json").read_bytes())
