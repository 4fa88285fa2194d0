"""The words of the page itself: headings, columns, and names of the vocabularies."""

from __future__ import annotations

from typing import Final

__all__ = ["GLOSSARY", "UI", "VOCABULARIES"]

UI: Final[dict[str, str]] = {
    "brand": "Firsthand",
    "kind": "Verification note",
    "skip": "Skip to the note",
    "note": "Note",
    "none": "none",
    "drawn": "log line",
    "reference": "Reference",
    "use": "Use",
    "claim": "Claim",
    "no_claim": "No claim was read.",
    "shows": "The clip shows",
    "no_footage": "No footage is in the case.",
    "graphic": "Graphic: show it",
    "cannot": "We cannot tell",
    "settles": "would settle:",
    "sources": "Sources",
    "done": "Done",
    "nothing": "Nothing yet.",
    "not_done": "Not done",
    "would_settle": "Would settle most, in order",
    "background": "Background",
    "background_whose": "the report's own, unchecked",
    "handling": "Handling",
    "behind": "Behind page one",
    "changes": "What has changed since the note before, and why",
    "weighed": "What it comes to",
    "weighed_lead": (
        "Three questions are kept apart. None of the answers is a probability: "
        "how likely it was before, only the reader can say."
    ),
    "proposition": "Question",
    "stands": "Where it stands",
    "carried": "Carried by",
    "conflicts": "In conflict",
    "agrees": "Points the same way",
    "ways": "Against each way of being false",
    "nothing_against": "nothing",
    "would_move": "What would move it, and to what",
    "could_become": "It could become",
    "or": "or",
    "nothing_moves": "Nothing that a check here could be given.",
    "not_weighed": "The findings have not been weighed.",
    "findings": "Findings",
    "no_findings": "No check has been run.",
    "stale": "Stale: its inputs have changed",
    "unaccepted": "Rests on a reading that nobody accepted",
    "runs": "Runs:",
    "measured": "Measured",
    "value": "Value",
    "interval": "95 % interval",
    "exact": "exact",
    "up_to": "to",
    "how": "How",
    "speaks_to": "Speaks to",
    "strength": "Strength",
    "no_strength": "None: it says nothing for or against.",
    "toward_for": "For, in direction only: no calibration study backs a number.",
    "toward_against": "Against, in direction only: no calibration study backs a number.",
    "p_value": "The chance of calling a true claim inconsistent is at most",
    "missing": "Missing",
    "tests": "Tests",
    "inputs": "Stood on",
    "method": "Method",
    "limits": "Limits",
    "claims": "The claims",
    "claims_lead": (
        "Each in the report's own words, with who holds it, how it is hedged, and whether the "
        "words affirm it, deny it, or leave it open."
    ),
    "claims_footage": "About the footage",
    "claims_other": "Other statements of the report",
    "in_words": "In its own words",
    "holders": "Held by",
    "as_told_by": "as told by",
    "hedges": "Hedges",
    "polarity": "Polarity",
    "reading": "Reading",
    "footage": "The file",
    "item": "Item",
    "file_says": "What the file says of itself",
    "file_says_lead": (
        "Anybody can write these fields, and copying changes them. Two of them from one file "
        "are not two sources."
    ),
    "lineage": "Who had it from whom",
    "of": "Of",
    "from": "From",
    "to": "To",
    "basis": "Basis",
    "why": "Why",
    "no_edges": "The case knows of no source that had it from another.",
    "one_origin": "Each line counts as one origin until shown otherwise:",
    "alternatives": "Other explanations, side by side",
    "alternatives_lead": (
        "Each row is an explanation other than the report's, each column a finding. What did not "
        "tell stands here like the rest, and so does what speaks against the report."
    ),
    "explanation": "Explanation",
    "of_case": "Asked of the whole case",
    "of_shot": "Asked of",
    "nobody_asks": "Where a row is empty, no check here can tell that explanation apart.",
    "graph_footage": "The footage",
    "graph_claim": "The claim",
    "graph_key": (
        "From left to right, earlier to later. A whole line is stated, a dashed one inferred; "
        "heavy boxes are those before whom nobody is known."
    ),
    "drift": "What became of the caution",
    "drift_lead": (
        "The same claim in each report, in order of publication. That two wordings are one claim "
        "is the tool's proposal."
    ),
    "no_drift": (
        "No claim stands in two reports of this case, so nothing can be seen of how its "
        "caution changed from copy to copy."
    ),
    "copy": "Copy",
    "undated": "no date",
    "map": "On a map",
    "map_lead": (
        "Coasts: Natural Earth. Places are as coarse as their class of precision, and circles "
        "show how far off they may be."
    ),
    "methods": "Methods, versions, sources",
    "methods_lead": (
        "How each check works, on which literature, and how often it errs stands in the manual "
        "of the version named here: its pages of explanation, and accuracy.md for every measured "
        "figure. A check run more often than it has findings was run again with other inputs."
    ),
    "version": "Version",
    "made_with": "With",
    "used_for": "Used for",
    "study": "Study",
    "times_run": "Runs",
    "chronology": "What is told of the place's past",
    "chronology_lead": (
        "All smoke, fire and attack that reports and lists tell of, and other events beside them. "
        "These are claims of theirs, not of this desk. A list of attacks primes the eye for an "
        "attack: none of them says anything about this footage."
    ),
    "chronology_key": (
        "Numbers are those of the table. Full bars: told of at the claimed place; hollow: "
        "elsewhere, or nobody says where; dashed: an end is not stated."
    ),
    "there": "at the claimed place",
    "tells": "Told by",
    "casualties": "casualties:",
    "scale": "The words of strength, and their numbers",
    "scale_lead": (
        "Likelihood ratio: how much likelier the finding is if the claim holds than if the other "
        "explanation does. The end of its interval nearer to 1 is what is graded. The words are "
        "those of the ENFSI guideline of 2015; no ratio passes what its study's size supports."
    ),
    "ratio": "Likelihood ratio",
    "in_other_words": "In words",
    "and_more": "and more",
    "when": "When",
    "what": "What",
    "where": "Where",
    "told": "As told",
    "said_by": "Said to be by",
    "no_incidents": "It tells of none.",
    "settings": "What people put in",
    "put_in": "Put in",
    "withheld": "withheld from this note",
    "no_settings": "Nobody has put in anything beyond the report and the file.",
    "custody": "Custody, and how to audit it",
    "items": "Items",
    "derived": "Made from them",
    "received": "Received or made",
    "log_line": "Line",
    "commitment": "Salted commitment",
    "commitment_short": "Salted commitment",
    "bytes": "bytes",
    "named": "received as",
    "made_by": "made by",
    "log": "The log",
    "lines": "lines",
    "time": "Time (UTC)",
    "subject": "About",
    "references": "References",
    "in_full": "in full",
    "cited": "Cited:",
    "back_to": "Back to citation",
    "words": "Words used here",
    "footer": (
        "Drawn by Firsthand from the case's log alone: the same log gives the same bytes. "
        "Times are UTC. This page loads nothing and runs nothing."
    ),
}

