"""A value that a check is handed, with what it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from firsthand.records import ClaimRef, ItemRef, SettingRef

__all__ = ["NOTHING", "Given"]


@dataclass(frozen=True)
class Given:
    """A value with what it came from. `unaccepted`: it rests on a reading nobody accepted."""

    value: object | None
    claims: tuple[ClaimRef, ...] = ()
    settings: tuple[SettingRef, ...] = ()
    items: tuple[ItemRef, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    unaccepted: bool = False

    def but(self, *, unaccepted: bool) -> Given:
        """The same, resting on the unaccepted or not."""
        return replace(self, unaccepted=unaccepted)


NOTHING = Given(None)
