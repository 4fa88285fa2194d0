"""Word lists as they are read best: words with spaces between them."""

from __future__ import annotations

__all__ = ["words"]


def words(*lists: str) -> frozenset[str]:
    """The words of one or more lists."""
    return frozenset(word for each in lists for word in each.split())
