"""A mark of credentials is found wherever it stands, across the borders of reads too."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from firsthand.media.boxed.provenance import CHUNK, MARKS, mentions


@given(
    start=st.sampled_from([0, 1, CHUNK - 12, 2 * CHUNK - 5]).flatmap(
        lambda near: st.integers(near, near + 16)
    ),
    after=st.integers(0, CHUNK),
    mark=st.sampled_from([*MARKS, b"c2p", b"provenanc", b"2pa", b""]),
)
def test_a_mark_is_found_where_the_bytes_have_it(start: int, after: int, mark: bytes) -> None:
    data = bytes(start) + mark + bytes(after)
    assert mentions(io.BytesIO(data), MARKS) == any(one in data for one in MARKS)
    assert mentions(Drop(data), MARKS) == any(one in data for one in MARKS)


class Drop(io.BytesIO):
    """Gives less than it is asked for, as a raw file may."""

    def readinto(self, buffer: object) -> int:
        """At most 4,093 bytes."""
        view = memoryview(buffer)  # type: ignore[call-overload]
        return super().readinto(view[:4093])
