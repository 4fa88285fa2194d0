"""Use cases of the footage archive: add, find, stats, remove."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from firsthand.app.context import clock
from firsthand.app.progress import QUIET
from firsthand.archive.grid import RATE
from firsthand.archive.intake import DESCRIPTORS, files_in, fingerprint_of, take_in
from firsthand.archive.search import pair_picture, search
from firsthand.archive.seen import SeenAt, read_manifest, seen_at
from firsthand.archive.store import Archive
from firsthand.archive.stretch import Stretch
from firsthand.errors import InputError, NoSuchThing
from firsthand.sandbox import Box

__all__ = [
    "add_to_archive",
    "archive_stats",
    "find_in_archive",
    "look_up",
    "match_pictures",
    "remove_from_archive",
]


def add_to_archive(
    paths: list[Path],
    directory: Path,
    *,
    seen_on: str | None = None,
    source: str = "",
    mechanism: str = "persons_word",
    off_by_s: float | None = None,
    manifest: Path | None = None,
    neural: bool = False,
    unsandboxed: bool = False,
    on: Any = QUIET,
) -> dict[str, Any]:
    """Take files and folders in; what is known already is skipped by its content.

    Raises:
        InputError: bad dates, an unreadable manifest, or the archive's own folder among the paths.
    """
    for_all = _for_all(seen_on, source, mechanism, off_by_s)
    rows = read_manifest(manifest) if manifest is not None else {}
    files = files_in(paths)
    inside = directory.resolve()
    files = [file for file in files if not file.resolve().is_relative_to(inside)]
    lookup = _Dates(rows, for_all, manifest)
    total = sum(file.stat().st_size for file in files)
    estimate = _Estimate(total)
    on.step(f"{len(files)} files to look at", total_bytes=total)

    def progress(count: int, name: str) -> None:
        on.bytes_done(count)
        told = estimate.after(count)
        if told:
            on.step(f"{told} ({name})", total_bytes=None)

    model = _model() if neural else None
    with Archive(directory, create=True) as archive, Box(unsandboxed=unsandboxed) as box:
        taken = take_in(
            archive, files, box, lambda: clock()[0], seen=lookup.of, progress=progress, neural=model
        )
        totals = archive.totals()
    return {
        "archive": str(directory),
        "added": sorted(taken.added),
        "upgraded": sorted(taken.upgraded),
        "known": sorted(taken.known),
        "broken": sorted(taken.broken, key=lambda row: row["path"]),
        "unmatched_in_manifest": lookup.unused,
        "sandbox": taken.sandbox,
        "totals": totals,
    }


def _model() -> Any:
    from firsthand.archive.neural import Neural

    return Neural.load()


def _for_all(
    seen_on: str | None, source: str, mechanism: str, off_by_s: float | None
) -> SeenAt | None:
    if seen_on is None:
        if source or off_by_s is not None:
            raise InputError("A source without a date says nothing.", "Give --seen-at as well.")
        return None
    return seen_at(seen_on, mechanism=mechanism, off_by_s=off_by_s, source=source)


class _Dates:
    """The date of each file: its row in the manifest, else the one given for all."""

    def __init__(
        self, rows: dict[str, SeenAt], for_all: SeenAt | None, manifest: Path | None
    ) -> None:
        self._for_all = for_all
        base = manifest.parent if manifest is not None else Path()
        self._rows = {str((base / name).absolute()): (name, seen) for name, seen in rows.items()}
        self._left = {name for name, _ in self._rows.values()}

    def of(self, path: Path) -> SeenAt | None:
        """For one file."""
        row = self._rows.get(str(path.absolute()))
        if row is None:
            return self._for_all
        self._left.discard(row[0])
        return row[1]

    @property
    def unused(self) -> list[str]:
        """Rows whose file was not among the paths."""
        return sorted(self._left)


class _Estimate:
    """How long it will still take, by bytes done; said every few seconds."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._began = self._said = time.monotonic()

    def after(self, count: int) -> str:
        """A sentence now and then, else nothing."""
        self._done += count
        now = time.monotonic()
        if now - self._said < 2 or not self._done:
            return ""
        self._said = now
        left = (now - self._began) * (self._total - self._done) / self._done
        return f"{100 * self._done / max(self._total, 1):.0f} % done, about {left:.0f} s left"


