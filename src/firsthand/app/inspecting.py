"""What one file says of itself; nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.media import examine
from firsthand.sandbox import Box

__all__ = ["inspect_one"]


def inspect_one(path: Path, *, unsandboxed: bool = False) -> dict[str, Any]:
    """Metadata, streams and warnings of a clip or still.

    Raises:
        NoSuchThing: there is no such file.
        UnreadableMedia: it was refused or is broken.
    """
    with Box(unsandboxed=unsandboxed) as box:
        found = examine(path, box)
    media = found.media
    return {
        "sha256": media.sha256,
        "kind": media.kind,
        "sandbox": media.sandbox,
        "media": media.plain(),
        "metadata": found.metadata.plain(),
        "frames": [frame.plain() for frame in found.frames],
        "warnings": list(found.warnings),
    }
