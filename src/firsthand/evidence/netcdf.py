"""Wind in NetCDF files as ERA5 is handed out: classic NetCDF 3 (by SciPy) and NetCDF 4 (by h5py).

Names, units and packing as the CF conventions have them (https://cfconventions.org, section 8.1 for
`scale_factor` and `add_offset`, 4.4 for time). Runs in the sandbox. A NetCDF 4 file is HDF5, whose
links and data may lie in other files: such parts are refused, never followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import InputError

__all__ = ["netcdf_wind"]

Array = NDArray[np.float64]

MAX_TIMES: Final = 20_000
MAX_FAR_DEG: Final = 2.5
"""A place further than this from every grid point is not in the file."""

_WHAT: Final = "Give ERA5 as NetCDF with u10 and v10, u100 and v100, or u and v on levels."
_PAIRS: Final = {("u10", "v10"): 10, ("u100", "v100"): 100, ("u", "v"): None}
_STEPS_S: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_BROKEN: Final = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, OverflowError),
    *(RuntimeError, AssertionError, AttributeError),
)
"""What the two libraries raise on files that are cut or scribbled over."""

_CALENDARS: Final = {"standard", "gregorian", "proleptic_gregorian", ""}


@dataclass(frozen=True)
class _Variable:
    """One variable: `data` is sliced, not read whole."""

    dimensions: tuple[str, ...]
    attributes: Mapping[str, Any]
    data: Any

    def at(self, index: Mapping[str, Any]) -> Array:
        """Unpacked values where each named dimension is indexed, missing ones NaN."""
        raw = np.asarray(self.data[tuple(index.get(name, 0) for name in self.dimensions)])
        values = raw.astype(float)
        for name in ("_FillValue", "missing_value"):
            if name in self.attributes:
                lacking = np.asarray(self.attributes[name]).reshape(-1)[:1]
                values = np.where(raw == lacking, np.nan, values)
        scale = float(np.asarray(self.attributes.get("scale_factor", 1)).reshape(-1)[0])
        offset = float(np.asarray(self.attributes.get("add_offset", 0)).reshape(-1)[0])
        return np.asarray(values * scale + offset)


def netcdf_wind(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Winds of a NetCDF file at the grid point nearest to a place; runs in the sandbox.

    Args:
        file: The open file.
        args: `latitude_deg`, `longitude_deg`.

    Returns:
        `winds`, each with `kind`, `level`, `at`, `u` and `v`, as `weather.grib_wind` gives them.

    Raises:
        InputError: no NetCDF, no pair of wind components in it, or the place is not in it.
    """
    head = file.read(8)
    file.seek(0)
    opener = _classic if head.startswith(b"CDF") else _hdf5
    try:
        with opener(file) as variables:
            winds = _winds(variables, float(args["latitude_deg"]), float(args["longitude_deg"]))
    except _BROKEN as error:
        raise InputError("This NetCDF file cannot be read.", _WHAT) from error
    return {"winds": winds}, {}


@contextmanager
def _classic(file: BinaryIO) -> Iterator[dict[str, _Variable]]:
    from scipy.io import netcdf_file

    with netcdf_file(file, "r", mmap=False, maskandscale=False) as data:
        yield {
            name: _Variable(tuple(one.dimensions), dict(vars(one)["_attributes"]), one.data)
            for name, one in data.variables.items()
        }


@contextmanager
def _hdf5(file: BinaryIO) -> Iterator[dict[str, _Variable]]:
    import h5py

    with h5py.File(file, "r") as data:
        found: dict[str, _Variable] = {}
        for name in data:
            if not isinstance(data.get(name, getlink=True), h5py.HardLink):
                continue
            one = data[name]
            if not isinstance(one, h5py.Dataset) or one.is_virtual or one.external:
                continue
            scales = [str(dim[0].name).rsplit("/", 1)[-1] if len(dim) else name for dim in one.dims]
            found[name] = _Variable(tuple(scales), dict(one.attrs), one)
        yield found


def _text(value: Any) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)


