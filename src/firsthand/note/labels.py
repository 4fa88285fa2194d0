"""The English behind page one: outcomes, tables, custody, references, and the page's own labels."""

from __future__ import annotations

from typing import Final

__all__ = ["OUTCOME", "PROPOSITION"]

# Findings, propositions, settings, custody
OUTCOME: Final = {
    "consistent": "Consistent with the claim",
    "inconsistent": "Inconsistent with the claim",
    "inconclusive": "Ran and did not tell",
    "needs_input": "Not run: input is missing",
    "not_applicable": "The question does not arise",
    "could_not_run": "Could not run",
}
PROPOSITION: Final = {
    "E": "The event happened as described",
    "F": "This footage shows it, at the claimed place and time",
    "C": "Its cause is as claimed",
}
STATUS: Final = {
    "not_established": "Not established.",
    "consistent": "What was checked is consistent with it, and would be with other explanations.",
    "consistent_and_unlikely_if_false": (
        "What was checked is consistent with it, and would be unlikely if it were false."
    ),
    "inconsistent": "What was checked is inconsistent with it.",
}
ALTERNATIVE: Final = {
    "did_not_happen": "against: it did not happen",
    "same_place_other_time": "against: the same place at another time",
    "other_place": "against: another place",
    "staged_edited_or_synthetic": "against: staged, edited or synthetic",
    "other_cause": "against: another cause",
}
METHOD = "Check {check}, version {version}, from {source}."
POWER = "Power against that alternative: {value} ({low} to {high})."
VALUE_PLACE = "{name} ({latitude}, {longitude}), within {radius} m"
VALUE_WINDOW = "{start} to {end}"
VALUE_ANGLE = "{value}° (standard deviation {sd}°)"
VALUE_LENGTH = "{value} m (standard deviation {sd} m)"
VALUE_LIGHT: Final = {
    "day": "day",
    "twilight": "twilight",
    "night": "night",
    "cannot_tell": "cannot tell",
}
REVIEW: Final = {
    "proposed": "accepted by nobody",
    "accepted": "accepted by {by}, {time}",
    "edited": "edited by {by}, {time}",
    "rejected": "rejected by {by}, {time}",
}
CUSTODY_COUNT = "{items} items are kept, {lines} lines of log account for them."
CUSTODY_HEAD = "The last line that this note rests on has the SHA-256 {head}."
CUSTODY_SALT = (
    "Items are named here by a salted commitment, not by their hash: "
    "whoever holds the case can check it, and nobody can look an item up by it."
)
CUSTODY_CHAIN = (
    "A line that is changed, left out or put in breaks the hash that the next one carries."
)
CUSTODY_ROLLBACK = (
    "A log that was cut short and begun anew from there shows only against this note, "
    "or against another copy of the hash above."
)
AUDIT_ALL = "Check every byte of the case:"
AUDIT_HEAD = "Check, without this program, that the log is the one this note was drawn from:"
AUDIT_CHAIN = "Check any link of the chain: the hash of a line is the `prev` of the next one:"
FACT: Final = {
    "container": "Container",
    "video": "Picture",
    "audio": "Sound",
    "duration": "Length",
    "rotation": "Turned by",
    "mirrored": "Mirrored",
    "decoder": "Decoded by",
    "sandbox": "Sandbox",
    "size": "Size",
}
PRIVATE: Final = {"position", "serial", "person"}
WITHHELD = "given in the file, and withheld from this note"
STREAM_MOVING = "{codec}, {width} × {height} pixels, {rate} frames a second"
STREAM_STILL = "{codec}, {width} × {height} pixels"
SECONDS = "{value} s"
DEGREES = "{value}°"
BYTES = "{value} bytes"
VERSIONED = "{name} {version}"
YES = "yes"

# References
REF_SPAN: Final = {
    "headline": "Report {report}, headline, characters {start}–{end}",
    "subheading": "Report {report}, subheading, characters {start}–{end}",
    "body": "Report {report}, text, characters {start}–{end}",
    "caption": "Report {report}, caption, characters {start}–{end}",
    "credit": "Report {report}, credit, characters {start}–{end}",
    "related": "Report {report}, related item, characters {start}–{end}",
    "interface": "Report {report}, line of the page, characters {start}–{end}",
    "other_language": "Report {report}, line in another language, characters {start}–{end}",
    "footnote": "Report {report}, footnote, characters {start}–{end}",
}
REF_ITEM = "Item {item}"
REF_FRAME = "Item {item}, frame at {time} s"
REF_FINDING = "Finding {id} of check {check} {version}"
REF_LOG = "Log, line {line}: {kind}, {time}"
REF_WHOLE_LOG = "Log, lines 1 to {line}, whose last has the SHA-256 {head}"
REF_REPORT = "Report {report} as a whole, {lines} lines"
REF_SETTING = "Setting {id}, revision {revision}, put in by {by}, {time}"
REF_MARK = "Mark {id}, revision {revision}, on item {item} at {time} s, by {by}"
REF_EDGE = "Edge {id}: stated or concluded, not quoted"
REF_CLAIM = "Claim {id}, which quotes nothing"
REF_INCIDENT = "Event {id}, as the report tells it"
REF_WEIGHING = "The findings weighed together, at log line {line}"
