"""What goes to the terminal, and how errors end.

Results go to stdout: one JSON document with `--json`, text for people without. Progress,
warnings and errors go to stderr. Text from outside never reaches the terminal with its control
or direction-changing characters live.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
import unicodedata
from collections.abc import Callable
from typing import Any

from firsthand.errors import CouldNot, FirsthandError

INTERRUPTED = 130
"""Exit code of a Ctrl-C, which typer makes of KeyboardInterrupt."""

__all__ = ["emit", "error_document", "guard", "say", "tell", "visible"]

_SHOWN_AS_IS = {"\n", "\t"}
_LIVE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode general categories that can move the cursor, turn the direction, or show nothing."""


def visible(text: str, *, one_line: bool = False) -> str:
    """The text with every live character written out as `\\u{…}`."""
    out: list[str] = []
    for char in text:
        if char in _SHOWN_AS_IS and not one_line:
            out.append(char)
        elif unicodedata.category(char) in _LIVE_CATEGORIES:
            out.append(f"\\u{{{ord(char):x}}}")
        else:
            out.append(char)
    return "".join(out)


def emit(document: Any) -> None:
    """One JSON document on stdout, ASCII only, so that no terminal can be driven by it."""
    _write_out(json.dumps(document, indent=2, ensure_ascii=True, allow_nan=False))


def say(text: str) -> None:
    """Result text for people, on stdout."""
    _write_out(_encodable(visible(text), sys.stdout))


def tell(text: str) -> None:
    """Progress, warnings and asides, on stderr: one line each, whatever names are in them."""
    sys.stderr.write(_encodable(visible(text, one_line=True), sys.stderr) + "\n")


def _write_out(text: str) -> None:
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (`| head`): that is its right, and no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _encodable(text: str, stream: Any) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def error_document(error: FirsthandError) -> dict[str, Any]:
    """What `--json` prints when a command could not do its work."""
    return {
        "error": {
            "kind": type(error).__name__,
            "message": error.message,
            "next_step": error.next_step,
            "details": error.details,
        }
    }


def guard(command: Callable[[], int | None], *, as_json: bool) -> int:
    """Run a command and turn whatever ends it into a message and an exit code."""
    try:
        return command() or 0
    except FirsthandError as error:
        if as_json:
            emit(error_document(error))
        tell(f"firsthand: {error}")
        return error.exit_code
    except SystemExit as end:
        if end.code == INTERRUPTED:
            tell("firsthand: interrupted; everything acknowledged is kept. Run it again to go on.")
        raise
    except Exception as error:
        if os.environ.get("FIRSTHAND_DEBUG"):
            traceback.print_exc()
        fault = CouldNot(
            f"A fault of ours: {type(error).__name__}: {error}.",
            "What was acknowledged is kept. Run again with FIRSTHAND_DEBUG=1 and send us what it"
            " prints.",
        )
        if as_json:
            emit(error_document(fault))
        tell(f"firsthand: {fault}")
        return fault.exit_code
