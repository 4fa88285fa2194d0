"""The cost of likelihood ratios, against values worked out by hand and by theory."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from math import log2, log10

import numpy as np
import pytest
from benchmarks.cllr import Scored, cllr, cllr_min, elub, graded, measure, observed, plot, table

from firsthand.records import LikelihoodRatio


def normal_scores(n: int, seed: int, stretch: float = 1.0) -> list[Scored]:
    """Scores of two normals with means +-d and sd 1, whose log ratio is 2 d x exactly."""
    rng = np.random.default_rng(seed)
    d = 1.0
    cases = [(float(x), True) for x in rng.normal(d, 1, n)]
    cases += [(float(x), False) for x in rng.normal(-d, 1, n)]
    return [
        Scored(stretch * 2 * d * x / np.log(10), holds, f"s{i % (n // 2)}")
        for i, (x, holds) in enumerate(cases)
    ]


def sides(scored: list[Scored]) -> tuple[list[float], list[float]]:
    return (
        [one.log10_lr for one in scored if one.claim_holds],
        [one.log10_lr for one in scored if not one.claim_holds],
    )


def test_saying_nothing_costs_one() -> None:
    assert cllr([0, 0, 0], [0]) == pytest.approx(1)
    assert cllr_min([0, 0, 0], [0]) == pytest.approx(1)


def test_worked_by_hand() -> None:
    """Half of log2(1 + 1/3) + log2(1 + 1/4), for a ratio of 3 and one of 1/4."""
    assert cllr([log10(3)], [-log10(4)]) == pytest.approx((log2(4 / 3) + log2(5 / 4)) / 2)
    assert cllr([log10(3), 0], [0]) == pytest.approx(((log2(4 / 3) + 1) / 2 + 1) / 2)


def test_certainty_in_the_wrong_costs_without_end() -> None:
    assert cllr([float("-inf")], [0]) == float("inf")
    assert cllr([float("inf")], [float("-inf")]) == 0


def test_the_floor_worked_by_hand() -> None:
    """Claim 1, 3; others 0, 2: pooled into 0 | 1, 2 | 3, whose ratios are 0, 1 and infinite."""
    assert cllr_min([1, 3], [0, 2]) == pytest.approx((1 / 2 + 1 / 2) / 2)
    assert cllr_min([2, 3], [0, 1]) == 0


def test_equal_scores_are_not_told_apart() -> None:
    """Of one score the claim has 2 of 3, the others 1 of 3: a ratio of 2; beyond, of 1/2."""
    expected = ((2 * log2(1.5) + log2(3)) / 3 + (log2(3) + 2 * log2(1.5)) / 3) / 2
    assert cllr_min([5, 5, -5], [5, -5, -5]) == pytest.approx(expected)


def test_recalibration_changes_the_cost_and_not_its_floor() -> None:
    one, twice = sides(normal_scores(2_000, 1)), sides(normal_scores(2_000, 1, stretch=2))
    assert cllr_min(*one) == pytest.approx(cllr_min(*twice))
    assert cllr(*twice) > cllr(*one) + 0.02


def test_the_true_ratio_of_two_normals_comes_near_its_expected_cost() -> None:
    """E log2(1 + exp(-2 x)) for x normal (1, 1), by quadrature."""
    x = np.linspace(-8, 10, 20_001)
    density = np.exp(-((x - 1) ** 2) / 2) / np.sqrt(2 * np.pi)
    expected = float((np.log2(1 + np.exp(-2 * x)) * density).sum() * (x[1] - x[0]))
    one = sides(normal_scores(20_000, 2))
    assert cllr(*one) == pytest.approx(expected, abs=0.01)
    assert cllr(*one) - 0.01 < cllr_min(*one) <= cllr(*one)


def test_cases_of_one_kind_have_no_cost() -> None:
    for cost in (cllr, cllr_min):
        with pytest.raises(ValueError, match="both kinds"):
            cost([1.0], [])
    with pytest.raises(ValueError, match="both kinds"):
        measure([Scored(1, True, "a")], seed=1)


@pytest.mark.parametrize("n", [10, 100, 1_000])
def test_a_study_supports_about_what_it_counts(n: int) -> None:
    """Perfect separation: 1 / (n + 1) are imagined misled on each side, so t stays under n."""
    low, high = elub([9.0] * n, [-9.0] * n)
    assert high == pytest.approx(n, rel=0.03)
    assert low == pytest.approx(1 / n, rel=0.03)


def test_a_worthless_study_supports_nothing() -> None:
    rng = np.random.default_rng(3)
    assert elub(rng.normal(size=200), rng.normal(size=200)) == pytest.approx((1, 1), abs=0.05)


def test_intervals_hold_the_value_and_go_over_sources() -> None:
    scored = normal_scores(200, 4)
    alone = measure([Scored(one.log10_lr, one.claim_holds, str(i)) for i, one in enumerate(scored)],
                    seed=1, draws=300)  # fmt: skip
    # Each case told ten times over is no more evidence: sources, not cases, are drawn.
    tenfold = measure([one for one in scored for _ in range(10)], seed=1, draws=300)
    for cost in (alone, tenfold):
        assert cost.cllr_interval[0] < cost.cllr < cost.cllr_interval[1]
    width = alone.cllr_interval[1] - alone.cllr_interval[0]
    assert tenfold.cllr_interval[1] - tenfold.cllr_interval[0] > 0.6 * width
    assert tenfold.sources == 100
    assert measure(scored, seed=1, draws=20) == measure(scored, seed=1, draws=20)


def test_what_is_stated_well_is_observed() -> None:
    """Most intervals hold the stated mean (bins are wide); of ratios stretched twofold, few do."""
    good, bad = (observed(normal_scores(4_000, 5, stretch=s)) for s in (1.0, 2.0))
    held = [one.low <= one.stated <= one.high for one in good]
    assert len(good) == 8
    assert sum(held) >= 6
    assert sum(one.low <= one.stated <= one.high for one in bad) <= 3
    assert sum(one.holds + one.fails for one in good) == 8_000


def test_few_values_make_few_bins() -> None:
    scored = [Scored(x, holds, "a") for x in (0.0, 1.0) for holds in (True, False)] * 20
    assert [round(one.stated, 6) for one in observed(scored)] == [0, 1]


def test_the_graded_end_is_the_one_nearer_to_one() -> None:
    def ratio(low: float, high: float) -> LikelihoodRatio:
        return LikelihoodRatio(low=low, high=high, study="x", ceiling=1000)

    assert graded(ratio(10, 90)) == pytest.approx(1)
    assert graded(ratio(0.01, 0.1)) == pytest.approx(-1)
    assert graded(ratio(0.5, 90)) == 0
    assert graded(None) == 0


def test_table_and_plot_tell_the_numbers() -> None:
    scored = normal_scores(100, 6)
    cost = measure(scored, seed=1, draws=50)
    text = table(cost)
    assert f"{cost.cllr:.3f} (" in text
    assert "| 100, 100 |" in text
    picture = plot(scored, 'A <check> & "its" study')
    root = ET.fromstring(picture)  # noqa: S314  our own bytes
    assert root.attrib["aria-label"] == 'A <check> & "its" study'
    assert picture.count(b"<circle") == len(observed(scored))
    assert plot(scored, "x") == plot(scored, "x")
