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
VALUE_KNOWN = "an object of {size} m, {distance} m away"
VALUE_LIGHT: Final = {
    "day": "day",
    "twilight": "twilight",
    "night": "night",
    "cannot_tell": "cannot tell",
}
REVIEW: Final = {
    "proposed": "not accepted",
    "accepted": "accepted by {by}, {time}",
    "edited": "edited by {by}, {time}",
    "rejected": "rejected by {by}, {time}",
}
CUSTODY_COUNT = "{items} items are kept, {lines} lines of log account for them."
CUSTODY_SALT = (
    "Items are named here by a salted commitment, not by their hash: "
    "whoever holds the case can check it, and nobody can look an item up by it."
)
CUSTODY_CHAIN = (
    "A line that is changed, left out or put in breaks the hash that the next one carries."
)
CUSTODY_ROLLBACK = (
    "A log that was cut short and begun anew from there shows only against this note, "
    "or against another copy of its hash."
)
AUDIT_ALL = "Check every byte of the case:"
AUDIT_HEAD = "Check, without this program, that line {line} is the one this note was drawn from:"
AUDIT_ITEM = "Check, without this program, that a FILE is the {item} named here:"
AUDIT_CHAIN = "Check a link of the chain: the hash of a line stands as `prev` in the next one."
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
    "headline": "{report}, headline, characters {start}–{end}",
    "subheading": "{report}, subheading, characters {start}–{end}",
    "body": "{report}, text, characters {start}–{end}",
    "caption": "{report}, caption, characters {start}–{end}",
    "credit": "{report}, credit, characters {start}–{end}",
    "related": "{report}, related item, characters {start}–{end}",
    "interface": "{report}, line of the page, characters {start}–{end}",
    "other_language": "{report}, line in another language, characters {start}–{end}",
    "footnote": "{report}, footnote, characters {start}–{end}",
}
REF_ITEM = "{item}"
REF_FRAME = "{item}, at {time} s"
REF_FINDING = "{id}, of check {check}, version {version}"
REF_LOG = "Line {line}: {kind}, {time}"
REF_WHOLE_LOG = "Lines 1 to {line}, all of them"
REF_REPORT = "{report} as a whole, {lines} lines"
REF_SETTING = "{id}, revision {revision}, put in by {by}, {time}"
REF_MARK = "{id}, revision {revision}, on {item} at {time} s, by {by}"
REF_EDGE = "Edge {id}: stated or concluded, not quoted"
REF_CLAIM = "Claim {id}, which quotes nothing"
REF_INCIDENT = "Event {id}, as the report tells it"
REF_WEIGHING = "The findings weighed together, at log line {line}"
