"""axe-core finds nothing to object to, in either theme, on a wide page and on a phone's.

The rules run inside the page itself, without the policy that would stop them from running; that
the browser shows the theme asked for is asserted, not assumed. A page with known faults is tried
first: an engine that finds nothing anywhere would prove nothing.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lxml import html

from firsthand.note import build_note, render
from firsthand.note.catalogue import LANGUAGES

POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
DARK, LIGHT = "0", "1"
"""Chromium's own numbers for `preferredColorScheme`."""

RUN = """
<script>{engine}</script>
<script>
for (const folded of document.querySelectorAll('details')) folded.open = true;
axe.run(document, {{resultTypes: ['violations']}}).then(found => {{
  const told = list => list.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]);
  document.title = JSON.stringify({{
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    violations: told(found.violations),
    passes: found.passes.length,
    contrast: found.passes.some(one => one.id === 'color-contrast'),
  }});
}});
</script>"""


@pytest.fixture(scope="module")
def chromium(needs_tool: Callable[..., Path]) -> Path:
    return needs_tool("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def pages(cases: ModuleType) -> dict[str, str]:
    made = cases.sample()
    model = build_note(made.view)
    return {
        one: render(model, made.figures, one)[f"{one}/index.html"].decode() for one in LANGUAGES
    }


def _judge(chromium: Path, folder: Path, page: str, theme: str, width: int) -> dict[str, Any]:
    engine = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    target = folder / "page.html"
    run = RUN.format(engine=engine.replace("</script", "<\\/script"))
    target.write_text(page.replace("</body>", f"{run}</body>"), encoding="utf-8")
    seen = subprocess.run(
        [
            str(chromium),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--virtual-time-budget=60000",
            f"--blink-settings=preferredColorScheme={theme}",
            f"--window-size={width},1400",
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            target.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told: dict[str, Any] = json.loads(html.fromstring(seen.stdout).xpath("//head/title/text()")[0])
    return told


def test_the_engine_finds_faults(chromium: Path, tmp_path: Path) -> None:
    bad = (
        "<!doctype html><html><head><title>x</title></head><body>"
        '<p style="color:#ccc;background:#fff">pale</p><img src="data:,"></body></html>'
    )
    told = _judge(chromium, tmp_path, bad, LIGHT, 1200)
    found = {name for name, _ in told["violations"]}
    assert {"color-contrast", "html-has-lang", "image-alt"} <= found


@pytest.mark.parametrize(
    "look",
    [("en", LIGHT, 500), ("en", DARK, 1200), ("ar", LIGHT, 500)],
    ids=["light on a phone", "dark and wide", "Arabic on a phone"],
)
def test_nothing_to_object_to(
    chromium: Path, pages: dict[str, str], tmp_path: Path, look: tuple[str, str, int]
) -> None:
    language, theme, width = look
    page = pages[language]
    assert POLICY in page
    told = _judge(chromium, tmp_path, page.replace(POLICY, "img-src data:"), theme, width)
    assert told["dark"] is (theme == DARK)
    assert told["contrast"]
    assert told["passes"] > 15
    assert told["violations"] == []
