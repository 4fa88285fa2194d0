"""`firsthand case seal`: sign where the log stands, and have it stamped."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from firsthand.cli.options import Actor, AsJson, CaseDir
from firsthand.cli.out import emit, say, tell, visible

__all__ = ["Keys", "default_keys", "passphrase", "seal"]

Keys = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        metavar="FOLDER",
        envvar="FIRSTHAND_KEYS",
        help="Your own key folder; never in a case.  [default: in your settings folder]",
    ),
]


def default_keys() -> Path:
    """Where keys are if nothing else is said: in the user's settings folder."""
    return Path(typer.get_app_dir("firsthand")) / "keys"


def passphrase() -> bytes:
    """The key's passphrase: from FIRSTHAND_PASSPHRASE, or asked on a terminal, never otherwise."""
    given = os.environ.get("FIRSTHAND_PASSPHRASE")
    if given is not None:
        return given.encode()
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        from firsthand.errors import InputError

        raise InputError(
            "The signing key is locked.", "Set FIRSTHAND_PASSPHRASE, or use a terminal."
        )
    return getpass.getpass("Passphrase of the signing key: ", sys.stderr).encode()


def new_passphrase() -> bytes:
    """The passphrase of a key that is made now: asked twice on a terminal."""
    first = passphrase()
    if os.environ.get("FIRSTHAND_PASSPHRASE") is None:
        again = getpass.getpass("The same once more: ", sys.stderr).encode()
        if first != again:
            from firsthand.errors import InputError

            raise InputError("The two passphrases differ.", "Try again.")
    return first


def seal(
    directory: CaseDir,
    keys: Keys = None,
    lock_key: Annotated[
        bool, typer.Option(help="If a key is made now, lock it with a passphrase.")
    ] = False,
    tsa: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL", help="Ask this authority for a time stamp; may be given again."
        ),
    ] = None,
    tsa_root: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The authority's root certificate, from itself (PEM)."),
    ] = None,
    send: Annotated[
        bool | None,
        typer.Option(
            "--send/--no-send",
            help="Send what waits, or keep requests waiting.  [default: send if --tsa is given]",
        ),
    ] = None,
    text_to: Annotated[
        Path | None,
        typer.Option("--checkpoint", metavar="FILE", help="Write the checkpoint, to print it."),
    ] = None,
    qr_to: Annotated[
        Path | None,
        typer.Option("--qr", metavar="FILE", help="Write it as a QR code (SVG) too."),
    ] = None,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Sign where the log stands, have it stamped, and print a checkpoint to keep elsewhere."""
    from firsthand.app.sealing import seal as seal_it

    done = seal_it(
        directory,
        keys=keys or default_keys(),
        tsa=tsa or [],
        tsa_root=tsa_root,
        send=bool(tsa) if send is None else send,
        new_passphrase=new_passphrase if lock_key else None,
        passphrase=passphrase,
        text_to=text_to,
        qr_to=qr_to,
        actor=actor,
    )
    emit(done) if as_json else say(_text(done))
    if any(stamp["waiting"] for stamp in done["stamps"]):
        tell("firsthand: a request for a stamp still waits; `case seal --send` sends it again.")


def _text(done: dict[str, Any]) -> str:
    lines = [f"seal {done['seal']}{'' if done['new'] else ': stands, nothing new to seal'}"]
    if done["key_is_new_to_the_case"]:
        lines.append("The key was pinned in the case now. Compare it with the one that you know.")
    lines += ["", done["checkpoint"]]
    lines += [
        "Keep this where the case is not: only that shows a log that was rolled back or made anew,",
        "and only a fingerprint held elsewhere shows another key.",
    ]
    for stamp in done["stamps"]:
        name = f"stamp {stamp['seal']}/{stamp['stamp']} by {visible(stamp['authority'])}"
        check = stamp["check"]
        if stamp["waiting"]:
            lines.append(f"{name}: waiting ({visible(stamp['why'], one_line=True)})")
            continue
        lines.append(f"{name}: existed before {check['gen_time']}")
        if check["library"]["state"] != check["openssl"]["state"]:
            lines.append(
                f"  the two checks differ: openssl {check['openssl']['state']}, rfc3161-client"
                f" {check['library']['state']} ({visible(check['library']['why'], one_line=True)})"
            )
    return "\n".join(lines)
