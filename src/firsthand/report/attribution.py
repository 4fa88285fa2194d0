"""Who is said to have said, thought or wanted what: source, cue and content, as places in the text.

This is the wide net (statements, beliefs, wishes, quotations that run over several sentences);
`assertions` takes from the parse what becomes a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from firsthand.report.parse import parse
from firsthand.report.signatures import BELIEF, NOUNS, SPEECH
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Attribution", "attributions", "attributions_of", "is_quotation"]

Place = tuple[int, int]
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj"})
_TAKES_OBJECT = words(
    "say tell announce state report declare claim explain note stress suggest acknowledge admit "
    "concede confirm reveal disclose reiterate repeat recall cite quote describe deny reject "
    "refute dismiss dispute praise criticize criticise condemn slam blast mock ridicule "
    "denounce demand urge propose promise pledge support oppose favor favour endorse want like "
    "love hate believe think fear expect doubt know understand consider see regard call label "
    "blame accuse attack defend welcome question challenge discuss mention emphasize emphasise "
    "warn predict tout hail prefer wish hope plan intend threaten express voice make issue give "
    "offer raise share respect trust appreciate enjoy remember forget regret ignore address "
    "outline underscore highlight argue allege assert add write tweet post pose acclaim accept "
    "admire admonish advise advocate affirm allude answer applaud appraise approve arouse "
    "assail assess assure attribute avow back bash belittle bemoan berate boast boo brag brand "
    "broach bristle castigate caution celebrate champion characterize characterise charge "
    "chastise cheer cherish chide choose clarify comment commend compare complain compliment "
    "confess congratulate contemplate contend contradict counsel credit decry defer delineate "
    "denigrate deplore deride desire despise detail detest deem disavow disclaim disdain "
    "disparage disown dispel distrust echo elaborate embrace encourage envision estimate eye "
    "evoke excoriate explore extol fault feel flag float foresee forgive frame gauge glorify "
    "grieve hammer heckle herald impugn indicate insinuate insist insult interpret invoke jeer "
    "judge justify lambast lambaste lament laud lecture list loathe malign mimic minimize mourn "
    "mull narrate observe opine overstate panned parrot pan petition play portray preach "
    "presume proclaim profess project promote protest quip quiz rebuff rebuke rebut recite "
    "recommend recount relate remark renounce reprimand resent restate revere revile rip salute "
    "savage scold scorn seek shun signal skewer slur speculate spell spin stipulate summarize "
    "summarise surmise suspect swear taunt tease telegraph testify thank toast trash trumpet "
    "underline underestimate vent verify vilify vow weigh worry reference depict liken reassure "
    "remind inform notify request order ask beg implore invite instruct direct "
)
_SEEING = words("see find feel look watch read show point play ")
_LIGHT = words("express voice make issue give offer raise share ")
_STATES = words(
    "confident sure certain aware convinced concerned worried afraid optimistic pessimistic "
    "hopeful skeptical sceptical glad happy proud sorry clear adamant willing eager ready "
    "reluctant unsure unaware critical supportive open disappointed surprised angry furious "
    "upset interested committed opposed excited "
)
_FRAMES = words(
    "complain joke boast brag agree disagree respond reply object apologize apologise testify "
    "argue worry care sound refer allude react rail rant gripe grumble fret muse reflect opine "
    "elaborate weigh balk bristle cheer hint dream aspire long yearn vote lobby campaign push "
    "press plead appeal side concur dissent sympathize wax chime conclude decide determine look "
    "seek "
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'-]{2,40}(?:, [A-Z][a-z]+\.?(?: \d{1,2})?)?,? ?(?:\([A-Z][\w ]{1,30}\))? ?[-–—] "
)
_QUOTES = re.compile(r"(?:[“\"]|'')([^“”\"]{2,1500}?)(?:[”\"]|'')")
_OPEN_QUOTE = re.compile(r"^\s*[“\"]")


@dataclass(frozen=True)
class Attribution:
    """One attribution; places are (start, end) in the text. No source: it is not named."""

    cue: Place
    content: tuple[Place, ...]
    source: Place | None = None


def attributions(text: str, bounds: list[tuple[int, int]]) -> list[Attribution]:
    """Attributions of a text whose sentences stand at `bounds`, in order.

    A sentence that is nothing but a quotation belongs to whoever was quoted just before it in the
    same paragraph.
    """
    out: list[Attribution] = []
    last: Attribution | None = None
    last_end = 0
    before: Place | None = None
    for start, end in bounds:
        sentence = text[start:end]
        opening = _DATELINE.match(sentence)
        skipped = opening.end() if opening else 0
        doc = parse(sentence[skipped:])
        found = [_moved(each, start + skipped) for each in attributions_of(doc)]
        if before is not None and "\n" not in text[before[1] : start]:
            found = _closing(doc, start + skipped, before, found)
        before = (start, end) if re.search(r"[”\"’']{1,2}$", sentence.rstrip()) else None
        inside = is_quotation(text, start, end)
        same_paragraph = "\n" not in text[last_end:start]
        if inside and last is not None and same_paragraph:
            grown = replace(last, content=(*last.content, (start, end)))
            out[out.index(last)] = grown
            last = grown
            last_end = end
            continue
        out.extend(found)
        quoted = [each for each in found if _has_quote(text, each)]
        if quoted:
            last = quoted[-1]
        elif not inside:
            last = None
        last_end = end
    return out


def _closing(doc: Doc, start: int, before: Place, found: list[Attribution]) -> list[Attribution]:
    """`"Why?" Velt asked.`: a sentence that only says who spoke the quotation before it."""
    for token in doc:
        if token.dep_ == "ROOT" and token.lemma_.lower() in SPEECH and len(doc) < 40:
            clausal = any(c.dep_ in _CLAUSAL and "“" not in c.text for c in token.children)
            subject = next(
                (c for c in token.children if c.dep_ in {"nsubj", "dobj"} and c.pos_ != "VERB"),
                None,
            )
            if clausal or subject is None or "“" in doc.text or '"' in doc.text:
                return found
            mine = Attribution(_cue(token), (), _phrase(subject))
            moved = _moved(mine, start)
            return [
                replace(moved, content=(before,)),
                *(each for each in found if each.cue != moved.cue),
            ]
    return found


def _moved(each: Attribution, by: int) -> Attribution:
    def at(place: Place) -> Place:
        return place[0] + by, place[1] + by

    return Attribution(
        cue=at(each.cue),
        content=tuple(at(place) for place in each.content),
        source=at(each.source) if each.source else None,
    )


def is_quotation(text: str, start: int, end: int) -> bool:
    """Whether a sentence stands wholly in quotation marks that opened in it or before it."""
    paragraph = text.rfind("\n", 0, start) + 1
    before = text[paragraph:start]
    opened = before.count("“") - before.count("”") > 0 or before.count('"') % 2 == 1
    sentence = text[start:end].strip()
    if opened:
        inner = re.split(r"[”\"]", sentence)
        return len(inner) == 1 or not inner[1].strip(" .,!?")
    return (
        bool(_OPEN_QUOTE.match(sentence))
        and bool(re.search(r"[”\"][.,!?]?\s*$", sentence))
        and (len(re.findall(r"[“”\"]", sentence)) == 2)
    )


def _has_quote(text: str, each: Attribution) -> bool:
    return any(re.search(r"[“”\"]", text[first - 1 : last + 1]) for first, last in each.content)


def attributions_of(doc: Doc) -> list[Attribution]:
    """Attributions within one parsed sentence."""
    out: list[Attribution] = []
    for token in doc:
        found = None
        lemma = token.lemma_.lower()
        if token.lower_ == "according":
            found = _according(token)
        elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in {
            "aux",
            "auxpass",
            "amod",
            "compound",
        }:
            wide = lemma in _TAKES_OBJECT or lemma in _FRAMES or lemma in _LIGHT
            about = lemma in {"speak", "talk"} and any(
                c.dep_ == "prep" and c.lower_ in {"about", "of", "against"} for c in token.children
            )
            if about or wide or lemma in (SPEECH | BELIEF) - _SEEING or _reports_a_clause(token):
                found = _verb(token)
            elif lemma in {"be", "feel", "seem", "remain", "become"}:
                found = _state(token)
            elif lemma in {"go", "put", "come", "quote"}:
                found = None
        elif token.pos_ == "NOUN" and lemma in NOUNS:
            found = _noun(token)
        if found is not None:
            out.append(found)
    return _univocal([*out, *_colons(doc)])


def _colons(doc: Doc) -> list[Attribution]:
    """`Velt: "We saw nothing"`, `Army: no losses`: a name, a colon, and what is put after it."""
    out: list[Attribution] = []
    for token in doc:
        if token.text != ":" or token.i + 2 >= len(doc) or token.i < 1:
            continue
        before = doc[: token.i]
        named = len(before) <= 6 and all(
            t.tag_ in {"NNP", "NNPS", "POS", "DT", "NN", "JJ", "IN"} for t in before
        )
        if named and any(t.tag_.startswith("NNP") for t in before):
            source = (before[0].idx, before[-1].idx + len(before[-1].text))
            last = doc[-1]
            content = (doc[token.i + 1].idx, last.idx + len(last.text))
            out.append(Attribution((token.idx, token.idx + 1), (content,), source))
    return out


def _reports_a_clause(verb: Token) -> bool:
    """Any verb by which somebody takes a finite clause: "they determined that it was real"."""
    subject = _subject(verb)
    if subject is None or not _animate(subject):
        return False
    return any(
        child.dep_ == "ccomp" and any(c.dep_ in _SUBJECTS for c in child.children)
        for child in verb.children
    )


def _animate(token: Token) -> bool:
    if token.lower_ in {"he", "she", "they", "we", "i", "who", "you", "many", "some", "others"}:
        return True
    return token.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or token.tag_ in {"NNS", "NNP"}


def _univocal(found: list[Attribution]) -> list[Attribution]:
    """Each word in one attribution at most: what stands in another's content is that one's."""
    out: list[Attribution] = []
    for each in sorted(found, key=_width, reverse=True):
        inside = any(
            first <= each.cue[0] and each.cue[1] <= last
            for other in out
            for first, last in other.content
        )
        if not inside and all(each.cue != other.cue for other in out):
            out.append(each)
    return sorted(out, key=lambda each: each.cue)


def _width(each: Attribution) -> int:
    return sum(last - first for first, last in each.content)


def _place(tokens: list[Token]) -> Place:
    kept = sorted(tokens, key=lambda token: token.i)
    while len(kept) > 1 and kept[-1].is_punct and kept[-1].text not in {"”", '"', ")"}:
        kept.pop()
    while len(kept) > 1 and kept[0].is_punct and kept[0].text not in {"“", '"', "("}:
        kept.pop(0)
    return kept[0].idx, kept[-1].idx + len(kept[-1].text)


def _subject(verb: Token, depth: int = 0) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            continue  # "was asked": whoever asked is the source
        if child.dep_ == "nsubj":
            return child
        if child.dep_ == "agent":
            for named in child.children:
                if named.dep_ == "pobj":
                    return named
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"}):
        return None
    if depth < 4 and verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head != verb:
        above = verb.head
        for _ in range(8):
            if above.pos_ in {"VERB", "AUX"} or above.head == above:
                break
            above = above.head
        return _subject(above, depth + 1) if above != verb else None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    return None


def _phrase(token: Token) -> Place:
    """A noun phrase with its appositions, without its relative clauses."""
    kept = [token]
    for other in token.subtree:
        walker = other
        out = False
        while walker != token:
            if walker.dep_ in {"relcl", "acl", "advcl"} and walker.i > token.i:
                out = True
                break
            walker = walker.head
        if not out:
            kept.append(other)
    run = sorted({t.i for t in kept})
    first = last = run.index(token.i)
    while last + 1 < len(run) and run[last + 1] == run[last] + 1:
        last += 1
    first = 0
    tokens = [token.doc[i] for i in run[first : last + 1]]
    return _place(tokens)


def _cue(verb: Token) -> Place:
    tokens = [verb]
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(child.i - verb.i) < 4:
            tokens.append(child)
    return _place(tokens)


def _verb(verb: Token) -> Attribution | None:
    lemma = verb.lemma_.lower()
    if lemma in _LIGHT:
        nouns = {c.lemma_.lower() for c in verb.children if c.dep_ == "dobj"}
        if not nouns & (_SAYING_NOUNS | frozenset(NOUNS)):
            return None
    source = _subject(verb)
    if source is not None and source.lower_ in {"it", "there"} and lemma not in SPEECH:
        source = None
    content = [_place(_own_part(child)) for child in verb.children if child.dep_ in _CLAUSAL]
    quote = _adjacent_quote(verb) if lemma in SPEECH else None
    if (
        quote is not None
        and content
        and not any(first < quote[1] and quote[0] < last for first, last in content)
    ):
        content.append(quote)
    content += [
        _place(list(child.subtree))
        for child in verb.children
        if child.dep_ == "advcl"
        and any(c.lower_ in {"if", "whether"} for c in child.children)
        and child.i > verb.i
        and lemma in SPEECH
    ]
    if not content:
        content = _in_a_statement(verb)
    if not content and _is_parenthesis(verb):
        outer = _outside(verb)
        if outer:
            content = outer
    if not content and quote:
        content = [quote]
    if not content and lemma in _TAKES_OBJECT:
        content = [
            _place(list(child.subtree))
            for child in verb.children
            if child.dep_ in {"dobj", "oprd"} and child.lower_ not in {"reporters", "what"}
        ]
    if not content:
        content = [
            _place(list(child.subtree))
            for child in verb.children
            if child.dep_ == "prep"
            and child.lower_ in {"about", "of", "for", "with", "against", "on", "to"}
        ][:1]
        if not content or lemma in {
            "see",
            "find",
            "feel",
            "know",
            "plan",
            "decide",
            "read",
            "show",
        }:
            return None
    if source is None and verb.tag_ in {"VB", "VBG"} and verb.dep_ not in {"ROOT", "conj"}:
        return None
    return Attribution(_cue(verb), tuple(content), _phrase(source) if source is not None else None)


_SAYING_NOUNS = words(
    "remark comment support opposition view opinion confidence frustration interest skepticism "
    "criticism praise doubt concern question point objection regret outrage anger statement "
)


def _own_part(clause: Token) -> list[Token]:
    """A clause without what somebody else is said to have said beside it."""
    out: set[int] = set()
    for token in clause.subtree:
        other = (
            token != clause
            and token.dep_ in {"conj", "advcl"}
            and token.lemma_.lower() in SPEECH
            and any(c.dep_ == "nsubj" for c in token.children)
            and any(c.dep_ == "ccomp" for c in token.children)
        )
        if other:
            out |= {t.i for t in token.subtree}
    return [token for token in clause.subtree if token.i not in out] or [clause]


def _in_a_statement(verb: Token) -> list[Place]:
    """`said in a statement that ...`: the clause hangs on the noun, and is the verb's content."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "on", "to", "at", "during"}:
            for noun in child.subtree:
                for clause in noun.children:
                    marked = any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)
                    if clause.dep_ in {"acl", "ccomp", "relcl", "advcl"} and marked:
                        return [_place(list(clause.subtree))]
    return []


