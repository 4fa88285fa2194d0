"""Prove a case whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.case import audit

__all__ = ["audit_case"]


def audit_case(directory: Path) -> dict[str, Any]:
    """Every line, payload and object checked; each failure named, to the end."""
    return audit(directory).plain()
