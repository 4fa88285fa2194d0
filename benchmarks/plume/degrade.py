"""What phones and messengers do to pictures: rolling shutter, lens, noise, H.264."""

from __future__ import annotations

import io

import av
import cv2
import numpy as np
from scene import HEIGHT, WIDTH

READOUT_S = 0.025


def rolling(frame: np.ndarray, px_s: tuple[float, float]) -> np.ndarray:
    """Rows read later have moved on by the camera's turning, in pixels a second."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    late = (y / HEIGHT - 0.5) * READOUT_S
    return cv2.remap(
        frame, x - late * px_s[0], y - late * px_s[1], cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def lens(frame: np.ndarray, k: float) -> np.ndarray:
    """Radial distortion: r' = r (1 + k r^2), r in half widths."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    u, v = (x - WIDTH / 2) / (WIDTH / 2), (y - HEIGHT / 2) / (WIDTH / 2)
    gain = 1 + k * (u * u + v * v)
    return cv2.remap(
        frame, u * gain * WIDTH / 2 + WIDTH / 2, v * gain * WIDTH / 2 + HEIGHT / 2,
        cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def grain(frame: np.ndarray, sd: float, rng: np.random.Generator) -> np.ndarray:
    """Sensor noise."""
    noise = cv2.GaussianBlur(rng.standard_normal(frame.shape, dtype=np.float32), (3, 3), 0.6)
    return np.clip(frame + noise * sd * 1.6, 0, 255).astype(np.uint8)


def coded(frames: list[np.ndarray], fps: int, crf: int) -> list[np.ndarray]:
    """Through H.264 and back."""
    store = io.BytesIO()
    with av.open(store, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"crf": str(crf), "preset": "veryfast", "threads": "1"}
        for frame in frames:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        out.mux(stream.encode())
    store.seek(0)
    with av.open(store) as back:
        return [frame.to_ndarray(format="rgb24") for frame in back.decode(video=0)]
