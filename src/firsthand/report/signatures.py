"""What a governing word does to the proposition under it.

A signature says how the proposition stands when the word itself is affirmed and when it is
negated: `+` it holds, `-` it does not, `o` open. "Failed to" is `-+`, "confirmed that" is `+o`,
"denied that" is `-o`, "know that" is `++`. The table follows the notion of implicatives and
factives (Karttunen 1971; Nairn, Condoravdi and Karttunen 2006,
https://aclanthology.org/W06-3907/); the words in it are ours.
"""

from __future__ import annotations

from firsthand.report.wordlist import words

__all__ = [
    "ADJECTIVES",
    "BELIEF",
    "DENIAL",
    "FILMING",
    "NEG_RAISING",
    "NOUNS",
    "POSTING",
    "REPUBLISHING",
    "SPEECH",
    "VERBS",
]


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {word: signature for signature, group in rows.items() for word in group.split()}


SPEECH: frozenset[str] = words(
    "say tell announce state report declare claim assert argue add explain write note insist "
    "warn allege maintain stress suggest acknowledge admit concede confirm reveal disclose "
    "inform testify contend complain boast predict reiterate repeat remark comment observe "
    "recall recount tweet post estimate conclude indicate affirm agree accuse describe quote "
    "quip joke caution advise emphasize emphasise underline underscore point swear vow pledge "
    "promise threaten demand urge call ask deny reject refute dismiss dispute rebut retort "
    "respond reply answer counter contradict proclaim assure relate mention speculate propose "
    "recommend order brand label hail praise blame criticize criticise condemn slam blast mock "
    "ridicule lament charge allude imply hint signal attribute cite echo exclaim shout yell cry "
    "vent gush whisper implore plead invite request question wonder inquire vouch "
)
"""Words by which somebody becomes the holder of what stands under them."""

BELIEF: frozenset[str] = words(
    "believe think feel know hope fear expect suspect doubt assume guess understand consider "
    "want wish worry realize realise see find imagine suppose presume regard view intend figure "
    "reckon trust prefer like love hate support oppose favor favour plan decide anticipate "
    "envision remember forget regret learn discover judge deem dream desire "
)
"""Words of an inner state: the holder believes, fears or knows, and need not have spoken."""

VERBS: dict[str, str] = _table(
    {
        "+o": "acknowledge "
        "admit concede recognize recognise say tell announce state report declare "
        "claim assert argue add explain write note insist warn allege maintain stress suggest "
        "reveal disclose inform testify contend complain boast reiterate repeat remark "
        "comment observe recall recount tweet post estimate conclude indicate affirm agree "
        "describe caution emphasize emphasise underline proclaim assure mention imply hint "
        "signal confirm verify establish prove show demonstrate find determine ascertain "
        "corroborate authenticate substantiate document believe think feel suspect assume "
        "guess understand consider see hear suppose presume reckon trust accept certify "
        "ensure swear guarantee mean vouch read quote cite film witness charge echo figure",
        "-o": "exclude deny reject refute dismiss dispute rebut contradict disprove debunk rule "
        "discount prevent stop avoid refuse decline refrain prohibit bar block deter disclaim "
        "disavow disagree counter pretend quash preclude negate foil thwart avert",
        "oo": "doubt question ask wonder inquire investigate examine probe check assess evaluate "
        "speculate propose recommend order demand urge call request want wish hope fear "
        "expect plan intend threaten try attempt seek aim vow pledge promise predict consider "
        "discuss debate contest challenge await ignore dream desire prepare offer invite "
        "allow enable encourage advise decide refuse_comment imagine anticipate worry review "
        "like love hate prefer support oppose forecast mull ponder weigh verify_process study "
        "look need require help force cause let make persuade convince vote",
        "++": "point know realize realise regret remember_that forget_that learn discover resent "
        "lament notice",
        "+-": "manage happen begin start continue proceed bother dare remember get come go keep "
        "succeed hasten turn prove_to serve cease_not use tend",
        "-+": "fail neglect forget omit miss",
        "--": "cease lack",
    }
)
"""Verbs by lemma; entries that take several signatures by construction are settled in code."""

NEG_RAISING: frozenset[str] = words(
    "think believe expect suppose seem appear feel reckon imagine look consider "
)
"""Negated, these deny what stands under them: "we do not think that it was a strike"."""

NOUNS: dict[str, str] = _table(
    {
        "++": "secret",
        "+o": "story account article claim report statement announcement assertion allegation "
        "accusation rumour rumor evidence proof sign indication confirmation suggestion word "
        "news fact finding conclusion belief argument warning admission testimony guarantee "
        "assurance certainty truth feeling suspicion reason speculation theory notion idea "
        "hint trace assumption impression view opinion message footage video knowledge",
        "oo": "question possibility chance hope fear plan threat risk decision attempt effort bid "
        "request demand call proposal order offer promise pledge likelihood probability "
        "concern worry debate intention right power ability opportunity investigation inquiry "
        "case sense",
        "-o": "denial rejection myth hoax lie falsehood",
        "-+": "failure refusal inability lack absence",
        "o+": "doubt question_no",
    }
)
"""Nouns with a clause under them; the second sign is for "no evidence that", "no doubt that"."""

ADJECTIVES: dict[str, str] = _table(
    {
        "+-": "true correct right accurate able",
        "+o": "clear certain sure evident obvious apparent plain plausible confident likely "
        "probable possible conceivable aware adamant convinced positive credible confirmed "
        "known satisfied believed",
        "-+": "false untrue incorrect wrong inaccurate unable impossible baseless unfounded fake "
        "bogus mistaken fabricated fictitious groundless erroneous",
        "-o": "unlikely improbable inconceivable implausible",
        "oo": "unclear "
        "unknown uncertain unsure doubtful sceptical skeptical unconfirmed unverified "
        "disputed questionable undecided unaware ready willing eager reluctant important "
        "necessary essential vital free due expected supposed hard difficult easy afraid "
        "inconclusive ambiguous moot debatable",
        "++": "sorry glad happy surprised shocked surprising remarkable notable sad angry proud "
        "relieved disappointed significant strange odd",
    }
)

DENIAL: frozenset[str] = words(
    "deny reject refute dismiss dispute rebut contradict disclaim disavow disagree counter "
)

FILMING: frozenset[str] = words("film record shoot capture videotape video ")
POSTING: frozenset[str] = words("post upload share tweet publish release circulate ")
REPUBLISHING: frozenset[str] = words(
    "repost retweet rebroadcast reshare air broadcast carry republish reprint run "
)
