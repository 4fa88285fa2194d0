"""Taking files in: hashed, skipped if known, fingerprinted in boxes side by side, kept singly."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from firsthand.archive.grid import STRETCH_S
from firsthand.archive.neural import Neural
from firsthand.archive.seen import SeenAt
from firsthand.archive.store import Archive
from firsthand.archive.stretch import Stretch, from_box
from firsthand.errors import DecoderFailed, InputError, IntegrityError, NoSuchThing
from firsthand.sandbox import Box, BoxResult, Limits

__all__ = ["DESCRIPTORS", "Taken", "files_in", "fingerprint_of", "take_in"]

DESCRIPTORS = ("pdq/1", "rootsift/1", "proxy/1")
"""What every item has."""
MOST_STRETCHES = 200
"""33 hours."""
LIMITS = Limits(memory_mb=1536, cpu_s=900, wall_s=1800.0, output_mb=512)
HASH_CHUNK = 1 << 20
LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass
class Taken:
    """What one run did."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    upgraded: list[str] = field(default_factory=list)
    broken: list[dict[str, str]] = field(default_factory=list)
    sandbox: str = ""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Every plain file in the paths, folders walked in order; no link is followed.

    Raises:
        NoSuchThing: a path is not there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [
                file
                for file in sorted(path.rglob("*"))
                if file.is_file() and not file.is_symlink() and file.name.lower() not in LITTER
            ]
        elif path.is_file():
            found.append(path)
        else:
            raise NoSuchThing(f"There is no file or folder {path}.", "Check the path.")
    return found


def fingerprint_of(
    path: Path, box: Box, *, neural: bool = False
) -> Iterator[tuple[Stretch, dict[str, Any], bytes, str]]:
    """Stretch by stretch: the fingerprint, what the box said, RGB pictures if asked, the SHA-256.

    Raises:
        UnreadableMedia, DecoderFailed: refused, broken, or it killed its decoder.
    """
    args: dict[str, Any] = {
        "start_s": 0.0, "span_s": STRETCH_S, "neural": neural, "suffix": path.suffix.lower()[:8],
    }  # fmt: skip
    for _ in range(MOST_STRETCHES):
        result = _call(box, path, args)
        stretch = from_box(result.data, result.blobs)
        yield stretch, result.data, result.blobs.get("neural", b""), result.sha256
        following = result.data.get("next_s")
        if following is None:
            return
        args |= {"start_s": float(following), "zero_pts": int(result.data["zero_pts"])}


def _call(box: Box, path: Path, args: dict[str, Any]) -> BoxResult:
    """Where the box itself broke, and not the decoder in it, once more in another box."""
    target = "firsthand.archive.boxed:fingerprint"
    try:
        return box.call(target, path, args, limits=LIMITS)
    except DecoderFailed as error:
        if error.details.get("reason") != "gone":
            raise
        return box.call(target, path, args, limits=LIMITS)


def take_in(
    archive: Archive,
    files: list[Path],
    box: Box,
    now: Callable[[], datetime],
    *,
    seen: Callable[[Path], SeenAt | None] = lambda _: None,
    progress: Callable[[int, str], None] = lambda _bytes, _name: None,
    workers: int = 2,
    neural: Neural | None = None,
) -> Taken:
    """Add files; may be killed at any moment and run again.

    Each file is acknowledged on its own: once in `Taken`, it is on the disk.

    Raises:
        CouldNot: the disk or the sandbox stood in the way; what was acknowledged is kept.
    """
    taken = Taken(sandbox=box.description)
    worker = _Worker(archive, box, neural)
    waiting = iter(files)
    with archive.writing(), ThreadPoolExecutor(workers) as pool:
        running: dict[Future[_Done], Path] = {}
        try:
            while True:
                while len(running) < workers and (path := next(waiting, None)) is not None:
                    running[pool.submit(worker.look, path)] = path
                if not running:
                    return taken
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    path = running.pop(future)
                    _keep(archive, taken, path, future.result(), seen=seen(path), now=now())
                    progress(future.result().size, path.name)
        finally:
            for future in running:
                future.cancel()


@dataclass
class _Done:
    sha256: str = ""
    size: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    descriptors: tuple[str, ...] = ()
    known: bool = False
    upgraded: bool = False
    fault: str = ""


def _keep(
    archive: Archive,
    taken: Taken,
    path: Path,
    done: _Done,
    *,
    seen: SeenAt | None,
    now: datetime,
) -> None:
    name = str(path.absolute())
    if done.fault:
        archive.put_broken(name, done.sha256, done.fault, now)
        taken.broken.append({"path": name, "message": done.fault})
        return
    if done.known or archive.holds(done.sha256) == done.descriptors:  # a twin in the same run
        archive.put_place(done.sha256, name)
        taken.known.append(name)
    else:
        archive.put(done.sha256, done.size, done.stretches, done.descriptors, path=name, now=now)
        (taken.upgraded if done.upgraded else taken.added).append(name)
    if seen is not None:
        archive.put_seen(done.sha256, seen)


class _Worker:
    """Looks at one file; runs in a thread, decodes in a box."""

    def __init__(self, archive: Archive, box: Box, neural: Neural | None) -> None:
        self.archive, self.box, self.neural = archive, box, neural
        self.wanted = DESCRIPTORS + ((neural.name,) if neural else ())

    def look(self, path: Path) -> _Done:
        """Hash it, and fingerprint it unless it is known."""
        done = _Done()
        try:
            done.sha256, done.size = _hashed(path)
            has = self.archive.holds(done.sha256)
            if has is not None and set(self.wanted) <= set(has):
                done.known, done.descriptors = True, has
                return done
            done.upgraded = has is not None
            done.descriptors = tuple(dict.fromkeys((*(has or ()), *self.wanted)))
            self._fingerprint(path, done)
        except (InputError, IntegrityError, DecoderFailed) as error:
            done.fault = str(error)
        return done

    def _fingerprint(self, path: Path, done: _Done) -> None:
        for which, (stretch, told, colours, sha256) in enumerate(
            fingerprint_of(path, self.box, neural=self.neural is not None)
        ):
            if sha256 != done.sha256:
                raise InputError("The file changed while it was read.", "Add it again.")
            self.archive.put_file(self.archive.file_of(sha256, which), stretch.to_bytes())
            if self.neural is not None:
                vectors = self.neural(colours, stretch)
                self.archive.put_file(self.archive.file_of(sha256, which, "vec"), vectors)
            light = {key: value for key, value in told.items() if key != "chunks"}
            done.stretches.append(Stretch(light, {"pdq": stretch.blobs["pdq"]}))


def _hashed(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(HASH_CHUNK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise InputError(
            f"The file cannot be read: {error.strerror}.", "Check its rights, then add it again."
        ) from error
    return digest.hexdigest(), size
