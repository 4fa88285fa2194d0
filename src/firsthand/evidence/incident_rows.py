"""Rows of a list that somebody exported: CSV, JSON or GeoJSON, each row as text by column."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from firsthand.errors import InputError

__all__ = ["csv_rows", "json_rows"]


def csv_rows(text: str, delimiter: str) -> list[dict[str, str]]:
    """Rows of a CSV with a header line.

    Raises:
        InputError: it is none.
    """
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [
            {str(key): value for key, value in row.items() if isinstance(value, str) and key}
            for row in reader
        ]
    except (csv.Error, TypeError) as error:
        raise InputError(
            f"This list is no CSV with {delimiter!r} between columns: {error}.",
            "Check the mapping's `delimiter`, or export the list again.",
        ) from error


def json_rows(text: str, records: str) -> list[dict[str, str]]:
    """Rows of a JSON list at the dotted way `records`, or of a GeoJSON FeatureCollection.

    Raises:
        InputError: it is no JSON, or there is no list at that place.
    """
    try:
        found: Any = json.loads(text, parse_int=str)  # digits of any length, as they stand
    except (ValueError, RecursionError) as error:
        raise InputError("This list is not valid JSON.", "Export it again.") from error
    for step in records.split(".") if records else []:
        found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        found = found.get("features")
    if not isinstance(found, list):
        raise InputError(
            "The JSON has no list of incidents where the mapping says.",
            "Set `records` in the mapping to the dotted way to the list.",
        )
    return [_flat(each) for each in found if isinstance(each, dict)]


def _flat(value: dict[str, Any], lead: str = "", depth: int = 0) -> dict[str, str]:
    """Nested objects as `outer.inner`; lists as their items with commas between.

    A list of objects gives, for each of their keys, the values with commas between: the
    `sources` of an incident, each with its `path`, become `sources.path`.
    """
    out: dict[str, str] = {}
    for key, inner in value.items():
        name = f"{lead}{_whole(key)}"
        if isinstance(inner, dict) and depth < 5:
            out |= _flat(inner, f"{name}.", depth + 1)
        elif isinstance(inner, list):
            plain = [_whole(str(each)) for each in inner if not isinstance(each, dict | list)]
            out[name] = ", ".join(plain)
            inside = [
                _flat(each, f"{name}.", depth + 1) for each in inner[:200] if _deeper(each, depth)
            ]
            for column in dict.fromkeys(column for each in inside for column in each):
                out[column] = ", ".join(each[column] for each in inside if each.get(column))
        elif inner is not None:
            out[name] = _whole(str(inner))
        else:
            out[name] = ""
    return out


def _whole(text: str) -> str:
    """Half of a surrogate pair, which JSON can escape and UTF-8 cannot hold, becomes U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def _deeper(value: Any, depth: int) -> bool:
    return isinstance(value, dict) and depth < 5
