"""Clients: off by default, a preview of just what is sent, answers from a server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from firsthand.app.fetching import HOSTS, AskedFetch, fetch
from firsthand.cli.main import app
from firsthand.errors import CouldNot, InputError, InvalidTime
from firsthand.evidence.fetch import (
    elements_request,
    firms_request,
    open_meteo_request,
    send,
)
from firsthand.evidence.firms import read_firms
from firsthand.evidence.weather import read_open_meteo

FIRES = (
    b"latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence\n"
    b"33.2,44.2,330,.4,.4,2021-09-28,1047,N20,VIIRS,n\n"
)
WIND = (
    b'{"utc_offset_seconds":0,"hourly_units":{"wind_speed_10m":"m/s"},"hourly":{"time":'
    b'["2021-09-28T09:00"],"wind_speed_10m":[6.0],"wind_direction_10m":[310]}}'
)
ORBIT = (
    b"0 ISS (ZARYA)\n"
    b"1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927\n"
    b"2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537\n"
)
ANSWERS = {"/api/area/csv/k": FIRES, "/v1/archive": WIND}
DAY = date(2021, 9, 28)


class Service(BaseHTTPRequestHandler):
    """Answers in the recorded shapes, and remembers what it was sent."""

    sent: list[str]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        type(self).sent.append(f"{self.path} {self.rfile.read(length).decode()}")
        self.send_response(200)
        self.send_header("Set-Cookie", "session=s1; Path=/")
        self.end_headers()

    def do_GET(self) -> None:
        type(self).sent.append(self.path)
        if self.path.startswith("/basicspacedata/query/class/gp_history/NORAD_CAT_ID/25544/"):
            known = self.headers.get("Cookie") == "session=s1"
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write(ORBIT if known else b"")
            return
        if self.path.startswith("/api/area/csv/elsewhere"):
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/other")
            self.end_headers()
            return
        body = next((each for head, each in ANSWERS.items() if self.path.startswith(head)), None)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def host() -> Iterator[str]:
    Service.sent = []
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_nothing_is_sent_unless_switched_on(host: str) -> None:
    request = open_meteo_request(33.2625, 44.2346, DAY, DAY, host=host)
    with pytest.raises(InputError, match="switched off"):
        send(request, switched_on=False)
    assert Service.sent == []


def test_what_is_sent_is_what_the_preview_says(host: str) -> None:
    request = open_meteo_request(33.2625, 44.2346, DAY, DAY, host=host)
    (wind,) = read_open_meteo(send(request, switched_on=True))
    assert wind.from_deg == 310
    assert f"GET {host}{Service.sent[0]}" == request.preview().splitlines()[0]
    assert "33.2625" not in request.url and "33.3" in request.url


def test_a_key_is_sent_and_never_shown(host: str) -> None:
    request = firms_request(
        33.26, 44.23, DAY, days=1, product="VIIRS_NOAA20_SP", key="k1234", host=host
    )
    assert "k1234" not in request.preview()
    file = read_firms(send(request, switched_on=True))
    assert file.points[0].satellite == "NOAA-20"
    assert "k1234" in Service.sent[0]
    with pytest.raises(InputError):
        firms_request(0, 0, DAY, days=6, product="MODIS_SP", key="k")


def test_redirects_and_refusals_end_it(host: str) -> None:
    away = firms_request(0, 0, DAY, days=1, product="MODIS_SP", key="elsewhere", host=host)
    for request in (away, elements_request(25994, DAY, DAY, host=host)):
        with pytest.raises(CouldNot, match="answered"):
            send(request, switched_on=True)
    with pytest.raises(CouldNot, match="could not be reached"):
        send(elements_request(25994, DAY, DAY, host="http://127.0.0.1:9"), switched_on=True)


def test_a_log_in_comes_first_and_is_not_shown(host: str) -> None:
    who = {"identity": "a@b.org", "password": "p w&"}
    request = elements_request(25544, DAY, DAY, **who, host=host)
    shown = request.preview()
    assert "<your identity>" in shown and "<your password>" in shown
    assert "a%40b" not in shown and "p+w" not in shown
    assert shown.index("POST") < shown.index("GET")
    assert send(request, switched_on=True) == ORBIT
    assert Service.sent[0] == "/ajaxauth/login identity=a%40b.org&password=p+w%26"


def test_the_command_shows_and_sends_nothing() -> None:
    asked = ["fetch", "fires", "--at", "33.2625,44.2346", "--from", "2021-09-20"]
    found = CliRunner().invoke(app, [*asked, "--to", "2021-09-28", "--json"])
    told = json.loads(found.stdout)
    assert told["sent"] is False and told["files"] == []
    assert len(told["would_send"]) == 2
    assert "/43.7,32.8,44.7,33.8/5/2021-09-20" in told["would_send"][0]
    assert "/4/2021-09-25" in told["would_send"][1]
    words = CliRunner().invoke(app, [*asked, "--to", "2021-09-21"])
    assert words.stdout.startswith("GET https://firms") and "Nothing was sent" in words.stderr


def test_with_send_the_answer_is_kept(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = dict.fromkeys(HOSTS, host)
    out = tmp_path / "fires.csv"
    asked = AskedFetch("fires", "2021-09-28", "2021-09-28", at="33.26,44.23", out=out, send=True)
    monkeypatch.delenv("FIRSTHAND_FIRMS_KEY", raising=False)
    with pytest.raises(InputError, match="wants a key"):
        fetch(asked, hosts=hosts)
    assert Service.sent == []
    monkeypatch.setenv("FIRSTHAND_FIRMS_KEY", "k99")
    told = fetch(asked, hosts=hosts)
    assert told["files"] == [str(out)] and out.read_bytes() == FIRES
    assert "k99" not in json.dumps(told)
    with pytest.raises(InputError, match="there already"):
        fetch(asked, hosts=hosts)
    wind = AskedFetch("wind", "2021-09-28", "2021-09-28", at="33,44", out=tmp_path / "w", send=True)
    assert fetch(wind, hosts=hosts)["sent"]
    for wrong in (
        AskedFetch("wishes", "2021-09-28", "2021-09-28"),
        AskedFetch("wind", "2021-09-28", "2021-09-28"),
        AskedFetch("wind", "2021-09-28", "2021-09-27", at="33,44"),
        AskedFetch("fires", "2001-09-28", "2021-09-27", at="33,44"),
        AskedFetch("elements", "2021-09-28", "2021-09-28", satellite="Sputnik"),
    ):
        with pytest.raises((InputError, InvalidTime)):
            fetch(wrong, hosts=hosts)


def test_a_page_instead_of_evidence_is_not_kept(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTHAND_FIRMS_KEY", "k99")
    out = tmp_path / "fires.csv"
    asked = AskedFetch("fires", "2021-09-28", "2021-09-28", at="33.26,44.23", out=out, send=True)
    monkeypatch.setitem(ANSWERS, "/api/area/csv/k", b"Invalid MAP_KEY.")
    with pytest.raises(CouldNot, match="not kept"):
        fetch(asked, hosts=dict.fromkeys(HOSTS, host))
    assert not out.exists()
