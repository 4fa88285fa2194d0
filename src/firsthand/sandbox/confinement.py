"""What this machine can confine a process with, and the command that does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import firsthand
from firsthand.sandbox import landlock, seccomp

__all__ = ["Confinement", "command", "probe", "readable"]

SYSTEM = (Path("/usr"), Path("/lib"), Path("/lib64"), Path("/bin"), Path("/sbin"))
PROBE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Confinement:
    """`kind` is the strongest that works here; `detail` says what it is made of, for people."""

    kind: Literal["bubblewrap", "landlock", "none"]
    detail: str


def readable() -> tuple[Path, ...]:
    """What a boxed child may read: the system's libraries, the interpreter, this package."""
    package = Path(firsthand.__file__).resolve().parent
    prefixes = (Path(sys.base_prefix), Path(sys.prefix), Path(sys.exec_prefix), package)
    return (*SYSTEM, *dict.fromkeys(path.resolve() for path in prefixes))


def command(confinement: Confinement, inner: list[str]) -> list[str]:
    """The command line that runs `inner` confined; Landlock is applied by `inner` itself."""
    if confinement.kind != "bubblewrap":
        return inner
    wrap = [
        "bwrap", "--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534",
        "--cap-drop", "ALL", "--die-with-parent", "--clearenv", "--hostname", "box",
        "--setenv", "LC_ALL", "C.UTF-8", "--setenv", "TZ", "UTC",
        "--setenv", "OPENBLAS_NUM_THREADS", "1", "--setenv", "OMP_NUM_THREADS", "1",
    ]  # fmt: skip
    for path in readable():
        if path in SYSTEM and path.is_symlink():
            wrap += ["--symlink", str(path.readlink()), str(path)]
        else:
            wrap += ["--ro-bind-try", str(path), str(path)]
    return [*wrap, "--dev", "/dev", "--chdir", "/", "--", *inner]


def probe() -> Confinement:
    """Find the strongest confinement by trying it.

    Bubblewrap needs user namespaces, which some systems switch off; Landlock needs Linux 5.13.
    Both need the system call filter. Elsewhere (macOS, Windows) there is none.
    """
    if not sys.platform.startswith("linux"):
        return Confinement("none", f"no confinement is known for {sys.platform}")
    if not seccomp.available():
        return Confinement("none", "this kernel or processor offers no system call filter")
    abi = landlock.abi()
    with_landlock = f"Landlock ABI {abi}" if abi else "no Landlock"
    version = _bubblewrap()
    if version:
        return Confinement("bubblewrap", f"{version}, system call filter, {with_landlock}")
    if abi:
        return Confinement("landlock", f"{with_landlock}, system call filter")
    return Confinement("none", "neither bubblewrap nor Landlock works here")


def _bubblewrap() -> str:
    """Version text of a bubblewrap that works here, else nothing."""
    if shutil.which("bwrap") is None:
        return ""
    trial = command(Confinement("bubblewrap", ""), [sys.executable, "-I", "-S", "-c", "pass"])
    try:
        subprocess.run(trial, check=True, capture_output=True, timeout=PROBE_SECONDS)
        told = subprocess.run(
            ["bwrap", "--version"], check=True, capture_output=True, timeout=PROBE_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode("ascii", "replace").strip()