def _is_parenthesis(verb: Token) -> bool:
    """`, he said,`: somebody and a verb of speech, and nothing that it governs."""
    if verb.lemma_.lower() not in SPEECH | BELIEF or verb.dep_ not in {
        "parataxis",
        "ccomp",
        "advcl",
    }:
        return False
    own = [
        c
        for c in verb.children
        if c.dep_ not in {"punct", "nsubj", "aux", "advmod", "prep", "npadvmod"}
    ]
    return not own and verb.doc.text[: verb.idx].count("“") <= verb.doc.text[: verb.idx].count("”")


def _outside(verb: Token) -> list[Place]:
    """What surrounds a parenthesis: "The base, he said, was hit"."""
    mine = {token.i for token in verb.subtree}
    over = verb.head
    before = [t for t in over.subtree if t.i < min(mine) and t.i not in mine]
    after = [t for t in over.subtree if t.i > max(mine) and t.i not in mine]
    return [_place(part) for part in (before, after) if len(part) > 1]


def _adjacent_quote(verb: Token) -> Place | None:
    text = verb.doc.text
    closing = re.match(r"[^“\"”]{2,1500}[”\"]", text)
    opened = closing and (text.count('"') % 2 == 1 or closing.group().endswith("”"))
    if closing and opened and 0 <= verb.idx - closing.end() < 40:
        return 0, closing.end()
    for match in _QUOTES.finditer(text):
        gap = min(abs(match.start() - verb.idx), abs(verb.idx - match.end()))
        if gap < 40 and not match.start() <= verb.idx < match.end():
            return match.start(), match.end()
    return None


