"""`inspect` of a folder of photos against `exiftool -r` on the same folder.

    python benchmarks/inspect/speed.py [--count 500] [--write]

Two folders: copies of the real photos of the test data (phones and cameras, JPEG and HEIC, every
tenth one signed), to which the bound applies, and 12-megapixel JPEGs made here with few fields and
a thumbnail, which is the worst case for us: ExifTool has little to read, and the comparison of
thumbnails must go through all of the coded picture, even though it decodes only an eighth.
Both programs read from a warm disk; ours includes starting the sandbox.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from firsthand.media import inspect_file
from firsthand.sandbox import Box

sys.path.insert(0, str(Path(__file__).resolve().parent))
from figures import keep

ROOT = Path(__file__).resolve().parents[2]
SIZE = (4032, 3024)


def real(folder: Path, count: int, shared: Path) -> None:
    """Copies of the photos in the test data, every tenth a signed one."""
    photos = sorted(
        path
        for path in (shared / "data/exif").iterdir()
        if path.suffix.lower() in {".jpg", ".heic", ".heif"}
    )
    signed = sorted((shared / "data/c2pa").glob("*.jpg"))
    for number in range(count):
        source = (
            signed[number // 10 % len(signed)] if number % 10 == 9 else photos[number % len(photos)]
        )
        shutil.copyfile(source, folder / f"photo-{number:04d}{source.suffix}")


def made(folder: Path, count: int, _shared: Path) -> None:
    """JPEGs of 12 megapixels with few fields and a thumbnail."""
    rng = np.random.default_rng(1)
    bases = []
    for _ in range(4):
        small = rng.integers(0, 255, (SIZE[1] // 32, SIZE[0] // 32, 3), dtype=np.uint8)
        picture = Image.fromarray(small).resize(SIZE, Image.Resampling.BICUBIC)
        noise = rng.integers(-6, 6, (SIZE[1], SIZE[0], 1), dtype=np.int16)
        array = np.clip(np.asarray(picture, dtype=np.int16) + noise, 0, 255).astype(np.uint8)
        out = io.BytesIO()
        Image.fromarray(array).resize((160, 120)).save(out, "JPEG")
        thumbnail = out.getvalue()
        head = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0f\x00\x02\x00\x00\x00\x04Abc\x00"
        head += (26).to_bytes(4, "big")
        rows = b"".join(
            tag.to_bytes(2, "big") + b"\x00\x04\x00\x00\x00\x01" + value.to_bytes(4, "big")
            for tag, value in ((0x0201, 26 + 2 + 24 + 4), (0x0202, len(thumbnail)))
        )
        exif = head + (2).to_bytes(2, "big") + rows + bytes(4) + thumbnail
        out = io.BytesIO()
        Image.fromarray(array).save(out, "JPEG", quality=88, exif=exif)
        bases.append(out.getvalue())
    for number in range(count):
        (folder / f"photo-{number:04d}.jpg").write_bytes(bases[number % len(bases)])


def race(make, count: int, shared: Path) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, count, shared)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        theirs, ours = [], []
        for _ in range(3):
            began, before = time.monotonic(), used()
            subprocess.run(["exiftool", "-r", "-j", name], check=True, capture_output=True)
            theirs.append((time.monotonic() - began, used() - before))
            began = time.monotonic()
            command = [sys.executable, __file__, "--folder", name]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            ours.append((time.monotonic() - began, float(run.stdout)))
    (wall, cpu), (our_wall, our_cpu) = min(theirs), min(ours)
    print(theirs, ours)
    return (
        f"| {make.__doc__} | {size:.0f} MB | {wall:.1f} s | {our_wall:.1f} s "
        f"| {our_wall / wall:.2f} | {cpu:.1f} s | {our_cpu:.1f} s |"
    )


def used() -> float:
    """Processor time of all children that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def tree(root: int) -> float:
    """Processor time of a process, its living descendants, and all that they waited for."""
    fields: dict[int, list[str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            fields[int(entry.name)] = stat.rpartition(")")[2].split()
    known = {root}
    while more := {pid for pid, row in fields.items() if int(row[1]) in known} - known:
        known |= more
    ticks = sum(int(number) for pid in known for number in fields[pid][11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def inspect_all(folder: Path) -> None:
    """What is timed; prints its processor time."""
    with Box() as box, ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda path: inspect_file(path, box), sorted(folder.iterdir())))
        print(tree(os.getpid()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.folder:
        inspect_all(options.folder)
        return
    rows = [race(make, options.count, options.shared) for make in (real, made)]
    load = os.getloadavg()[0]
    text = f"""
### Speed

{options.count} photos, {os.cpu_count()} processors, best of three; `inspect` with sandbox, Content
Credentials and thumbnails. The bound is 2.5 times `exiftool -r`, for the photos of the test data;
in the large ones ExifTool has next to nothing to read, and we compare each with its thumbnail. Load
average at the end: {load:.1f}.

| photos | size | `exiftool -r` | `inspect` | ratio | its processor time | ours |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}
"""
    print(text)
    if options.write:
        keep("speed", text)


if __name__ == "__main__":
    main()
