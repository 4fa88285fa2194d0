"""Hostile file names through all that the product writes: nothing runs, steers or gets lost."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import bagit
import pytest
from lxml import html
from PIL import Image
from tests.hostile.names.names import AS_DATA, ON_DISK
from tests.hostile.names.undo import from_cell, from_html, from_plain

from firsthand.app.intake import new_case
from firsthand.app.inventory import cell, inventory
from firsthand.app.noting import write_note
from firsthand.app.store import writing
from firsthand.case.source import plain_name
from firsthand.cli.inspect_text import many_text
from firsthand.note.text import anchor

Run = Callable[..., "subprocess.CompletedProcess[str]"]
MEMORY = Path("/dev/shm")  # noqa: S108
LIVE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NAMES = [os.fsdecode(name) for name in ON_DISK] + list(AS_DATA)


def quiet(text: str) -> None:
    """No character of a terminal's output moves it, turns its direction or hides."""
    live = {char for char in text if char != "\n" and unicodedata.category(char) in LIVE}
    assert not live, live


def picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), (number, 255 - number, 7)).save(out, "PNG")
    return out.getvalue()


class Told:
    """The case with all names in it, and what each command said on the way."""

    def __init__(self, folder: Path, firsthand: Run) -> None:
        self.run = firsthand
        self.folder = folder
        self.case, self.bag = folder / "case", folder / "bag"
        self.files = folder / "files"
        self.files.mkdir()
        for number, name in enumerate(ON_DISK):
            Path(os.fsdecode(os.fsencode(self.files) + b"/" + name)).write_bytes(picture(number))
        self.said: dict[str, subprocess.CompletedProcess[str]] = {}
        media = [word for path in sorted(self.files.iterdir()) for word in ("--media", path)]
        self._say("case", "new", self.case, *media)
        with writing(self.case, "tester") as desk:
            for number, name in enumerate(AS_DATA):
                desk.writer.add_file(
                    io.BytesIO(picture(100 + number)),
                    kind="media",
                    media_type="image/png",
                    how="by a test",
                    original_name=name,
                )
        self._say("case", "show", self.case)
        self._say("case", "note", self.case)
        self._say("case", "inventory", self.case)
        self._say("case", "export", self.case, self.bag)
        self._say("case", "audit", self.bag)
        self._say("inspect", self.files, "--json")
        self.json = self.run("case", "show", self.case, "--json").stdout

    def _say(self, *words: str | Path) -> None:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        self.said[" ".join(map(str, words[:2] if words[0] == "case" else words[:1]))] = done


@pytest.fixture(scope="module")
def told(firsthand: Run) -> Iterator[Told]:
    """In memory where the machine has such a disk: a sync costs nothing there."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Told(Path(folder), firsthand)


@pytest.fixture(scope="module")
def kept(told: Told) -> dict[str, str]:
    """The name in the record, by item."""
    items = json.loads(told.json)["items"]
    return {one["id"]: one["acquired"]["original_name"] for one in items if one["acquired"]}


def test_each_name_can_be_had_back_from_the_record(kept: dict[str, str]) -> None:
    assert len(kept) == len(NAMES)
    assert set(kept.values()) == set(map(plain_name, NAMES))
    bytes_kept = set(map(from_plain, kept.values()))
    assert set(ON_DISK) <= bytes_kept
    assert {name.encode("utf-8", "surrogatepass") for name in AS_DATA[:-1]} <= bytes_kept


def test_no_command_lets_a_name_drive_the_terminal(told: Told) -> None:
    for done in told.said.values():
        quiet(done.stdout)
        quiet(done.stderr)
    shown = told.said["case show"].stdout
    assert "clip\\u{202e}4gnp.exe.png" in shown
    assert "دخان أسود قرب المطار.png" in shown


def test_a_progress_bar_is_as_careful(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;title\x07 \u202egnp.png"
    path.write_bytes(picture(1))
    command = [str(Path(sys.executable).parent / "firsthand"), "case", "new", str(tmp_path / "c")]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*command, "--media", str(path), "--actor", "tester"],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:  # Linux says so that the other end is closed
                break
            if not part:
                break
            seen += part
    os.close(ours)
    assert process.returncode == 0, seen
    assert b"]0;title" in seen
    assert b"\x1b]" not in seen
    assert "\u202e".encode() not in seen


def test_the_note_shows_each_name_and_runs_none(
    told: Told, kept: dict[str, str], tmp_path: Path
) -> None:
    page = html.parse(str(told.case / "note/0001/en/index.html")).getroot()
    for item, name in kept.items():
        (row,) = page.xpath("//tr[@id=$id]", id=anchor("i", item))
        assert from_html(row.xpath(".//bdi")[-1 - len(_after_name(row))]) == name
    tame = tmp_path / "tame.png"
    tame.write_bytes(picture(0))
    new_case(tmp_path / "case", reports=[], media=[tame], actor="tester")
    write_note(tmp_path / "case", actor="tester")
    plain = html.parse(str(tmp_path / "case/note/0001/en/index.html")).getroot()
    assert _shapes(page) <= _shapes(plain) | {("span", ("class", "title"))}
    assert not page.xpath("//script | //@*[starts-with(name(), 'on')]")


def _after_name(row: html.HtmlElement) -> list[html.HtmlElement]:
    """What the row tells behind the cell that has the name."""
    found: list[html.HtmlElement] = row.xpath("./td[position()>1]//bdi")
    return found


def _shapes(page: html.HtmlElement) -> set[tuple[str, tuple[str, ...]]]:
    """Each kind of element with the attributes that it has."""
    return {(one.tag, tuple(sorted(one.attrib))) for one in page.iter() if isinstance(one.tag, str)}


def test_json_has_each_name_as_it_is(told: Told, kept: dict[str, str]) -> None:
    note = json.loads((told.case / "note/0001/en/note.json").read_bytes())
    named = {one["id"]: one["name"] for one in note["custody"]["items"] if one["name"]}
    assert named == kept
    assert told.json.isascii()
    inspected = json.loads(told.said["inspect"].stdout)
    quiet(many_text(inspected))
    paths = {from_plain(one["path"]) for one in inspected["inspections"]}
    assert paths == {os.fsencode(path) for path in told.files.iterdir()}


def test_the_inventory_runs_in_no_spreadsheet(told: Told, kept: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(told.said["case inventory"].stdout)))
    named = {row["id"]: from_cell(row["name"]) for row in rows if row["name"]}
    assert named == kept
    assert [row["id"] for row in inventory(told.case)] == [row["id"] for row in rows]
    for row in rows:
        for text in row.values():
            quiet(text)
            assert unicodedata.normalize("NFKC", text.lstrip())[:1] not in set("=+-@|%"), text


def test_a_bag_is_whole_and_no_name_is_a_path(told: Told, needs_tool: Callable[..., Path]) -> None:
    needs_tool("openssl")
    bagit.Bag(str(told.bag)).validate()
    done = subprocess.run(
        ["sh", told.bag / "verify.sh", told.bag], capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout
    for path in told.bag.rglob("*"):
        inside = path.relative_to(told.bag).as_posix()
        assert inside.isascii()
        assert not set(inside) & set("<>\"'\\ \n=+@$;`*?|")
        assert ".." not in inside
    assert sorted(told.folder.iterdir()) == [told.bag, told.case, told.files]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_cell_gives_its_text_back(name: str) -> None:
    text = plain_name(name)
    assert from_cell(cell(text)) == text
