"""`firsthand case seal` and what `case audit` takes from elsewhere, as typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.custody.desk import small_case
from benchmarks.custody.tsa import Tsa
from typer.testing import CliRunner

from firsthand.cli.main import app
from firsthand.errors import FirsthandError


@pytest.fixture(scope="module")
def tsa(needs_tool: Callable[..., Path]) -> Iterator[Tsa]:
    needs_tool("openssl")
    with Tsa() as running:
        yield running


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    small_case(tmp_path / "case")
    monkeypatch.delenv("FIRSTHAND_PASSPHRASE", raising=False)
    runner = CliRunner(env={"FIRSTHAND_KEYS": str(tmp_path / "keys")})

    def run(command: str, *arguments: object, fails: bool = False) -> Any:
        words = ["case", command, str(tmp_path / "case"), *map(str, arguments), "--json"]
        done = runner.invoke(app, words)
        if fails:
            assert isinstance(done.exception, FirsthandError | SystemExit)
            return done
        assert done.exception is None, done.exception
        return json.loads(done.stdout)

    return run


def test_seal_print_and_hold_against(run: Callable[..., Any], tmp_path: Path) -> None:
    text, qr = tmp_path / "checkpoint.txt", tmp_path / "checkpoint.svg"
    done = run("seal", "--checkpoint", text, "--qr", qr)
    assert done["new"]
    assert done["checkpoint"] == text.read_text()
    assert qr.read_text().startswith("<svg")
    audited = run("audit", "--checkpoint", text)
    assert audited["ok"]
    assert audited["seals"][0]["holds"]
    assert audited["limits"] == []
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/desk.txt").write_text("0" * 64)
    refused = run("audit", "--trust", tmp_path / "trust", fails=True)
    assert refused.exit_code == 1
    assert [p["code"] for p in json.loads(refused.stdout)["problems"]] == ["unknown_key"]


def test_a_stamp_is_asked_for_and_waits_if_told_to(
    run: Callable[..., Any], tmp_path: Path, tsa: Tsa
) -> None:
    (tmp_path / "root.pem").write_bytes(tsa.roots)
    root = ("--tsa", tsa.url(), "--tsa-root", tmp_path / "root.pem")
    waiting = run("seal", *root, "--no-send")
    assert [stamp["waiting"] for stamp in waiting["stamps"]] == [True]
    sent = run("seal", "--send")
    assert [stamp["waiting"] for stamp in sent["stamps"]] == [False]
    assert run("audit")["seals"][0]["stamps"][0]["state"] == "verified"


def test_a_locked_key_is_never_asked_for_without_a_terminal(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "locked" in str(run("seal", "--lock-key", fails=True).exception)
    monkeypatch.setenv("FIRSTHAND_PASSPHRASE", "secret")
    assert run("seal", "--lock-key")["new"]
    monkeypatch.delenv("FIRSTHAND_PASSPHRASE")
    assert "locked" in str(run("seal", fails=True).exception)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--tsa", "http://tsa.invalid/"),
        ("--tsa", "http://tsa.invalid/", "--tsa-root", "/nowhere"),
        ("--checkpoint", "{case}/checkpoint.txt"),
        ("--qr", "{case}/deep/checkpoint.svg"),
    ],
)
def test_bad_usage_seals_nothing(
    run: Callable[..., Any], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    given = [word.format(case=tmp_path / "case") for word in arguments]
    assert isinstance(run("seal", *given, fails=True).exception, FirsthandError)
    assert run("audit")["seals"] == []


def test_a_checkpoint_that_is_none_is_said(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "x").write_text("nonsense")
    assert "cannot be read" in str(
        run("audit", "--checkpoint", tmp_path / "x", fails=True).exception
    )
    assert "cannot be read" in str(
        run("audit", "--checkpoint", tmp_path / "y", fails=True).exception
    )
