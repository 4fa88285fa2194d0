"""A file's own words, for people: one screen, leading with what matters."""

from __future__ import annotations

from typing import Any

from firsthand.cli.out import visible

__all__ = ["inspect_text"]


def _one(text: str) -> str:
    return visible(text, one_line=True)


def _stream(stream: dict[str, Any]) -> str:
    size = f" {stream['width_px']} x {stream['height_px']} px" if stream["width_px"] else ""
    rate = f", {stream['mean_rate_hz']:.3g} frames/s" if stream["mean_rate_hz"] else ""
    return f"{stream['kind']}: {_one(stream['codec'])}{size}{rate}"


def _time(time: dict[str, Any]) -> str:
    if time["blank"]:
        return f"{_one(time['tags'][0]['raw'])} (a blank, no date)"
    zone = "" if time["instant"] else " (no zone stated)"
    return f"{time['local'] or _one(time['tags'][0]['raw'])}{zone}"


def inspect_text(document: dict[str, Any]) -> str:
    """Kind, streams, times, place, make; then warnings and how it was looked at."""
    media, told = document["media"], document["metadata"]
    length = f", {media['duration_s']:.3f} s" if media["duration_s"] else ""
    lines = [f"{document['kind']}, {_one(media['container'])}{length}; sha256 {document['sha256']}"]
    lines.extend(f"  {_stream(stream)}" for stream in media["streams"])
    if media["rotation_deg"] or media["mirrored"]:
        mirrored = ", mirrored" if media["mirrored"] else ""
        lines.append(
            f"  stored turned by {media['rotation_deg']} deg{mirrored}; shown upright here"
        )
    for time in told["times"]:
        tag = time["tags"][0]
        lines.append(f"  time   {_time(time)}   [{tag['group']}:{tag['name']}]")
    for position in told["positions"]:
        where = (
            f"{position['latitude_deg']:.5f}, {position['longitude_deg']:.5f}"
            if position["latitude_deg"] is not None and position["longitude_deg"] is not None
            else "blank or unsigned"
        )
        lines.append(f"  place  {where}   [{position['tags'][0]['group']}]")
    for name in ("make", "model", "software"):
        lines.extend(f"  {name:<6} {_one(field['value'])}" for field in told[name])
    if not (told["times"] or told["positions"] or told["make"]):
        lines.append("  no camera, time or place is named; that proves nothing")
    lines.extend(f"  warning: {_one(text)}" for text in document["warnings"])
    lines.append(f"  looked at in: {_one(document['sandbox'])}; read by {_one(told['reader'])}")
    lines.append("  Anyone can write these fields; two of one file are not independent.")
    return "\n".join(lines)
