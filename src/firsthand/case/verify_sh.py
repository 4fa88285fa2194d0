"""The shell program in every bag that checks it with sh, sed and openssl alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["verify_sh"]


@cache
def verify_sh() -> bytes:
    """The bytes of `verify.sh`: the same in every bag of this version."""
    return Path(__file__).with_name("verify.sh").read_bytes()
