"""A small invented case, whole enough to fill every part of a note. Tests load it by path."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from firsthand.checks.inputs import describe
from firsthand.findings import ALTERNATIVES, Against, Proposition, Settles
from firsthand.note import Figure, FileFact, LogPoint, NoteInput
from firsthand.records import (
    GENESIS,
    Acquisition,
    Angle,
    Claim,
    ClaimedQuantity,
    ClaimRef,
    Consistent,
    CouldNotRun,
    Edge,
    Event,
    Finding,
    Hedge,
    Holder,
    Incident,
    Inconclusive,
    Inconsistent,
    Inputs,
    Item,
    ItemRef,
    Light,
    Line,
    Made,
    Mark,
    Measurement,
    Media,
    Method,
    NeedsInput,
    Place,
    Proposer,
    Published,
    Report,
    Review,
    Seen,
    Setting,
    SettingRef,
    Source,
    Span,
    Stream,
    When,
    Where,
    quantity,
    say,
)

START = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
LINES = (
    ("headline", "Smoke reportedly seen over fuel depot near Harbour Airport - video"),
    ("credit", "© Photo: Coast Daily/social media"),
    ("caption", "Smoke apparently filmed at the Qasr depot"),
    (
        "body",
        "A cameraman from Bahr TV filmed a dark column of smoke rising from the Qasr depot near "
        "Harbour Airport, where aviation fuel is stored.",
    ),
    (
        "body",
        "The footage, filmed from a car on the coast road, shows the column hundreds of metres "
        "high, with white patches that may be steam from hoses.",
    ),
    ("body", "قال شاهد عيان إن «دخانا أسود تصاعد من مستودع القصر» قرب المطار."),
    ("body", "Coast Wire cannot confirm when the video was made."),
    ("body", "In March, a rocket hit the depot. In May, a fire broke out there."),
    ("interface", "Published 02.06.2024"),
)
TEXT = "\n".join(line for _, line in LINES)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def span(words: str, *, within: str | None = None) -> Span:
    base = TEXT.index(within) if within else 0
    start = TEXT.index(words, base)
    end = start + len(words)
    line = TEXT.count("\n", 0, start) + 1
    return Span(
        exact=words,
        prefix=TEXT[max(0, start - 20) : start],
        suffix=TEXT[end : end + 20],
        start=start,
        end=end,
        line=line,
    )


def line_span(number: int) -> Span:
    return span(LINES[number - 1][1])


PUBLISHER = Holder(name="Coast Wire", kind="publisher", stance="reports")
CAMERAMAN = Holder(
    name="Bahr TV cameraman",
    kind="person",
    relation="filmed",
    cue="filmed",
    span=span("A cameraman from Bahr TV filmed"),
)
WITNESS = Holder(
    name="شاهد عيان", kind="unnamed", relation="says", cue="قال", span=span("شاهد عيان")
)
PLACE = Where(
    text="Qasr depot", relation="near", of="Harbour Airport", span=span("the Qasr depot near")
)
BARE = Where(text="Qasr depot", span=span("the depot"))


def claim(
    number: int,
    kind: str,
    proposition: str,
    passage: Span,
    **more: object,
) -> Claim:
    fields: dict[str, object] = {
        "id": f"c{number}",
        "revision": 1,
        "report": "r1",
        "type": kind,
        "proposition": proposition,
        "footage": True,
        "spans": (passage,),
        "polarity": "affirmed",
        "factuality": 1,
        "holders": (PUBLISHER,),
        "proposer": Proposer(tool="sample", version="1", rule="by hand"),
        "review": Review(state="proposed"),
    }
    return Claim(**{**fields, **more})


def hedge(cue: str, kind: str, scope: str = "", *, within: str | None = None) -> Hedge:
    return Hedge(cue=cue, kind=kind, span=span(cue, within=within), scope=scope)


def claims() -> tuple[Claim, ...]:
    march = When(earliest="2024-03", latest="2024-03", grain="month", text="In March")
    may = When(earliest="2024-05", latest="2024-05", grain="month", text="In May")
    return (
        claim(
            1,
            "occurrence",
            "Smoke seen over fuel depot near Harbour Airport",
            line_span(1),
            hedges=(hedge("reportedly", "report", "seen over fuel depot"),),
            where=PLACE,
        ),
        claim(
            2,
            "occurrence",
            "Smoke filmed at the Qasr depot",
            line_span(3),
            hedges=(hedge("apparently", "appearance", "filmed at the Qasr depot"),),
            where=BARE,
        ),
        claim(
            3,
            "time",
            "the footage was filmed; when is not stated, not after 2024-06-02",
            span("02.06.2024"),
            factuality=3,
            when=When(latest="2024-06-02", grain="unknown", anchor="publication"),
        ),
        claim(
            4,
            "authorship",
            "A cameraman from Bahr TV filmed a dark column of smoke rising from the Qasr depot",
            line_span(4),
            factuality=3,
            holders=(CAMERAMAN, PUBLISHER),
            where=PLACE,
        ),
        claim(5, "authorship", "filmed from a car", span("filmed from a car on the coast road")),
        claim(
            6,
            "measurement",
            "the column is hundreds of metres high",
            span("hundreds of metres"),
            quantity=ClaimedQuantity(
                min=200.0, max=999.0, unit="m", text="hundreds of metres", vague=True
            ),
        ),
        claim(
            7,
            "identity",
            "the white patches are steam",
            span("white patches that may be steam from hoses"),
            hedges=(hedge("may be", "possibility"),),
        ),
        claim(
            8,
            "occurrence",
            "black smoke rose from the Qasr depot",
            span("دخانا أسود تصاعد من مستودع القصر"),
            holders=(WITNESS, PUBLISHER),
        ),
        claim(
            9,
            "status",
            "it is known when the footage was filmed",
            line_span(7),
            polarity="open",
            factuality=0,
            hedges=(hedge("cannot confirm", "ability", "when the video was made."),),
        ),
        claim(
            10,
            "occurrence",
            "a rocket hit the depot",
            span("In March, a rocket hit the depot."),
            footage=False,
            when=march,
            where=BARE,
            incident="i1",
        ),
        claim(
            11,
            "occurrence",
            "a fire broke out there",
            span("In May, a fire broke out there."),
            footage=False,
            when=may,
            where=BARE,
            incident="i2",
        ),
    )


def report() -> Report:
    lines = tuple(
        Line(
            number=number,
            role=role,
            span=line_span(number),
            language="ar" if number == 6 else "en",
        )
        for number, (role, _) in enumerate(LINES, start=1)
    )
    return Report(
        id="r1",
        sha256=digest("report"),
        media_type="text/plain",
        encoding="utf-8",
        publisher="Coast Wire",
        title=LINES[0][1],
        published=Published(date="2024-06-02", span=span("02.06.2024"), rule="day.month.year"),
        language="en",
        lines=lines,
    )


def incidents() -> tuple[Incident, ...]:
    rows = (
        ("i1", "attack", "In March, a rocket hit the depot.", "2024-03"),
        ("i2", "fire", "In May, a fire broke out there.", "2024-05"),
    )
    return tuple(
        Incident(
            id=name,
            kind=kind,
            summary=words,
            mentions=(span(words),),
            when=When(earliest=date, latest=date, grain="month"),
            where=BARE,
            source="r1",
        )
        for name, kind, words, date in rows
    )


def picture() -> bytes:
    """A PNG of 64 x 36 pixels made of nothing but arithmetic: sky, ground, a dark column."""
    rows = bytearray()
    for y in range(36):
        rows.append(0)
        for x in range(64):
            smoke = y < 26 and abs(x - 30 - (26 - y) // 4) < 3 + (26 - y) // 5
            rows += bytes((40, 38, 36) if smoke else (176, 160, 128) if y > 25 else (120, 150, 180))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 64, 36, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def events() -> tuple[Event, ...]:
    kinds: list[tuple[str, tuple[str, ...], str | None]] = [
        ("case.created", ("case",), None),
        ("actor.introduced", ("p1",), None),
        ("item.added", ("m1",), digest("commitment m1")),
        ("report.read", ("r1",), None),
        *(("claim.proposed", (one.id,), None) for one in claims()),
        ("item.added", ("m2",), digest("commitment m2")),
        ("media.examined", ("m2",), None),
        ("derivative.added", ("m3",), digest("commitment m3")),
        ("setting.set", ("s1",), None),
        ("finding.made", ("f1",), None),
    ]
    out: list[Event] = []
    for seq, (kind, subject, content) in enumerate(kinds, start=1):
        out.append(
            Event(
                seq=seq,
                prev=digest(out[-1].kind + str(seq)) if out else GENESIS,
                at=START + timedelta(seconds=7 * seq),
                time_source="system clock",
                actor="p1",
                kind=kind,
                subject=subject,
                content=content,
            )
        )
    return tuple(out)


def item(name: str, kind: str, media_type: str, original_name: str) -> Item:
    return Item(
        id=name,
        kind=kind,
        media_type=media_type,
        sha256=digest(f"plain {name}"),
        sha512=hashlib.sha512(name.encode()).hexdigest(),
        size=48_213,
        acquired=Acquisition(
            how="received by message from the desk's contact",
            at=START,
            by="p1",
            original_name=original_name,
            time_source="system clock",
        ),
    )


def setting(number: int, name: str, value: object, scope: str = "m2") -> Setting:
    return Setting(
        id=f"s{number}",
        revision=1,
        name=name,
        scope=scope,
        value=value,
        why="looked at every frame of the contact sheet",
        by="p1",
        at=START + timedelta(minutes=3),
    )


def findings() -> tuple[Finding, ...]:
    tested = (ClaimRef(id="c1", revision=1),)
    daylight = Finding(
        id="f1",
        check="daylight",
        question="Does the light in the picture fit the claimed place and time?",
        proposition="F",
        shot="m2.s1",
        tests=tested,
        rests_on_unaccepted=True,
        outcome=NeedsInput(
            missing=("window",), why=say("The report gives no filming time to test.")
        ),
        statement=say("Daylight was not tested, for want of: {missing}.", missing="window"),
        inputs=Inputs(
            claims=tested,
            settings=(SettingRef(id="s2", revision=1),),
            items=(ItemRef(id="m2", sha256=digest("plain m2"), t_s=(0.0, 2.5)),),
        ),
        method=Method(check="daylight", version="1", source="firsthand"),
    )
    origins = Finding(
        id="f2",
        check="origins",
        question="How many independent origins are there?",
        proposition="E",
        outcome=Inconclusive(why=say("Repetition adds nothing to one origin.")),
        statement=say("Sources named: {names}. Count one origin.", names="3"),
        measurements=(
            Measurement(name="origins shown", quantity=quantity(1.0, 1.0, 1.0, "1", "counting")),
        ),
        inputs=Inputs(values={"edges": "two"}),
        method=Method(check="origins", version="1", source="firsthand"),
        limits=(say("Who filmed is what the report says; nobody here has asked them."),),
    )
    provenance = Finding(
        id="f3",
        check="provenance",
        question="Do the file's own data speak against the claims?",
        proposition="F",
        shot="m2.s1",
        outcome=CouldNotRun(error="exiftool: <timeout> after 20 s"),
        statement=say("The file's own data could not be read."),
        inputs=Inputs(items=(ItemRef(id="m2", sha256=digest("plain m2")),)),
        method=Method(
            check="provenance", version="1", source="firsthand", tools={"exiftool": "12.57"}
        ),
    )
    return daylight, origins, provenance


@dataclass(frozen=True)
class Sample:
    """The case as a view, with the bytes of its pictures."""

    view: NoteInput
    figures: dict[str, tuple[str, bytes]]


def sample(original_name: str = "clip\u202e4pm.exe") -> Sample:
    """The case as it stands after the first run: nothing accepted, no time known."""
    log = events()
    view = NoteInput(
        number=1,
        log=LogPoint(line=len(log), head=digest("head"), at=log[-1].at),
        events=log,
        items=(
            item("m1", "report", "text/plain", "report.txt"),
            item("m2", "media", "video/mp4", original_name),
            Item(
                id="m3",
                kind="derivative",
                media_type="image/png",
                sha256=digest("plain m3"),
                sha512=hashlib.sha512(b"m3").hexdigest(),
                size=903,
                made=Made(
                    tool="contact sheet",
                    version="1",
                    inputs=("m2",),
                    input_sha256=(digest("plain m2"),),
                ),
                label="contact sheet",
            ),
        ),
        reports=(report(),),
        claims=claims(),
        sources=(
            Source(id="o1", name="Coast Wire", kind="outlet"),
            Source(id="o2", name="Coast Daily/social media", kind="account"),
            Source(id="o3", name="Bahr TV cameraman", kind="person"),
        ),
        edges=(
            Edge(
                id="e1",
                lineage="footage",
                earlier="o3",
                later="o1",
                relation="filmed",
                basis="stated",
                spans=(span("A cameraman from Bahr TV filmed"),),
                why=say("The report says that {who} filmed it.", who="Bahr TV cameraman"),
            ),
            Edge(
                id="e2",
                lineage="footage",
                earlier="o2",
                later="o1",
                relation="credited",
                basis="stated",
                spans=(span("Coast Daily/social media"),),
                why=say("The picture is credited to {who}.", who="Coast Daily/social media"),
            ),
            Edge(
                id="e3",
                lineage="footage",
                earlier="o3",
                later="o2",
                relation="republished",
                basis="inferred",
                why=say("It shows the same scene."),
            ),
        ),
        incidents=incidents(),
        settings=(
            setting(1, "seen", Seen(words="dark smoke, white patches low down, a moving camera")),
            setting(2, "light", Light(seen="day")),
            setting(
                3,
                "camera_position",
                Place(latitude_deg=12.345678, longitude_deg=45.678901, radius_m=25.0),
            ),
            setting(4, "heading", Angle(value_deg=311.25, sd_deg=4.0)),
        ),
        marks=(
            Mark(
                id="k1",
                revision=1,
                item="m2",
                t_s=2.5,
                name="top of the smoke",
                points_px=((31.0, 4.0),),
                why="highest dark pixel",
                by="p1",
                at=START + timedelta(minutes=4),
            ),
        ),
        media=(
            Media(
                item="m2",
                sha256=digest("plain m2"),
                container="mov,mp4",
                kind="video",
                streams=(
                    Stream(
                        index=0,
                        kind="video",
                        codec="h264",
                        width_px=64,
                        height_px=36,
                        mean_rate_hz=12.0,
                    ),
                    Stream(index=1, kind="audio", codec="aac"),
                ),
                duration_s=5.0,
                decoder="PyAV",
                decoder_version="16.0",
                sandbox="bubblewrap",
                warnings=("The audio track ends before the picture.",),
            ),
        ),
        file_facts=(
            FileFact(item="m2", kind="time", tag="QuickTime:CreateDate", value="2024-05-30 11:02"),
            FileFact(
                item="m2", kind="position", tag="Keys:GPSCoordinates", value="12.3456 45.6789"
            ),
            FileFact(item="m2", kind="serial", tag="Keys:SerialNumber", value="SN-77-1234"),
            FileFact(item="m2", kind="software", tag="Keys:Software", value="PhoneOS 9 =1+1"),
        ),
        findings=findings(),
        propositions=(
            Proposition(id="E", shot=None, status="not_established"),
            Proposition(
                id="F",
                status="not_established",
                shot="m2.s1",
                against=tuple(Against(one) for one in ALTERNATIVES["F"]),
            ),
            Proposition(id="C", shot=None, status="not_established"),
        ),
        settles={
            ("F", "m2.s1"): (
                Settles(
                    inputs=("light", "window"),
                    cost=3,
                    asks=(describe("light").ask, describe("window").ask),
                    could_become=("consistent", "inconsistent"),
                ),
            )
        },
        figures=(
            Figure(
                id="m3",
                item="m2",
                media_type="image/png",
                purpose="contact_sheet",
                alt=say("Frames of {item}: dark smoke over flat ground.", item="m2"),
                t_s=(0.0, 2.5, 5.0),
                width_px=64,
                height_px=36,
            ),
        ),
        origins=(("o1", "o2", "o3"),),
        actors={"p1": "Noor Haddad"},
    )
    return Sample(view, {"m3": ("image/png", picture())})


def accepted(view: NoteInput, *, only: int | None = None) -> NoteInput:
    """The same, with the first `only` claims accepted by a person (all of them by default)."""
    review = Review(state="accepted", by="p1", at=START + timedelta(minutes=5))
    changed = tuple(
        one.model_copy(update={"review": review}) if only is None or n < only else one
        for n, one in enumerate(view.claims)
    )
    return replace(view, claims=changed)


def contradicted(view: NoteInput) -> NoteInput:
    """The same, with a finding that speaks against place and time."""
    against = view.findings[0].model_copy(
        update={
            "outcome": Inconsistent(),
            "statement": say("The sun was down throughout the claimed time."),
            "toward": "against",
        }
    )
    status = Proposition(id="F", status="inconsistent", shot="m2.s1", carried_by=("f1",))
    return replace(
        view,
        findings=(against, *view.findings[1:]),
        propositions=(view.propositions[0], status, view.propositions[2]),
    )


def supported(view: NoteInput) -> NoteInput:
    """The same, with a finding that fits."""
    fits = view.findings[0].model_copy(
        update={"outcome": Consistent(), "statement": say("The sun was up."), "toward": "for"}
    )
    status = Proposition(id="F", status="consistent", shot="m2.s1", carried_by=("f1",))
    return replace(
        view,
        findings=(fits, *view.findings[1:]),
        propositions=(view.propositions[0], status, view.propositions[2]),
    )
