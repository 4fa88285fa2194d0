"""What one file says of itself; nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.app.trust import load_trust
from firsthand.media.inspection import inspect_file
from firsthand.sandbox import Box

__all__ = ["inspect_one"]


def inspect_one(
    path: Path,
    *,
    roots: Path | None = None,
    purposes: Path | None = None,
    unsandboxed: bool = False,
) -> dict[str, Any]:
    """Metadata, contradictions, Content Credentials, structure, continuity and warnings.

    Raises:
        NoSuchThing: there is no such file.
        UnreadableMedia: it is no media, or was refused.
        InputError: the trusted roots cannot be read.
    """
    trust = load_trust(roots, purposes)
    with Box(unsandboxed=unsandboxed) as box:
        return inspect_file(path, box, trust=trust).plain()
