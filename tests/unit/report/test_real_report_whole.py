"""Every hedge, holder, date and "the base" of the report that the product grew from."""

from functools import lru_cache
from pathlib import Path

import pytest

from firsthand.origins import chronology, date_conflicts, origin_groups
from firsthand.report import Reading, read_report
from firsthand.report.hedges import find_hedges
from firsthand.report.text import Text

pytestmark = pytest.mark.shared

PUBLISHER = "Sputnik International"


@lru_cache(maxsize=1)
def _read(path: Path) -> Reading:
    return read_report(path.read_bytes())


@pytest.fixture
def reading(shared):
    return _read(next((shared / "report").glob("*.txt")))


def one(reading, part, kind=None):
    found = [
        c for c in reading.claims if part in c.proposition and (kind is None or c.type == kind)
    ]
    assert found, part
    return min(found, key=lambda c: len(c.proposition))


HEDGES = [
    ("Massive Plume", ["Reportedly"], 1),
    ("Billowing plumes", ["apparently"], 1),
    ("dozens of rocket and drone attacks", ["dozens of"], 3),
    ("hundreds of meters high", ["hundreds of"], 3),
    ("possibly water vapour caused", ["possibly"], 3),
    ("white smoke are water vapour", ["possibly"], 1),
    ("water vapour comes from", ["possibly"], 1),
    ("footage is authentic", ["is in the process of verifying", "cannot confirm"], 0),
    ("subjected to repeated", ["believed to be"], 3),
    ("attacks were targeting", ["believed to be"], 1),
    ("three booby-trapped drones", ["said to have"], 1),
    ("one of the drones was shot down", ["said to have"], 1),
    ("all US personnel", ["insisted"], 1),
    ("Eight US Logistics Convoys", ["Claim"], 1),
    ("signaled willingness", ["possible"], 3),
    ("dismissed any talk", ["allegedly"], 3),
]


@pytest.mark.parametrize(("part", "cues", "factuality"), HEDGES)
def test_every_hedge_and_what_it_leaves(reading, part, cues, factuality):
    claim = one(reading, part)
    assert [hedge.cue for hedge in claim.hedges] == cues
    assert claim.factuality == factuality


def test_there_is_no_other_hedge(reading):
    told = {tuple(h.cue for h in claim.hedges) for claim in reading.claims if claim.hedges}
    assert told == {tuple(cues) for _, cues, _ in HEDGES}
    assert sum(bool(claim.hedges) for claim in reading.claims) == len(HEDGES)


def test_no_cue_of_doubt_in_the_text_is_lost(reading, shared):
    value = next((shared / "report").glob("*.txt")).read_text("utf-8")
    text = Text(value, tuple(line.span.start for line in reading.report.lines))
    kept = {hedge.span.start for claim in reading.claims for hedge in claim.hedges}
    for line in reading.report.lines:
        if line.role in {"headline", "body"}:
            for hedge in find_hedges(text, line.span.start, line.span.end):
                assert hedge.span.start in kept, hedge.cue


HOLDERS = [
    ("huge black plume of smoke billowing", [("Al Mayadeen correspondent", "filmed")]),
    ("rest until all US troops are out", [("Some Shia militias", "says")]),
    ("attacks were targeting", [("not named", "believed_by")]),
    ("three booby-trapped drones", [("Iraqi prime minister's office", "says")]),
    (
        "one of the drones was shot down",
        [("not named", "says"), ("Iraqi prime minister's office", "says")],
    ),
    ("all US personnel", [("Some Baghdad-allied Shia militias", "says")]),
    ("Eight US Logistics Convoys", [("Iraqi Militias", "says")]),
]


@pytest.mark.parametrize(("part", "chain"), HOLDERS)
def test_every_holder(reading, part, chain):
    holders = one(reading, part).holders
    assert [(h.name, h.relation) for h in holders] == [*chain, (PUBLISHER, "says")]


def test_everything_else_is_the_publishers_own(reading):
    held = {c.id for c in reading.claims if [(h.name, h.relation) for h in c.holders[:-1]] != []}
    assert len(held) == len(HOLDERS)


DATES = [
    ("when is not stated", (None, "2021-09-28")),
    ("In July, Iraq and the US reached", ("2021-07", "2021-07")),
    ("by the end of the year: In July", (None, "2021-12")),
    ("headquarters of US Forces", ("2011", "2011")),
    ("in recent months", (None, "2021-09-28")),
    ("three booby-trapped drones", ("2021-06", "2021-06")),
    ("In May, Camp Victory", ("2021-05", "2021-05")),
    ("A month before that", ("2021-04", "2021-04")),
    ("This summer, the Iraqi government", ("2021-22", "2021-22")),
    ("by the end of 2021: This", (None, "2021-12")),
    ("Eight US Logistics Convoys", (None, "2021-08-26")),
    ("has cut down the number", ("2020-01", "2020-01")),
    ("Between March 2020 and January 2021", ("2020-03", "2021-01")),
    ("fifteen of the last eighteen years", ("2003", "2021-09-28")),
    ("invaded the country in 2003", ("2003", "2003")),
    ("The US occupied it", (None, "2011")),
    ("returned in 2014", ("2014", "2014")),
]


@pytest.mark.parametrize(("part", "bounds"), DATES)
def test_every_date(reading, part, bounds):
    dated = [c for c in reading.claims if part in c.proposition]
    assert bounds in {(c.when.earliest, c.when.latest) for c in dated if c.when}, part


@pytest.mark.parametrize(
    "part",
    [
        "attacked the base using",
        "The facility continues",
        "The facility has been subjected",
        "it was hit in a separate",
        "In May, Camp Victory",
    ],
)
def test_the_base_the_facility_and_it_are_the_camp(reading, part):
    assert one(reading, part).where.text == "Camp Victory"


def test_parallel_clauses_keep_their_subject(reading):
    claim = one(reading, "prompted Iraqi lawmakers")
    assert claim.proposition.startswith("the unprovoked assassination")


def test_three_names_are_one_origin_by_an_inferred_edge(reading):
    (group,) = origin_groups(reading.sources, reading.edges)
    assert (len(group.members), group.basis) == (3, "inferred")
    assert all(edge.lineage == "footage" for edge in reading.edges)
    (inferred,) = [edge for edge in reading.edges if edge.basis == "inferred"]
    assert "does not say where" in str(inferred.why)
    assert "until shown otherwise" in str(inferred.why)


def test_the_chronology_tells_of_attacks_alone(reading):
    rows = chronology(reading.incidents)
    assert {row.sight for row in rows} == {"attack", "none"}
    assert [row.earliest for row in rows if row.sight == "attack"] == [
        "2020-01",
        "2021-04",
        "2021-05",
        "2021-06",
        None,
    ]
    assert {row.casualties for row in rows if row.place == "Camp Victory"} == {"none reported"}
    assert date_conflicts(reading.report, reading.incidents) == ()
