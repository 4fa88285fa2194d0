"""Malformed and hostile files: the parent lives, time and memory are bounded, one clear answer."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from firsthand.errors import DecoderFailed, UnreadableMedia
from firsthand.media import examine
from firsthand.sandbox import Box, Limits

pytestmark = pytest.mark.shared
SECONDS, MEGABYTES = 10, 1024


@pytest.fixture(scope="module")
def answers(shared):
    files = sorted(path for path in (shared / "data/hostile").iterdir() if path.suffix != ".json")

    def ask(path):
        began = time.monotonic()
        try:
            answer = examine(path, box)
        except (UnreadableMedia, DecoderFailed) as error:
            answer = error
        return path.name, (answer, time.monotonic() - began)

    with (
        Box(limits=Limits(memory_mb=MEGABYTES, wall_s=SECONDS)) as box,
        ThreadPoolExecutor(2) as pool,
    ):
        return dict(pool.map(ask, files))


def test_every_file_gets_its_answer_in_time(answers):
    assert len(answers) >= 390
    assert max(seconds for _, seconds in answers.values()) <= 2 * SECONDS  # two children a file


def test_every_refusal_is_one_printable_sentence_with_a_next_step(answers):
    refusals = [answer for answer, _ in answers.values() if isinstance(answer, Exception)]
    assert len(refusals) > 200
    for error in refusals:
        assert error.message.isprintable()
        assert error.message.endswith(".")
        assert error.next_step


def test_sound_files_among_them_are_opened(answers):
    assert sum(not isinstance(answer, Exception) for answer, _ in answers.values()) > 50


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hls_localfile.mp4", "HLS"),
        ("hls_ssrf.mp4", "HLS"),
        ("dash.mp4", "DASH"),
        ("claim_2e9x2e9.png", "2147483647 x 2147483647"),
        ("nested5.zip", "ZIP"),
        ("bomb_1GiB.wacz", "ZIP"),
        ("ztxt_64MiB.png", "cannot be decoded"),
    ],
)
def test_known_tricks_are_called_by_name(answers, name, said):
    answer, _ = answers[name]
    assert isinstance(answer, UnreadableMedia)
    assert said in answer.message
