"""Marks for tests that need something of the system: they skip by name, or fail in CI."""

from __future__ import annotations

import os

import pytest

__all__ = ["needs_pango"]


def _pango() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


needs_pango = pytest.mark.skipif(
    os.environ.get("FIRSTHAND_NO_SKIP") != "1" and not _pango(),
    reason="needs WeasyPrint and Pango (see packages.debian)",
)
