"""Every record comes back from its canonical bytes as it was, byte for byte."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hypothesis import given

from firsthand.records import Record, load_record

sys.path.insert(0, str(Path(__file__).parent))
from strategies import every_record


@given(every_record)
def test_canonical_bytes_give_the_same_record_and_the_same_bytes(record: Record) -> None:
    data = record.canonical()
    again = load_record(data)
    assert type(again) is type(record)
    assert again == record
    assert again.canonical() == data


@given(every_record)
def test_canonical_bytes_are_json_that_doubles_survive(record: Record) -> None:
    def walk(value: object) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, int):
            assert abs(value) <= 2**53

    walk(json.loads(record.canonical()))