def find_in_archive(
    clip: Path,
    directory: Path,
    *,
    pictures: Path | None = None,
    neural: bool = False,
    unsandboxed: bool = False,
    on: Any = QUIET,
) -> dict[str, Any]:
    """Search for a clip or a still; with `pictures`, pairs of frames are written there as PNG.

    Raises:
        NoSuchThing: no archive, or no clip. UnreadableMedia: the clip cannot be decoded.
    """
    with Archive(directory) as archive, Box(unsandboxed=unsandboxed) as box:
        parts, found = look_up(clip, archive, box, neural=neural, on=on)
        answer: dict[str, Any] = found.answer.plain() | {
            "archive": str(directory),
            "sandbox": box.description,
            "statement": str(found.answer.statement),
        }
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            answer["pictures"] = []
            for name, data in match_pictures(parts, found):
                (pictures / name).write_bytes(data)
                answer["pictures"].append(str(pictures / name))
    return answer


def look_up(
    clip: Path, archive: Archive, box: Box, *, neural: bool = False, on: Any = QUIET
) -> tuple[list[Stretch], Any]:
    """The clip's stretches, and what the archive holds of them."""
    on.step(f"looking at {clip.name}")
    model = _model() if neural else None
    parts, colours, sha256 = [], [], ""
    for stretch, _, rgb, sha256 in fingerprint_of(clip, box, neural=neural):  # noqa: B007
        parts.append(stretch)
        colours.append(rgb)
    on.step("comparing")
    return parts, search(archive, parts, sha256, neural=model, colours=colours, progress=on.step)


def match_pictures(query: list[Stretch], found: Any) -> Iterator[tuple[str, bytes]]:
    """Pairs of frames side by side, as PNG with a name each: what to see a match by."""
    for number, (match, (reference, _)) in enumerate(
        zip(found.answer.matches, found.compared, strict=True), 1
    ):
        for which, pair in enumerate(match.pairs_s, 1):
            mine = next((part for part in query if pair[0] <= part.at_s(part.pictures)), query[-1])
            yield f"match-{number:03d}-{which}.png", pair_picture(mine, reference, pair)


def archive_stats(directory: Path) -> dict[str, Any]:
    """What an archive holds, what it could not take in, and how large it is on the disk."""
    with Archive(directory) as archive:
        items = archive.items()
        files = [file for file in (directory / "fingerprints").rglob("*") if file.is_file()]
        described: dict[str, int] = {}
        for item in items:
            for name in item.descriptors:
                described[name] = described.get(name, 0) + 1
        return {
            "archive": str(directory),
            "totals": archive.totals(),
            "descriptors": dict.fromkeys(DESCRIPTORS, 0) | described,
            "dated": sum(bool(item.seen) for item in items),
            "dated_by_a_trusted_mechanism": sum(
                any(seen.trusted for seen in item.seen) for item in items
            ),
            "broken": archive.broken(),
            "fingerprint_bytes": sum(file.stat().st_size for file in files),
            "pictures_a_second": RATE,
        }


def remove_from_archive(things: list[str], directory: Path) -> dict[str, Any]:
    """Forget items, named by path or by SHA-256.

    Raises:
        NoSuchThing: one of them is not there; nothing is removed then.
    """
    with Archive(directory) as archive, archive.writing():
        items = archive.items()
        by_name = {path: item.sha256 for item in items for path in item.paths}
        known = {item.sha256 for item in items}
        chosen = []
        for thing in things:
            found = thing if thing in known else by_name.get(str(Path(thing).absolute()))
            if found is None:
                raise NoSuchThing(
                    f"Nothing in the archive is called {thing}.",
                    "Give a path as it was added, or the item's SHA-256.",
                )
            chosen.append(found)
        for sha256 in dict.fromkeys(chosen):
            archive.remove(sha256)
        return {"removed": list(dict.fromkeys(chosen)), "totals": archive.totals()}
