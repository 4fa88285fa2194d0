"""Every English sentence of page one, in one place: the msgids of later translations.

A template is a whole sentence. Nothing is glued from halves, because other languages order them
differently; where two facts may or may not be there, there is a template for each case.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["SUBJECTS", "Subject"]


class Subject(NamedTuple):
    """How to speak of what the footage is said to show. `{what}` never appears: no gluing."""

    title_at: str
    title: str
    filmed_at: str
    filmed: str
    said_at: str
    said: str
    inside: str | None
    cause: str | None
    unestablished: str


SUBJECTS: Final[dict[str, Subject]] = {
    "smoke": Subject(
        title_at="Smoke said to be at {place}",
        title="Smoke in a clip, place not stated",
        filmed_at="{publisher} reports that {filmer} filmed smoke rising from {place}.",
        filmed="{publisher} reports that {filmer} filmed rising smoke.",
        said_at="{publisher} carries footage said to show smoke rising from {place}.",
        said="{publisher} carries footage of smoke.",
        inside="whether the smoke rises inside {place}, outside it or beyond it",
        cause="what burns, attack or accident",
        unestablished="what was burning",
    ),
    "fire": Subject(
        title_at="Fire said to be at {place}",
        title="Fire in a clip, place not stated",
        filmed_at="{publisher} reports that {filmer} filmed a fire at {place}.",
        filmed="{publisher} reports that {filmer} filmed a fire.",
        said_at="{publisher} carries footage said to show a fire at {place}.",
        said="{publisher} carries footage of a fire.",
        inside="whether the fire is inside {place}, outside it or beyond it",
        cause="what burns, attack or accident",
        unestablished="what was burning",
    ),
    "explosion": Subject(
        title_at="Explosion said to be at {place}",
        title="Explosion in a clip, place not stated",
        filmed_at="{publisher} reports that {filmer} filmed an explosion at {place}.",
        filmed="{publisher} reports that {filmer} filmed an explosion.",
        said_at="{publisher} carries footage said to show an explosion at {place}.",
        said="{publisher} carries footage of an explosion.",
        inside="whether the explosion is inside {place}, outside it or beyond it",
        cause="what exploded, and why",
        unestablished="what exploded",
    ),
    "footage": Subject(
        title_at="Footage said to be from {place}",
        title="Footage, place not stated",
        filmed_at="{publisher} reports that {filmer} filmed this at {place}.",
        filmed="{publisher} reports that {filmer} filmed this.",
        said_at="{publisher} carries footage said to be from {place}.",
        said="{publisher} carries this footage.",
        inside=None,
        cause=None,
        unestablished="what it shows",
    ),
}

SUBJECT_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "smoke": ("smoke", "plume", "plumes"),
    "fire": ("fire", "fires", "blaze", "flames", "burning"),
    "explosion": ("explosion", "explosions", "blast", "detonation"),
}
"""The first subject one of whose words stands in a claim about the footage is taken."""

PLACE_OF: Final = {
    "at": "{place}",
    "in": "{place}, {of}",
    "from": "{place}",
    "next_to": "{place}, next to {of}",
    "outside": "{place}, outside {of}",
    "near": "{place}, near {of}",
    "between": "{place}, between {of}",
}

# Top of the page
NOTHING_ACCEPTED = (
    "Rests on unaccepted readings: the tool read {count} statements in the report, "
    "and no person has accepted any of them."
)
PARTLY_ACCEPTED = (
    "Rests partly on unaccepted readings: of {count} statements read, "
    "{open} have been accepted by nobody."
)
NO_REPORT = "There is no report in this case: there is no claim to hold the footage against."
NO_CLAIM = "No claim about the footage was read in the report."
NO_FOOTAGE = "There is no footage in this case yet."
STALE_ONE = "One finding rests on inputs that have changed since, and counts for nothing here."
STALE = "{count} findings rest on inputs that have changed since, and count for nothing here."

# Use
UNVERIFIED = "Unverified. Attribute."
USE_CONSISTENT = (
    "Unverified. Attribute. What was checked fits the claim, and would fit other explanations too."
)
USE_UNLIKELY = (
    "Attribute, and say what was checked. What was checked fits the claim "
    "and would be unlikely if it were false."
)
USE_INCONSISTENT = (
    "Do not use as what it is said to be. At least one check speaks against the claimed "
    "place and time."
)
DO_NOT_STATE: Final = {
    (True, True, True): "Do not state place, date or “{cause}” as fact.",
    (True, True, False): "Do not state place or date as fact.",
    (False, True, True): "Do not state date or “{cause}” as fact.",
    (True, False, True): "Do not state place or “{cause}” as fact.",
    (True, False, False): "Do not state the place as fact.",
    (False, True, False): "Do not state the date as fact.",
    (False, False, True): "Do not state “{cause}” as fact.",
}
CAUSE_WORDS: Final = {"attack": "attack", "none": "cause"}
NOT_ESTABLISHED: Final = {
    (True, True): "We have not established where or when it was filmed, or {what}.",
    (True, False): "We have not established where it was filmed, or {what}.",
    (False, True): "We have not established when it was filmed, or {what}.",
    (False, False): "We have not established {what}.",
}
WORDING_AGAINST = "At least one check speaks against the place and time that were given."
WORDING_NO_CLAIM = "We hold footage whose place, date and subject nobody has stated to us."

# Claim
QUOTE: Final = {
    "headline": "Headline: “{quote}”",
    "subheading": "Subheading: “{quote}”",
    "body": "“{quote}”",
    "caption": "Caption: “{quote}”",
    "credit": "Credit: “{quote}”",
    "related": "Beside it, of another item: “{quote}”",
    "interface": "On the page: “{quote}”",
    "other_language": "In another language: “{quote}”",
    "footnote": "Footnote: “{quote}”",
}
QUOTE_FURTHER = "Of the same footage:"
WORDS = "“{words}”"
HEDGE: Final = {
    "headline": "Headline:",
    "subheading": "Subheading:",
    "caption": "Caption:",
    "credit": "Credit:",
    "related": "Beside it:",
    "body": "Text:",
    "interface": "On the page:",
    "other_language": "In another language:",
    "footnote": "Footnote:",
}
HEDGE_OWN = "{publisher} itself:"
UNHEDGED = "The report puts no hedge on it."
ALSO: Final = {
    (True, False): "{publisher}, without a hedge: “{quote}”.",
    (True, True): "{publisher}: “{quote}”, hedged by",
    (False, False): "Another report, which names no publisher, without a hedge: “{quote}”.",
    (False, True): "Another report, which names no publisher: “{quote}”, hedged by",
}
"""By whether the publisher is named, and whether anything is hedged."""
NO_TIME_NO_CAUSE = "No filming time and no cause are given."
NO_TIME = "No filming time is given."
NO_CAUSE = "No cause is given."
NOT_AFTER = "Filmed no later than {latest}, when the report came out; how much earlier is not said."

# The clip shows
SHOWN_BY = "As {by} saw it: {words}."
LIGHT_SEEN: Final = {
    "day": "Daylight, as {by} saw it.",
    "twilight": "Twilight, as {by} saw it.",
    "night": "Night, as {by} saw it.",
    "cannot_tell": "Whether it is day or night, {by} could not tell.",
}
MARKED = "“{name}” is marked at {time} s."
CLIP_VIDEO_SOUND = "A video of {seconds} s, {width} × {height} pixels, with sound."
CLIP_VIDEO_SILENT = "A video of {seconds} s, {width} × {height} pixels, without sound."
CLIP_BARE = "A clip whose length or size the decoder does not report."
CLIP_IMAGE = "A picture of {width} × {height} pixels."
CLIP_AUDIO = "A sound recording of {seconds} s."
CLIP_OTHER = "An item of type {media_type} that was not decoded."
NOBODY_DESCRIBED = "Nobody has yet written down what is to be seen in it."
GOT = "How we got it: {how}, by {by}, {time} ({time_source})."
GOT_UNKNOWN = "How we got it is not on record."
NOT_TIED = "Nothing yet shows that it is the clip that the report describes."
NOT_TIED_NO_REPORT = "No report describes it."
TIED_STATED = "That it is the clip that the report describes is stated:"
TIED_INFERRED = "That it is the clip that the report describes is inferred:"
CAPTION_SHEET = "{count} frames of {item}, from {first} to {last} s."
CAPTION_FRAME = "{item}, at {time} s."
CAPTION_PLAIN = "From {item}."

# Cannot tell
WHAT_WHERE = "where"
WHERE_NO_MAP = "nothing has been matched to a map"
WHERE_POSITION = "a camera position has been put in by {by}; nothing else places it"
WHERE_AGAINST = "the claimed place and time do not hold together"
WHERE_FITS = "what was checked fits the claimed place, and would fit others too"
WHAT_WHEN = "when"
WHEN_FILE = "no time is stated; the file says {time}, which proves nothing alone"
WHEN_FILE_BLANK = "no time is stated, and the file's own time fields are blank"
WHEN_NO_FILE_TIME = "no time is stated, and the file carries none"
WHEN_FILE_UNREAD = "no time is stated; what the file says has not been read"
WHEN_STATED = "“{words}” is the report's word; nothing else here says so"
WHEN_WINDOW = "{by} put in {start} to {end}; it has not been shown from the footage"
INSIDE_ONE = "one bearing cannot say"
INSIDE_NONE = "no bearing has been taken, and one alone could not say"
CAUSE_NONE = "no cause is given, and colour doesn't say"
CAUSE_CLAIMED = "“{quote}” is the report's word; colour doesn't say"
CAUSE_CLAIMED_PLAIN = (
    "“{quote}” is the report's word; nothing in the picture has been shown to say it"
)
CAUSE_NONE_PLAIN = "no cause is given"
WHAT_POSSIBLE = "whether it is “{words}”"
POSSIBLE = "the report itself only says “{cue}”"
WHAT_MEASURE = "whether “{words}” holds"
MEASURE_NONE = "no angle and no distance has been measured"
MEASURE_VAGUE = (
    "no angle and no distance has been measured; the words alone are good to a factor of three"
)
MEASURE_FOUND = "it was measured, and that does not tell:"
MEASURE_FITS = "what was measured fits, if its distance is right; many ordinary fires would fit too"
MEASURE_RANGE = (
    "it needs the smoke to be {near} to {far} km away, and how far it is is not known; "
    "many ordinary fires would fit"
)

# Sources
FILMER_NONE = "Nobody is named as having filmed it."
FILMER_ONE = "One named filmer: {name}."
FILMER_ONE_UNNAMED = "One filmer, without a name: {name}."
FILMER_MANY = "{count} filmers are named: {names}."
CREDITED = "The picture is credited to {name}; where they had it is not stated."
CREDITED_FROM = "The picture is credited to {name}, who had it, as stated, from {earlier}."
ORIGINS_NONE = "No origin of the footage is known."
ORIGIN_ONE = "Count one origin until shown otherwise."
ORIGINS_MANY = "Count at most {count} origins: so many are said to have filmed for themselves."

# Done
DONE_SEALED = "File kept untouched under its SHA-256 and SHA-512, as line {line} of the log."
DONE_READ = "Report read: {count} statements, {accepted} of them accepted by a person."
DONE_READ_NONE = "Report read: {count} statements, none of them accepted by a person."
DONE_READ_ALL = "Report read: {count} statements, each looked at by a person."
DONE_DECODED = "Decoded with {decoder} {version} in a sandbox ({sandbox})."
DONE_UNSANDBOXED = "Decoded with {decoder} {version}, without a sandbox."

# Not done
NOT_IN_LOG = "Not in the log:"
WAITING = "Waiting for input:"
BROKE = "Broke, and says nothing either way ({check}):"
ACT_WEB = "web reverse search"
ACT_UPLOAD = "earliest upload"
ACT_CALLS = "calls"
ACT_SATELLITE = "satellite images"
ACT_FIRES = "earlier fires at the site"
ACT_ARCHIVE = "a search of our archive"
ACT_METADATA = "what the file says of itself"
ACT_SIGNATURES = "content signatures"
ACT_CUTS = "cuts and dropped frames"
ACT_STRUCTURE = "how the file was written"
ACT_DAYLIGHT = "daylight"
ACT_SUN = "shadows against the sun"
ACT_WIND = "drift against the wind"
ACT_HEIGHT = "the height"
ACT_SIGHT = "the line of sight"
ACT_ORIGINS = "count of origins"
INPUT: Final = {
    "archive_search": "an archive to look in",
    "camera_height": "the camera's height",
    "camera_position": "the camera's position",
    "claims": "an accepted reading",
    "distance": "the distance",
    "drift_angle": "the drift of the smoke",
    "edges": "who had it from whom",
    "field_of_view": "the field of view",
    "fire_files": "satellites' fire records",
    "fire_watch": "the satellites' passes",
    "heading": "the direction of view",
    "incident_lists": "a list of incidents there",
    "incidents": "events told of",
    "light": "the light as a person sees it",
    "measured_light": "the light as measured",
    "media": "the footage",
    "metadata": "the file's own fields",
    "place": "the place as coordinates",
    "report": "the report",
    "reports": "the reports",
    "shadow_azimuth": "the direction of shadows",
    "smoke": "the smoke measured",
    "sources": "who is named",
    "sun_elevation": "the sun's height",
    "top_height": "the height of its top",
    "weather": "the wind of that day",
    "window": "the time",
}
"""An input in a list, shorter than the sentence that asks for it."""

# Would settle
ORIGINAL_FILMER_ROAD = (
    "The original file of {filmer}, the footage before and after it, "
    "the road, the direction and the time."
)
ORIGINAL_FILMER = (
    "The original file of {filmer}, the footage before and after it, "
    "where it was filmed from, the direction and the time."
)
ORIGINAL = (
    "The filmer's original file, the footage before and after it, "
    "where it was filmed from, the direction and the time."
)
LANDMARKS_ROAD = "Roadside features matched to a map; a second bearing."
LANDMARKS = "Features in the picture matched to a map; a second bearing."
SECOND_VIEW = "An independent view."
STATEMENTS_FIRE = "Statements of the fire service and of those in charge at {place}."
STATEMENTS_FIRE_BARE = "A statement of the fire service."
STATEMENTS = "A statement of those in charge at {place}."
SATELLITE = "A satellite image of that day."
WOULD_TELL: Final = {
    "F": "For the checks here to tell whether this footage shows it, together:",
    "E": "For the checks here to tell whether it happened, together:",
    "C": "For the checks here to tell its cause, together:",
}

# Background
BETWEEN = "{start} to {end}"
NO_EARLIER = "no earlier than {earliest}"
NO_LATER = "no later than {latest}"
NOT_STATED = "not stated"
BACKGROUND_NONE = "The report tells of no earlier event there."
BACKGROUND_LISTED = (
    "Lists that others keep tell, of the same place and earlier, of attacks: {attacks}; "
    "of fires, smoke or blasts of another or no stated cause: {other}."
)
BACKGROUND_LISTED_PERHAPS = (
    "Of events there that overlap the claimed time or have no date they tell as well: {count}. "
    "Each may be the claimed event itself."
)
BACKGROUND_NO_WINDOW = (
    "When it was filmed is not set, so the event that it is said to show may be among these."
)
BACKGROUND_SAYS_NOTHING: Final = {
    "smoke": "It says nothing about this smoke.",
    "fire": "It says nothing about this fire.",
    "explosion": "It says nothing about this explosion.",
    "footage": "It says nothing about this footage.",
}
INCIDENT_MANY: Final = {
    "attack": ("An attack at {place}: {dates}.", "Attacks at {place}: {dates}."),
    "fire": ("A fire at {place}: {dates}.", "Fires at {place}: {dates}."),
    "smoke": ("Smoke at {place}: {dates}.", "Smoke at {place}: {dates}."),
    "agreement": ("An agreement at {place}: {dates}.", "Agreements at {place}: {dates}."),
    "withdrawal": ("A withdrawal at {place}: {dates}.", "Withdrawals at {place}: {dates}."),
    "transfer": ("A transfer at {place}: {dates}.", "Transfers at {place}: {dates}."),
    "other": ("An event at {place}: {dates}.", "Events at {place}: {dates}."),
}
INCIDENT_UNDATED: Final = {
    "attack": "Attacks at {place}, without a date: {count}.",
    "fire": "Fires at {place}, without a date: {count}.",
    "smoke": "Smoke at {place}, without a date: {count}.",
    "agreement": "Agreements at {place}, without a date: {count}.",
    "withdrawal": "Withdrawals at {place}, without a date: {count}.",
    "transfer": "Transfers at {place}, without a date: {count}.",
    "other": "Events at {place}, without a date: {count}.",
}

# Handling
NO_POSITION = "Publish no camera position."
HIDE_GRAPHIC = "{item} is marked “{word}”: do not show it unasked."
SENSITIVE = "{item} is marked “{word}”."
ITEM_REFERENCE = "Reference of the footage: {item}."
