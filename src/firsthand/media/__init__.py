"""What was filmed: safe examination of footage.

`examine` looks at one file in the sandbox: frames with exact time stamps, upright; metadata with
where each field was read; light; warnings. Names load when they are first used, because the boxed
children import this package too and should not carry what only the parent needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from firsthand.media.credentials import Trust
    from firsthand.media.examination import examine
    from firsthand.media.inspection import Inspection, inspect_file, inspect_with_pictures
    from firsthand.media.metadata import FileMetadata
    from firsthand.media.parts import ContactSheet, Examination, Findings, Frame, Luma

__all__ = [
    "ContactSheet",
    "Examination",
    "FileMetadata",
    "Findings",
    "Frame",
    "Inspection",
    "Luma",
    "Trust",
    "examine",
    "inspect_file",
    "inspect_with_pictures",
]

_HOMES = {
    "ContactSheet": "parts",
    "Examination": "parts",
    "FileMetadata": "metadata",
    "Findings": "parts",
    "Frame": "parts",
    "Inspection": "inspection",
    "Luma": "parts",
    "Trust": "credentials",
    "examine": "examination",
    "inspect_file": "inspection",
    "inspect_with_pictures": "inspection",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"firsthand.media.{_HOMES[name]}"), name)
