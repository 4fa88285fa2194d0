"""The same queries and archive by vPDQ's rule and by pHash, at full resolution, 1 frame a second.

vPDQ (https://github.com/facebook/ThreatExchange/tree/main/vpdq): PDQ of a frame a second, of
quality 50 or more, a frame matches within 31 bits, the score is the share of the query's frames
that match.
pHash: 64-bit DCT hash of a frame a second, within 10 bits. Neither flips nor aligns.

python peers.py tune|test writes answers-<half>-vpdq-0.jsonl and answers-<half>-phash-0.jsonl.
"""

from __future__ import annotations

import argparse
import json

import av
import cv2
import make
import numpy as np
import pdqhash
from run import asking, contents, lists

QUALITY, PDQ_BITS, PHASH_BITS = 50, 31, 10


def frames(path: str) -> list[np.ndarray]:
    with av.open(path) as container:
        out, due = [], 0.0
        for frame in container.decode(video=0):
            if frame.time is None or frame.time + 1e-6 < due:
                continue
            out.append(frame.to_ndarray(format="rgb24"))
            due += 1.0
        return out


def pdq(picture: np.ndarray) -> np.ndarray | None:
    bits, quality = pdqhash.compute(picture)
    return np.packbits(bits.astype(bool)) if quality >= QUALITY else None


def phash(picture: np.ndarray) -> np.ndarray:
    small = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (32, 32)).astype(np.float32)
    low = cv2.dct(small)[:8, :8]
    return np.packbits((low > np.median(low)).ravel())


def described(path: str) -> dict[str, np.ndarray]:
    pictures = frames(path)
    strong = [bits for bits in map(pdq, pictures) if bits is not None]
    return {
        "vpdq": np.array(strong, np.uint8).reshape(-1, 32),
        "phash": np.array([phash(picture) for picture in pictures], np.uint8).reshape(-1, 8),
    }


def score(query: np.ndarray, item: np.ndarray, bits: int) -> float:
    if not len(query) or not len(item):
        return 0.0
    apart = np.bitwise_count(query[:, None] ^ item[None]).sum(-1).min(1)
    return float((apart <= bits).mean())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("half", choices=["tune", "test"])
    parser.add_argument("--rounds", type=int, default=1000, help="stop after so many")
    asked = parser.parse_args()
    rows = lists(asked.half)
    held = contents(asked.half, rows)
    items = {path: described(path) for path in held}
    out = {
        name: (make.CACHE / f"answers-{asked.half}-{name}-0.jsonl").open("w")
        for name in ("vpdq", "phash")
    }
    for name, path, told in asking(asked, rows, held):
        mine = described(str(path))
        for kind, bits in (("vpdq", PDQ_BITS), ("phash", PHASH_BITS)):
            matches = [
                {"path": other, "item": held[other], "same_file": other == str(path),
                 "score": value, "cells": 0, "verdict": "cannot_tell", "false_alarms": 0.0}
                for other, row in items.items()
                if (value := score(mine[kind], row[kind], bits)) > 0
            ]  # fmt: skip
            out[kind].write(json.dumps({"id": name, "query": told, "matches": matches}) + "\n")
    for file in out.values():
        file.close()


if __name__ == "__main__":
    main()
