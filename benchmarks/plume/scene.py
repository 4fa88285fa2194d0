"""The bench's own world and camera: 4 x 4 matrices, nothing shared with what is measured.

World: east, north, up in metres, the fire at the origin. Clip space as in OpenGL (camera looks
along -z). Pixels x right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

WIDTH, HEIGHT = 480, 270


def projection(hfov_deg: float) -> np.ndarray:
    """Perspective matrix of a horizontal field of view."""
    wide = 1 / np.tan(np.radians(hfov_deg) / 2)
    near, far = 1.0, 1e5
    return np.array([
        [wide, 0, 0, 0],
        [0, wide * WIDTH / HEIGHT, 0, 0],
        [0, 0, (far + near) / (near - far), 2 * far * near / (near - far)],
        [0, 0, -1, 0],
    ])  # fmt: skip


def _turn(axis: int, angle: float) -> np.ndarray:
    one, two = [(1, 2), (2, 0), (0, 1)][axis]
    matrix = np.eye(4)
    matrix[one, one] = matrix[two, two] = np.cos(angle)
    matrix[one, two], matrix[two, one] = -np.sin(angle), np.sin(angle)
    return matrix


def view(position: np.ndarray, yaw: float, pitch: float, roll: float) -> np.ndarray:
    """World to camera. Yaw clockwise from north, pitch up, roll clockwise, radians."""
    shift = np.eye(4)
    shift[:3, 3] = -position
    # North becomes -z, up becomes y.
    upright = np.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1.0]])
    return _turn(2, roll) @ _turn(0, -pitch) @ upright @ _turn(2, yaw) @ shift


@dataclass
class Camera:
    """Where the camera is at a time, and how it maps."""

    hfov_deg: float
    position: np.ndarray
    yaw: float
    pitch: float
    roll: float
    matrix: np.ndarray = field(init=False)
    inverse: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.matrix = projection(self.hfov_deg) @ view(
            self.position, self.yaw, self.pitch, self.roll
        )
        self.inverse = np.linalg.inv(self.matrix)

    def pixels(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pixels (n x 2) and clip w (distance along the axis) of world points (n x 3)."""
        points = np.atleast_2d(points)
        clip = np.c_[points, np.ones(len(points))] @ self.matrix.T
        w = clip[:, 3]
        safe = np.where(np.abs(w) < 1e-9, 1e-9, w)
        x = (clip[:, 0] / safe + 1) / 2 * WIDTH
        y = (1 - clip[:, 1] / safe) / 2 * HEIGHT
        return np.c_[x, y], w

    def directions(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Unit world directions of pixels, (..., 3): through the near and the far plane."""
        ndc_x, ndc_y = 2 * x / WIDTH - 1, 1 - 2 * y / HEIGHT
        ones = np.ones_like(ndc_x)
        near = np.stack([ndc_x, ndc_y, -ones, ones], -1) @ self.inverse.T
        far = np.stack([ndc_x, ndc_y, ones, ones], -1) @ self.inverse.T
        way = far[..., :3] / far[..., 3:] - near[..., :3] / near[..., 3:]
        return way / np.linalg.norm(way, axis=-1, keepdims=True)

    def grid(self) -> np.ndarray:
        """`directions` of every pixel, float32: both planes map pixels linearly."""
        corners = np.array([[0.0, 0], [WIDTH, 0], [0, HEIGHT]])
        ndc = np.c_[2 * corners[:, 0] / WIDTH - 1, 1 - 2 * corners[:, 1] / HEIGHT]
        ends = []
        for depth in (-1.0, 1.0):
            clip = np.c_[ndc, np.full(3, depth), np.ones(3)] @ self.inverse.T
            ends.append(clip[:, :3] / clip[:, 3:])
        first, across, down = ends[1] - ends[0]
        x = ((np.arange(WIDTH) + 0.5) / WIDTH)[None, :, None]
        y = ((np.arange(HEIGHT) + 0.5) / HEIGHT)[:, None, None]
        way = (first + x * (across - first) + y * (down - first)).astype(np.float32)
        return way / np.sqrt(np.einsum("ijk,ijk->ij", way, way))[..., None]
