"""Factuality against UDS-IH2 (Rudinger, White and Van Durme 2018, https://aclanthology.org/N18-1067/).

`folder` holds `it-happened_eng_ud1.2_07092017.tsv` and the `en-ud-{dev,test}.conllu` of English
Universal Dependencies 1.2. A predicate's label is the mean over annotators of +-3/4 x confidence.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

from spacy.tokens import Doc

from firsthand.report.factuality import factuality_of
from firsthand.report.parse import model

TSV = "it-happened_eng_ud1.2_07092017.tsv"


def labels(folder: Path, split: str) -> dict[tuple[int, int], float]:
    """(sentence, token), both from 1, to its mean label."""
    marks: dict[tuple[int, int], list[float]] = defaultdict(list)
    with (folder / TSV).open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if (
                row["Split"] != split
                or row["Keep"] != "True"
                or row["Happened"] not in {"true", "false"}
            ):
                continue
            number = int(row["Sentence.ID"].split()[-1])
            sign = 1 if row["Happened"] == "true" else -1
            confidence = float(row["Confidence"])
            marks[number, int(row["Pred.Token"])].append(sign * confidence * 3 / 4)
    return {key: sum(values) / len(values) for key, values in marks.items()}


def trees(path: Path) -> list[list[str]]:
    out: list[list[str]] = [[]]
    for line in path.read_text("utf-8").splitlines():
        if not line:
            out.append([])
        elif line[0].isdigit() and "-" not in line.split("\t")[0]:
            out[-1].append(line.split("\t")[1])
    return [tree for tree in out if tree]


def pairs(folder: Path, split: str) -> list[tuple[float, float, str, str]]:
    gold = labels(folder, split)
    nlp = model()
    out = []
    wanted = defaultdict(list)
    for (sentence, token), value in gold.items():
        wanted[sentence].append((token, value))
    for number, tokens in enumerate(trees(folder / f"en-ud-{split}.conllu"), 1):
        if number not in wanted:
            continue
        doc = Doc(nlp.vocab, words=tokens)
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        mine = factuality_of(doc)
        for token, value in wanted[number]:
            if token <= len(tokens):
                out.append((value, mine[token - 1], tokens[token - 1], " ".join(tokens)))
    return out


def score(folder: Path, split: str) -> dict[str, float]:
    rows = pairs(folder, split)
    n = len(rows)
    gold, mine = [r[0] for r in rows], [r[1] for r in rows]
    mean_g, mean_m = sum(gold) / n, sum(mine) / n
    cov = sum((g - mean_g) * (m - mean_m) for g, m in zip(gold, mine, strict=True))
    spread = math.sqrt(sum((g - mean_g) ** 2 for g in gold) * sum((m - mean_m) ** 2 for m in mine))
    return {
        "n": n,
        "r": cov / spread,
        "mae": sum(abs(g - m) for g, m in zip(gold, mine, strict=True)) / n,
    }