def _winds(
    variables: Mapping[str, _Variable], latitude: float, longitude: float
) -> list[dict[str, Any]]:
    row_name, row = _nearest(variables, ("latitude", "lat"), latitude, turn=False)
    column_name, column = _nearest(variables, ("longitude", "lon"), longitude, turn=True)
    time_name, times = _times(variables)
    out: list[dict[str, Any]] = []
    for (east, north), height in _PAIRS.items():
        if east not in variables or north not in variables:
            continue
        u, v = variables[east], variables[north]
        if u.dimensions != v.dimensions or not {row_name, column_name} <= set(u.dimensions):
            raise InputError("The winds of this file lie on no grid that can be read.", _WHAT)
        where = {row_name: row, column_name: column, time_name: slice(None)}
        level_name, levels = _levels(variables, u.dimensions)
        if height is None and level_name is None:
            continue
        for n, level in enumerate(levels):
            index = where if level_name is None else where | {level_name: n}
            pairs = zip(times, _series(u, index), _series(v, index), strict=True)
            out += [
                {
                    "kind": "heightAboveGround" if height else "isobaricInhPa",
                    "level": height or int(level),
                    "at": f"{at:%Y%m%d%H%M}",
                    "u": float(x),
                    "v": float(y),
                }
                for at, x, y in pairs
                if np.isfinite(x) and np.isfinite(y)
            ]
    if not out:
        raise InputError("This file holds no pair of wind components.", _WHAT)
    return sorted(out, key=lambda one: (one["kind"], one["level"], one["at"]))


def _series(one: _Variable, index: Mapping[str, Any]) -> Array:
    """Over time at one point. Final and preliminary ERA5 stand in `expver`, one NaN at a time."""
    if "expver" not in one.dimensions:
        return np.atleast_1d(one.at(index))
    at = one.dimensions.index("expver")
    versions = [np.atleast_1d(one.at({**index, "expver": n})) for n in range(one.data.shape[at])]
    out = versions[0]
    for other in versions[1:]:
        out = np.where(np.isfinite(out), out, other)
    return out


def _nearest(
    variables: Mapping[str, _Variable], names: tuple[str, ...], value: float, *, turn: bool
) -> tuple[str, int]:
    name = next((one for one in names if one in variables), None)
    if name is None:
        raise InputError(f"This file has no {names[0]}.", _WHAT)
    away = np.abs(variables[name].at({name: slice(None)}) - value)
    if turn:
        away = np.minimum(away % 360, 360 - away % 360)
    at = int(np.argmin(away))
    if not away[at] <= MAX_FAR_DEG:
        raise InputError(
            "This file does not hold the place.", "Cut it from ERA5 so that it covers the place."
        )
    return name, at


def _levels(
    variables: Mapping[str, _Variable], dimensions: tuple[str, ...]
) -> tuple[str | None, Array]:
    for name in ("pressure_level", "level", "isobaricInhPa", "plev"):
        if name in dimensions and name in variables:
            values = variables[name].at({name: slice(None)})
            unit = _text(variables[name].attributes.get("units", ""))
            return name, values / 100 if unit.lower() == "pa" else values
    return None, np.array([0.0])


def _times(variables: Mapping[str, _Variable]) -> tuple[str, list[datetime]]:
    name = next((one for one in ("valid_time", "time") if one in variables), None)
    if name is None:
        raise InputError("This file names no times.", _WHAT)
    attributes = variables[name].attributes
    unit = _text(attributes.get("units", ""))
    found = re.fullmatch(r"(second|minute|hour|day)s? since (\d{1,4}-\d{1,2}-\d{1,2})(.*)", unit)
    calendar = _text(attributes.get("calendar", "")).lower()
    clock = None if found is None else re.fullmatch(r"[ T]?([0-9:.]*) ?(Z|UTC)?", found[3])
    if found is None or clock is None or calendar not in _CALENDARS:
        raise InputError("The times of this file are counted in an unknown way.", _WHAT)
    year, month, day = map(int, found[2].split("-"))
    parts = [float(part) for part in (clock[1] or "0").split(":")]
    since = datetime(year, month, day, tzinfo=UTC) + sum(
        (timedelta(seconds=part * step) for part, step in zip(parts, (3600, 60, 1), strict=False)),
        timedelta(),
    )
    values = np.atleast_1d(variables[name].at({name: slice(None)}))
    if values.size > MAX_TIMES:
        raise InputError("This file holds more times than can be read.", "Cut it down.")
    return name, [
        since + timedelta(seconds=round(float(value) * _STEPS_S[found[1]])) for value in values
    ]
