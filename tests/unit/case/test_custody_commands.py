"""`firsthand case export | import | hide | encrypt | destroy | hold`, as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.custody.desk import small_case
from typer.testing import CliRunner

from firsthand.cli.main import app
from firsthand.errors import FirsthandError

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    small_case(tmp_path / "case")
    runner = CliRunner(env={"FIRSTHAND_KEYS": str(tmp_path / "keys"), "FIRSTHAND_ACTOR": "Mona"})

    def run(*words: object, fails: bool = False) -> Any:
        done = runner.invoke(app, ["case", *map(str, words), "--json"])
        if fails:
            assert isinstance(done.exception, FirsthandError | SystemExit)
            return str(done.exception)
        assert done.exception is None, done.exception
        return json.loads(done.stdout)

    return run


def test_hand_over_and_take_in(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case"
    done = run("export", case, tmp_path / "bag")
    assert (done["kind"], done["withheld"]) == ("whole", [])
    assert run("audit", tmp_path / "bag")["ok"]
    taken = run("import", tmp_path / "bag", tmp_path / "in")
    assert (taken["items"], taken["withheld"]) == (3, 0)
    assert "exists" in run("export", case, tmp_path / "bag", fails=True)


def test_redacted_and_who_takes_it_in_gets_a_new_id(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("hide", case, "item-0002", "--public", "--why", "published")["new"] == ["item-0002"]
    assert run("hide", case)["releases"] == {"item-0002": "public"}
    done = run("export", case, tmp_path / "bag", "--redacted")
    assert done["kind"] == "redacted"
    taken = run("import", tmp_path / "bag", tmp_path / "in")
    assert taken["items"] == 1
    last = json.loads((tmp_path / "in/log.jsonl").read_bytes().splitlines()[-1])
    assert (last["kind"], last["actor"]) == ("import.received", "a3")
    assert run("audit", tmp_path / "in")["ok"]


def test_encrypt_hold_and_destroy(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("encrypt", case, 6)["payload"] == "000006.sensitive"
    assert run("hold", case, "--why", "a court asked")["on_hold"]
    assert "legal hold" in run("destroy", case, 6, "--why", "asked", fails=True)
    assert run("hold", case, "--lift", "--why", "over")["new"]
    run("destroy", case, 6, "--why", "asked")
    audited = run("audit", case)
    assert audited["ok"]
    assert audited["withheld"] == ["payloads/000006.sensitive.json: destroyed"]
