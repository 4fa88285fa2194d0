"""All hostile files through every decoder, watched: deaths, time, memory, connections, files.

    python benchmarks/inspect/hostile.py [--shared DIR] [--write]

Runs itself once more under strace and reads from its log every connect and every file opened. A
file that is no library, no module of the interpreter or of this package, and not the one file asked
for is counted as foreign. Canaries lie beside each hostile file in the same folder.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import firsthand
from firsthand.errors import FirsthandError
from firsthand.media import examine, inspect_file
from firsthand.sandbox import Box, Limits

sys.path.insert(0, str(Path(__file__).resolve().parent))
from figures import keep, upper_bound

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 10, 1024
CANARY = b"CANARY-a1b2c3d4"
TARGETS = (
    ("look", "firsthand.media.boxed.look:look", {"key_frames": 8}),
    ("structure", "firsthand.media.boxed.provenance:provenance", {"parts": ["structure"]}),
    ("c2pa", "firsthand.media.boxed.provenance:provenance", {"parts": ["c2pa"]}),
    ("thumbnail", "firsthand.media.boxed.provenance:provenance", {"parts": ["thumbnail"]}),
    ("continuity", "firsthand.media.boxed.continuity:continuity", {}),
    ("plain tags", "firsthand.media.boxed.plain_tags:read", {}),
    ("exiftool", "exiftool", {}),
)


def run_all(folder: Path) -> dict[str, float]:
    """Every target over every file; what came of it."""
    limits = Limits(memory_mb=MEGABYTES, cpu_s=SECONDS, wall_s=SECONDS)
    told = {"calls": 0, "answers": 0, "refusals": 0, "ended": 0, "slowest_s": 0.0, "peak_mb": 0.0,
            "canaries": 0}  # fmt: skip
    files = sorted(p for p in folder.iterdir() if not p.name.startswith("CANARY"))
    with Box(limits=limits) as box, ThreadPoolExecutor(2) as pool:

        def one(job):
            path, (_, target, arguments) = job
            began = time.monotonic()
            try:
                result = box.call(target, path, {"suffix": path.suffix, **arguments})
                said = repr(result.data).encode() + b"".join(result.blobs.values())
                kind, peak = "answers", result.peak_mb
            except FirsthandError as error:
                said = f"{error} {error.details}".encode()
                kind = "ended" if error.details.get("reason") else "refusals"
                peak = float(error.details.get("peak_mb", 0))
            return kind, time.monotonic() - began, peak, CANARY in said

        for kind, seconds, peak, canary in pool.map(one, [(p, t) for p in files for t in TARGETS]):
            told["calls"] += 1
            told[kind] += 1
            told["slowest_s"] = max(told["slowest_s"], seconds)
            told["peak_mb"] = max(told["peak_mb"], peak)
            told["canaries"] += canary
        for whole in (examine, inspect_file):

            def ask(path, whole=whole):
                with contextlib.suppress(FirsthandError):
                    whole(path, box)

            list(pool.map(ask, files))
    return told


def foreign(log: Path, folder: Path, asked: set[str]) -> tuple[int, list[str]]:
    """(connects, opened files that are neither ours nor the one asked for)."""
    system = ("/usr", "/lib", "/etc", "/proc", "/dev", "/sys", "/bin", "/sbin", "/newroot")
    package = Path(firsthand.__file__).parent
    own = (sys.prefix, sys.base_prefix, sysconfig.get_paths()["stdlib"], package)
    allowed = tuple(
        {*map(str, (*system, *own)), *(str(Path(p).resolve()) for p in (*system, *own))}
    )
    bench = (str(ROOT / "benchmarks"), str(ROOT / "src"), tempfile.gettempdir())
    connects, opened = 0, []
    pattern = re.compile(r'\bopen(?:at)?\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)".*\) = (\d+)')
    with log.open(errors="replace") as lines:
        for line in lines:
            if re.search(r"\bconnect\(", line) and "AF_INET" in line:
                connects += 1
            match = pattern.search(line)
            if match is None:
                continue
            path = match[1]
            if "O_DIRECTORY" in line:
                continue
            if path.startswith(str(folder)):
                if Path(path).name not in asked:
                    opened.append(path)
            elif path.startswith("/") and not path.startswith((*allowed, *bench)):
                opened.append(path)
    return connects, opened


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--inner", type=Path)
    options = parser.parse_args()
    if options.inner:
        print(json.dumps(run_all(options.inner)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "evidence"
        folder.mkdir()
        hostile = [p for p in (options.shared / "data/hostile").iterdir() if p.suffix != ".json"]
        for path in hostile:
            shutil.copyfile(path, folder / path.name)
        for suffix in (".txt", ".mp4", ".jpg"):
            (folder / f"CANARY{suffix}").write_bytes(CANARY * 100)
        log = Path(name) / "strace.log"
        inner = [sys.executable, __file__, "--inner", str(folder)]
        trace = ["strace", "-f", "-qq", "-e", "trace=open,openat,connect", "-o", str(log)]
        run = subprocess.run(inner, check=True, capture_output=True, text=True)
        told = json.loads(run.stdout)
        watched = subprocess.run([*trace, *inner], check=True, capture_output=True, text=True)
        told["canaries"] += json.loads(watched.stdout)["canaries"]
        connects, opened = foreign(log, folder, {p.name for p in hostile})
        text = f"""
### Hostile files

{len(hostile)} malformed or hostile files through {len(TARGETS)} readers ({told["calls"]} calls,
then `examine` and `inspect` whole), once for times and once under strace. Load average then:
{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.

| what | seen |
|---|---|
| deaths of the parent | 0 (below {upper_bound(told["calls"]):.2%} of calls at 95 %) |
| answered, refused, ended | {told["answers"]}, {told["refusals"]}, {told["ended"]} |
| slowest call, waiting included | {told["slowest_s"]:.1f} s (bound {SECONDS} s) |
| most memory of a child | {told["peak_mb"]:.0f} MB (bound {MEGABYTES} MB) |
| connections tried | {connects} |
| files opened that are neither the one asked for nor the programs' own | {len(set(opened))} |
| answers or messages with a byte of the canary beside the file | {told["canaries"]} |
"""
        print(text)
        print(sorted(set(opened))[:20])
        if options.write:
            keep("hostile", text)


if __name__ == "__main__":
    main()
