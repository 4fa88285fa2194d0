"""The answers about where and when, in words."""

from __future__ import annotations

from typing import Any

__all__ = ["fires_text"]


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