VOCABULARIES: Final[dict[str, dict[str, str]]] = {
    "types": {
        "occurrence": "Event",
        "identity": "What it is",
        "place": "Place",
        "time": "Time",
        "description": "Look",
        "measurement": "Size",
        "cause": "Cause",
        "casualties": "Casualties",
        "authorship": "Filming",
        "status": "Checked or not",
        "context": "Context",
    },
    "relations": {
        "says": "says",
        "filmed": "filmed",
        "posted": "posted",
        "republished": "republished",
        "believed_by": "believes",
    },
    "polarities": {"affirmed": "affirmed", "negated": "denied", "open": "left open"},
    "lineages": {"footage": "the footage", "claim": "the claim"},
    "bases": {"stated": "stated", "inferred": "inferred"},
    "incidents": {
        "attack": "attack",
        "fire": "fire",
        "smoke": "smoke",
        "agreement": "agreement",
        "withdrawal": "withdrawal",
        "transfer": "transfer",
        "other": "other",
    },
    "kinds": {
        "report": "report",
        "media": "footage",
        "evidence": "evidence",
        "derivative": "derived",
    },
    "settings": {
        "place": "Place",
        "window": "Filming window",
        "camera_position": "Camera position",
        "camera_height": "Camera height",
        "heading": "Heading",
        "field_of_view": "Field of view",
        "distance": "Distance",
        "wind_from": "Wind from",
        "shadow_azimuth": "Shadow points to",
        "sun_elevation": "Sun's height by its shadows",
        "top_height": "Height of its top",
        "drift_angle": "Drift of the smoke",
        "known_object": "Object of known size",
        "light": "Light",
        "seen": "What is to be seen",
    },
    "ref_kinds": {
        "span": "Quote",
        "report": "Report",
        "item": "Item",
        "frame": "Frame",
        "finding": "Finding",
        "log": "Log",
        "setting": "Setting",
        "mark": "Mark",
        "record": "Record",
        "weighing": "Weighing",
    },
}

GLOSSARY: Final[tuple[tuple[str, str], ...]] = (
    ("Accepted", "A person looked at what the tool read in the report, and let it stand."),
    (
        "Consistent",
        "What was measured is what the claim leads one to expect. Other explanations may lead "
        "one to expect it too.",
    ),
    (
        "Explanation, alternative",
        "What else could be so if the claim is not: another time, another place, a staged shot.",
    ),
    ("Hedge", "A word that holds back: reportedly, apparently, possibly, is said to."),
    (
        "Inconsistent",
        "What was measured could hardly be so if the claim held; the finding says how hardly.",
    ),
    ("Did not tell", "The check ran, and its answer would fit the claim and its opposite."),
    (
        "Item",
        "Anything kept in the case, untouched, under a name of its own.",
    ),
    (
        "Origin",
        "Where a picture or a claim began. Ten outlets that had it from one are one origin.",
    ),
    (
        "Salted commitment",
        "The SHA-256 of a secret salt and the item's hash. It binds the note to the item without "
        "telling anybody which file to look for.",
    ),
    (
        "Power",
        "How often a check would have noticed the other explanation, had it been so.",
    ),
    (
        "Precision class",
        "How exactly a place may be given: 10 m, 100 m or 1 km. What leaves is as coarse as that.",
    ),
    (
        "Stale",
        "An input of the finding has changed since. It counts for nothing until it is run again.",
    ),
    ("Stated, inferred", "The report says so; or somebody concludes so, and says why."),
)
