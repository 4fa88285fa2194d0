"""Laws of the store: what goes in comes out, and the same again adds nothing."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.custody.desk import desk, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hostile.names.undo import from_plain

from firsthand.case import Case, audit
from firsthand.case.layout import safe_parts
from firsthand.case.payload import decode, encode
from firsthand.case.source import plain_name
from firsthand.records import Length, Setting
from firsthand.records.base import MAX_SAFE_INTEGER

MEMORY = Path("/dev/shm")  # noqa: S108
BASE = MEMORY if MEMORY.is_dir() else None

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


@given(data=st.dictionaries(text, plain, max_size=5), salt=st.binary(min_size=32, max_size=32))
def test_a_payload_comes_back_as_it_went_in(data: dict[str, Any], salt: bytes) -> None:
    encoded = encode(data, salt)
    payload = decode(encoded, strict=True)
    assert payload.data == data
    assert payload.salt == salt.hex()
    assert encode(payload.data, salt) == encoded


awkward = st.lists(
    st.sampled_from([b"\\", b"x", b"4", b"f", b"\xff", b"\xc3\xa9", b"u", b"{", b"\n"]), max_size=12
).map(b"".join)


@given(name=st.binary(max_size=60) | awkward)
def test_a_file_name_of_any_bytes_is_text_and_can_be_had_back(name: bytes) -> None:
    shown = plain_name(name.decode("utf-8", "surrogateescape"))
    shown.encode()
    assert from_plain(shown) == name


@given(text=st.text(max_size=30))
def test_a_safe_path_stays_below_its_folder(text: str) -> None:
    parts = safe_parts(text)
    if parts is None:
        return
    base = Path("/base")
    joined = base.joinpath(*parts)
    assert joined.is_relative_to(base)
    assert joined != base
    assert ".." not in joined.parts
    assert len(joined.parts) == len(parts) + 2


acts = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.binary(max_size=40), st.sampled_from(["media", "report"])),
        st.tuples(st.just("setting"), st.floats(1, 1e6), text),
        st.tuples(st.just("move"), text, st.none()),
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(acts=acts)
def test_whatever_is_done_the_case_is_whole_and_says_it(acts: list[tuple[Any, Any, Any]]) -> None:
    with tempfile.TemporaryDirectory(dir=BASE) as folder:
        case = Case.create(Path(folder) / "case", desk())
        contents: set[tuple[bytes, str]] = set()
        settings_made: list[Setting] = []
        for _ in range(2):
            with case.writer(desk()) as writer:
                for act, first, second in acts:
                    if act == "file":
                        item = writer.add_file(
                            io.BytesIO(first), kind=second, media_type="x/y", how="h"
                        )
                        assert case.read_item(item) == first
                        contents.add((first, second))
                    elif act == "setting" and len(settings_made) < len(acts):
                        made = Setting(
                            id="s",
                            revision=len(settings_made) + 1,
                            name="distance",
                            value=Length(value_m=first, sd_m=1.0),
                            why=second,
                            by="a1",
                            at=desk().now(),
                        )
                        writer.append("setting.set", ("s",), sensitive=made)
                        settings_made.append(made)
        state = case.state()
        assert len(state.items) == len(contents)
        assert state.setting_history.get("s", ()) == tuple(settings_made)
        assert audit(case.path).ok
        before = tree(case.path)
        with case.writer(desk()) as writer:
            for content, kind in contents:
                writer.add_file(io.BytesIO(content), kind=kind, media_type="x/y", how="h")
        assert tree(case.path) == before
