"""Inspection through the real command: one file, a folder, refusals, and its exit code."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Document = Callable[..., dict[str, Any]]
KEYS = {
    "sha256", "kind", "sandbox", "metadata", "contradictions", "c2pa", "structure", "continuity",
    "warnings",
}  # fmt: skip


def test_one_file_is_one_document(document: Document, clip: Path) -> None:
    done = document("inspect", clip)
    assert set(done) >= KEYS
    assert done["c2pa"]["state"] == "none"


def test_the_pictures_of_a_cut_are_written_to_a_new_folder(tmp_path: Path, firsthand: Run) -> None:
    film = tmp_path / "film.mp4"
    with av.open(str(film), "w") as out:
        stream = out.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(36):
            picture = np.full((48, 64, 3), 60, dtype=np.uint8)
            picture[:, 20 + number // 9 :] = 110
            shown = picture if number < 18 else 255 - picture
            out.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        out.mux(stream.encode())
    folder = tmp_path / "pictures"
    done = firsthand("inspect", film, "--pictures", folder)
    assert "The scene changes between two frames at 1.500 s." in done.stdout
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert [name.rpartition("-")[2] for name in sorted(written)] == ["after.jpg", "before.jpg"]
    before, after = (np.asarray(Image.open(io.BytesIO(one))) for _, one in sorted(written.items()))
    assert abs(before.mean() - after.mean()) > 30
    assert firsthand("inspect", film, "--pictures", folder).returncode == 2
    assert firsthand("inspect", tmp_path, "--pictures", tmp_path / "new").returncode == 2
    assert not (tmp_path / "new").exists()


def test_a_folder_goes_on_past_a_refusal(
    tmp_path: Path, document: Document, firsthand: Run, clip: Path
) -> None:
    (tmp_path / "a.mp4").write_bytes(clip.read_bytes())
    (tmp_path / "b.mp4").write_bytes(b"")
    (tmp_path / "c\u202egnp.mp4").write_bytes(b"no film at all, but words")
    done = document("inspect", tmp_path)
    assert [Path(one["path"]).name for one in done["inspections"]] == ["a.mp4"]
    assert len(done["refused"]) == 2
    told = firsthand("inspect", tmp_path).stdout
    assert "1 inspected, 2 refused." in told
    assert "\u202e" not in told


def test_an_empty_folder_is_said(tmp_path: Path, firsthand: Run) -> None:
    assert firsthand("inspect", tmp_path).returncode == 2


@pytest.mark.shared
def test_broken_credentials_end_with_one(shared: Path, firsthand: Run) -> None:
    done = firsthand("inspect", shared / "data/c2pa/pub_adobe-20220124-E-dat-CA.jpg", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["c2pa"]["state"] == "invalid"


@pytest.mark.shared
def test_nobody_is_trusted_without_a_root(shared: Path, tmp_path: Path, document: Document) -> None:
    signed = shared / "data/c2pa/pub_adobe-20220124-CA.jpg"
    if not signed.exists():
        signed = shared / "data/c2pa/pub_adobe-20220124-C.jpg"
    assert document("inspect", signed)["c2pa"]["state"] == "valid_unknown_signer"
    settings = json.loads((shared / "data/c2pa/trust_settings.json").read_text(encoding="utf-8"))
    roots, purposes = tmp_path / "roots.pem", tmp_path / "purposes.cfg"
    roots.write_text(settings["trust"]["trust_anchors"], encoding="ascii")
    purposes.write_text(settings["trust"].get("trust_config", ""), encoding="ascii")
    done = document("inspect", signed, "--trust", roots, "--trust-purposes", purposes)
    assert done["c2pa"]["state"] == "trusted"
