"""How a claim's caution changes from copy to copy."""

from firsthand.origins import hedge_drift
from firsthand.report import read_report

FIRST = b"""Smoke over the depot
Published: 1 May 2021
A rocket reportedly struck the fuel depot near Qala on Friday, and the video could not be verified.
"""
SECOND = b"""Depot struck
Published: 2 May 2021
A rocket struck the fuel depot near Qala on Friday.
"""
THIRD = b"""No rocket at the depot
Published: 3 May 2021
The army denied that a rocket struck the fuel depot near Qala.
"""


def drift(*reports):
    readings = [read_report(data, report_id=f"r{n}") for n, data in enumerate(reports, 1)]
    return hedge_drift([r.report for r in readings], [c for r in readings for c in r.claims])


def test_a_hedge_that_is_lost_is_firmer():
    table = next(d for d in drift(SECOND, FIRST) if "fuel depot" in d.proposition)
    assert [row.published for row in table.rows] == ["2021-05-01", "2021-05-02"]
    assert [row.hedges for row in table.rows] == [("reportedly",), ()]
    assert table.change == "firmer"


def test_a_denial_turns_it():
    table = next(d for d in drift(SECOND, THIRD) if "fuel depot" in d.proposition)
    assert table.change == "turned"
    assert table.rows[-1].holders[0] == "army"


def test_one_report_alone_drifts_nowhere():
    assert drift(FIRST) == ()
