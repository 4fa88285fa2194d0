"""The C2PA test files, each in the state that c2pa-python named, with every failure."""

import json

import pytest

from firsthand.media import Trust, inspect_file
from firsthand.sandbox import Box

pytestmark = pytest.mark.shared
STATES = {"Valid": "valid_unknown_signer", "Trusted": "trusted", "Invalid": "invalid"}
ERRORS = {"ManifestNotFound": "none", "Remote:": "remote_not_fetched", "Verify:": "unreadable"}


@pytest.fixture(scope="module")
def expected(shared):
    return json.loads((shared / "data/c2pa/expected.json").read_text())


@pytest.fixture(scope="module")
def trust(shared):
    told = json.loads((shared / "data/c2pa/trust_settings.json").read_text())["trust"]
    return Trust(told["trust_anchors"], told["trust_config"])


@pytest.fixture(scope="module")
def found(shared, expected, trust):
    with Box() as box:
        return {
            (row["file"], roots): inspect_file(
                shared / "data/c2pa" / row["file"], box, trust=trust if roots else None
            ).c2pa
            for row in expected
            for roots in (False, True)
        }


def wanted(row, roots):
    return row["with_test_roots" if roots else "no_roots"]


def cases(expected):
    return [(row, roots) for row in expected for roots in (False, True)]


def test_every_state(expected, found):
    for row, roots in cases(expected):
        told = wanted(row, roots)
        state = (
            STATES[told["state"]]
            if "state" in told
            else next(s for mark, s in ERRORS.items() if mark in told["err"])
        )
        assert found[row["file"], roots].state == state, (row["file"], roots)


def test_nothing_is_trusted_without_a_root(expected, found):
    assert not [row["file"] for row in expected if found[row["file"], False].state == "trusted"]
    assert [row["file"] for row in expected if found[row["file"], True].state == "trusted"]


def test_every_failure_is_told(expected, found):
    for row, roots in cases(expected):
        ours = {
            ("ING:" if p.where == "ingredient" else "") + p.code
            for p in found[row["file"], roots].problems
            if not p.recorded_at_signing
        }
        assert set(wanted(row, roots).get("fail", ())) <= ours, row["file"]


def test_nothing_of_a_failed_claim_is_shown(expected, found):
    seen = 0
    for row, roots in cases(expected):
        if found[row["file"], roots].state != "invalid":
            continue
        seen += 1
        text = found[row["file"], roots].canonical().decode()
        told = wanted(row, roots)
        hidden = [told["issuer"], told["gen"], *told["actions"], *filter(None, [told["time"]])]
        assert not [value for value in hidden if value in text], row["file"]
    assert seen >= 14


def test_rotten_ingredients_are_surfaced(found):
    spoiled = found["pub_adobe-20220124-CIE-sig-CA.jpg", True]
    assert spoiled.state == "trusted"
    assert spoiled.spoiled
    assert [i.sound for i in spoiled.ingredients] == [False]
    assert any(
        p.code == "claimSignature.mismatch" and p.recorded_at_signing for p in spoiled.problems
    )
    broken = found["py_CIE-sig-CA.jpg", True]
    assert any(
        p.where == "ingredient" and p.code == "claimSignature.mismatch" for p in broken.problems
    )


def test_what_holds_says_who_and_when_it_was_signed(expected, found):
    for row, roots in cases(expected):
        credentials = found[row["file"], roots]
        if credentials.state in {"trusted", "valid_unknown_signer"}:
            told = wanted(row, roots)
            assert credentials.signer.issuer == told["issuer"]
            assert credentials.signer.signed_at == told["time"]
            assert list(credentials.actions)[:4] == told["actions"]  # four at most are named there


def test_parts_that_the_signature_leaves_out_are_told(found):
    codes = [p.code for p in found["py_video1.mp4", True].problems]
    assert "assertion.bmffHash.additionalExclusionsPresent" in codes


def test_a_remote_manifest_is_named_and_not_fetched(found):
    credentials = found["py_cloud.jpg", True]
    assert credentials.state == "remote_not_fetched"
    assert credentials.remote.startswith("https://cai-manifests.adobe.com/")
