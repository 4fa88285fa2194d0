"""Every decoder of strange bytes runs in here.

`probe()` says what this machine can confine a process with; a `Box` then runs one function over
one file in a child that sees that file alone, and hands back plain data and named bytes.
"""

from firsthand.sandbox.box import Box, BoxResult
from firsthand.sandbox.confinement import Confinement, probe
from firsthand.sandbox.limits import Limits

__all__ = ["Box", "BoxResult", "Confinement", "Limits", "probe"]
