"""The system call numbers are libseccomp's."""

import ctypes
import ctypes.util

import pytest

from firsthand.sandbox.seccomp import ALLOWED, AUDIT_ARCH, FILTERED, program


@pytest.fixture(scope="module")
def libseccomp():
    name = ctypes.util.find_library("seccomp")
    if name is None:
        pytest.skip("needs libseccomp.so.2 (apt install libseccomp2)")
    return ctypes.CDLL(name)


@pytest.mark.parametrize("machine", AUDIT_ARCH)
def test_numbers(libseccomp, machine):
    column = list(AUDIT_ARCH).index(machine)
    for name, numbers in (ALLOWED | FILTERED).items():
        known = libseccomp.seccomp_syscall_resolve_name_arch(AUDIT_ARCH[machine], name.encode())
        assert numbers[column] == (known if known >= 0 else None), name


@pytest.mark.parametrize("machine", AUDIT_ARCH)
def test_the_program_is_within_the_kernels_bounds(machine):
    code = program(machine)
    assert len(code) % 8 == 0
    assert len(code) // 8 <= 4096  # BPF_MAXINSNS


def test_an_unknown_machine_has_no_program():
    assert program("vax") == b""
