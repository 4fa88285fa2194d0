"""Borders, hashes and features of single pictures."""

from __future__ import annotations

import cv2
import numpy as np
from tests.archive_fixtures import scene

from firsthand.archive.picture import borders, hash_of, inside, local_features


def _greys() -> list[np.ndarray]:
    return [np.ascontiguousarray(frame[..., 1]) for frame in scene(11, frames=4)]


def test_a_picture_without_bars_keeps_its_edges() -> None:
    assert borders(_greys()) == (0, 0, 320, 180)


def test_black_bars_are_found_to_the_pixel() -> None:
    barred = [np.pad(grey, ((30, 30), (0, 0))) for grey in _greys()]
    left, top, right, bottom = borders(barred)
    assert (left, right) == (0, 320)
    assert abs(top - 30) <= 1
    assert abs(bottom - 210) <= 1


def test_blurred_padding_is_a_border_too() -> None:
    padded = []
    for grey in _greys():
        ground = cv2.GaussianBlur(cv2.resize(grey, (320, 320)), (0, 0), 20)
        ground[70:250] = grey
        padded.append(ground)
    _, top, _, bottom = borders(padded)
    assert abs(top - 70) <= 4
    assert abs(bottom - 250) <= 4


def test_the_hash_survives_compression_and_tells_scenes_apart() -> None:
    grey = _greys()[0]
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 30])
    again = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    here, there = hash_of(grey)[0], hash_of(again)[0]
    other = hash_of(np.ascontiguousarray(scene(12, frames=1)[0][..., 1]))[0]
    assert np.bitwise_count(here ^ there).sum() <= 31
    assert np.bitwise_count(here ^ other).sum() > 80


def test_a_flat_picture_has_no_features_and_no_quality() -> None:
    flat = np.full((90, 160), 128, np.uint8)
    points, descriptors = local_features(flat)
    assert points.shape == (0, 2)
    assert descriptors.shape == (0, 128)
    assert hash_of(flat)[1] == 0
    assert borders([flat]) == (0, 0, 160, 90)


def test_inside_takes_the_box() -> None:
    grey = _greys()[0]
    assert inside(grey, (10, 20, 50, 60)).shape == (40, 40)
