"""The pages in a bag: what it is, and what a stranger types to check it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from firsthand import __version__

__all__ = ["bag_info", "index_html", "readme"]

_KINDS: Final = {
    "whole": "A whole copy of a case: everything that its log accounts for is here.",
    "redacted": "A redacted copy of a case: what is withheld is listed in data/redaction.json, and"
    " the log still verifies.",
}

_README: Final = """\
WHAT THIS IS

{what}
Case {case}.

It was made by Firsthand {version}, a verification desk for eyewitness footage, and you need nothing
of it to check this copy.

HOW TO CHECK IT

Open a terminal in this folder and type

    sh verify.sh

It needs a shell, sed and openssl, which Linux and macOS have, and it changes nothing. It ends with
"Everything in this bag holds." or names each thing that does not. If somebody gave you the number
of a line and its hash (a checkpoint), type them too:

    sh verify.sh LINES HEAD

That is worth asking for. A log that was cut back, or written anew as a whole, looks whole; only a
line that you know from elsewhere shows it. The same goes for verify.sh: ask the one who sent this
for its SHA-256, and compare it with what this says:

    openssl dgst -sha256 verify.sh

This folder is a bag (BagIt 1.0, RFC 8493), so any program for bags can check its lists of files,
too. With Firsthand: firsthand case audit FOLDER, and firsthand case import FOLDER NEW-FOLDER.

WHAT IS IN IT

    data/log.jsonl        what was done, a line an act; each line carries the hash of the one before
    data/head.json        how many lines there are, and the hash of the last one
    data/payloads/        what the lines commit to, by line number
    data/originals/       evidentiary copies, named by their SHA-256
    data/derived/         what was made from them: frames, sheets, readings
    data/note/            verification notes as they were handed over; start at index.html
    data/seals/           signed checkpoints, the key that signed, and time stamps (RFC 3161) with
                          the roots that they were checked against
    data/encrypted/       payloads whose keys are not in here
    data/redaction.json   in a redacted copy: what is withheld, and places told coarsely
    data/copies/          in a redacted copy: pictures drawn anew, without a byte of their file

A folder that the case has no use for is absent.

WHAT IT PROVES, AND WHAT NOT

That nothing in it was changed since the last line was written; with a time stamp, that the sealed
lines existed before the stamp's time. It never proves when something was filmed, or that it shows
what somebody says of it: the notes say how far that goes.
"""

_HTML: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>A case, to be checked</title>
<style>
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto;
  padding: 0 1rem; color: #1b1b1b; background: #fff }}
pre {{ background: #f0f0f0; padding: .7rem 1rem; overflow-x: auto }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #eee; background: #161616 }}
  pre {{ background: #262626 }}
}}
</style>
<h1>A case, to be checked</h1>
<p>{what} Case <code>{case}</code>.</p>
<h2>How to check it</h2>
<p>This page cannot do it: a page in a folder knows nothing of the folder. Open a terminal here and
type</p>
<pre>sh verify.sh</pre>
<p>It needs a shell, <code>sed</code> and <code>openssl</code>, and changes nothing. It ends with
<em>Everything in this bag holds</em>, or names each thing that does not.</p>
<p>If somebody gave you a checkpoint (the number of a line, and its hash), type it too. Only that
shows a log that was cut back or written anew as a whole:</p>
<pre>sh verify.sh LINES HEAD</pre>
<p>Ask the one who sent this for the SHA-256 of <code>verify.sh</code> as well, and compare:</p>
<pre>openssl dgst -sha256 verify.sh</pre>
<p>What is in each folder, and what all of it proves and does not, stands in
<a href="README.txt">README.txt</a>.</p>
</html>
"""


def readme(case_id: str, kind: str) -> bytes:
    """The bytes of `README.txt`."""
    return _README.format(what=_KINDS[kind], case=case_id, version=__version__).encode()


def index_html(case_id: str, kind: str) -> bytes:
    """The bytes of `index.html`: no script, nothing from elsewhere."""
    return _HTML.format(what=_KINDS[kind], case=case_id).encode()


def bag_info(case_id: str, kind: str, at: datetime) -> bytes:
    """The bytes of `bag-info.txt` (RFC 8493 section 2.2.2)."""
    return (
        f"Bag-Software-Agent: Firsthand {__version__}\n"
        f"Bagging-Date: {at.date().isoformat()}\n"
        f"External-Description: {_KINDS[kind]}\n"
        f"External-Identifier: {case_id}\n"
    ).encode()
