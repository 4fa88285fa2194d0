"""Sixty of the hostile files through everything that `inspect` does, a child for each part."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from firsthand.errors import DecoderFailed, UnreadableMedia
from firsthand.media import inspect_file
from firsthand.sandbox import Box, Limits

pytestmark = pytest.mark.shared
EVERY = 7
SECONDS = 10


@pytest.fixture(scope="module")
def answers(shared):
    everything = sorted(p for p in (shared / "data/hostile").iterdir() if p.suffix != ".json")
    made_here = [p for p in everything if "_" not in p.name or p.name.startswith(("deep", "moov"))]
    files = sorted({*everything[::EVERY], *made_here})

    def ask(path):
        began = time.monotonic()
        try:
            answer = inspect_file(path, box)
        except (UnreadableMedia, DecoderFailed) as error:
            answer = error
        return path.name, (answer, time.monotonic() - began)

    with Box(limits=Limits(memory_mb=1024, wall_s=SECONDS)) as box, ThreadPoolExecutor(2) as pool:
        return dict(pool.map(ask, files))


def test_every_file_gets_its_answer_in_time(answers):
    assert len(answers) >= 60
    assert max(seconds for _, seconds in answers.values()) < 3 * SECONDS


def test_answers_are_documents_or_sentences(answers):
    for name, (answer, _) in answers.items():
        if isinstance(answer, Exception):
            assert answer.message.endswith("."), name
        else:
            json.dumps(answer.plain(), allow_nan=False)
            assert answer.c2pa.state in {"none", "unreadable", "invalid"}, name


@pytest.mark.parametrize("name", ["deep_moov.mp4", "moov_size_1.mp4"])
def test_walkers_say_where_they_stopped(answers, name):
    answer, _ = answers[name]
    assert not answer.structure.whole
    assert answer.structure.notes
