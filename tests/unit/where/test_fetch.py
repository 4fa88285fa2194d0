"""Clients: off by default, a preview of just what is sent, answers from a server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from firsthand.errors import CouldNot, InputError
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
DAY = date(2021, 9, 28)


class Service(BaseHTTPRequestHandler):
    """Answers in the recorded shapes, and remembers what it was sent."""

    sent: list[str]

    def do_GET(self) -> None:
        type(self).sent.append(self.path)
        if self.path.startswith("/api/area/csv/elsewhere"):
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/other")
            self.end_headers()
            return
        known = {"/api/area/csv/k": FIRES, "/v1/archive": WIND}
        body = next((each for head, each in known.items() if self.path.startswith(head)), None)
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
        firms_request(0, 0, DAY, days=11, product="MODIS_SP", key="k")


def test_redirects_and_refusals_end_it(host: str) -> None:
    away = firms_request(0, 0, DAY, days=1, product="MODIS_SP", key="elsewhere", host=host)
    for request in (away, elements_request(25994, DAY, DAY, host=host)):
        with pytest.raises(CouldNot, match="answered"):
            send(request, switched_on=True)
    with pytest.raises(CouldNot, match="could not be reached"):
        send(elements_request(25994, DAY, DAY, host="http://127.0.0.1:9"), switched_on=True)
