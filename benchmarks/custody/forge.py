"""What a forger can do: change a case and make the whole log fit the change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from firsthand.case.head import Checkpoint, encode_head
from firsthand.case.keys import SigningKey
from firsthand.case.payload import content_commitment
from firsthand.records import GENESIS, canonical, sha256_hex


def forge_log(
    case: Path,
    change: Callable[[dict[str, bytes]], None],
    *,
    signer: SigningKey | None = None,
    payloads: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:
    """Let `change` alter kept files, and sensitive payloads be altered by line; then fit the log.

    Manifests, payload commitments, the chain and `head.json` are made anew; checkpoints only with
    a `signer`, whose key is then pinned in place of the one that was.
    """
    kept = {
        str(path.relative_to(case)): path.read_bytes()
        for folder in ("seals", "note")
        for path in sorted((case / folder).rglob("*"))
        if path.is_file()
    }
    change(kept)
    previous, lines = GENESIS, []
    heads = [GENESIS]
    for line in (case / "log.jsonl").read_bytes().splitlines():
        event = json.loads(line)
        event["prev"] = previous
        for name in event["payloads"]:
            path = case / f"payloads/{event['seq']:06d}.{name}.json"
            payload = json.loads(path.read_bytes())
            data = payload["data"]
            if name == "sensitive":
                data.update((payloads or {}).get(event["seq"], {}))
                if event["content"] is not None:
                    event["content"] = content_commitment(payload["salt"], data["sha256"])
            else:
                if signer is not None:
                    _resign(event["kind"], data, kept, signer, heads)
                _fit(event["kind"], data, kept)
            encoded = canonical(payload) + b"\n"
            _put(path, encoded)
            event["payloads"][name] = sha256_hex(encoded)
        lines.append(canonical(event) + b"\n")
        previous = sha256_hex(lines[-1])
        heads.append(previous)
    for name, data in kept.items():
        _put(case / name, data)
    _put(case / "log.jsonl", b"".join(lines))
    _put(case / "head.json", encode_head(Checkpoint(len(lines), previous)))


def _resign(
    kind: str, data: dict[str, Any], kept: dict[str, bytes], signer: SigningKey, heads: list[str]
) -> None:
    if kind == "key.pinned":
        kept[f"seals/key-{data['number']:02d}/key.pem"] = signer.public_pem
        data["fingerprint"] = signer.fingerprint
    elif kind == "checkpoint.sealed":
        folder = f"seals/{data['seal']:04d}"
        checkpoint = json.loads(kept[f"{folder}/checkpoint.json"])
        checkpoint.update(head=heads[checkpoint["lines"]], key=signer.fingerprint)
        kept[f"{folder}/checkpoint.json"] = canonical(checkpoint) + b"\n"
        kept[f"{folder}/checkpoint.sig"] = signer.sign(kept[f"{folder}/checkpoint.json"])


def _fit(kind: str, data: dict[str, Any], kept: Mapping[str, bytes]) -> None:
    """Make an open payload say what the kept files now are."""
    folders = {
        "key.pinned": "seals/key-{number:02d}",
        "note.written": "note/{note:04d}/{language}",
    }
    template = folders.get(kind, "seals/{seal:04d}")
    for file in data.get("files", []):
        content = kept[f"{template.format(**data)}/{file['path']}"]
        file.update(sha256=sha256_hex(content), size=len(content))
    if kind == "checkpoint.sealed":
        checkpoint = json.loads(kept[f"seals/{data['seal']:04d}/checkpoint.json"])
        data.update({name: checkpoint[name] for name in ("lines", "head", "key")})


def _put(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)
