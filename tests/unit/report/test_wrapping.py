"""Lines that a mail program wrapped are paragraphs; places and quotes stay as they are."""

import textwrap

import pytest

from firsthand.report import read_report
from firsthand.report.wrapping import unwrapped

HEAD = "Smoke Reportedly Seen Over Fort Amber\n\nPublished: 4 May 2021\n\n"
BODY = (
    "A tall plume of black smoke was apparently seen over the Fort Amber depot outside Westport on "
    "Tuesday, and fire crews from three neighbouring districts were called to the scene at once. "
    "In April 2021, rockets hit the depot. The ministry denied that anybody was killed there."
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [60, 72, 100])
def test_the_same_claims_as_unwrapped(width, end):
    wrapped = (HEAD + textwrap.fill(BODY, width) + "\n").replace("\n", end)
    reading, plain = read_report(wrapped.encode()), read_report((HEAD + BODY).encode())

    def told(each):
        return [
            (c.type, c.polarity, " ".join(c.proposition.split()), [h.cue for h in c.hedges])
            for c in each.claims
        ]

    assert told(reading) == told(plain)
    assert any("wrapped" in warning for warning in reading.warnings)
    for claim in reading.claims:
        for span in claim.spans:
            assert wrapped[span.start : span.end] == span.exact


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        HEAD + BODY,
        "- first\n- second\n- third\n- fourth\n- fifth and last of a list of short lines here",
        "\n".join(["A line of a poem that stops when it will"] * 3 + ["and this is the last"]),
        "Fire at port\nPolice say it is out\nNobody was hurt, they added on Tuesday evening",
    ],
)
def test_what_is_not_wrapped_stays(text):
    assert unwrapped(text) == text


def test_the_length_never_changes():
    wrapped = textwrap.fill(BODY * 3, 70)
    assert len(unwrapped(wrapped)) == len(wrapped)
    assert "\n" not in unwrapped(wrapped)
