"""What is in a case, as a table for spreadsheets."""

from __future__ import annotations

from firsthand.cli.options import AsJson, CaseDir
from firsthand.cli.out import emit, say

__all__ = ["inventory"]


def inventory(directory: CaseDir, as_json: AsJson = False) -> None:
    r"""Every item of a case as CSV: names, sizes, hashes, when and how it came in.

    No cell can run as a formula, hide or reorder: one that might has an apostrophe before it,
    backslashes are doubled, and characters that do not show are written \u{hex}.
    """
    from firsthand.app import inventory as table

    rows = table.inventory(directory)
    emit({"items": rows}) if as_json else say(table.inventory_csv(rows).removesuffix("\n"))
