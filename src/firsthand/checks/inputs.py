"""The inputs that a check can name, what gives each, and what it costs to get.

A check asks by parameter name; the type is the one written here. None, or nothing at all, is a
lack, and a lack is never a pass.

| name | type |
|---|---|
| `place` | `records.Place`: where the footage is claimed to be filmed |
| `window` | `records.Window`: when, from a setting or an accepted claim |
| `light` | `records.Light`: day, twilight or night as an analyst saw it |
| `measured_light` | `measure.light.LightReading`: the same from the picture's own numbers |
| `media` | `records.Media`: the examined file |
| `metadata` | `media.metadata.FileMetadata`: what the file says of itself |
| `claims` | `tuple[records.Claim, ...]`: readings that nobody has rejected |
| `report` | `records.Report`: the report that the claims come from |
| `sources` | `tuple[records.Source, ...]`: who is named |
| `shadow_azimuth`, `sun_elevation` | `records.Angle`: measured on the shadows in the picture |
| `top_height` | `records.Length`: the top of what is shown, above its ground |
| `drift_angle` | `records.Angle`: where the smoke drifts, from the line of sight |
| `smoke` | `measure.plume.reading.SmokeReading`: the smoke in the shot, measured |
| `fire_files` | `tuple[evidence.firms.FireFile, ...]`: fires that satellites recorded |
| `fire_watch` | `checks.fire_record.Watch`: which of them swept the place, from element sets |
| `weather` | `tuple[evidence.weather.WindRecord, ...]`: winds as others recorded them |
| `ground` | `evidence.ground.GroundLines`: the ground between camera and place, from a model |
| `edges` | `tuple[records.Edge, ...]`: who had it from whom |
| `reports` | `tuple[records.Report, ...]`: every report of the case |
| `incidents` | `tuple[records.Incident, ...]`: events that the reports tell of |
| `incident_lists` | `tuple[evidence.incidents.IncidentList, ...]`: lists that others keep |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from firsthand.records import Message, say

__all__ = ["INPUTS", "InputName", "describe"]


@dataclass(frozen=True)
class InputName:
    """One input: the sentence that asks for it, and its cost.

    `cost` orders what would settle a question, cheapest first: 1 is in the case already and needs
    a person's eye, 2 needs a map or a look into the report, 3 needs somebody outside to answer.
    """

    name: str
    ask: Message
    cost: int


INPUTS: Final = {
    entry.name: entry
    for entry in (
        InputName("light", say("Day, twilight or night in the picture, as a person sees it."), 1),
        InputName(
            "measured_light", say("The numbers of the picture's own light, from examining it."), 1
        ),
        InputName("claims", say("A reading of the report that a person accepts."), 1),
        InputName("place", say("The claimed place as coordinates, with a radius."), 2),
        InputName("report", say("The report that makes the claim."), 2),
        InputName("sources", say("Who is named as having filmed, posted or published it."), 2),
        InputName("smoke", say("The smoke in the footage, measured with what is known now."), 1),
        InputName("distance", say("How far the smoke is from the camera."), 2),
        InputName("shadow_azimuth", say("Where the shadows in the picture point."), 2),
        InputName("sun_elevation", say("How high the sun stands by the shadows."), 2),
        InputName("top_height", say("How high the thing's top is above its ground."), 2),
        InputName("drift_angle", say("Which way the smoke drifts in the picture."), 1),
        InputName("camera_position", say("Where the camera stood."), 2),
        InputName("ground", say("An elevation model of the ground between camera and place."), 2),
        InputName("heading", say("Where the camera looked."), 2),
        InputName("weather", say("The wind of that day: airport reports or a reanalysis."), 2),
        InputName(
            "fire_files", say("FIRMS fires round the place, over some years (a CSV file)."), 2
        ),
        InputName("fire_watch", say("Element sets of the fire satellites for that day."), 2),
        InputName("edges", say("Who had it from whom."), 2),
        InputName(
            "archive_search", say("An archive of earlier footage that it can be looked up in."), 2
        ),
        InputName("reports", say("The reports that make the claim."), 2),
        InputName("incidents", say("Events that the reports tell of."), 2),
        InputName(
            "incident_lists",
            say("A list of incidents at the place, fires and smoke without an attacker too."),
            2,
        ),
        InputName("metadata", say("The file as it left the camera, with its own fields."), 3),
        InputName("media", say("The footage itself."), 3),
        InputName(
            "window", say("When it was filmed: the earliest and the latest time it can be."), 3
        ),
    )
}

_DEAREST: Final = 4


def describe(name: str) -> InputName:
    """The input of that name; one that a third party's check made up gets a plain sentence."""
    return INPUTS.get(name) or InputName(name, say("The input “{name}”.", name=name), _DEAREST)
