"""Results of the studies here, kept side by side, and their section of docs/accuracy.md."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
ORDER = ("hostile", "mutations", "speed", "cuts", "resaving", "fuzz")


def keep(study: str, markdown: str) -> None:
    """Keep one study's text and write the whole section anew."""
    sys.path.insert(0, str(HERE.parent))
    from report import write_section

    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results[study] = markdown.strip()
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    parts = [results[name] for name in ORDER if name in results]
    write_section("inspect", "## What a file can tell\n\n" + "\n\n".join(parts))


def upper_bound(n: int) -> float:
    """The 95 % bound on a rate of which 0 of n was seen (Clopper-Pearson)."""
    return 1 - 0.05 ** (1 / n)
