"""Photographs and frames as queries: is a still found among videos, and among photographs?

Writes stills.json beside the other answers; section.py tells of it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import cv2
import make
import numpy as np
from run import contents, lists
from sources import SHARED

from firsthand.archive.intake import fingerprint_of, take_in
from firsthand.archive.match import Match
from firsthand.archive.search import search
from firsthand.archive.store import Archive
from firsthand.errors import FirsthandError
from firsthand.sandbox import Box

PHOTOS, LEAST_SIDE = 15, 300


def _crop(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    return picture[
        round(0.1 * height) : round(0.8 * height), round(0.2 * width) : round(0.9 * width)
    ]


def _small(picture: np.ndarray) -> np.ndarray:
    scale = 240 / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _banner(picture: np.ndarray) -> np.ndarray:
    out = picture.copy()
    out[round(0.84 * len(out)) :] = (140, 40, 20)
    return out


CHANGES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "compression (JPEG 40)": lambda picture: picture,
    "240 pixels": _small,
    "crop to 70 %": _crop,
    "flip": lambda picture: picture[:, ::-1],
    "banner": _banner,
    "darker": lambda picture: (picture * 0.6).astype(np.uint8),
}


def found(archive: Archive, box: Box, path: Path) -> tuple[Match, ...]:
    parts, sha256 = [], ""
    for stretch, _, _, sha256 in fingerprint_of(path, box):  # noqa: B007
        parts.append(stretch)
    return search(archive, parts, sha256).answer.matches


def main() -> None:
    rows = lists("test")
    held = contents("test", rows)
    counts = {name: {"frames": [0, 0], "photos": [0, 0]} for name in CHANGES}
    unrelated = same = 0
    with tempfile.TemporaryDirectory() as name, Box() as box:
        asked = Path(name) / "asked.jpg"
        with Archive(make.CACHE / "archive-test") as archive:
            for path, told in held.items():
                if told["kind"] != "reference":
                    continue
                frames, _ = make.read(Path(path), 0, 60)
                for change, apply in CHANGES.items():
                    picture = np.ascontiguousarray(apply(frames[len(frames) // 2][..., ::-1]))
                    cv2.imwrite(str(asked), picture, [cv2.IMWRITE_JPEG_QUALITY, 40])
                    matches = found(archive, box, asked)
                    likely = [match for match in matches if match.verdict == "likely_same"]
                    same += sum(match.verdict == "same_recording" for match in matches)
                    hit = any(held[m.path].get("source") == told["source"] for m in likely)
                    unrelated += sum(held[m.path]["kind"] == "distractor" for m in likely)
                    counts[change]["frames"][0] += hit
                    counts[change]["frames"][1] += 1
        with Archive(Path(name) / "archive", create=True) as archive:
            photos = sorted(
                path
                for path in (SHARED / "data").rglob("*")
                if path.suffix.lower() in {".jpg", ".jpeg", ".png"} and "hostile" not in path.parts
            )
            take_in(archive, photos, box, lambda: datetime.now(UTC))
            items = {Path(path) for item in archive.items() for path in item.paths}
            pictures = {
                path: picture
                for path in photos
                if path in items
                and (picture := cv2.imread(str(path))) is not None
                and min(picture.shape[:2]) >= LEAST_SIDE
            }
            chosen = list(pictures)[:: max(len(pictures) // PHOTOS, 1)][:PHOTOS]
            for path in chosen:
                for change, apply in CHANGES.items():
                    picture = np.ascontiguousarray(apply(pictures[path]))
                    cv2.imwrite(str(asked), picture, [cv2.IMWRITE_JPEG_QUALITY, 40])
                    counts[change]["photos"][1] += 1
                    try:
                        matches = found(archive, box, asked)
                    except FirsthandError:
                        continue
                    same += sum(match.verdict == "same_recording" for match in matches)
                    counts[change]["photos"][0] += any(
                        match.verdict == "likely_same" and str(path) in match.paths
                        for match in matches
                    )
    out = {
        "photos": len(chosen), "others": len(items) - len(chosen), "changes": counts,
        "unrelated": unrelated, "called the same": same,
    }  # fmt: skip
    (make.CACHE / "stills.json").write_text(json.dumps(out))
    print(out)


if __name__ == "__main__":
    main()
