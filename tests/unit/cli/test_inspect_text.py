"""An inspection for people: one screen, what matters first, nothing from the file live."""

from __future__ import annotations

from typing import Any

import pytest

from firsthand.cli.inspect_text import inspect_text
from firsthand.media.continuity import Continuity, Happening
from firsthand.media.contradictions import Contradiction
from firsthand.media.credentials import Credentials, Problem, Signer
from firsthand.media.inspection import Inspection
from firsthand.media.metadata import normalise
from firsthand.media.structure import EarlierSaving, Structure, Writer
from firsthand.records import say

SCREEN = 60
EVIL = "\x1b[31m\u202e\nwarning"
MANY = 40


def told(**more: Any) -> list[str]:
    parts: dict[str, Any] = {
        "sha256": "0" * 64,
        "kind": "jpeg",
        "sandbox": "none",
        "metadata": normalise([], reader="ExifTool", exiftool="present"),
        "contradictions": (),
        "c2pa": Credentials(state="none"),
        "structure": None,
        "continuity": None,
        "warnings": (),
    }
    return inspect_text(Inspection(**(parts | more)).plain()).splitlines()


def test_a_bare_file_says_that_it_proves_nothing() -> None:
    lines = told()
    assert len(lines) < 8
    assert any("no time, place or camera is named; that proves nothing" in one for one in lines)


def test_fields_that_say_the_same_share_a_line_with_their_zone() -> None:
    rows = [
        ["ExifIFD", "DateTimeOriginal", "2021:09:28 12:00:00"],
        ["ExifIFD", "CreateDate", "2021:09:28 12:00:00"],
        ["ExifIFD", "OffsetTimeOriginal", "+03:00"],
        ["ExifIFD", "OffsetTimeDigitized", "+03:00"],
        ["IFD0", "ModifyDate", "2021:09:29 12:00:00"],
    ]
    text = "\n".join(told(metadata=normalise(rows, reader="ExifTool", exiftool="present")))
    assert "2021-09-28 12:00:00 UTC+03:00   [ExifIFD:DateTimeOriginal, ExifIFD:CreateDate]" in text
    assert "2021-09-29 12:00:00 (no zone stated)   [IFD0:ModifyDate]" in text


def test_an_earlier_saving_is_said_with_care() -> None:
    saved = EarlierSaving(quality=60, gain=0.7, statement=say("It looks as if it had been."))
    text = "\n".join(told(structure=Structure(kind="JPEG", whole=True, earlier_saving=saved)))
    assert "saved before  It looks as if it had been." in text
    assert "what was changed it does not say" in text


def test_a_signer_is_named_and_a_signing_time_is_no_filming_time() -> None:
    signer = Signer(
        issuer="An Issuer", common_name="A Name", algorithm="es256",
        signed_at="2023-01-24T14:48:59+00:00", time_trusted=False,
    )  # fmt: skip
    signed = Credentials(state="valid_unknown_signer", signer=signer, spoiled=True)
    text = "\n".join(told(c2pa=signed))
    assert "signed by A Name, An Issuer, at 2023-01-24T14:48:59+00:00 (no filming time)" in text
    assert "rests on an ingredient whose own signature does not hold" in text


def test_a_lone_cut_is_not_lost_among_doubled_frames() -> None:
    doubled = [Happening(kind="doubled", t_s=n / 10, statement=say("Twice.")) for n in range(MANY)]
    cut = Happening(kind="cut", t_s=9.5, statement=say("The scene changes."))
    lines = told(
        continuity=Continuity(
            complete=True, frames=300, rate_hz=25.0, steady=True,
            counts={"cut": 1, "doubled": MANY}, happenings=(*doubled, cut),
        )
    )  # fmt: skip
    at = next(n for n, line in enumerate(lines) if "frames" in line)
    assert "300 at 25/s; cut 1, doubled 40" in lines[at]
    assert "9.500 s       The scene changes." in lines[at + 1]


@pytest.mark.parametrize("text", ["plain", EVIL])
def test_a_file_full_of_everything_fits_one_screen(text: str) -> None:
    dates = [[f"Group{n}", "CreateDate", f"2021:09:28 12:00:{n:02d}"] for n in range(MANY)]
    texts = [["IFD0", "Make", f"{text}{n}"] for n in range(MANY)]
    problems = tuple(
        Problem(code=f"code.{text}.{n}", where="file", weight=weight)
        for n in range(MANY)
        for weight in ("doubt", "failure")
    )
    lines = told(
        metadata=normalise(dates + texts, reader=text, exiftool="present"),
        contradictions=tuple(
            Contradiction(code="date_blank", weight="doubt", statement=say("{x}", x=f"{text}{n}"))
            for n in range(MANY)
        ),
        c2pa=Credentials(state="invalid", problems=problems),
        structure=Structure(
            kind="mov",
            whole=False,
            trailing_bytes=9,
            consistent_with=tuple(
                Writer(name=f"{text}{n}", why="", source="") for n in range(MANY)
            ),
        ),
        continuity=Continuity(
            complete=True, frames=9, rate_hz=25.0, steady=True, counts={"cut": MANY},
            happenings=tuple(
                Happening(kind="cut", t_s=n / 10, statement=say("{x}", x=text)) for n in range(MANY)
            ),
            notes=tuple(say("{x}", x=f"{text}{n}") for n in range(MANY)),
        ),
        warnings=tuple(f"{text}{n}" for n in range(MANY)),
    )  # fmt: skip
    assert len(lines) <= SCREEN
    assert "doubt" in lines[1]
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
    assert not any(line.startswith("warning") for line in lines)
    failures = [line for line in lines if "failure: code" in line]
    assert failures  # and doubts only after them
    assert sum("more: see --json" in line for line in lines) >= 5
