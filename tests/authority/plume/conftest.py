"""Frames of the shared clips, as the sandboxed sampler gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from firsthand.media.boxed.sampling import sample


@pytest.fixture(scope="session")
def frames_of(shared: Path) -> Callable[[str], tuple[list[np.ndarray], list[float], int]]:
    """`frames_of("d1.mp4")`: frames, their times and the full width. The files are our own."""
    kept: dict[str, tuple[list[np.ndarray], list[float], int]] = {}

    def read(name: str) -> tuple[list[np.ndarray], list[float], int]:
        if name not in kept:
            with (shared / "data" / "plume" / name).open("rb") as file:
                data, blobs = sample(
                    file,
                    {"suffix": Path(name).suffix, "rate_hz": "5", "width": 640, "height": 960},
                )
            shape = (len(data["t_s"]), data["height_px"], data["width_px"], 3)
            frames = np.frombuffer(blobs["frames"], np.uint8).reshape(shape)
            kept[name] = (list(frames), data["t_s"], data["full_width_px"])
        return kept[name]

    return read
