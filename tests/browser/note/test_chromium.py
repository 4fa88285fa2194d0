"""Chromium opens the note as a reader would: no error, no request, nothing cut off.

The page is loaded from disk with a proxy of our own as the only way out, which writes down who is
asked for; the browser's console is read, where a blocked script or a refused picture would stand.
Both listeners are tried on a page that does what the note must not do.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest
from lxml import html

from firsthand.note import build_note, render
from firsthand.note.catalogue import LANGUAGES

OPEN = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--enable-logging=stderr",
    "--virtual-time-budget=2000",
)


@pytest.fixture(scope="module")
def chromium(needs_tool: Callable[..., Path]) -> Path:
    return needs_tool("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def page(cases: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = cases.sample()
    folder = tmp_path_factory.mktemp("note")
    model = build_note(made.view)
    for language in LANGUAGES:
        for path, data in render(model, made.figures, language).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return folder / "en" / "index.html"


class Asked:
    """A proxy that answers nobody and remembers who was asked for."""

    OWN = ("google.com", "googleapis.com", "gstatic.com", "gvt1.com")
    """What the browser asks for by itself, whatever page is open."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Refuse(BaseHTTPRequestHandler):
            def refuse(self) -> None:
                asked.append(self.path)
                self.send_error(502)

            do_GET = do_HEAD = do_POST = do_CONNECT = refuse  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._asked = asked
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def option(self) -> str:
        return f"--proxy-server=127.0.0.1:{self.server.server_address[1]}"

    @property
    def by_the_page(self) -> list[str]:
        hosts = [re.sub(r"^\w+://", "", path).split("/")[0].split(":")[0] for path in self._asked]
        return [host for host in hosts if not host.endswith(self.OWN)]


@pytest.fixture
def asked() -> Iterator[Asked]:
    proxy = Asked()
    yield proxy
    proxy.server.shutdown()
    proxy.server.server_close()


def _run(
    chromium: Path, profile: Path, address: str, *options: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(chromium), *OPEN, f"--user-data-dir={profile}", *options, address],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_renders_whole_and_silently(
    chromium: Path, page: Path, tmp_path: Path, asked: Asked
) -> None:
    seen = _run(chromium, tmp_path / "p", page.as_uri(), "--dump-dom", asked.option)
    document = html.fromstring(seen.stdout)
    assert document.xpath("//h1//text()")
    assert len(document.xpath("//div[@class='page-one']//h2")) == 10
    assert [line for line in seen.stderr.splitlines() if "CONSOLE" in line] == []
    assert asked.by_the_page == []


def test_a_page_that_asks_and_runs_would_be_caught(
    chromium: Path, tmp_path: Path, asked: Asked
) -> None:
    bad = tmp_path / "bad.html"
    policy = "default-src 'none'; img-src *"
    bad.write_text(
        f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<script>1</script><img src="http://beacon.invalid/x.png">'
    )
    seen = _run(chromium, tmp_path / "p", bad.as_uri(), "--dump-dom", asked.option)
    assert "CONSOLE" in seen.stderr
    assert asked.by_the_page == ["beacon.invalid"]


SCRIPTED = """<!doctype html><title>probe</title><body><script>
const frame = document.createElement('iframe');
frame.style = 'width:{width}px;height:800px;border:0';
frame.srcdoc = {page};
frame.onload = () => {{
  const inside = frame.contentDocument;
  const images = [...inside.images].map(image => image.naturalWidth);
  document.title = JSON.stringify([inside.documentElement.scrollWidth, {width}, ...images]);
}};
document.body.append(frame);
</script>"""


@pytest.mark.parametrize(
    "look", [("en", 320), ("en", 412), ("en", 1280), ("ar", 320)], ids=lambda look: f"{look}"
)
def test_nothing_runs_off_the_side(
    chromium: Path, page: Path, tmp_path: Path, asked: Asked, look: tuple[str, int]
) -> None:
    """WCAG 2.2 reflow (1.4.10): at 320 CSS pixels the page needs no sideways scrolling."""
    probe = tmp_path / "probe.html"
    language, width = look
    shown = page.parent.parent / language / "index.html"
    source = json.dumps(shown.read_text()).replace("</", "<\\/")
    probe.write_text(SCRIPTED.format(width=width, page=source))
    seen = _run(chromium, tmp_path / "p", probe.as_uri(), "--dump-dom", asked.option)
    title = html.fromstring(seen.stdout).xpath("//head/title/text()")[0]
    scroll, given, *pictures = json.loads(title)
    assert scroll <= given
    assert pictures == [64]


def test_a_table_of_many_columns_scrolls_by_itself(
    chromium: Path, cases: ModuleType, tmp_path: Path, asked: Asked
) -> None:
    """Words for screen readers alone, in a cell far out, must not widen the page either."""
    made = cases.sample()
    first = made.view.findings[0]
    many = tuple(
        first.model_copy(
            update={
                "id": f"g{number}",
                "check": f"check_number_{number}",
                "method": first.method.model_copy(update={"check": f"check_number_{number}"}),
            }
        )
        for number in range(10)
    )
    model = build_note(replace(made.view, findings=many))
    page = render(model, made.figures)["en/index.html"].decode()
    assert page.count("check_number_9") > 1
    probe = tmp_path / "probe.html"
    probe.write_text(SCRIPTED.format(width=412, page=json.dumps(page).replace("</", "<\\/")))
    seen = _run(chromium, tmp_path / "p", probe.as_uri(), "--dump-dom", asked.option)
    scroll, given, *_ = json.loads(html.fromstring(seen.stdout).xpath("//head/title/text()")[0])
    assert scroll <= given


PAPER = """<!doctype html><title>probe</title><body><script>
const frame = document.createElement('iframe');
frame.style = 'width:{width}px;height:{height}px;border:0';
frame.srcdoc = {page};
frame.onload = () => {{
  const one = frame.contentDocument.querySelector('.page-one').getBoundingClientRect();
  document.title = JSON.stringify([one.bottom, one.width]);
}};
document.body.append(frame);
</script>"""
A4_PX = (180 * 96 / 25.4, 274 * 96 / 25.4)
"""What the margins leave of 210 x 297 mm, at the 96 pixels an inch of CSS."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_fits_one_sheet(
    chromium: Path, page: Path, tmp_path: Path, asked: Asked, language: str
) -> None:
    """With the style for paper applied to a frame as wide as the sheet."""
    width, height = A4_PX
    shown = page.parent.parent / language / "index.html"
    paper = shown.read_text().replace("@media print", "@media all")
    probe = tmp_path / "probe.html"
    source = json.dumps(paper).replace("</", "<\\/")
    probe.write_text(PAPER.format(width=width, height=height, page=source))
    seen = _run(chromium, tmp_path / "p", probe.as_uri(), "--dump-dom", asked.option)
    bottom, wide = json.loads(html.fromstring(seen.stdout).xpath("//head/title/text()")[0])
    assert wide <= width
    assert bottom <= height


def test_it_prints(chromium: Path, page: Path, tmp_path: Path, asked: Asked) -> None:
    target = tmp_path / "note.pdf"
    _run(
        chromium,
        tmp_path / "p",
        page.as_uri(),
        f"--print-to-pdf={target}",
        "--no-pdf-header-footer",
        asked.option,
    )
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    assert 2 <= pages <= 12
