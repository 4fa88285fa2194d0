"""Where ExifTool is, and the command of its server."""

from __future__ import annotations

import json
import platform
import shutil
from pathlib import Path

from firsthand.errors import CouldNot
from firsthand.sandbox import seccomp

__all__ = ["command", "exiftool_here"]

SERVER = Path(__file__).with_name("exiftool.pl")
CALLS = {
    "x86_64": {"recvmsg": 47, "prctl": 157, "prlimit64": 302},
    "aarch64": {"recvmsg": 212, "prctl": 167, "prlimit64": 261},
}
"""System calls for which Perl has no function of its own."""


def _library(exiftool: str) -> str:
    """A tarball's ExifTool has its modules in `lib` beside the script; a package in @INC."""
    beside = Path(exiftool).resolve().parent / "lib"
    return str(beside) if (beside / "Image" / "ExifTool.pm").exists() else ""


def exiftool_here() -> bool:
    """ExifTool and Perl are on the path, and its server runs on this machine."""
    found = shutil.which("exiftool") is not None and shutil.which("perl") is not None
    return found and platform.machine() in CALLS


def command() -> list[str]:
    """The command line of ExifTool's server; `{link}` stands for the control socket."""
    perl, exiftool = shutil.which("perl"), shutil.which("exiftool")
    machine = platform.machine()
    if perl is None or exiftool is None or machine not in CALLS:
        raise CouldNot("ExifTool is not there.", "Install it: apt install libimage-exiftool-perl.")
    numbers = [str(number) for number in CALLS[machine].values()]
    code = seccomp.program().hex()
    return [perl, str(SERVER), "{link}", json.dumps(numbers)[1:-1], code, _library(exiftool)]
