import numpy as np
import pytest

from firsthand.measure.plume.claim import answer_claim, range_needed, range_needed_for

HUNDREDS = (100.0, 1000.0)


def test_an_interval_inside_the_claim_is_consistent() -> None:
    draws = np.random.default_rng(0).normal(300, 20, 4000)
    answer = answer_claim(HUNDREDS, 260, 340, draws)
    assert answer.verdict == "consistent"
    assert answer.log10_lr is not None
    assert 0 < answer.log10_lr <= 1


def test_hundreds_is_good_to_a_factor_of_three_either_way() -> None:
    assert answer_claim(HUNDREDS, 40, 60).verdict == "cannot_tell"
    assert answer_claim(HUNDREDS, 20, 30).verdict == "inconsistent"
    assert answer_claim(HUNDREDS, 2000, 2900).verdict == "cannot_tell"
    assert answer_claim(HUNDREDS, 3100, 4000).verdict == "inconsistent"


def test_a_figure_has_no_such_softness() -> None:
    assert answer_claim((200, 300), 310, 350, vague=False).verdict == "inconsistent"
    assert answer_claim((200, 300), 310, 350).verdict == "consistent"


def test_a_lower_bound_alone_never_says_that_it_is_too_low() -> None:
    assert answer_claim(HUNDREDS, 50, None).verdict == "cannot_tell"
    assert answer_claim(HUNDREDS, 200, None).verdict == "cannot_tell"
    assert answer_claim(HUNDREDS, 4000, None).verdict == "inconsistent"
    assert answer_claim(HUNDREDS, 200, None).log10_lr is None


def test_far_from_the_claim_the_ratio_is_at_its_floor() -> None:
    assert answer_claim(HUNDREDS, 8, 12, np.full(100, 10.0)).log10_lr == -1


def test_the_range_that_a_claim_needs() -> None:
    ratio = np.full(100, np.tan(np.radians(8.0)))
    near, far = range_needed(HUNDREDS, ratio)
    assert near == pytest.approx(711.5, rel=1e-3)  # 8 degrees are 141 m at 1 km
    assert far == pytest.approx(7115, rel=1e-3)
    assert range_needed_for(HUNDREDS, 8, 8) == pytest.approx((near, far))
