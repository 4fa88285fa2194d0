"""Whatever goes in, a reading comes out or one clear refusal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.errors import UnreadableReport
from firsthand.report import read_report


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text(text):
    try:
        reading = read_report(text.encode("utf-8", "replace"))
    except UnreadableReport as refused:
        assert refused.next_step
        return
    for line in reading.report.lines:
        assert line.span.end - line.span.start == len(line.span.exact)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes(data):
    try:
        read_report(data)
    except UnreadableReport as refused:
        assert refused.next_step


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<h1>", "<figcaption>", "smoke rose", "<aside>", "<", ">", "&#0;"]
        ),
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_tags(parts):
    try:
        read_report(("<html>" + " ".join(parts)).encode())
    except UnreadableReport as refused:
        assert refused.next_step
