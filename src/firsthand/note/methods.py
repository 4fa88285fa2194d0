"""Which checks and decoders were used, at which version, from where, and how often they ran."""

from __future__ import annotations

from firsthand.note.given import NoteInput
from firsthand.note.pictured import MethodRow
from firsthand.records import Finding

__all__ = ["method_rows"]


def method_rows(given: NoteInput) -> tuple[MethodRow, ...]:
    """One row a check and version, in order of name; then one a decoder."""
    groups: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], list[Finding]] = {}
    for finding in given.findings:
        method = finding.method
        key = (method.check, method.version, method.source, tuple(sorted(method.tools.items())))
        groups.setdefault(key, []).append(finding)
    checks = [
        MethodRow(
            name=name,
            version=version,
            source=source,
            tools=tools,
            studies=tuple(dict.fromkeys(one.lr.study for one in found if one.lr)),
            used_for=tuple(one.id for one in found),
            runs=sum(given.runs.get(one.id, 1) for one in found),
        )
        for (name, version, source, tools), found in sorted(groups.items(), key=lambda one: one[0])
    ]
    decoders: dict[tuple[str, str], list[str]] = {}
    for media in given.media:
        decoders.setdefault((media.decoder, media.decoder_version), []).append(media.item)
    return (
        *checks,
        *(
            MethodRow(
                name=name,
                version=version,
                source="",
                tools=(),
                studies=(),
                used_for=tuple(items),
                runs=len(items),
            )
            for (name, version), items in sorted(decoders.items())
        ),
    )
