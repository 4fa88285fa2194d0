"""Ten classic cases, made whole by the use cases themselves: footage, report, evidence, facts.

Everything is made here from seeds; no place, fire or wind is real. One report is read once, one
clip is examined once, and the cases are copies of that with what each adds.
"""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import tests.archive_fixtures as made

from firsthand.app.archive import add_to_archive
from firsthand.app.archive_search import search_case
from firsthand.app.checking import check_case
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.reviewing import review
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import writing
from firsthand.measure.sun import sun_position
from firsthand.records import Edge, Source, say

ACTOR = "Test Analyst"
WHY = "measured for the test"
LATITUDE, LONGITUDE = 33.26, 44.23
CLAIMED = datetime(2021, 9, 28, 9, tzinfo=UTC)
LAST_YEAR = CLAIMED - timedelta(days=365)
HEADING = 40.0
DRIFT_RIGHT = "90:15"
"""The smoke drifts right of a camera that looks to 40 degrees: the wind is from 310."""

REPORT = (
    "Fire at the Riverton depot\n\nBy Ann Example, Example Wire, 28 September 2021\n\n"
    "A video filmed by Sam Porter shows black smoke over the Riverton depot on Tuesday. "
    "The fire was caused by a drone strike, Sam Porter said.\n"
)


def shadow(at: datetime, *, mirrored: bool = False) -> str:
    """Where shadows point then, as `case set` takes it; in a mirrored picture, about its axis."""
    sun = sun_position(at.timestamp(), LATITUDE, LONGITUDE)
    points = (float(sun.azimuth_deg) + 180) % 360
    return f"{(2 * HEADING - points if mirrored else points) % 360:.1f}:2"


def fires_csv(*at: datetime) -> bytes:
    """Detections at the depot, in a record of six years that holds others elsewhere."""
    text = io.StringIO(newline="")
    head = "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument"
    rows = csv.writer(text)
    rows.writerow([*head.split(","), "confidence"])
    for when, here in [*((one, True) for one in at), *((one, False) for one in _FRAME)]:
        rows.writerow(
            [
                LATITUDE if here else -LATITUDE, LONGITUDE, 330, 1.0, 1.0,
                f"{when:%Y-%m-%d}", f"{when:%H%M}", "Terra", "MODIS", 80,
            ]
        )  # fmt: skip
    return text.getvalue().encode()


_FRAME = (datetime(2016, 1, 1, 10, tzinfo=UTC), datetime(2021, 12, 31, 10, tzinfo=UTC))


def metars(from_deg: int) -> bytes:
    """Two weeks of hourly reports from every side in turn, with this wind at the claimed hour."""
    lines = []
    for n in range(-300, 13):
        at = CLAIMED + timedelta(hours=n)
        blows = from_deg if n == 0 else (n * 70) % 360 // 10 * 10
        lines.append(f"METAR ORBI {at:%d%H%M}Z {blows or 360:03d}12KT 9999 SKC 30/10 Q1010=")
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class Facts:
    """What an analyst put in, beyond the report: measured shadow, drift, and the light seen."""

    shadow_azimuth: str | None = None
    drift: str | None = None
    light: str | None = "day"


@dataclass
class Workshop:
    """Makes the files, the archives and the cases, each part once."""

    folder: Path
    _bases: dict[str, Path] = field(default_factory=dict)
    _archives: dict[str, Path] = field(default_factory=dict)

    def clip(self, name: str) -> Path:
        """The depot's footage, the same mirrored, another take of the place, or a game."""
        path = self.folder / f"{name}.mp4"
        if path.exists():
            return path
        frames = made.scene(
            {"game": 3}.get(name, 1), take={"other take": 1}.get(name, 0), frames=75
        )
        if name == "flipped":
            frames = [np.ascontiguousarray(frame[:, ::-1]) for frame in frames]
        return made.write_clip(path, frames, crf=20 if name == "original" else 26)

    def archive(self, name: str, clip: str, seen: datetime) -> Path:
        """An archive of one recording that a web archive captured at a known time."""
        if name not in self._archives:
            directory = self.folder / f"archive {name}"
            add_to_archive(
                [self.clip(clip)],
                directory,
                seen_on=f"{seen:%Y-%m-%dT%H:%M:%SZ}",
                source="a capture",
                mechanism="archive_capture",
                off_by_s=3600.0,
            )
            self._archives[name] = directory
        return self._archives[name]

    def case(
        self,
        name: str,
        *,
        clip: str = "copy",
        facts: Facts | None = None,
        evidence: dict[str, bytes] | None = None,
        archive: Path | None = None,
        outlets: int = 0,
    ) -> Path:
        """One case with every check asked. Without `facts` nobody has added anything."""
        directory = self.folder / f"case {name}"
        shutil.copytree(self._base(clip), directory)
        for file, data in (evidence or {}).items():
            path = self.folder / f"{name} {file}"
            path.write_bytes(data)
            add_to_case(directory, reports=[], media=[], evidence=[path], actor=ACTOR)
        if facts is not None:
            self._set(directory, facts)
        if outlets:
            republished(directory, outlets)
        if archive is not None:
            search_case(directory, archive, actor=ACTOR)
        check_case(directory, actor=ACTOR)
        return directory

    def _base(self, clip: str) -> Path:
        """The report, read and accepted; and with the clip, examined."""
        if "" not in self._bases:
            report = self.folder / "report.txt"
            report.write_text(REPORT)
            directory = self.folder / "base"
            new_case(directory, reports=[report], media=[], actor=ACTOR)
            names = [f"r1.c{n}" for n in (1, 2, 3)]
            review(directory, accept=names, reject=[], edit=[], why=WHY, actor=ACTOR)
            self._bases[""] = directory
        if clip not in self._bases:
            directory = self.folder / f"base {clip}"
            shutil.copytree(self._bases[""], directory)
            add_to_case(directory, reports=[], media=[self.clip(clip)], actor=ACTOR)
            self._bases[clip] = directory
        return self._bases[clip]

    @staticmethod
    def _set(directory: Path, facts: Facts) -> None:
        half = timedelta(minutes=20)
        asked = Asked(
            place=f"{LATITUDE},{LONGITUDE}",
            radius_m=1500.0,
            name="the Riverton depot",
            window=f"{CLAIMED - half:%Y-%m-%dT%H:%M:%SZ}/{CLAIMED + half:%Y-%m-%dT%H:%M:%SZ}",
            heading_deg=f"{HEADING:g}:5",
            shadow_azimuth_deg=facts.shadow_azimuth,
            drift_angle_deg=facts.drift,
            light=facts.light,
        )
        set_in_case(directory, asked, why=WHY, actor=ACTOR)


def republished(directory: Path, outlets: int) -> None:
    """Outlets that all had it from the one who filmed it, as reading their pages would find.

    Put in as records: reading twenty pages takes longer than all the rest.
    """
    with writing(directory, ACTOR) as desk:
        write = desk.writer.append
        filmer = Source(id="s-filmer", name="Sam Porter", kind="person")
        write("source.proposed", subject=(filmer.id,), sensitive=filmer)
        for n in range(outlets):
            outlet = Source(id=f"s-outlet{n}", name=f"Outlet {n}", kind="outlet")
            edge = Edge(
                id=f"e-outlet{n}",
                lineage="footage",
                earlier=filmer.id,
                later=outlet.id,
                relation="filmed" if n == 0 else "republished",
                basis="stated",
                why=say("Its page credits the filmer."),
            )
            write("source.proposed", subject=(outlet.id,), sensitive=outlet)
            write("edge.proposed", subject=(edge.id,), sensitive=edge)
