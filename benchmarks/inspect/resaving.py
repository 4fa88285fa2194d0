"""How often an earlier saving as JPEG is seen, and how often imagined.

    python benchmarks/inspect/resaving.py [--pictures 400] [--seed 1] [--write]

Pictures are frames of the test data's recordings, made smaller by an odd factor so that no grid of
their own is left, then saved once or twice with chroma at full or half size. The thresholds were
looked at on frames of four recordings (`LOOKED_AT`), which are left out here.
"""

from __future__ import annotations

import argparse
import collections
import io
import random
import sys
from pathlib import Path

import av
from PIL import Image

from firsthand.media.boxed.resaving import earlier_saving
from firsthand.media.kinds import KINDS
from firsthand.media.structure import LEAST_DISTANCE, LEAST_GAIN

sys.path.insert(0, str(Path(__file__).resolve().parent))
from figures import keep, upper_bound

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT = {"pattern-hd-no-bar.mp4", "doorknob-hd-no-bar.mp4", "fire2.mp4", "example2.mp4"}
SIDE = 480


def frames(folder: Path, rng: random.Random) -> list[Image.Image]:
    """Some frames of every recording large enough."""
    out = []
    for path in sorted(folder.rglob("*.*")):
        if path.suffix == ".csv" or path.name in LOOKED_AT:
            continue
        try:
            with av.open(str(path)) as container:
                for number, frame in enumerate(container.decode(video=0)):
                    if number % 29 == 5:
                        image = frame.to_image()
                        factor = rng.uniform(1.15, 1.7)
                        if min(image.size) / factor > SIDE / 2:
                            size = (round(image.width / factor), round(image.height / factor))
                            out.append(image.resize(size, Image.Resampling.LANCZOS))
                    if number > 300:
                        break
        except (av.error.FFmpegError, IndexError):
            continue
    return out


def seen(data: bytes) -> bool | None:
    told = earlier_saving(io.BytesIO(data), KINDS["JPEG"])
    if told is None:
        return None
    return told["gain"] >= LEAST_GAIN and told["distance"] >= LEAST_DISTANCE


def save(image: Image.Image, quality: int, sampling: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=sampling)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    pictures = frames(options.shared / "data/videos", rng)
    rng.shuffle(pictures)
    pictures = pictures[: options.pictures]
    once: collections.Counter[bool] = collections.Counter()
    twice: dict[str, collections.Counter[bool]] = collections.defaultdict(collections.Counter)
    for image in pictures:
        sampling, last, first = rng.choice((0, 2)), rng.randrange(60, 97), rng.randrange(40, 97)
        if (answer := seen(save(image, last, sampling))) is not None:
            once[answer] += 1
        again = Image.open(io.BytesIO(save(image, first, sampling))).convert("RGB")
        if (answer := seen(save(again, last, sampling))) is not None:
            apart = last - first
            name = (
                "finer or alike" if apart < 5 else "5 to 14 coarser" if apart < 15 else "15 or more"
            )
            twice[name][answer] += 1
    rows = [
        f"| first saving {name} | {told[True]} of {told[True] + told[False]} |"
        for name, told in sorted(twice.items(), reverse=True)
    ]
    count = once[True] + once[False]
    bound = f" (so below {upper_bound(count):.1%} at 95 %)" if not once[True] else ""
    text = f"""
### An earlier saving as JPEG

{len(pictures)} pictures (seed {options.seed}), qualities drawn at random. Saved once: imagined in
{once[True]} of {count}{bound}. Saved twice, told as such:

| | |
|---|---|
{chr(10).join(rows)}
"""
    print(text)
    if options.write:
        keep("resaving", text)


if __name__ == "__main__":
    main()
