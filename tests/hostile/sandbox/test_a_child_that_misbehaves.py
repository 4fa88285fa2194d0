"""Whatever a child does, the parent lives, says one clear thing, and the box works on."""

import json
import struct

import pytest

from firsthand.errors import DecoderFailed
from firsthand.sandbox import Box, Limits

SELFTEST = "firsthand.sandbox.selftest"
SMALL = Limits(memory_mb=600, cpu_s=1, wall_s=4.0, output_mb=4)


@pytest.fixture(scope="module")
def box():
    with Box(limits=SMALL) as one:
        yield one


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "evidence.bin"
    path.write_bytes(b"evidence")
    return path


def ended(box, file, function, args=None, limits=None):
    with pytest.raises(DecoderFailed) as caught:
        box.call(f"{SELFTEST}:{function}", file, args, limits=limits)
    assert box.call(f"{SELFTEST}:echo", file).data["size"] == 8
    return caught.value


def test_it_hangs(box, file):
    error = ended(box, file, "hang", limits=Limits(wall_s=0.5))
    assert error.details["reason"] == "time"
    assert "0.5 s" in error.message


def test_it_spins(box, file):
    patient = Limits(cpu_s=1, wall_s=60.0)
    assert ended(box, file, "spin", limits=patient).details["reason"] == "cpu"


def test_it_eats_memory(box, file):
    roomy = Limits(memory_mb=600, cpu_s=30, wall_s=60.0)
    assert ended(box, file, "fill_memory", limits=roomy).details["reason"] == "memory"


def test_it_writes_too_much(box, file):
    error = ended(box, file, "flood", {"mb": 64})
    assert error.details["reason"] == "output"


def test_its_noise_is_bounded_and_harmless(box, file):
    result = box.call(f"{SELFTEST}:flood", file, {"where": "errors"})
    assert result.data == {"quiet": False}


@pytest.mark.parametrize(
    ("how", "reason"), [("", "crash"), ("thread", "crash"), ("leave", "garbled")]
)
def test_it_dies(box, file, how, reason):
    assert ended(box, file, "crash", {"how": how}).details["reason"] == reason


def head(plain):
    body = json.dumps(plain).encode()
    return struct.pack(">I", len(body)) + body


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff" * 100,
        struct.pack(">I", 2**32 - 1),
        struct.pack(">I", 8) + b"{}",
        head([]),
        head({}),
        head({"data": 3, "blobs": []}),
        head({"data": {}, "blobs": [["a", 99]]}),
        head({"data": {}, "blobs": [["a", -1]]}) + b"x",
        head({"data": {}, "blobs": 7}),
        head({"data": {}, "blobs": []}) + b"more",
        struct.pack(">I", 200_000) + b"[" * 200_000,
        struct.pack(">I", 24) + b'{"data":{"x":NaN}}      ',
        struct.pack(">I", 34) + b'{"data":{"x":"\\ud800"},"blobs":[]}',
        struct.pack(">I", 29) + b'{"data":{"x":"\xff"},"blobs":[]}',
        head({"error": {"type": "SystemExit", "message": "x"}}),
        head({"error": "x"}),
        head({"error": {"type": "UnreadableMedia", "message": 3, "details": []}}),
    ],
)
def test_it_answers_nonsense(box, file, said):
    from firsthand.errors import FirsthandError

    with pytest.raises(FirsthandError):
        box.call(f"{SELFTEST}:speak", file, {"hex": said.hex()})
    assert box.call(f"{SELFTEST}:echo", file).data["size"] == 8


def test_its_words_cannot_drive_a_terminal(box, file):
    said = head({"error": {"type": "UnreadableMedia", "message": "\x1b]0;owned\x07" + "A" * 9000}})
    from firsthand.errors import UnreadableMedia

    with pytest.raises(UnreadableMedia) as caught:
        box.call(f"{SELFTEST}:speak", file, {"hex": said.hex()})
    assert "\x1b" not in caught.value.message
    assert len(caught.value.message) <= 400
