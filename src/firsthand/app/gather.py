"""What each check asks for by name, and which records it came from.

The references are as important as the values: they are what a finding stood on, and what makes it
stale when one of them changes. Every value must follow from the case alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from firsthand.app.archive_search import kept_search
from firsthand.app.examined import Examined, examined
from firsthand.app.given import NOTHING, Given
from firsthand.app.kept_evidence import evidence_providers, not_used
from firsthand.app.plume_case import kept_smoke
from firsthand.case import Case, CaseState
from firsthand.checks.claimed import claimed_time
from firsthand.records import (
    Claim,
    Inputs,
    Item,
    ItemRef,
    Record,
    Setting,
    SettingName,
    SettingRef,
    Shot,
)

__all__ = ["Gatherer", "Given", "live", "shots_of"]


def live[T](state: CaseState, records: Mapping[str, T]) -> tuple[T, ...]:
    """Those that no person has rejected."""
    return tuple(
        record
        for name, record in records.items()
        if name not in state.reviews or state.reviews[name].state != "rejected"
    )


def shots_of(state: CaseState) -> tuple[Shot, ...]:
    """Every shot of the case: one a media item until its cuts are known."""
    return tuple(
        Shot(
            id=f"{item.id}.s1",
            item=item.id,
            start_s=0.0,
            end_s=state.media[item.id].duration_s,
        )
        for item in state.items.values()
        if item.kind == "media" and item.id in state.media
    )


class Gatherer:
    """Answers for one state of one case; reads each examination once."""

    def __init__(self, case: Case, state: CaseState) -> None:
        self._case = case
        self._state = state
        self._examined: dict[str, Examined | None] = {}
        self._left_out: dict[tuple[str, str], None] = {}
        self._providers: dict[str, Callable[[Shot | None], Given]] = {
            "place": lambda shot: self._setting("place", shot),
            "window": self._window,
            "light": lambda shot: self._setting("light", shot),
            "camera_position": lambda shot: self._setting("camera_position", shot),
            "camera_height": lambda shot: self._setting("camera_height", shot),
            "heading": lambda shot: self._setting("heading", shot),
            "field_of_view": lambda shot: self._setting("field_of_view", shot),
            "distance": lambda shot: self._setting("distance", shot),
            "shadow_azimuth": lambda shot: self._setting("shadow_azimuth", shot),
            "sun_elevation": lambda shot: self._setting("sun_elevation", shot),
            "top_height": lambda shot: self._setting("top_height", shot),
            "drift_angle": lambda shot: self._setting("drift_angle", shot),
            "wind_from": lambda shot: self._setting("wind_from", shot),
            "measured_light": lambda shot: self._from_examination(shot, "light"),
            "media": lambda shot: self._from_examination(shot, "media"),
            "metadata": lambda shot: self._from_examination(shot, "metadata"),
            "contradictions": lambda shot: self._from_inspection(shot, "contradictions"),
            "credentials": lambda shot: self._from_inspection(shot, "credentials"),
            "structure": lambda shot: self._from_inspection(shot, "structure"),
            "continuity": lambda shot: self._from_inspection(shot, "continuity"),
            "archive_search": self._search,
            "smoke": self._smoke,
            "shot": Given,
            "claims": self._claims,
            "report": self._report,
            "reports": self._reports,
            "incidents": self._incidents,
            "sources": lambda _shot: self._lineage(self._state.sources, "sources"),
            "edges": lambda _shot: self._lineage(self._state.edges, "edges"),
            **evidence_providers(
                case,
                state,
                lambda shot: self._setting("place", shot),
                self._window,
                lambda shot: self._setting("camera_position", shot),
                leave_out=lambda item, why: self._left_out.setdefault((item.id, why)),
            ),
        }

    @property
    def left_out(self) -> tuple[str, ...]:
        """The evidence of the case that could not be given to what was asked so far, and why."""
        return tuple(not_used(self._state.items[item], why) for item, why in self._left_out)

    def inputs_for(
        self, names: tuple[str, ...], shot: Shot | None
    ) -> tuple[dict[str, object], Inputs, bool]:
        """The values a check names, all they came from, and whether any rests on the unaccepted.

        A name that nothing here provides is left out, so that the check ends as `needs_input`.
        """
        given = {name: self._providers[name](shot) for name in names if name in self._providers}
        held = list(given.values())
        item = self._state.items[shot.item] if shot else None
        items = {ref.id: ref for one in held for ref in one.items}
        if item is not None:
            items.setdefault(item.id, ItemRef(id=item.id, sha256=item.sha256))
        claims = {(ref.id, ref.revision): ref for one in held for ref in one.claims}
        settings = {(ref.id, ref.revision): ref for one in held for ref in one.settings}
        inputs = Inputs(
            claims=tuple(claims[key] for key in sorted(claims)),
            settings=tuple(settings[key] for key in sorted(settings)),
            items=tuple(items[key] for key in sorted(items)),
            values={key: value for one in held for key, value in sorted(one.values.items())},
        )
        values = {name: one.value for name, one in given.items() if one.value is not None}
        return values, inputs, any(one.unaccepted for one in held)

    def _standing(self, name: SettingName, shot: Shot | None) -> Setting | None:
        scoped = self._state.settings.get((name, shot.item)) if shot else None
        return scoped or self._state.settings.get((name, "case"))

    def _setting(self, name: SettingName, shot: Shot | None) -> Given:
        setting = self._standing(name, shot)
        if setting is None:
            return NOTHING
        return Given(
            setting.value, settings=(SettingRef(id=setting.id, revision=setting.revision),)
        )

    def _window(self, shot: Shot | None) -> Given:
        """A person's window, else the bounds that accepted claims put on the filming."""
        given = self._setting("window", shot)
        if given.value is not None:
            return given
        claimed = claimed_time(self._live_claims())
        return Given(claimed.window, claims=claimed.claims)

    def _live_claims(self) -> tuple[Claim, ...]:
        return tuple(
            claim for claim in self._state.claims.values() if claim.review.state != "rejected"
        )

    def _claims(self, _shot: Shot | None) -> Given:
        claims = self._live_claims()
        return Given(
            claims or None,
            claims=tuple(claim.ref for claim in claims),
            unaccepted=any(not claim.stands for claim in claims if claim.footage),
        )

    def _report(self, _shot: Shot | None) -> Given:
        reports = list(self._state.reports.values())
        if not reports:
            return NOTHING
        first = reports[0]
        return Given(first, values={"report": first.sha256})

    def _reports(self, _shot: Shot | None) -> Given:
        reports = tuple(self._state.reports.values())
        held = (self._state.item_by_content(one.sha256, "report") for one in reports)
        return Given(reports or None, items=tuple(_ref(item) for item in held if item))

    def _incidents(self, _shot: Shot | None) -> Given:
        kept = live(self._state, self._state.incidents)
        told = {name for one in kept for name in one.claims}
        return self._lineage(self._state.incidents, "incidents").but(
            unaccepted=any(
                name in told and not claim.stands for name, claim in self._state.claims.items()
            )
        )

    def _lineage(self, records: Mapping[str, Record], name: str) -> Given:
        kept = live(self._state, records)
        digest = Inputs(values={str(n): one.digest() for n, one in enumerate(kept)}).digest()
        return Given(kept, values={name: digest})

    def _from_examination(self, shot: Shot | None, part: str) -> Given:
        found = self._looked(shot)
        if found is None:
            return NOTHING
        return Given(getattr(found, part), items=(_ref(found.record),))

    def _from_inspection(self, shot: Shot | None, part: str) -> Given:
        found = self._looked(shot)
        if found is None:
            return NOTHING
        return Given(getattr(found, part), items=(_ref(found.inspection_record),))

    def _search(self, shot: Shot | None) -> Given:
        kept = kept_search(self._case, self._state, shot.item) if shot else None
        if kept is None:
            return NOTHING
        return Given(kept[1], items=(_ref(kept[0]),))

    def _smoke(self, shot: Shot | None) -> Given:
        kept = kept_smoke(self._case, self._state, shot.item) if shot else None
        if kept is None:
            return NOTHING
        item, reading, terms = kept
        return Given(reading, settings=terms.refs, items=(_ref(item),))

    def _looked(self, shot: Shot | None) -> Examined | None:
        if shot is None:
            return None
        if shot.item not in self._examined:
            self._examined[shot.item] = examined(self._case, self._state, shot.item)
        return self._examined[shot.item]


def _ref(item: Item) -> ItemRef:
    return ItemRef(id=item.id, sha256=item.sha256)
