"""How fast: 720p sampled at 5 frames a second, decoding included, beside GrabCut on every frame.

Processor time on one core, so that what else the machine does counts for little. A 720p clip is
made from the bench's renderer. Writes speed.json beside this file.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import av
import cases
import cv2
import numpy as np
from run import given_of

from firsthand.measure.plume.find import pieces_of
from firsthand.measure.plume.measure import measure_frames
from firsthand.measure.plume.motion import follow
from firsthand.measure.plume.segment import look
from firsthand.media.boxed.sampling import sample

cv2.setNumThreads(1)
Timed = Callable[..., Any]
SIZE, FPS, SEEDS = (1280, 720), 30, (300_000, 300_002, 300_008)


def _clip(seed: int) -> tuple[io.BytesIO, cases.Case]:
    case = cases.smoke_case(seed)
    rng = np.random.default_rng(seed)
    store = io.BytesIO()
    with av.open(store, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.options = {"crf": "23", "preset": "veryfast"}
        for frame in case.frames:
            large = cv2.resize(frame, SIZE, interpolation=cv2.INTER_CUBIC)
            for _ in range(FPS // cases.FPS):
                # A camera's noise: repeated frames would decode in no time.
                noise = rng.integers(-4, 5, large.shape, dtype=np.int16)
                noisy = np.clip(large + noise, 0, 255).astype(np.uint8)
                out.mux(stream.encode(av.VideoFrame.from_ndarray(noisy, format="rgb24")))
        out.mux(stream.encode())
    store.seek(0)
    return store, case


def _grabcut(frames: list[np.ndarray]) -> None:
    height, width = frames[0].shape[:2]
    for frame in frames:
        marks = np.zeros((height, width), np.uint8)
        box = (width // 4, height // 12, width // 2, height // 2)
        cv2.grabCut(
            frame, marks, box, np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_RECT
        )


def _one(store: io.BytesIO, case: cases.Case, timed: Timed) -> None:
    args = {"suffix": ".mp4", "rate_hz": str(Fraction(cases.FPS)), "width": 640, "height": 960}
    data, blobs = timed("decode and scale", sample, store, args)
    shape = (len(data["t_s"]), data["height_px"], data["width_px"], 3)
    frames = list(np.frombuffer(blobs["frames"], np.uint8).reshape(shape))
    told = {k: v for k, v in case.inputs.items() if k not in {"base", "box", "reference"}}
    timed("measure, whole", measure_frames, frames, data["t_s"], given_of(told))
    scenes = timed("  of it: horizon and sky", lambda: [look(one) for one in frames])
    pieces = timed("  of it: candidates", pieces_of, scenes)
    masks = [
        each[0].mask if each else np.zeros_like(scene.above)
        for each, scene in zip(pieces, scenes, strict=True)
    ]
    timed("  of it: camera motion", follow, scenes, masks)
    timed("baseline: GrabCut on every frame", _grabcut, frames)


def main() -> None:
    """Time it, print it, keep it."""
    spent: dict[str, float] = {}
    seconds = 0.0

    def timed(name: str, work: Callable[..., Any], *args: Any) -> Any:
        start = time.process_time()
        result = work(*args)
        spent[name] = spent.get(name, 0.0) + time.process_time() - start
        return result

    for seed in SEEDS:
        store, case = _clip(seed)
        seconds += len(case.frames) / cases.FPS
        _one(store, case, timed)
    ours = spent["decode and scale"] + spent["measure, whole"]
    plain = spent["decode and scale"] + spent["baseline: GrabCut on every frame"]
    told = {
        "clip": f"{len(SEEDS)} clips, {SIZE[0]} x {SIZE[1]} at {FPS} a second, "
        f"sampled at {cases.FPS}",
        "times_real_time": seconds / ours,
        "grabcut_times_real_time": seconds / plain,
        "stages_s_per_clip_s": {name: value / seconds for name, value in spent.items()},
    }
    Path(__file__).with_name("speed.json").write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
