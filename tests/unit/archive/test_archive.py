"""An archive from end to end: taken in, searched, changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import tests.archive_fixtures as made

from firsthand.archive.grid import RATE
from firsthand.archive.seen import seen_at
from firsthand.archive.store import Archive
from firsthand.errors import CouldNot, IntegrityError, NoSuchThing
from firsthand.sandbox import Box


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with Box(unsandboxed=True) as box:
        yield box


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clips")
    frames = made.scene(1, frames=125)
    written = {
        "first": made.write_clip(folder / "first.mp4", frames),
        "other take": made.write_clip(folder / "take.mp4", made.scene(1, take=1, frames=125)),
        "elsewhere": made.write_clip(folder / "elsewhere.mp4", made.scene(2)),
        "trimmed": made.write_clip(folder / "trimmed.mp4", frames[50:], crf=28),
        "flipped": made.write_clip(
            folder / "flipped.mp4", [np.ascontiguousarray(f[:, ::-1]) for f in frames], crf=28
        ),
        "cropped": made.write_clip(
            folder / "cropped.mp4",
            [np.ascontiguousarray(f[20:160, 30:270]) for f in frames],
            crf=23,
        ),
        "faster": made.write_clip(folder / "faster.mp4", frames, rate=31, crf=28),
    }
    still = folder / "still.jpg"
    cv2.imwrite(str(still), frames[60][..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85])
    return written | {"still": still}


@pytest.fixture(scope="module")
def archive(
    clips: dict[str, Path], box: Box, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    with Archive(tmp_path_factory.mktemp("archive"), create=True) as archive:
        taken = made.add(archive, box, clips["first"], clips["elsewhere"])
        assert len(taken.added) == 2
        yield archive


@pytest.mark.parametrize("name", ["trimmed", "flipped", "cropped", "faster"])
def test_a_copy_is_the_same_recording(
    archive: Archive, box: Box, clips: dict[str, Path], name: str
) -> None:
    match = made.ask(archive, box, clips[name]).answer.matches[0]
    assert match.path == str(clips["first"])
    assert match.verdict == "same_recording", match
    assert match.flipped == (name == "flipped")
    start = 2.0 if name == "trimmed" else 0.0
    assert match.reference_s[0] - match.speed * match.query_s[0] == pytest.approx(start, abs=0.1)
    assert match.speed == pytest.approx(31 / 25 if name == "faster" else 1.0, abs=0.01)
    assert match.false_alarms < 0.1


def test_the_crop_is_told(archive: Archive, box: Box, clips: dict[str, Path]) -> None:
    match = made.ask(archive, box, clips["cropped"]).answer.matches[0]
    assert match.crop == pytest.approx((30 / 320, 20 / 180, 270 / 320, 160 / 180), abs=0.03)


def test_another_take_is_never_called_the_same(
    archive: Archive, box: Box, clips: dict[str, Path]
) -> None:
    answer = made.ask(archive, box, clips["other take"]).answer
    assert answer.matches[0].path == str(clips["first"])
    assert answer.matches[0].cells >= 12
    assert answer.matches[0].verdict in {"different_take", "cannot_tell"}
    assert "same recording is in" not in str(answer.statement)


def test_no_match_says_nothing_about_the_web(archive: Archive, box: Box, tmp_path: Path) -> None:
    alone = made.write_clip(tmp_path / "alone.mp4", made.scene(77))
    answer = made.ask(archive, box, alone).answer
    assert answer.matches == ()
    assert str(answer.statement).startswith(
        "No earlier copy in this archive of 2 videos, which says nothing about the web."
    )
    assert "original" not in str(answer.statement)


def test_the_same_bytes_are_the_same_recording(
    archive: Archive, box: Box, clips: dict[str, Path]
) -> None:
    match = made.ask(archive, box, clips["first"]).answer.matches[0]
    assert (match.verdict, match.reason, match.false_alarms) == (
        "same_recording", "the same bytes", 0.0,
    )  # fmt: skip


def test_a_still_is_found_in_a_recording_and_at_most_likely(
    archive: Archive, box: Box, clips: dict[str, Path]
) -> None:
    match = made.ask(archive, box, clips["still"]).answer.matches[0]
    assert match.path == str(clips["first"])
    assert match.verdict == "likely_same"
    assert match.reference_s[0] == pytest.approx(60 / 25, abs=2 / RATE)


def test_one_item_is_enough_to_be_found(box: Box, clips: dict[str, Path], tmp_path: Path) -> None:
    with Archive(tmp_path, create=True) as archive:
        assert made.ask(archive, box, clips["trimmed"]).answer.matches == ()
        made.add(archive, box, clips["first"])
        found = made.ask(archive, box, clips["trimmed"]).answer
        assert [match.verdict for match in found.matches] == ["same_recording"]


def test_an_index_without_a_table_is_built_again(
    box: Box, clips: dict[str, Path], tmp_path: Path
) -> None:
    with Archive(tmp_path, create=True) as archive:
        made.add(archive, box, clips["first"])
        made.ask(archive, box, clips["first"])
        next((tmp_path / "index").glob("*/vector.npy")).unlink()
        assert made.ask(archive, box, clips["trimmed"]).answer.matches


def test_a_photograph_is_found_among_photographs_and_never_called_the_same(
    box: Box, clips: dict[str, Path], tmp_path: Path
) -> None:
    picture = cv2.imread(str(clips["still"]))
    changed = tmp_path / "changed.jpg"
    cv2.imwrite(str(changed), picture[10:160, 20:, ::-1][:, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 50])
    with Archive(tmp_path / "archive", create=True) as archive:
        made.add(archive, box, clips["still"])
        (match,) = made.ask(archive, box, changed).answer.matches
    assert match.path == str(clips["still"])
    assert match.verdict == "likely_same"


def test_what_is_known_is_skipped_by_content_and_dates_are_kept_once(
    box: Box, clips: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "renamed.mp4"
    copy.write_bytes(clips["first"].read_bytes())
    date = seen_at("2021-09-28T10:00:00Z", mechanism="archive_capture", off_by_s=60.0)
    with Archive(tmp_path / "archive", create=True) as archive:
        first = made.add(archive, box, clips["first"], seen=lambda _: date)
        again = made.add(archive, box, clips["first"], copy, seen=lambda _: date)
        assert (len(first.added), len(again.added), len(again.known)) == (1, 0, 2)
        (item,) = archive.items()
        assert item.paths == tuple(sorted((str(clips["first"]), str(copy))))
        assert item.seen == (date,)


def test_two_files_of_one_content_in_one_run_are_one_item(
    box: Box, clips: dict[str, Path], tmp_path: Path
) -> None:
    twins = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    for twin in twins:
        twin.write_bytes(clips["elsewhere"].read_bytes())
    with Archive(tmp_path / "archive", create=True) as archive:
        taken = made.add(archive, box, *twins)
        assert len(taken.added) + len(taken.known) == 2
        assert len(archive.items()) == 1


def test_removing_forgets_an_item_and_its_files(
    box: Box, clips: dict[str, Path], tmp_path: Path
) -> None:
    with Archive(tmp_path, create=True) as archive:
        made.add(archive, box, clips["first"])
        (item,) = archive.items()
        archive.remove(item.sha256)
        assert archive.items() == []
        assert not [file for file in (tmp_path / "fingerprints").rglob("*") if file.is_file()]
        assert made.ask(archive, box, clips["trimmed"]).answer.matches == ()


def test_a_damaged_fingerprint_is_named_and_the_rest_still_searched(
    box: Box, clips: dict[str, Path], tmp_path: Path
) -> None:
    with Archive(tmp_path, create=True) as archive:
        made.add(archive, box, clips["first"], clips["elsewhere"])
        bad = next(item for item in archive.items() if item.paths == (str(clips["elsewhere"]),))
        file = archive.file_of(bad.sha256, 0)
        file.write_bytes(file.read_bytes()[:-40])
        with pytest.raises(IntegrityError):
            archive.stretch(bad.sha256, 0)
        answer = made.ask(archive, box, clips["trimmed"]).answer
        assert answer.held.damaged == (bad.sha256,)
        assert answer.matches[0].verdict == "same_recording"


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with Archive(tmp_path, create=True) as archive, Archive(tmp_path) as other:
        with archive.writing(), pytest.raises(CouldNot, match="Another process"), other.writing():
            pass
        with other.writing():
            pass


def test_a_folder_without_an_archive_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NoSuchThing):
        Archive(tmp_path)
