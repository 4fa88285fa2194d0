"""Reading a report inside the sandbox: a page from a stranger is strange bytes too."""

from __future__ import annotations

from typing import Any, BinaryIO

from firsthand.errors import UnreadableReport
from firsthand.report.reading import read_report

__all__ = ["MAX_REPORT_BYTES", "read"]

MAX_REPORT_BYTES = 16 * 1024 * 1024
"""A saved page with its pictures inlined; a report's own text is a thousand times smaller."""


def read(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The reading as plain data; `args["report_id"]` names the report.

    Raises:
        UnreadableReport: it is no report.
    """
    pieces: list[bytes] = []
    left = MAX_REPORT_BYTES + 1
    while left > 0 and (piece := file.read(left)):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise UnreadableReport(
            f"This report is longer than {MAX_REPORT_BYTES // 2**20} MB.",
            "Save the page as text, or as HTML without its pictures.",
        )
    return read_report(b"".join(pieces), report_id=str(args["report_id"])).plain(), {}
