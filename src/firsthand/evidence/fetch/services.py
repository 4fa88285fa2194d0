"""The addresses of FIRMS, Open-Meteo and an element archive.

FIRMS area API: https://firms.modaps.eosdis.nasa.gov/api/area/. Open-Meteo archive:
https://open-meteo.com/en/docs/historical-weather-api. Space-Track's `gp_history`:
https://www.space-track.org/documentation#api, after a log-in by POST to `/ajaxauth/login`.

A place is rounded before it leaves: to a tenth of a degree, which is about 11 km.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import quote, urlencode

from firsthand.errors import InputError
from firsthand.evidence.fetch.client import Request

__all__ = ["elements_request", "firms_request", "open_meteo_request"]

FIRMS: Final = "https://firms.modaps.eosdis.nasa.gov"
OPEN_METEO: Final = "https://archive-api.open-meteo.com"
SPACE_TRACK: Final = "https://www.space-track.org"

PRODUCTS: Final = (
    "MODIS_SP",
    "MODIS_NRT",
    "VIIRS_SNPP_SP",
    "VIIRS_SNPP_NRT",
    "VIIRS_NOAA20_SP",
    "VIIRS_NOAA20_NRT",
    "VIIRS_NOAA21_NRT",
)
MOST_DAYS: Final = 5
"""As FIRMS answers now; it used to be ten."""


def firms_request(
    latitude_deg: float,
    longitude_deg: float,
    first: date,
    *,
    days: int,
    product: str,
    key: str,
    host: str = FIRMS,
) -> Request:
    """Fires in a box of half a degree either side, for up to five days.

    Raises:
        InputError: a product or a number of days that FIRMS has not.
    """
    if product not in PRODUCTS or not 1 <= days <= MOST_DAYS:
        raise InputError(
            f"FIRMS has no {product!r} for {days} days.",
            f"One of {', '.join(PRODUCTS)}; 1 to {MOST_DAYS} days.",
        )
    lat, lon = round(latitude_deg, 1), round(longitude_deg, 1)
    box = f"{lon - 0.5:.1f},{lat - 0.5:.1f},{lon + 0.5:.1f},{lat + 0.5:.1f}"
    path = f"/api/area/csv/{quote(key, safe='')}/{product}/{box}/{days}/{first.isoformat()}"
    return Request("FIRMS", host + path, secrets={"key": quote(key, safe="")})


def open_meteo_request(
    latitude_deg: float,
    longitude_deg: float,
    first: date,
    last: date,
    *,
    host: str = OPEN_METEO,
) -> Request:
    """Hourly winds at 10 and 100 m from the ERA5 reanalysis."""
    fields = {
        "latitude": f"{latitude_deg:.1f}",
        "longitude": f"{longitude_deg:.1f}",
        "start_date": first.isoformat(),
        "end_date": last.isoformat(),
        "hourly": "wind_speed_10m,wind_direction_10m,wind_speed_100m,wind_direction_100m",
        "wind_speed_unit": "ms",
        "timezone": "GMT",
    }
    return Request("Open-Meteo", f"{host}/v1/archive?{urlencode(fields, safe=',')}")


def elements_request(
    norad: int,
    first: date,
    last: date,
    *,
    identity: str = "",
    password: str = "",
    host: str = SPACE_TRACK,
) -> Request:
    """Element sets of one satellite whose epochs lie between two days; no place leaves."""
    path = (
        f"/basicspacedata/query/class/gp_history/NORAD_CAT_ID/{int(norad)}"
        f"/EPOCH/{first.isoformat()}--{last.isoformat()}/orderby/EPOCH/format/3le"
    )
    login = Request(
        "Space-Track",
        f"{host}/ajaxauth/login",
        body=urlencode({"identity": identity, "password": password}),
        secrets={
            "identity": urlencode({"": identity})[1:],
            "password": urlencode({"": password})[1:],
        },
    )
    return Request("Space-Track", host + path, first=login)
