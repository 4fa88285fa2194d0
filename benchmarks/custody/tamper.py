"""Ways to tamper with a bag: one a function, bytes in, bytes out, driven by a seeded generator."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.custody.bags import Bag, Tree
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from firsthand.case.bag import MANIFESTS, TAG_MANIFESTS, manifests
from firsthand.case.checkpoint import SignedCheckpoint
from firsthand.case.head import Checkpoint, encode_head
from firsthand.case.ingest import digest_of
from firsthand.case.keys import fingerprint_of
from firsthand.case.layout import Parts
from firsthand.case.payload import encode
from firsthand.records import GENESIS, canonical, sha256_hex

__all__ = ["FILE_OPERATIONS", "Tampered", "forge_key", "kind_of", "mend", "roll_back", "tamper"]

LOG = "data/log.jsonl"


@dataclass(frozen=True)
class Tampered:
    """A bag as somebody left it: what was done, to which kind of file."""

    stratum: str
    kind: str
    operation: str
    tree: Tree


def kind_of(name: str) -> str:
    """The kind of a file, for the strata."""
    if name in MANIFESTS or name in TAG_MANIFESTS:
        return "manifest"
    if not name.startswith("data/"):
        return "page, bagit.txt or verify.sh"
    part = name.split("/")[1]
    if part == "payloads":
        return f"{name.split('.')[1]} payload"
    names = {
        "log.jsonl": "log",
        "head.json": "head.json",
        "case.json": "case.json",
        "redaction.json": "redaction.json",
        "note": "note",
    }
    return names.get(part, part)


def _flip(data: bytes, rng: random.Random, _other: bytes) -> bytes:
    at = rng.randrange(len(data) * 8)
    changed = bytearray(data)
    changed[at // 8] ^= 1 << at % 8
    return bytes(changed)


def _truncate(data: bytes, rng: random.Random, _other: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _insert(data: bytes, rng: random.Random, _other: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice([b"\0", b" ", b"\n", b"0", rng.randbytes(5)]) + data[at:]


def _last_newline(data: bytes, _rng: random.Random, _other: bytes) -> bytes:
    return data[:-1] if data.endswith(b"\n") else data + b"\n"


def _cut_out(data: bytes, rng: random.Random, _other: bytes) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 40) :]


def _swap_bytes(data: bytes, rng: random.Random, _other: bytes) -> bytes:
    one, two = rng.randrange(len(data)), rng.randrange(len(data))
    changed = bytearray(data)
    changed[one], changed[two] = changed[two], changed[one]
    return bytes(changed)


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Callable[..., bytes]:
    def operation(data: bytes, rng: random.Random, _other: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        change(lines, rng)
        return b"".join(lines)

    return operation


def _reorder(lines: list[bytes], rng: random.Random) -> None:
    rng.shuffle(lines)


def _drop_line(lines: list[bytes], rng: random.Random) -> None:
    del lines[rng.randrange(len(lines))]


def _double_line(lines: list[bytes], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    lines.insert(at, lines[at])


def _upper(data: bytes, rng: random.Random, _other: bytes) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start : start + 64].upper() + data[start + 64 :]


def _other_content(_data: bytes, _rng: random.Random, other: bytes) -> bytes:
    return other


Operation = Callable[[bytes, random.Random, bytes], bytes]
FILE_OPERATIONS: Mapping[str, Operation] = {
    "bit flip": _flip,
    "truncation": _truncate,
    "insertion": _insert,
    "last newline dropped or added": _last_newline,
    "bytes cut out": _cut_out,
    "bytes swapped": _swap_bytes,
    "lines reordered": _lines(_reorder),
    "line dropped": _lines(_drop_line),
    "line doubled": _lines(_double_line),
    "upper case": _upper,
    "content of another file": _other_content,
}


def tamper(bag: Bag, rng: random.Random, kind: str, operation: str, *, mended: bool) -> Tampered:
    """One change to one file of a kind; tried again until something is different.

    `mended`: all lists of files are made to fit afterwards, as anybody can.
    """
    names = [name for name in bag.tree if kind_of(name) == kind]
    while True:
        name, other = rng.choice(names), rng.choice(sorted(bag.tree))
        tree = dict(bag.tree)
        if operation == "file deleted":
            del tree[name]
        elif operation == "file added":
            tree[f"{name}{rng.choice(['.bak', '~', '0'])}"] = rng.choice([b"", b"x", tree[name]])
        elif operation == "two files swapped":
            tree[name], tree[other] = tree[other], tree[name]
        elif tree[name]:
            tree[name] = FILE_OPERATIONS[operation](tree[name], rng, tree[other])
        if mended:
            tree = mend(tree)
        if tree != bag.tree:
            stratum = f"{bag.kind}, lists mended" if mended else bag.kind
            return Tampered(stratum, kind, operation, tree)


def mend(tree: Tree) -> Tree:
    """Every manifest written anew over what is there."""
    kept = {name: data for name, data in tree.items() if name not in TAG_MANIFESTS}
    data = {_parts(name): digest_of(b) for name, b in kept.items() if name.startswith("data/")}
    kept.update(zip(MANIFESTS, manifests(data), strict=True))
    tags = {(name,): digest_of(b) for name, b in kept.items() if "/" not in name}
    kept.update(zip(TAG_MANIFESTS, manifests(tags), strict=True))
    return kept


def _parts(name: str) -> Parts:
    return tuple(name.split("/"))


def roll_back(bag: Bag, rng: random.Random) -> Tampered:
    """The log cut back to an earlier line, and made to look whole by a new last line."""
    lines = bag.tree[LOG].splitlines(keepends=True)
    keep = rng.randrange(2, bag.held.lines)
    tree = {name: data for name, data in bag.tree.items() if "/" not in name}
    tree["data/case.json"] = bag.tree["data/case.json"]
    log = lines[:keep]
    unread: set[str] = set()
    for line in log:
        event = json.loads(line)
        for name in event["payloads"]:
            here = f"data/payloads/{event['seq']:06d}.{name}.json"
            if here not in bag.tree:
                unread.add(f"data/encrypted/{event['seq']:06d}.{name}")
                continue
            tree[here] = bag.tree[here]
            tree.update(_files_of(bag, event, json.loads(bag.tree[here])["data"]))
    if not unread <= tree.keys():  # before it was encrypted it was in the open, and we have it not
        return roll_back(bag, rng)
    _last_line(bag, tree, log, rng)
    return Tampered("made anew", "the whole bag", "rollback", mend(tree))


def _files_of(bag: Bag, event: dict[str, object], data: dict[str, object]) -> Tree:
    """What a line accounts for beside its payloads."""
    if "sha512" in data and "size" in data:
        return {name: b for name, b in bag.tree.items() if name.endswith(str(data["sha256"]))}
    if event["kind"] == "payload.encrypted":
        return {name: b for name, b in bag.tree.items() if name.startswith("data/encrypted/")}
    if event["kind"] == "key.pinned":
        return {name: b for name, b in bag.tree.items() if name.startswith("data/seals/key-01/")}
    if event["kind"] == "note.written":
        return {name: b for name, b in bag.tree.items() if name.startswith("data/note/")}
    return {}


def _last_line(bag: Bag, tree: Tree, log: list[bytes], rng: random.Random) -> None:
    """End a log with a line that hands the bag over, and say so in `head.json`."""
    last = json.loads(bag.tree[LOG].splitlines()[-1])
    told = json.loads(bag.tree[f"data/payloads/{last['seq']:06d}.open.json"])["data"]
    seq = len(log) + 1
    payload = encode(told, rng.randbytes(32))
    tree[f"data/payloads/{seq:06d}.open.json"] = payload
    last |= {
        "seq": seq,
        "prev": sha256_hex(log[-1]),
        "payloads": {"open": sha256_hex(payload)},
    }
    log.append(canonical(last) + b"\n")
    tree[LOG] = b"".join(log)
    tree["data/head.json"] = encode_head(Checkpoint(seq, sha256_hex(log[-1])))


def forge_key(bag: Bag, rng: random.Random) -> Tampered:
    """A line before the seal rewritten, everything after chained anew, sealed with another key."""
    private = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
    pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    tree = dict(bag.tree)
    log: list[bytes] = []
    target = rng.randrange(bag.held.lines)
    previous = GENESIS
    at_line: dict[int, str] = {}
    for number, line in enumerate(bag.tree[LOG].splitlines()):
        event = json.loads(line)
        event["prev"] = previous
        if number == target:
            event["time_source"] = f"another clock {rng.randrange(1000)}"
        here = f"data/payloads/{event['seq']:06d}.open.json"
        if event["kind"] in {"key.pinned", "checkpoint.sealed"}:
            payload = json.loads(tree[here])
            data = payload["data"]
            folder = "data/seals/" + ("key-01" if event["kind"] == "key.pinned" else "0001")
            if event["kind"] == "key.pinned":
                data["fingerprint"] = fingerprint_of(pem)
                tree[f"{folder}/key.pem"] = pem
            else:
                data |= {"key": fingerprint_of(pem), "head": at_line[data["lines"]]}
                old = json.loads(tree[f"{folder}/checkpoint.json"])
                old |= {"key": data["key"], "head": data["head"]}
                checkpoint = SignedCheckpoint.parse(canonical(old)).file()
                tree[f"{folder}/checkpoint.json"] = checkpoint
                tree[f"{folder}/checkpoint.sig"] = private.sign(checkpoint)
            for file in data["files"]:
                content = tree[f"{folder}/{file['path']}"]
                file |= {"sha256": sha256_hex(content), "size": len(content)}
            tree[here] = encode(data, bytes.fromhex(payload["salt"]))
            event["payloads"]["open"] = sha256_hex(tree[here])
        log.append(canonical(event) + b"\n")
        previous = sha256_hex(log[-1])
        at_line[number + 1] = previous
    tree[LOG] = b"".join(log)
    tree["data/head.json"] = encode_head(Checkpoint(len(log), previous))
    return Tampered("made anew", "the whole bag", "forged key", mend(tree))
