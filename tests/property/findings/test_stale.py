"""A finding stands on its inputs: change any, and it is stale; change none, and it is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.records import ClaimRef, Inputs, ItemRef, Method, SettingRef

METHOD = Method(check="sun", version="1", source="firsthand 1")
NAMES = st.sampled_from(("a", "b", "c"))
HASHES = st.sampled_from(("0" * 64, "1" * 64))
CLAIMS = st.builds(ClaimRef, id=NAMES, revision=st.integers(1, 3))
SETTINGS = st.builds(SettingRef, id=NAMES, revision=st.integers(1, 3))
ITEMS = st.builds(ItemRef, id=NAMES, sha256=HASHES)
INPUTS = st.builds(
    Inputs,
    claims=st.lists(CLAIMS, max_size=3).map(tuple),
    settings=st.lists(SETTINGS, max_size=3).map(tuple),
    items=st.lists(ITEMS, max_size=3).map(tuple),
    archive=st.none() | NAMES,
    values=st.dictionaries(NAMES, NAMES, max_size=2),
)


@given(INPUTS, INPUTS)
def test_a_finding_stands_exactly_as_long_as_its_inputs_do(one: Inputs, other: Inputs) -> None:
    assert (one.digest_for(METHOD) == other.digest_for(METHOD)) == (one == other)


@given(INPUTS, CLAIMS)
def test_an_edited_claim_makes_what_used_it_stale(inputs: Inputs, claim: ClaimRef) -> None:
    used = inputs.model_copy(update={"claims": (claim,)})
    edited = ClaimRef(id=claim.id, revision=claim.revision + 1)
    now = inputs.model_copy(update={"claims": (edited,)})
    assert used.digest_for(METHOD) != now.digest_for(METHOD)


@given(INPUTS)
def test_a_new_version_of_the_check_makes_it_stale(inputs: Inputs) -> None:
    newer = METHOD.model_copy(update={"version": "2"})
    assert inputs.digest_for(METHOD) != inputs.digest_for(newer)
