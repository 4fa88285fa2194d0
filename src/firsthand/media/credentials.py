"""Content Credentials: in which state they are, and every failure among them.

C2PA 2.2 (https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html).
A signature that holds says who signed these bytes; not that they show what is claimed, nor when or
where they were filmed. `valid` is not `trusted`: anyone can sign with a certificate of their own.
What a failed claim says is never shown, because whoever broke it may have written it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from firsthand.records import Part
from firsthand.sandbox.box import sanitised

__all__ = ["Credentials", "Ingredient", "Problem", "Signer", "Trust", "judge"]

State = Literal[
    "none", "remote_not_fetched", "unreadable", "invalid", "valid_unknown_signer", "trusted"
]
MOST_PROBLEMS = 200
MOST_MANIFESTS = 200
UNSURE = frozenset({
    "timeStamp.mismatch", "timeStamp.malformed", "timeStamp.outsideValidity",
    "timeStamp.untrusted", "assertion.bmffHash.additionalExclusionsPresent",
    "assertion.dataHash.additionalExclusionsPresent", "cawg.ica.untrusted_issuer",
    "signingCredential.ocsp.revoked", "signingCredential.ocsp.inaccessible",
})  # fmt: skip
"""Codes that the library files under "informational" and that a reader should still know."""
UNKNOWN_SIGNER = "signingCredential.untrusted"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to trust: root certificates (PEM) and the purposes that a signer's may have.

    Comes from configuration alone. `purposes` is c2pa-rs's `trust_config`; empty: its default.
    """

    anchors_pem: str
    purposes: str = ""

    def plain(self) -> dict[str, str]:
        """As c2pa-rs's settings call it."""
        told = {"trust_anchors": self.anchors_pem}
        return told | ({"trust_config": self.purposes} if self.purposes else {})


class Problem(Part):
    """One failure or doubt.

    `where` tells whose it is: the file's own claim, or an ingredient's at whatever depth; with
    `recorded_at_signing` the signer saw it and signed all the same. `code` is C2PA's own.
    """

    code: str
    where: Literal["file", "ingredient"]
    weight: Literal["failure", "unknown_signer", "doubt"]
    recorded_at_signing: bool = False
    manifest: str = ""
    explanation: str = ""


class Signer(Part):
    """What the certificate says of the signer. `signed_at` is when it was signed, not filmed."""

    issuer: str
    common_name: str
    algorithm: str
    signed_at: str | None
    time_trusted: bool


class Ingredient(Part):
    """What the file says it was made from.

    `sound`: it has credentials and nothing failed in them; None: it has none.
    """

    title: str
    relationship: str
    manifest: str
    sound: bool | None


