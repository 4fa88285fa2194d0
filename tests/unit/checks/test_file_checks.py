"""Structure and continuity say where to look, and carry no strength whatever they find."""

from __future__ import annotations

import pytest

from firsthand.checks.continuity import continuity_check
from firsthand.checks.registry import run
from firsthand.checks.structure import structure_check
from firsthand.media.continuity import Continuity, Happening
from firsthand.media.structure import EarlierSaving, Structure, Writer
from firsthand.records import Media, say


def continuity(*happenings: Happening, **counts: int) -> Continuity:
    return Continuity(
        complete=True,
        frames=50,
        rate_hz=25.0,
        steady=True,
        counts=counts,
        happenings=happenings,
    )


def test_a_seam_is_told_with_its_time_and_picture_and_decides_nothing() -> None:
    cut = Happening(
        kind="cut",
        t_s=1.5,
        statement=say("The picture changes at {t} s.", t="1.5"),
        pictures=("event-001-before.jpg", "event-001-after.jpg"),
    )
    found = run(continuity_check, {"continuity": continuity(cut, cut=1, dropped=2)})
    assert found.outcome.kind == "inconclusive"
    assert "1 cut, 2 dropped frames" in str(found.statement)
    assert str(found.limits[0]) == "The picture changes at 1.5 s."
    assert found.shows == cut.pictures


def test_a_lone_cut_is_not_lost_among_doubled_frames() -> None:
    doubled = [Happening(kind="doubled", t_s=n / 10, statement=say("Twice.")) for n in range(50)]
    cut = Happening(kind="cut", t_s=9.5, statement=say("The scene changes."))
    found = run(continuity_check, {"continuity": continuity(*doubled, cut, cut=1, doubled=50)})
    assert str(found.limits[-1]) == "The scene changes."
    assert len(found.limits) < 20


def test_no_seam_is_no_sign_of_anything() -> None:
    found = run(continuity_check, {"continuity": continuity()})
    assert found.outcome.kind == "inconclusive"
    assert "no sign that nothing was changed" in str(found.statement)


def test_of_a_still_it_is_not_asked() -> None:
    still = Media(
        item="item-0001", sha256="0" * 64, container="jpeg", kind="image", streams=(),
        decoder="Pillow", decoder_version="1", sandbox="none",
    )  # fmt: skip
    assert run(continuity_check, {"media": still}).outcome.kind == "not_applicable"
    film = still.model_copy(update={"kind": "video"})
    assert run(continuity_check, {"media": film}).outcome.kind == "needs_input"


def test_every_kind_of_happening_has_its_words() -> None:
    kinds = Happening.model_fields["kind"].annotation
    for kind in kinds.__args__:
        found = run(continuity_check, {"continuity": continuity(**{kind: 2})})
        assert found.outcome.kind == "inconclusive", kind


@pytest.mark.parametrize("writers", [(), ("an editor", "a library")])
def test_a_build_never_decides(writers: tuple[str, ...]) -> None:
    told = Structure(
        kind="mov",
        whole=False,
        order=("ftyp", "mdat"),
        trailing_bytes=7,
        consistent_with=tuple(Writer(name=one, why="a tag", source="a page") for one in writers),
    )
    found = run(structure_check, {"structure": told})
    assert found.outcome.kind == "inconclusive"
    assert found.toward is None
    assert found.lr is None
    for one in writers:
        assert one in str(found.statement)
    told_of = " ".join(map(str, found.limits))
    assert "7 bytes stand after its end." in told_of
    assert "not whole" in told_of


@pytest.mark.parametrize("writers", [(), ("a library",)])
def test_an_earlier_saving_is_told_and_decides_nothing(writers: tuple[str, ...]) -> None:
    told = Structure(
        kind="JPEG",
        whole=True,
        order=("JFIF", "SOS"),
        earlier_saving=EarlierSaving(quality=60, gain=0.7, statement=say("It was saved before.")),
        consistent_with=tuple(Writer(name=one, why="a tag", source="a page") for one in writers),
    )
    found = run(structure_check, {"structure": told})
    assert found.outcome.kind == "inconclusive"
    assert found.toward is None
    assert "saved as a JPEG before, at about quality 60" in str(found.statement)
    assert "this does not say" in str(found.statement)
    for one in writers:
        assert one in str(found.statement)
    assert "Messengers and sites save pictures again" in " ".join(map(str, found.limits))
    unsaid = run(structure_check, {"structure": told.model_copy(update={"earlier_saving": None})})
    assert "saved as a JPEG" not in " ".join(map(str, (unsaid.statement, *unsaid.limits)))


def test_without_an_outline_the_question_does_not_arise() -> None:
    found = run(structure_check, {"structure": Structure(kind="other", whole=True)})
    assert found.outcome.kind == "not_applicable"


def test_without_an_inspection_it_is_missing_and_no_pass() -> None:
    assert run(structure_check, {}).outcome.kind == "needs_input"
    assert run(continuity_check, {}).outcome.kind == "needs_input"
