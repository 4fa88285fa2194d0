"""An earlier, coarser saving as JPEG, in pictures whose history is known."""

import io

import numpy as np
import pytest
from PIL import Image

from firsthand.media.boxed.resaving import earlier_saving
from firsthand.media.kinds import KINDS
from firsthand.media.structure import LEAST_DISTANCE, LEAST_GAIN, structure_from


def texture(seed=1, side=512):
    """Noise of every scale, as pictures have it."""
    rng = np.random.default_rng(seed)
    total = np.zeros((side, side))
    for scale in (4, 8, 16, 32, 64, 128):
        part = Image.fromarray(rng.normal(0, 1, (side // scale, side // scale)))
        total += np.asarray(part.resize((side, side), Image.Resampling.BICUBIC)) * scale**0.5
    return Image.fromarray(np.clip(128 + total * 8, 0, 255).astype(np.uint8)).convert("RGB")


def saved(image, *qualities):
    for quality in qualities:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        image = Image.open(io.BytesIO(out.getvalue())).convert("RGB")
    return io.BytesIO(out.getvalue())


def told(file):
    return earlier_saving(file, KINDS["JPEG"])


@pytest.mark.parametrize("quality", [60, 75, 85, 92, 98])
def test_saved_once(quality):
    assert told(saved(texture(), quality))["gain"] < LEAST_GAIN


@pytest.mark.parametrize(("first", "last"), [(50, 80), (60, 90), (70, 92), (60, 75)])
def test_saved_twice(first, last):
    found = told(saved(texture(), first, last))
    assert found["gain"] > LEAST_GAIN
    assert found["distance"] > LEAST_DISTANCE
    assert abs(found["quality"] - first) <= 2


def test_what_it_is_blind_to():
    assert told(saved(texture(), 95, 75))["gain"] < LEAST_GAIN  # finer before
    cut = Image.open(saved(texture(), 60)).crop((3, 5, 500, 500))
    assert told(saved(cut, 90))["gain"] < LEAST_GAIN  # another grid


def test_where_it_is_not_asked():
    assert told(saved(texture(side=128), 60, 90)) is None
    assert earlier_saving(io.BytesIO(b""), KINDS["PNG"]) is None
    assert told(io.BytesIO(b"\xff\xd8\xff\xe0broken")) is None
    flat = told(saved(Image.new("RGB", (512, 512), "grey"), 60, 90))
    assert flat["distance"] < LEAST_DISTANCE


def test_it_is_said_with_its_quality():
    walked = {"kind": "JPEG", "whole": True, "facts": {}, "pieces": [], "notes": [], "trailing": 0}
    resaved = structure_from(walked, {"quality": 60, "gain": 0.8, "distance": 5.0})
    assert "about quality 60" in str(resaved.earlier_saving.statement)
    once = structure_from(walked, {"quality": 60, "gain": 0.1, "distance": 5.0})
    assert once.earlier_saving is None
    assert structure_from(walked).earlier_saving is None