def _state(verb: Token) -> Attribution | None:
    for child in verb.children:
        if child.dep_ in {"acomp", "oprd"} and child.lemma_.lower() in _STATES:
            subject = _subject(verb)
            if subject is None or subject.lower_ in {"it", "there", "this", "that"}:
                return None
            holders = (verb, child)
            content = [
                _place(list(each.subtree))
                for holder in holders
                for each in holder.children
                if each.dep_ in {"ccomp", "xcomp"}
                or (
                    each.dep_ == "prep" and each.lower_ in {"about", "of", "with", "to", "by", "in"}
                )
            ]
            content = [each for each in content if each[0] > child.idx]
            if not content:
                return None
            return Attribution(_place([verb, child]), tuple(content[:1]), _phrase(subject))
    return None


def _according(token: Token) -> Attribution | None:
    named = [t for t in token.subtree if t.dep_ == "pobj"]
    if not named:
        return None
    mine = {t.i for t in token.subtree}
    over = token.head
    rest = [t for t in over.subtree if t.i not in mine]
    before = [t for t in rest if t.i < token.i]
    after = [t for t in rest if t.i > max(mine)]
    content = [_place(part) for part in (before, after) if len(part) > 1]
    if not content:
        return None
    cue = (
        (token.idx, token.nbor().idx + len(token.nbor().text))
        if token.i + 1 < len(token.doc)
        else (token.idx, token.idx + len(token.text))
    )
    return Attribution(cue, tuple(content), _phrase(named[0]))


def _noun(noun: Token) -> Attribution | None:
    clause = [c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"}]
    clause = [
        c
        for c in clause
        if c.dep_ == "ccomp"
        or any(k.dep_ == "mark" for k in c.children)
        or (c.dep_ == "acl" and c.tag_ == "VB")
    ]
    if not clause:
        return None
    source = next((c for c in noun.children if c.dep_ == "poss"), None)
    if source is None:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
                source = next((c for c in child.children if c.dep_ == "pobj"), None)
    if source is None and noun.dep_ == "dobj":
        source = _subject(noun.head)
    if source is None:
        return None
    return Attribution(
        (noun.idx, noun.idx + len(noun.text)), (_place(list(clause[0].subtree)),), _phrase(source)
    )
