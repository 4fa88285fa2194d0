"""ERA5 as NetCDF: both kinds of file, packed values, two versions, levels, and what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from scipy.io import netcdf_file
from typer.testing import CliRunner

from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.evidence.netcdf import netcdf_wind
from firsthand.evidence.weather import records_of_fields

BAGHDAD = {"latitude_deg": 33.26, "longitude_deg": 44.23}
LAT, LON = np.array([34.0, 33.25, 32.5]), np.array([43.0, 44.25, 45.5])


def classic(path: Path, *, packed: bool = True) -> Path:
    """As the old service handed it out: shorts with a scale, hours since 1900."""
    with netcdf_file(path, "w", version=2) as out:
        for name, values, unit in (
            ("time", [1067169, 1067170], "hours since 1900-01-01 00:00:00.0"),
            ("latitude", LAT, "degrees_north"),
            ("longitude", LON % 360, "degrees_east"),
        ):
            out.createDimension(name, len(values))
            one = out.createVariable(name, "i4" if name == "time" else "f4", (name,))
            one[:] = np.array(values)
            one.units = unit
        for name, value in (("u10", 3.0), ("v10", -4.0)):
            kind = "i2" if packed else "f4"
            one = out.createVariable(name, kind, ("time", "latitude", "longitude"))
            grid = np.full((2, 3, 3), 99.0)
            grid[:, 1, 1] = value
            if packed:
                one.scale_factor, one.add_offset = 0.01, 1.0
                one._FillValue = np.int16(-32767)
                raw = np.rint((np.clip(grid, -200, 200) - 1.0) / 0.01).astype("i2")
                raw[1, 1, 1] = -32767
                one[:] = raw
            else:
                one[:] = grid
    return path


def hdf5(path: Path, **more: Any) -> Path:
    """As the new service hands it out: seconds since 1970, levels, two versions side by side."""
    with h5py.File(path, "w") as out:
        sizes = {"valid_time": 2, "pressure_level": 2, "expver": 2, "latitude": 3, "longitude": 3}
        values = {
            "valid_time": np.array([1632819600, 1632823200]),
            "pressure_level": np.array([1000.0, 925.0]),
            "expver": np.array([1, 5]),
            "latitude": LAT,
            "longitude": LON,
        }
        for name in sizes:
            out[name] = values[name]
            out[name].make_scale(name)
        out["valid_time"].attrs["units"] = "seconds since 1970-01-01"
        out["valid_time"].attrs["calendar"] = "proleptic_gregorian"
        for name, value in (("u", 5.0), ("v", 0.0)):
            grid = np.full(tuple(sizes.values()), np.nan, "f4")
            grid[0, 0, 0, 1, 1] = value
            grid[1, 0, 1, 1, 1] = 2 * value
            out[name] = grid
            for n, scale in enumerate(sizes):
                out[name].dims[n].attach_scale(out[scale])
        for name, link in more.items():
            out[name] = link
    return path


def read(path: Path, place: dict[str, float] = BAGHDAD) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        return list(netcdf_wind(file, place)[0]["winds"])


def test_the_classic_kind_packed_and_with_a_gap(tmp_path: Path) -> None:
    (wind,) = records_of_fields(read(classic(tmp_path / "era5.nc")))
    assert (wind.at.isoformat(), wind.height_m) == ("2021-09-28T09:00:00+00:00", 10.0)
    assert wind.speed_ms == pytest.approx(5.0, abs=0.02)
    assert wind.from_deg == pytest.approx(323.13, abs=0.2)
    assert len(read(classic(tmp_path / "plain.nc", packed=False))) == 2


def test_levels_and_two_versions_of_the_new_kind(tmp_path: Path) -> None:
    first, second = records_of_fields(read(hdf5(tmp_path / "era5.nc")))
    assert [first.height_m, second.height_m] == [110.0, 110.0]
    assert [first.speed_ms, second.speed_ms] == [5.0, 10.0]
    assert first.from_deg == 270.0
    assert first.at.isoformat() == "2021-09-28T09:00:00+00:00"


def test_a_place_outside_and_other_files_are_refused(tmp_path: Path) -> None:
    path = hdf5(tmp_path / "era5.nc")
    with pytest.raises(InputError, match="does not hold the place"):
        read(path, {"latitude_deg": -33.0, "longitude_deg": 44.0})
    for content in (b"", b"CDF\x01", b"\x89HDF\r\n\x1a\n", b"CDF\x02" + bytes(200), b"hello"):
        with pytest.raises(InputError):
            netcdf_wind(io.BytesIO(content), BAGHDAD)


def test_what_lies_in_other_files_is_not_followed(tmp_path: Path) -> None:
    """A link to another file's wind, and data kept in another file, are as if they were not."""
    other = hdf5(tmp_path / "other.nc")
    path = tmp_path / "linked.nc"
    with h5py.File(other, "r") as source, h5py.File(path, "w") as out:
        for name in ("valid_time", "pressure_level", "latitude", "longitude"):
            source.copy(name, out)
        out["u"] = h5py.ExternalLink(str(other), "/u")
        layout = h5py.VirtualLayout(source["v"].shape, source["v"].dtype)
        layout[:] = h5py.VirtualSource(source["v"])
        out.create_virtual_dataset("v", layout)
        raw = [(str(other), 0, 72)]
        out.create_dataset("u10", (1, 3, 3), "f8", external=raw)
        out.create_dataset("v10", (1, 3, 3), "f8", external=raw)
    with pytest.raises(InputError, match="no pair"):
        read(path)


def test_cut_files_are_refused_or_read_never_more(tmp_path: Path) -> None:
    for whole in (classic(tmp_path / "a.nc"), hdf5(tmp_path / "b.nc")):
        data = whole.read_bytes()
        for end in range(0, len(data), max(1, len(data) // 60)):
            try:
                found, _ = netcdf_wind(io.BytesIO(data[:end]), BAGHDAD)
            except InputError:
                continue
            assert found["winds"]


def test_the_command_reads_it_in_the_sandbox(tmp_path: Path) -> None:
    path = classic(tmp_path / "anything.dat")
    asked = ["wind", "--at", "33.2625,44.2346", "--time", "2021-09-28T09:20:00Z", "--json"]
    found = CliRunner().invoke(app, [*asked, "--weather", str(path)])
    assert found.exit_code == 0, found.exception
    told = json.loads(found.stdout)["wind"]
    assert told["speed_ms"] == 5.0
    assert told["from_deg"] == pytest.approx(327, abs=5)
