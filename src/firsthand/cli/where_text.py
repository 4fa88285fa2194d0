"""The answers about where and when, in words."""

from __future__ import annotations

from typing import Any

__all__ = ["fires_text", "sun_text", "wind_text"]


def fires_text(answer: dict[str, Any]) -> str:
    """Presence or absence, each with what it weighs."""
    lines: list[str] = []
    base = answer["base_rate"]
    if answer["says"] == "seen":
        lines.append(f"{len(answer['detections'])} fire pixels there in the window:")
        lines.extend(
            f"  {one['at']}  {one['satellite']}  confidence {one['confidence'] or 'not stated'}"
            for one in answer["detections"]
        )
        if base:
            lines.append(
                f"Such a window has one anyway in {100 * base['value']:.1f} % of cases "
                f"({100 * base['low']:.1f} to {100 * base['high']:.1f} %)."
            )
        else:
            lines.append("The record is too short to say how usual that is there.")
        if answer["likelihood_ratio"]:
            low, high = answer["likelihood_ratio"]
            lines.append(f"Likelihood ratio {low:g} to {high:g}, for the event alone.")
        if answer["recurrent"]:
            lines.append("Something burns or glows there again and again; one more says little.")
    elif answer["says"] == "not_seen":
        missed = answer["missed_by_all"]
        lines.append(
            f"No fire pixel there in the window. All {len(answer['sweeps'])} sweeps together miss "
            f"such a fire in {100 * missed['value']:.0f} % of cases "
            f"({100 * missed['low']:.0f} to {100 * missed['high']:.0f} %)."
        )
    else:
        lines.append("No fire pixel there in the window, which weighs nothing:")
        lines.append(f"  {answer['why_absence_weighs_nothing']}.")
    if answer["unknown"]:
        lines.append(f"Passes not known: {', '.join(answer['unknown'])}.")
    lines.append("This speaks of the event, not of the footage.")
    return "\n".join(lines)


def _range(value: dict[str, float]) -> str:
    return f"{value['value']:.1f} ({value['low']:.1f} to {value['high']:.1f})"


def sun_text(answer: dict[str, Any]) -> str:
    """Each part that was asked for, a line or two each."""
    lines: list[str] = []
    if "azimuth_deg" in answer:
        lines.append(
            f"{answer['time']} at {answer['latitude_deg']:g}, {answer['longitude_deg']:g}: "
            f"azimuth {answer['azimuth_deg']:.3f} deg (clockwise from true north), "
            f"elevation {answer['elevation_deg']:.3f} deg true, "
            f"{answer['apparent_elevation_deg']:.3f} deg with refraction"
            f" (+- {answer['accuracy_deg']:g} deg)."
        )
    if "image" in answer:
        image = answer["image"]
        lines.append(
            f"By the picture: sun {_range(image['elevation_deg'])} deg high, "
            f"{_range(image['azimuth_from_view_deg'])} deg from the view's direction."
        )
        if image["misfit_p"] < 0.01:
            lines.append("The points fit badly: check them, the level ground and the upright.")
    if "claim" in answer:
        claim = answer["claim"]
        word = "does not fit" if claim["outcome"] == "inconsistent" else "fits"
        lines.append(
            f"The measured sun {word} this place and time (p {claim['p']:g}); of the year's daylit "
            f"times {100 * claim['power']['value']:.0f} % would be told apart."
        )
    if "spans" in answer:
        spans = [f"{one['from']} to {one['to']}" for one in answer["spans"]]
        told = "; ".join(spans) or "at no time of that day"
        lines.append(f"If place and date hold, filmed {told}. This weighs nothing by itself.")
    if "region" in answer:
        region = answer["region"]
        only = " on land" if region["land_only"] else ""
        if region["zone"]:
            only += f" where clocks ran as in {region['zone']}"
        lines.append(
            f"It can have been filmed{only} on {100 * region['share_of_earth']:.2f} % of the earth "
            f"({region['area_km2']:,} km2)."
        )
        lines.extend(f"Written: {name}" for name in region["files"])
    return "\n".join(lines)


def wind_text(answer: dict[str, Any]) -> str:
    """The wind, the drift it makes, and what comes of holding it against the picture."""
    lines: list[str] = []
    if answer["wind"]:
        wind = answer["wind"]
        lines.append(
            f"Wind at its height: from {wind['from_deg']:.0f} deg (sd {wind['sd_deg']:.0f}), "
            f"{wind['speed_ms']:.0f} m/s."
        )
    if "expected_words" in answer:
        lines.append(f"In the picture smoke should drift {answer['expected_words']}.")
    words = {"fits": "It fits", "misfits": "It does not fit", "cannot_tell": "Cannot tell"}
    told = words[answer["outcome"]]
    why = answer["why"]
    lines.append(f"{told}: {why}." if why else f"{told} (p {answer['p']:g}).")
    if answer.get("share_of_hours_that_fit") is not None:
        lines.append(
            f"{100 * answer['share_of_hours_that_fit']:.0f} % of recorded hours would fit."
        )
    return "\n".join(lines)