class Credentials(Part):
    """The state, every problem, and, unless the claim failed, what it says.

    `spoiled` marks a claim that holds and rests on an ingredient that does not: then the signer's
    word covers less than it seems.
    """

    state: State
    problems: tuple[Problem, ...] = ()
    spoiled: bool = False
    signer: Signer | None = None
    generator: str = ""
    actions: tuple[str, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    manifests: int = 0
    remote: str = ""
    reader: str = ""
    said: str = ""


def judge(told: Any, *, roots: bool) -> Credentials:
    """The credentials from what the boxed library said; `roots`: trust was configured."""
    if not isinstance(told, dict):
        return Credentials(state="unreadable", said="the reader gave no answer")
    reader = f"c2pa-rs {sanitised(told['version'])}" if "version" in told else ""
    found = told.get("found")
    if isinstance(found, dict):
        return _judged(found, roots=roots, reader=reader)
    error, said = str(told.get("error", "")), sanitised(told.get("said", ""))
    if error == "NotSupported" and not reader:
        return Credentials(state="none", said=f"no credentials are defined for {said}")
    if "ManifestNotFound" in error or "JumbfNotFound" in said:
        return Credentials(state="none", reader=reader)
    if error == "RemoteManifest" or said.startswith("Remote:"):
        _, _, address = said.partition("from url ")
        return Credentials(
            state="remote_not_fetched", remote=address, reader=reader,
            said="the credentials lie elsewhere; nothing was fetched",
        )  # fmt: skip
    return Credentials(state="unreadable", reader=reader, said=said)


def _judged(found: dict[str, Any], *, roots: bool, reader: str) -> Credentials:
    manifests = found.get("manifests")
    manifests = manifests if isinstance(manifests, dict) else {}
    label = str(found.get("active_manifest", ""))
    results = found.get("validation_results")
    results = results if isinstance(results, dict) else {}
    own = results.get("activeManifest")
    own = own if isinstance(own, dict) else {}
    problems = _dedupe([
        *_own(own),
        *_deltas(results.get("ingredientDeltas")),
        *_recorded(manifests),
    ])  # fmt: skip
    broken = any(p.where == "file" and p.weight == "failure" for p in problems)
    successes = _codes(own.get("success"))
    whole = "claimSignature.validated" in successes and label in manifests
    stated = found.get("validation_state")
    state: State = "invalid"
    if stated in {"Valid", "Trusted"} and whole and not broken:
        trusted = roots and stated == "Trusted" and "signingCredential.trusted" in successes
        state = "trusted" if trusted else "valid_unknown_signer"
    spoiled = any(p.where == "ingredient" and p.weight == "failure" for p in problems)
    common: dict[str, Any] = {
        "state": state,
        "problems": tuple(problems[:MOST_PROBLEMS]),
        "spoiled": spoiled and state != "invalid",
        "manifests": len(manifests),
        "reader": reader,
    }
    if state == "invalid":
        return Credentials(**common)
    return Credentials(**common, **_statements(manifests[label], problems, successes))


def _dedupe(problems: list[Problem]) -> list[Problem]:
    weights = {"failure": 0, "unknown_signer": 1, "doubt": 2}
    once = {(p.code, p.where, p.manifest, p.recorded_at_signing): p for p in reversed(problems)}
    return sorted(once.values(), key=lambda p: (p.where, weights[p.weight], p.code, p.manifest))


def _rows(rows: Any) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _codes(rows: Any) -> set[str]:
    return {str(row.get("code", "")) for row in _rows(rows)}


def _problem(row: dict[str, Any], where: Literal["file", "ingredient"], **more: Any) -> Problem:
    code = sanitised(row.get("code", "unknown"))
    weight = (
        "unknown_signer" if code == UNKNOWN_SIGNER else "doubt" if code in UNSURE else "failure"
    )
    return Problem(
        code=code,
        where=where,
        weight=more.pop("weight", weight),
        manifest=_manifest_of(str(row.get("url", ""))),
        explanation=sanitised(row.get("explanation", "")),
        **more,
    )


def _manifest_of(url: str) -> str:
    """The manifest's label out of a JUMBF address."""
    parts = url.removeprefix("self#jumbf=").strip("/").split("/")
    return sanitised(parts[1]) if len(parts) > 1 and parts[0] == "c2pa" else ""


def _own(own: dict[str, Any]) -> list[Problem]:
    failures = [_problem(row, "file") for row in _rows(own.get("failure"))]
    doubts = [
        _problem(row, "file", weight="doubt")
        for row in _rows(own.get("informational"))
        if row.get("code") in UNSURE
    ]
    return failures + doubts


def _deltas(deltas: Any) -> list[Problem]:
    problems: list[Problem] = []
    for delta in _rows(deltas)[:MOST_MANIFESTS]:
        told = delta.get("validationDeltas")
        if isinstance(told, dict):
            problems += [_problem(row, "ingredient") for row in _rows(told.get("failure"))]
            problems += [
                _problem(row, "ingredient", weight="doubt")
                for row in _rows(told.get("informational"))
                if row.get("code") in UNSURE
            ]
    return problems


def _recorded(manifests: dict[str, Any]) -> list[Problem]:
    """What each signer noted of its ingredients, at every depth: all manifests lie side by side."""
    problems: list[Problem] = []
    for manifest in list(manifests.values())[:MOST_MANIFESTS]:
        for ingredient in _ingredients(manifest):
            rows = _rows(ingredient.get("validation_status"))
            results = ingredient.get("validation_results")
            if isinstance(results, dict) and isinstance(results.get("activeManifest"), dict):
                rows += _rows(results["activeManifest"].get("failure"))
            problems += [_problem(row, "ingredient", recorded_at_signing=True) for row in rows]
    return problems


def _ingredients(manifest: Any) -> list[dict[str, Any]]:
    return _rows(manifest.get("ingredients")) if isinstance(manifest, dict) else []


def _statements(manifest: Any, problems: list[Problem], successes: set[str]) -> dict[str, Any]:
    """What a claim that holds says: the signer, the generator, actions and ingredients."""
    if not isinstance(manifest, dict):
        return {}
    told = manifest.get("signature_info")
    told = told if isinstance(told, dict) else {}
    failed = {p.manifest for p in problems if p.weight == "failure"}
    return {
        "signer": Signer(
            issuer=sanitised(told.get("issuer") or ""),
            common_name=sanitised(told.get("common_name") or ""),
            algorithm=sanitised(told.get("alg") or ""),
            signed_at=sanitised(told["time"]) if told.get("time") else None,
            time_trusted="timeStamp.trusted" in successes,
        ),
        "generator": _generator(manifest),
        "actions": tuple(_actions(manifest))[:50],
        "ingredients": tuple(
            Ingredient(
                title=sanitised(row.get("title") or ""),
                relationship=sanitised(row.get("relationship") or ""),
                manifest=sanitised(row.get("active_manifest") or ""),
                sound=_sound(row, failed),
            )
            for row in _ingredients(manifest)[:MOST_MANIFESTS]
        ),
    }


def _sound(ingredient: dict[str, Any], failed: set[str]) -> bool | None:
    label = ingredient.get("active_manifest")
    if not label:
        return None
    rows = _rows(ingredient.get("validation_status"))
    noted = any(row.get("code") not in UNSURE | {UNKNOWN_SIGNER} for row in rows)
    return str(label) not in failed and not noted


def _generator(manifest: dict[str, Any]) -> str:
    info = _rows(manifest.get("claim_generator_info"))
    if info and info[0].get("name"):
        return sanitised(f"{info[0]['name']} {info[0].get('version') or ''}".strip())
    return sanitised(manifest.get("claim_generator") or "")


def _actions(manifest: dict[str, Any]) -> list[str]:
    return [
        sanitised(action.get("action", ""))
        for assertion in _rows(manifest.get("assertions"))
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        and isinstance(assertion.get("data"), dict)
        for action in _rows(assertion["data"].get("actions"))
    ]
