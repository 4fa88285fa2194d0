"""The English of the sections that lay things side by side: explanations, sources, places, past."""

from __future__ import annotations

from typing import Final

__all__ = ["ALTERNATIVE_ROW", "BEARING"]

# Explanations
ALTERNATIVE_ROW: Final = {
    "did_not_happen": "It did not happen",
    "same_place_other_time": "The same place at another time",
    "other_place": "Another place",
    "staged_edited_or_synthetic": "Staged, edited or synthetic",
    "other_cause": "Another cause",
    "none": "The claim itself: no other is named",
}
BECOMES: Final = {
    "not_established": "not established",
    "consistent": "consistent",
    "consistent_and_unlikely_if_false": "consistent, and unlikely if false",
    "inconsistent": "inconsistent",
}
BEARING: Final = {
    "against": "speaks against it",
    "for": "speaks for it",
    "fits": "fits it as well",
    "silent": "does not tell",
    "waits": "waits for input",
    "broke": "broke",
    "stale": "stale",
    "unasked": "not its question",
}

BARE: Final = {
    "against": "points against it, without a figure",
    "for": "points to it, without a figure",
}
"""The same where no study backs a figure: a direction, and no more."""
OWN: Final = {
    "against": "points to it, without a figure",
    "for": "points against it, without a figure",
    "fits": "fits it",
}
"""Of the claim itself, by what the finding would say of any other explanation."""

# Sources
RELATION: Final = {
    "filmed": "filmed",
    "posted": "posted",
    "linked": "linked",
    "credited": "credited",
    "republished": "republished",
    "quoted": "quoted",
    "embedded": "embedded",
    "same_text": "same text",
    "same_recording": "same recording",
}
EDGE: Final = {"stated": "{relation}, stated", "inferred": "{relation}, inferred"}
GRAPH_TITLE: Final = {
    "footage": "Who had the footage from whom",
    "claim": "Who had the claim from whom",
}
GRAPH_STEP: Final = {
    "stated": "{earlier} to {later}: {relation}, stated.",
    "inferred": "{earlier} to {later}: {relation}, inferred.",
}
GRAPH_BOTH: Final = {
    "stated": "{earlier} and {later}, whichever was first: {relation}, stated.",
    "inferred": "{earlier} and {later}, whichever was first: {relation}, inferred.",
}
GRAPH_ALONE = "{name}: from whom is not known."
CHANGE: Final = {
    "turned": "What was affirmed is denied, or the other way round.",
    "firmer": "The last copy is firmer than the first: caution fell away.",
    "weaker": "The last copy is more careful than the first.",
    "worded": "The caution is worded otherwise, and weighs the same.",
    "same": "The caution is the same.",
}

# Map
MAP_NOTHING = (
    "Nobody has put a place in, and no gazetteer offers one for the words of the claim: "
    "there is nothing to draw."
)
MAP_OFFERED = (
    "What a gazetteer offers for the words of the claim; nobody has said that it is one of these."
)
MAP_CIRCLE = "{name}: claimed to lie within {radius} m of the point drawn."
MAP_CAMERA_WITHHELD = "A camera position is in the case. It is not drawn, nor is any bearing."
MAP_UNNAMED = "Claimed place"
MAP_TITLE = "Map of what is claimed"
MAP_REGION = "{name} among the coasts round it, from {west} to {east} and from {south} to {north}."
MAP_DETAIL = "A circle of {radius} m, and a bar of {bar}."

# The past of the place
PAST_TITLE = "Events told of, on a line of time"
PAST_EVENT: Final = {
    "attack": "{number}: attack, {when}.",
    "fire": "{number}: fire, {when}.",
    "smoke": "{number}: smoke, {when}.",
    "agreement": "{number}: agreement, {when}.",
    "withdrawal": "{number}: withdrawal, {when}.",
    "transfer": "{number}: transfer, {when}.",
    "other": "{number}: other event, {when}.",
}
LANE: Final = {"attack": "Attack", "fire": "Fire", "smoke": "Smoke", "other": "Other"}
PAST_NO_INNOCENT = (
    "No fire and no smoke without an attacker is told of there. Nobody has put in a list of such: "
    "that none is told of says nothing about how many there were."
)
PAST_NO_INNOCENT_LISTED = (
    "No fire and no smoke without an attacker is told of there, in the lists put in either: "
    "what nobody listed has happened all the same."
)
PAST_CLAIM = "claimed filming"
PAST_PUBLISHED = "report out"
PAST_UNDATED = "no date"
PAST_NONE = "none told of"
