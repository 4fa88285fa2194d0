"""Learn the words of `firsthand.archive.words` from the tuning sources, and write codebook.bin.

k-means on each half of the RootSIFT descriptors (k-means++ with a fixed seed); thresholds are the
medians of the projected descriptors. Run: python benchmarks/archive/codebook.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from firsthand.archive.intake import fingerprint_of
from firsthand.archive.words import CENTRES, HALF, projection
from firsthand.sandbox import Box

sys.path.insert(0, str(Path(__file__).parent))
from sources import REPO, available

MOST_A_SOURCE = 12_000
SEED = 7


def descriptors() -> np.ndarray:
    picked = []
    random = np.random.default_rng(SEED)
    with Box() as box:
        for source in available("tune"):
            found = []
            for stretch, *_ in fingerprint_of(source.path, box):
                found += [stretch.features(at)[1] for at in range(len(stretch.feature_at))]
            every = np.concatenate(found)
            picked.append(every[random.permutation(len(every))[:MOST_A_SOURCE]])
    return np.concatenate(picked).astype(np.float32)


def main() -> None:
    values = descriptors()
    cv2.setRNGSeed(SEED)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 25, 0.1)
    halves = []
    for half in range(2):
        part = np.ascontiguousarray(values[:, half * HALF : (half + 1) * HALF])
        _, _, centres = cv2.kmeans(part, CENTRES, None, stop, 1, cv2.KMEANS_PP_CENTERS)
        halves.append(np.clip(np.round(centres), 0, 255).astype(np.uint8))
    thresholds = np.median(values @ projection(), axis=0).astype("<f4")
    out = REPO / "src" / "firsthand" / "archive" / "codebook.bin"
    out.write_bytes(np.stack(halves).tobytes() + thresholds.tobytes())
    print(f"{len(values)} descriptors, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
