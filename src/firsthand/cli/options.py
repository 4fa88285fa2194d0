"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Actor", "AsJson", "CaseDir", "Unsandboxed"]

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
CaseDir = Annotated[Path, typer.Argument(metavar="DIR", help="The case folder.")]
Actor = Annotated[
    str,
    typer.Option(
        "--actor",
        envvar="FIRSTHAND_ACTOR",
        help="Who does this; kept as a withholdable payload, never in the log's lines.",
    ),
]
Unsandboxed = Annotated[
    bool,
    typer.Option(
        "--unsandboxed",
        help="Decode without a sandbox where the machine has none. Loud, logged, and unwise.",
    ),
]
