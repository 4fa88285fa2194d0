"""Past tenses, for writing "reached Y" where the report has "failed to reach Y"."""

from __future__ import annotations

from firsthand.report.wordlist import words

__all__ = ["past_of"]

_IRREGULAR = dict(
    pair.split(":")
    for pair in words(
        "be:was become:became begin:began bite:bit blow:blew break:broke bring:brought "
        "build:built burn:burned buy:bought catch:caught choose:chose come:came cost:cost "
        "cut:cut deal:dealt dig:dug do:did draw:drew drink:drank drive:drove eat:ate "
        "fall:fell feed:fed feel:felt fight:fought find:found flee:fled fly:flew "
        "forget:forgot freeze:froze get:got give:gave go:went grow:grew hang:hung have:had "
        "hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept know:knew lay:laid "
        "lead:led leave:left let:let lie:lay lose:lost make:made mean:meant meet:met pay:paid "
        "put:put read:read ride:rode ring:rang rise:rose run:ran say:said see:saw seek:sought "
        "sell:sold send:sent set:set shake:shook shoot:shot shut:shut sink:sank sit:sat "
        "sleep:slept speak:spoke spend:spent spread:spread stand:stood steal:stole "
        "strike:struck swear:swore take:took teach:taught tear:tore tell:told think:thought "
        "throw:threw understand:understood wear:wore win:won write:wrote "
    )
)


def past_of(lemma: str) -> str:
    """The simple past of an English verb: "reach" -> "reached", "hit" -> "hit"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and len(lemma) > 1 and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    if (
        len(lemma) > 2
        and lemma[-1] in "bdgmnprt"
        and lemma[-2] in "aeiou"
        and lemma[-3] not in "aeiou"
        and lemma not in {"open", "edit", "exit"}
        and (len(lemma) <= 4 or lemma in {"admit", "commit", "permit", "occur", "prefer", "refer"})
    ):
        return lemma + lemma[-1] + "ed"
    return lemma + "ed"
