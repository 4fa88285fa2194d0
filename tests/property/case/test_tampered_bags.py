"""Law: whatever is changed in a bag is found, by the audit and by a stranger's shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.custody.mutations import run


def test_the_audit_catches_every_change_and_the_shell_agrees(
    needs_tool: Callable[..., Path],
) -> None:
    needs_tool("openssl")
    result = run(240, 16, seed=11)
    assert result.missed == []
    assert result.disagreed == []
    assert sum(score.caught for score in result.strata.values()) == 240
    assert result.strata["made anew"].without == 0
