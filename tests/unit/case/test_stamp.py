"""Time stamps, from a real authority on loopback and from the field: each gets its verdict."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
import pytest
from benchmarks.custody.authority import make
from benchmarks.custody.tokens import HELLO, STAMPED, TOKENS
from benchmarks.custody.tsa import FAULTS, Tsa
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from firsthand.case.der import time_stamp_request
from firsthand.case.stamp import StampCheck, Verdict, check_stamp, stamp_time
from firsthand.case.tsa import Authority, NoReply, http_send
from firsthand.errors import InputError

IMPRINT = hashlib.sha256(b"a checkpoint").digest()
NONCE = 2**127 + 12345
QUERY = time_stamp_request(IMPRINT, NONCE)


@pytest.fixture(scope="module")
def tsa(needs_tool: Callable[..., Path]) -> Iterator[Tsa]:
    needs_tool("openssl")
    with Tsa() as running:
        yield running


def _check(reply: bytes, roots: bytes, query: bytes = QUERY) -> StampCheck:
    return check_stamp(reply, IMPRINT, roots, query=query, nonce=NONCE)


def test_the_request_is_what_the_library_would_write() -> None:
    built = TimestampRequestBuilder(
        data=b"a checkpoint", hash_algorithm=HashAlgorithm.SHA256, nonce=True
    ).build()
    assert time_stamp_request(IMPRINT, built.nonce or 0) == built.as_bytes()


@pytest.mark.parametrize("bad", [(b"short", 1), (IMPRINT, 0), (IMPRINT, 2**2000)])
def test_an_impossible_request_is_refused(bad: tuple[bytes, int]) -> None:
    with pytest.raises(ValueError, match=r"needed|long"):
        time_stamp_request(*bad)


def test_a_good_reply_is_accepted_by_both(tsa: Tsa) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    check = _check(http_send(tsa.url(), QUERY), tsa.roots)
    assert check.state == "verified"
    assert check.accepted
    assert check.gen_time is not None
    assert before <= check.gen_time <= datetime.now(UTC) + timedelta(seconds=2)
    assert check.policy == "1.2.3.4.1"


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_ends_soon_with_the_right_verdict(tsa: Tsa, fault: str) -> None:
    started = time.monotonic()
    if fault == "replay":
        http_send(tsa.url(fault), time_stamp_request(IMPRINT, 7))
    try:
        reply = http_send(tsa.url(fault), QUERY, timeout_s=1)
    except NoReply as error:
        assert FAULTS[fault] == "no_reply"
        assert error.next_step
    else:
        assert _check(reply, tsa.roots).state == FAULTS[fault]
    assert time.monotonic() - started < 20


def test_another_nonce_is_refused_even_without_the_request(tsa: Tsa) -> None:
    reply = tsa.reply(QUERY)
    check = check_stamp(reply, IMPRINT, tsa.roots, nonce=NONCE + 1)
    assert check.library.state == "refused"
    other = time_stamp_request(IMPRINT, NONCE + 1)
    assert (
        check_stamp(reply, IMPRINT, tsa.roots, query=other, nonce=None).openssl.state == "refused"
    )


@pytest.mark.parametrize("roots", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nx\n"])
def test_without_a_root_nothing_is_believed(tsa: Tsa, roots: bytes) -> None:
    assert _check(tsa.reply(QUERY), roots).state == "refused"


def test_certificates_are_judged_at_the_stamps_own_time(tsa: Tsa) -> None:
    """A stamp outlives its signer's certificate."""
    ends = datetime.now(UTC) + timedelta(seconds=3)
    signer = make("Brief signer", tsa.middle, end=ends)
    signer.write(tsa.folder, "brief")
    (tsa.folder / "brief.chain").write_bytes(tsa.middle.pem)
    tsa.certificates.append(signer.der)
    reply = tsa.reply(QUERY, "brief")
    time.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds()) + 1.5)
    check = _check(reply, tsa.roots)
    assert check.gen_time is not None
    assert check.gen_time <= ends < datetime.now(UTC)
    assert check.state == "verified"


def test_an_empty_or_huge_reply_is_refused(tsa: Tsa) -> None:
    assert _check(b"", tsa.roots).state == "refused"
    assert _check(b"\0" * 300_000, tsa.roots).state == "refused"


def test_without_openssl_the_library_decides_and_it_is_said(
    tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = tsa.reply(QUERY)
    missing = Verdict(state="not_run", why="openssl is not installed")
    monkeypatch.setattr("firsthand.case.stamp._openssl", lambda *_arguments: missing)
    check = _check(reply, tsa.roots)
    assert (check.state, check.accepted) == ("verified_once", True)
    assert not _check(reply[:-5], tsa.roots).accepted


def test_without_the_library_openssl_decides_and_it_is_said(
    tsa: Tsa, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    child.write_text('print(\'{"ok": false, "why": "No module named rfc3161_client"}\')')
    monkeypatch.setattr("firsthand.case.stamp._CHILD", child)
    check = _check(tsa.reply(QUERY), tsa.roots)
    assert (check.state, check.accepted) == ("verified_once", True)


@pytest.mark.parametrize(
    "code", ["import time; time.sleep(60)", "print('nonsense')", "raise SystemExit(3)"]
)
def test_a_child_that_hangs_or_dies_is_a_refusal(
    tsa: Tsa, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(code)
    monkeypatch.setattr("firsthand.case.stamp._CHILD", child)
    monkeypatch.setattr("firsthand.case.stamp.TIMEOUT_S", 1.0)
    check = _check(tsa.reply(QUERY), tsa.roots)
    assert check.library.state == "refused"


def test_nobody_listens() -> None:
    with pytest.raises(NoReply):
        http_send("http://127.0.0.1:9/", QUERY, timeout_s=1)


@pytest.mark.parametrize("url", ["ftp://a/b", "file:///etc/passwd", "nonsense", "http://"])
def test_an_authority_has_a_web_address_and_a_root(url: str) -> None:
    with pytest.raises(InputError):
        Authority("a", url, b"-----BEGIN CERTIFICATE-----")
    with pytest.raises(InputError, match="root"):
        Authority("a", "http://tsa.example/", b"")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Time stamp: Mar 24 11:17:47 2025 GMT", datetime(2025, 3, 24, 11, 17, 47, tzinfo=UTC)),
        (
            "x\nTime stamp: Nov  4 01:02:03.25 2026 GMT\n",
            datetime(2026, 11, 4, 1, 2, 3, tzinfo=UTC),
        ),
        ("Time stamp: Mar 24 11:17:47 2025 CET", None),
        ("Time stamp: nonsense", None),
        ("Time stamp: Mar 99 11:17:47 2025 GMT", None),
        ("", None),
    ],
)
def test_openssls_time_is_read(text: str, expected: datetime | None) -> None:
    assert stamp_time(text) == expected


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(TOKENS))
def test_tokens_from_the_field(shared: Path, name: str, needs_tool: Callable[..., Path]) -> None:
    needs_tool("openssl")
    imprint, expected = TOKENS[name]
    reply = (shared / "data/tsa/timestamping" / name).read_bytes()
    roots = Path(certifi.where()).read_bytes()
    check = check_stamp(reply, imprint, roots, nonce=None)
    assert check.state == expected
    assert check.accepted == (expected != "refused")
    other = check_stamp(reply, HELLO if imprint == STAMPED else STAMPED, roots, nonce=None)
    assert other.state == "refused"
