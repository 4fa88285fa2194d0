"""States and problems of Content Credentials, from what the library says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.media.credentials import Trust, judge

LABEL = "urn:uuid:one"
OTHER = "urn:uuid:two"


def url(label, rest="c2pa.signature"):
    return f"self#jumbf=/c2pa/{label}/{rest}"


def told(*, state="Trusted", success=(), failure=(), deltas=(), ingredients=(), informational=()):
    successes = ["claimSignature.validated", "signingCredential.trusted", *success]
    return {
        "version": "0.1",
        "found": {
            "active_manifest": LABEL,
            "validation_state": state,
            "manifests": {
                LABEL: {
                    "claim_generator_info": [{"name": "Maker", "version": "2"}],
                    "signature_info": {
                        "issuer": "Somebody", "common_name": "S", "alg": "Es256",
                        "time": "2024-01-02T03:04:05+00:00",
                    },
                    "assertions": [
                        {"label": "c2pa.actions.v2",
                         "data": {"actions": [{"action": "c2pa.opened"}]}},
                    ],
                    "ingredients": list(ingredients),
                },
                OTHER: {"ingredients": []},
            },
            "validation_results": {
                "activeManifest": {
                    "success": [{"code": code, "url": url(LABEL)} for code in successes],
                    "failure": [{"code": code, "url": url(LABEL)} for code in failure],
                    "informational": [{"code": code, "url": url(LABEL)} for code in informational],
                },
                "ingredientDeltas": list(deltas),
            },
        },
    }  # fmt: skip


def test_trusted_only_with_a_configured_root():
    assert judge(told(), roots=True).state == "trusted"
    assert judge(told(), roots=False).state == "valid_unknown_signer"


def test_what_a_claim_that_holds_says():
    found = judge(told(), roots=True)
    assert found.signer.issuer == "Somebody"
    assert found.signer.signed_at == "2024-01-02T03:04:05+00:00"
    assert found.signer.time_trusted is False
    assert (found.generator, found.actions) == ("Maker 2", ("c2pa.opened",))


@pytest.mark.parametrize("state", ["Invalid", None, "trusted", "", 3])
def test_any_other_word_is_invalid(state):
    assert judge(told(state=state), roots=True).state == "invalid"


def test_a_failure_outweighs_the_librarys_own_word():
    found = judge(told(failure=["assertion.dataHash.mismatch"]), roots=True)
    assert found.state == "invalid"


def test_nothing_of_a_failed_claim_is_shown():
    found = judge(told(state="Invalid", failure=["claimSignature.mismatch"]), roots=True)
    assert "Somebody" not in found.canonical().decode()
    assert found.signer is None
    assert found.actions == ()
    assert found.generator == ""
    assert found.ingredients == ()


def test_an_unknown_signer_is_no_failure():
    found = judge(told(state="Valid", failure=["signingCredential.untrusted"]), roots=True)
    assert found.state == "valid_unknown_signer"
    assert [problem.weight for problem in found.problems] == ["unknown_signer"]


def test_without_a_checked_signature_nothing_is_valid():
    plain = told()
    plain["found"]["validation_results"]["activeManifest"]["success"] = []
    assert judge(plain, roots=True).state == "invalid"


def test_rotten_ingredients_at_any_depth_spoil_it():
    deep = {"title": "x", "active_manifest": "urn:deep",
            "validation_status": [
                {"code": "claimSignature.mismatch", "url": url("urn:deep")}]}  # fmt: skip
    plain = told(ingredients=[{"title": "y", "active_manifest": OTHER}])
    plain["found"]["manifests"][OTHER]["ingredients"] = [deep]
    found = judge(plain, roots=True)
    assert found.state == "trusted"
    assert found.spoiled
    (problem,) = found.problems
    assert (problem.where, problem.recorded_at_signing, problem.manifest) == (
        "ingredient", True, "urn:deep",
    )  # fmt: skip


def test_an_ingredient_found_bad_now_is_not_sound():
    delta = {
        "validationDeltas": {"failure": [{"code": "claimSignature.mismatch", "url": url(OTHER)}]}
    }
    rows = [{"title": "y", "active_manifest": OTHER}, {"title": "plain"}]
    found = judge(told(deltas=[delta], ingredients=rows), roots=True)
    assert [ingredient.sound for ingredient in found.ingredients] == [False, None]
    assert found.spoiled


def test_doubts_among_the_informational_are_told():
    doubts = ["timeStamp.mismatch", "assertion.bmffHash.additionalExclusionsPresent"]
    found = judge(told(informational=[*doubts, "signingCredential.ocsp.skipped"]), roots=True)
    assert sorted(problem.code for problem in found.problems) == sorted(doubts)
    assert not found.spoiled


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"error": "ManifestNotFound", "said": "no JUMBF data found", "version": "1"}, "none"),
        ({"error": "NotSupported", "said": "an Ogg file"}, "none"),
        ({"error": "C2paError", "said": "Remote: must fetch remote manifests from url http://x/y",
          "version": "1"}, "remote_not_fetched"),
        ({"error": "Verify", "said": "invalid JUMBF header", "version": "1"}, "unreadable"),
        ({"error": "Failed", "said": "memory"}, "unreadable"),
        (None, "unreadable"),
        ({}, "unreadable"),
        ({"found": []}, "unreadable"),
        ({"found": {}}, "invalid"),
    ],
)  # fmt: skip
def test_other_answers(answer, state):
    assert judge(answer, roots=True).state == state


def test_a_remote_address_is_told_and_never_opened():
    answer = {
        "error": "C2paError",
        "said": "Remote: must fetch remote manifests from url http://x/y",
    }
    assert judge(answer, roots=False).remote == "http://x/y"


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["found", "manifests", "active_manifest", "validation_results", "code",
                         "activeManifest", "ingredientDeltas", "failure", "success", "ingredients",
                         "validation_state", "validation_status", "signature_info", "a"]),
        inner, max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@given(json_like)
def test_no_answer_makes_it_fail_or_trust(answer):
    assert judge(answer, roots=True).state not in {"trusted", "valid_unknown_signer"}


def test_trust_as_the_library_calls_it():
    assert Trust("PEM").plain() == {"trust_anchors": "PEM"}
    assert Trust("PEM", "1.2.3").plain() == {"trust_anchors": "PEM", "trust_config": "1.2.3"}
