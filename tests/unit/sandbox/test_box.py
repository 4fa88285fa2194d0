"""Calls, answers and errors of a box."""

import hashlib
import os
import threading

import pytest

from firsthand.errors import (
    DecoderFailed,
    NoSuchThing,
    SandboxUnavailable,
    UnreadableMedia,
)
from firsthand.sandbox import Box, Confinement, Limits, probe
from firsthand.sandbox.box import sanitised

SELFTEST = "firsthand.sandbox.selftest"


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "evidence.bin"
    path.write_bytes(b"0123456789abcdefXYZ")
    return path


def test_data_blobs_and_the_hash_come_back(box, file):
    result = box.call(f"{SELFTEST}:echo", file, {"a": [1, "zwei", None]})
    assert result.data == {"args": {"a": [1, "zwei", None]}, "size": 19}
    assert result.blobs == {"first": b"0123456789abcdef"}
    assert result.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert result.sandbox == box.description


def test_the_hash_can_be_left_out(box, file):
    assert box.call(f"{SELFTEST}:echo", file, hash_input=False).sha256 == ""


def test_an_empty_file_is_a_file(box, tmp_path):
    (tmp_path / "empty").touch()
    assert box.call(f"{SELFTEST}:echo", tmp_path / "empty").data["size"] == 0


def test_the_warm_process_is_used_again(box, file):
    box.call(f"{SELFTEST}:echo", file)
    first = [servant.process.pid for servant in box._idle["python"]]
    box.call(f"{SELFTEST}:echo", file)
    assert [servant.process.pid for servant in box._idle["python"]] == first


def test_threads_share_a_box(box, file):
    sizes = []
    threads = [
        threading.Thread(
            target=lambda: sizes.append(box.call(f"{SELFTEST}:echo", file).data["size"])
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [19] * 6


def test_a_killed_warm_process_is_replaced(file):
    with Box() as box:
        box.call(f"{SELFTEST}:echo", file)
        (servant,) = box._idle["python"]
        os.killpg(servant.process.pid, 9)
        servant.process.wait()
        assert box.call(f"{SELFTEST}:echo", file).data["size"] == 19


def test_only_the_package_can_be_called(box, file):
    with pytest.raises((DecoderFailed, SandboxUnavailable)):
        box.call("os:system", file)
    assert box.call(f"{SELFTEST}:echo", file).data["size"] == 19


def test_what_is_no_plain_file_is_refused(box, tmp_path):
    with pytest.raises(NoSuchThing):
        box.call(f"{SELFTEST}:echo", tmp_path / "nothing")
    with pytest.raises(UnreadableMedia):
        box.call(f"{SELFTEST}:echo", tmp_path)
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(UnreadableMedia):
        box.call(f"{SELFTEST}:echo", tmp_path / "fifo")


def test_without_confinement_it_refuses_and_says_what_to_do():
    with pytest.raises(SandboxUnavailable, match=r"bubblewrap.*--unsandboxed") as caught:
        Box(Confinement("none", "nothing here"))
    assert caught.value.exit_code == 3


def test_unsandboxed_is_said_in_the_result(file):
    with Box(Confinement("none", "nothing here"), unsandboxed=True) as box:
        result = box.call(f"{SELFTEST}:echo", file)
    assert result.sandbox.startswith("UNSANDBOXED")


def test_limits_can_be_given_for_one_call(box, file):
    with pytest.raises(DecoderFailed):
        box.call(f"{SELFTEST}:hang", file, limits=Limits(wall_s=0.3))


def test_words_of_a_child_are_one_printable_line():
    assert sanitised("a\x1b[31m\nb\u202ec") == "a [31m b c"
    assert len(sanitised("x" * 5000)) == 400


def test_probe_tells_what_it_found():
    found = probe()
    assert found.kind in {"bubblewrap", "landlock", "none"}
    assert found.detail
