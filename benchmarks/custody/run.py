"""The studies of custody: `python -m benchmarks.custody.run kill|faults|stamps|speed`.

Each writes its own section of docs/accuracy.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from benchmarks.custody.study_faults import study_faults
from benchmarks.custody.study_kill import study_kill
from benchmarks.custody.study_speed import study_speed
from benchmarks.custody.study_stamps import study_stamps
from benchmarks.report import write_section

STUDIES: Mapping[str, Callable[[], str]] = {
    "kill": study_kill,
    "faults": study_faults,
    "stamps": study_stamps,
    "speed": study_speed,
}


def main(names: list[str]) -> None:
    """Run the named studies, or all."""
    for name in names or list(STUDIES):
        markdown = STUDIES[name]()
        write_section(f"custody-{name}", markdown)
        print(markdown, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
