"""Export as one act of a child that may be killed, and the look at what it acknowledged."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.custody.desk import desk

from firsthand.case import Case, KeyRing, audit
from firsthand.case.export import export_case


def export_once(case: Case, _ring: KeyRing, number: int) -> str:
    """Export the case beside itself; the bag's path."""
    out = case.path.parent / f"bag-{number}"
    export_case(case, out, desk(seed=f"export/{number}"))
    return str(out)


def bag_holds(path: Path) -> bool:
    """Whether an acknowledged bag is there and whole."""
    return path.is_dir() and audit(path).ok


def sweep(place: Path) -> None:
    """Remove the bags beside a case, whole or half."""
    for bag in (*place.parent.glob("bag-*"), *place.parent.glob(".bag-*.part")):
        shutil.rmtree(bag)
