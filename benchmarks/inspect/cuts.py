"""Cuts found and cuts imagined, in films joined here from real single takes.

    python benchmarks/inspect/cuts.py [--films 120] [--seed 1] [--write]

Each film joins six stretches of one to three seconds from six recordings of the test data, scaled
alike and encoded by x264 at a random quality, so that every cut's frame is known. False alarms are
counted within the stretches, which are single takes, camera shake and pans included. No threshold
was chosen on these films. Dissolves are not in them and are not found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av

from firsthand.media.continuity import continuity_from
from firsthand.sandbox import Box

sys.path.insert(0, str(Path(__file__).resolve().parent))
from figures import keep

ROOT = Path(__file__).resolve().parents[2]
RATE, SIZE, STRETCHES = 25, (480, 272), 6
TAKES = (
    "videos/tmk/chair-orig-22-sd-bar.mp4", "videos/tmk/pattern-hd-no-bar.mp4",
    "videos/tmk/doorknob-hd-no-bar.mp4", "videos/intel/book.mkv", "videos/intel/school.mkv",
    "videos/intel/bottle-detection.mp4", "videos/intel/car-detection.mp4",
    "videos/intel/one-by-one-person-detection.mp4", "plume/moviepy_fire2.mp4", "plume/d1.mp4",
    "plume/d2.mp4", "exif/mov__with-gps.mov", "exif/mov__xmp480qt.mov",
    "videos/drewnoakes__metadata-extractor-images/Issue_515_(java).mp4",
    "videos/drewnoakes__metadata-extractor-images/MVI_4823.AVI",
    "videos/drewnoakes__metadata-extractor-images/100_0306.AVI",
)  # fmt: skip


def frames_of(path: Path) -> list[av.VideoFrame]:
    """At most 300 frames, scaled, as pictures."""
    with av.open(str(path)) as container:
        out = []
        for frame in container.decode(video=0):
            out.append(frame.reformat(width=SIZE[0], height=SIZE[1], format="yuv420p"))
            if len(out) >= 300:
                break
        return out


def join(takes: list[list[av.VideoFrame]], path: Path, rng: random.Random) -> list[int]:
    """Write a film; the frames at which a new stretch begins."""
    cuts, number = [], 0
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE, options={"crf": str(rng.randrange(20, 35))})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for take in rng.sample(takes, STRETCHES):
            length = min(rng.randrange(RATE, 3 * RATE), len(take))
            start = rng.randrange(len(take) - length + 1)
            if number:
                cuts.append(number)
            for frame in take[start : start + length]:
                picture = av.VideoFrame.from_ndarray(frame.to_ndarray(), format="yuv420p")
                picture.pts, picture.time_base = number, Fraction(1, RATE)
                out.mux(stream.encode(picture))
                number += 1
        out.mux(stream.encode())
    return cuts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--films", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    takes = [frames_of(options.shared / "data" / name) for name in TAKES]
    true = found = false = 0
    seconds = 0.0
    with Box() as box, tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:

        def one(number: int) -> tuple[int, int, int, float]:
            rng = random.Random(options.seed * 7919 + number)
            path = Path(name) / f"{number}.mp4"
            cuts = join(takes, path, rng)
            told = box.call("firsthand.media.boxed.continuity:continuity", path, hash_input=False)
            path.unlink()
            continuity = continuity_from(told.data)
            said = [round(h.t_s * RATE) for h in continuity.happenings if h.kind == "cut"]
            hit = sum(any(abs(cut - place) <= 1 for place in said) for cut in cuts)
            wrong = sum(all(abs(cut - place) > 1 for cut in cuts) for place in said)
            return len(cuts), hit, wrong, continuity.frames / RATE

        for cuts, hit, wrong, length in pool.map(one, range(options.films)):
            true, found, false, seconds = true + cuts, found + hit, false + wrong, seconds + length
    text = f"""
### Cuts

{options.films} films joined from {len(TAKES)} real takes (seed {options.seed}, {seconds / 60:.0f}
minutes): {found} of {true} cuts found to the frame ({found / true:.1%}), {false} imagined
({false / (seconds / 60):.2f} a minute).
"""
    print(text)
    if options.write:
        keep("cuts", text)


if __name__ == "__main__":
    main()
