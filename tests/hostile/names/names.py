"""File names as strangers send them."""

from __future__ import annotations

import os

__all__ = ["AS_DATA", "ON_DISK"]

ON_DISK: tuple[bytes, ...] = tuple(
    name if isinstance(name, bytes) else name.encode()
    for name in (
        "line\nbreak\r\nand\ttab.png",
        "\"double\" 'single' `back`.png",
        "clip\u202e4gnp.exe.png",
        "\u2066isolate\u2069 \u2067rtl\u200f.png",
        '=HYPERLINK("evil.example","x").png',
        "-rf",
        "--media=other.png",
        "@SUM(1+1)*cmd|' C calc'!A0.png",
        "\t=1+1.png",
        "<script>alert(1)<script>.png",
        '"><svg onload=alert(1)>.png',
        b"not utf-8 \xff\xfe\xc3 \\.png",
        b"not utf-8 \\xff\\xfe\\xc3 \\\\.png",
        b"a plain \\ backslash.png",
        "\x1b[31mred\x1b]0;title\x07\x1b[2J\x9b31m.png",
        "bell\x07 back\x08\x08 delete\x7f.png",
        "e" + "\u0301" * 100,
        "$(touch pwned);`id`&&|>x.png",
        "*?[a-z]~.png",
        "\ufeffa\u200bb\u2060c\u00ad.png",
        "دخان أسود قرب المطار.png",
    )
)
"""What a file system takes."""

AS_DATA: tuple[str, ...] = (
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\con",
    "/absolute/path.png",
    "nul\x00byte.png",
    "x" * 4096,
    "</title></style><script>alert(1)</script>",
    "'apostrophe first.png",
    "+1-1.png",
    "-2+3 cmd.png",
    " =1+1.png",
    "\uff1d1+1.png",
    "<!-- --><![CDATA[ ]]>&lt;&amp;&#x202e;.png",
    "CON.png",
    "LPT1. . ",
    "%s%n%x{0.__class__}{{7*7}}{% raw %}.png",
    "\u2028line\u2029paragraph.png",
    "\U000e0041\U000e0042\ue000\ufffe.png",
    "x" * 255,
    "a\ud800b",
)
"""What a page or a message may call a file, most of it what no file system takes."""

assert len(set(map(os.fsdecode, ON_DISK)) | set(AS_DATA)) == len(ON_DISK) + len(AS_DATA) >= 30
