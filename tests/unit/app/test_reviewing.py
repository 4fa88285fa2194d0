"""A person's edits: dates with one end or none, and no time that ends before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.app.intake import new_case
from firsthand.app.reviewing import open_readings, review
from firsthand.errors import InputError


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewing")
    text = folder / "report.txt"
    text.write_text(
        "Smoke over depot\nPublished: 4 May 2021\n"
        "In April 2021, rockets hit the depot. The depot is large."
    )
    new_case(folder / "case", reports=[text], media=[])
    return folder / "case"


def edited(case: Path, *edits: str) -> dict[str, str]:
    done = review(case, accept=[], reject=[], edit=edits, why="", actor="x")
    (claim,) = done["reviewed_now"]
    return {name: claim["when"][name] for name in ("earliest", "latest", "grain", "rule")}


def test_bounds_of_a_time(case: Path) -> None:
    claims = open_readings(case)["open"]
    (dated,) = [one["id"] for one in claims if "rockets" in one["proposition"]]
    bare = next(one["id"] for one in claims if one["when"] is None)
    assert edited(case, f"{dated}:latest=unknown") == {
        "earliest": "2021-04", "latest": None, "grain": "month", "rule": "set by a person",
    }  # fmt: skip
    assert edited(case, f"{dated}:earliest=2021-04-02", f"{dated}:latest=2021-04-03") == {
        "earliest": "2021-04-02", "latest": "2021-04-03", "grain": "day", "rule": "set by a person",
    }  # fmt: skip
    assert edited(case, f"{bare}:earliest=2021-22")["grain"] == "season"
    for wrong in ("earliest=soon", "earliest=2021-13", "earliest=2021-05", "latest=1999"):
        with pytest.raises(InputError):
            edited(case, f"{dated}:{wrong}")
