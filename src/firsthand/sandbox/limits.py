"""How much a boxed child may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one child. It may never start a second process, so that needs no figure.

    `memory_mb` bounds the address space, the interpreter's own ~300 MB included; `cpu_s` is
    processor time, `wall_s` time on the clock; `output_mb` is what the parent takes back at most;
    `files` is how many descriptors may be open at once. It can write to no file at all.
    """

    memory_mb: int = 1024
    cpu_s: int = 300
    wall_s: float = 420.0
    output_mb: int = 256
    files: int = 64

    def plain(self) -> dict[str, float]:
        """For the wire."""
        return asdict(self)
