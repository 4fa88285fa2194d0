"""What is in a case, as a table for spreadsheets."""

from __future__ import annotations

from firsthand.cli.options import CaseDir
from firsthand.cli.out import say

__all__ = ["inventory"]


def inventory(directory: CaseDir) -> None:
    r"""Every item of a case as CSV: names, sizes, hashes, when and how it came in.

    No cell can run as a formula, hide or reorder: one that might has an apostrophe before it,
    backslashes are doubled, and characters that do not show are written \u{hex}.
    """
    from firsthand.app.inventory import inventory_csv

    say(inventory_csv(directory).removesuffix("\n"))
