"""The box really denies: network, a second program, writing, reading anything else."""

import socket
from pathlib import Path

import pytest

from firsthand.sandbox import Box, Confinement, probe
from firsthand.sandbox.landlock import abi

SELFTEST = "firsthand.sandbox.selftest"
FORBIDDEN = (
    "connect", "udp", "unix socket", "exec", "fork", "signal", "write", "ptrace", "mount",
    "unshare", "bpf", "raise a limit", "rename",
)  # fmt: skip


def confinements():
    found = probe()
    yield pytest.param(found, id=found.kind)
    if abi() and found.kind != "landlock":
        yield pytest.param(Confinement("landlock", f"Landlock ABI {abi()}"), id="landlock")


@pytest.fixture(scope="module", params=confinements())
def box(request):
    with Box(request.param) as one:
        yield one


@pytest.fixture(scope="module")
def told(box, tmp_path_factory):
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "this").write_bytes(b"this")
    (folder / "other").write_bytes(b"CANARY")
    paths = ["/etc/passwd", str(folder / "other"), str(folder / "this"), "/proc/self/environ"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = {"port": server.getsockname()[1], "read": paths}
        answer = box.call(f"{SELFTEST}:attempts", folder / "this", arguments)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    return answer.data["told"]


@pytest.mark.parametrize("trial", FORBIDDEN)
def test_forbidden(told, trial):
    assert told[trial] in {"EPERM", "EACCES", "ENOSYS"}


def test_no_other_file_is_readable(told):
    reads = {name: outcome for name, outcome in told.items() if name.startswith("read ")}
    assert len(reads) == 4
    assert set(reads.values()) <= {"ENOENT", "EACCES"}


def test_only_the_file_and_the_pipes_are_open(told):
    assert told["descriptors"] == "5"


def test_the_environment_of_the_user_stays_outside(box, tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTHAND_TOKEN", "secret")
    with Box(box.confinement) as fresh:
        (tmp_path / "f").touch()
        fresh.call(f"{SELFTEST}:echo", tmp_path / "f")
        (servant,) = fresh._idle["python"]
        environment = Path(f"/proc/{servant.process.pid}/environ").read_bytes()
        assert b"secret" not in environment
