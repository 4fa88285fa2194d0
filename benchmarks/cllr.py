"""How good the likelihood ratios of a check are: cost, its floor, the bound a study supports.

Every study of a check that gives a number uses this one module:

    from benchmarks.cllr import Scored, measure, plot, table

    scored = [Scored(log10_lr=1.2, claim_holds=True, source="clip-7"), ...]
    section += table(measure(scored, seed=1))
    (DOCS / "accuracy" / "sun.svg").write_bytes(plot(scored, "Sun: stated against observed"))

A case in which the check could not tell is scored with a log10 of 0: it was asked, and said
nothing. A likelihood ratio that is an interval is scored by the end that is graded in words, the
one nearer to 1 (`graded`). `source` is what bootstraps go over: cases of one recording, one place
or one seed are one source.

- Cllr, the log-likelihood-ratio cost: Bruemmer & du Preez 2006, doi:10.1016/j.csl.2005.08.001.
  0 is perfect, 1 is what always saying "1" costs, more than 1 misleads.
- Cllr_min: the same after the best monotone recalibration (pool adjacent violators), so that
  Cllr - Cllr_min is what calibration costs.
- ELUB, the bound on likelihood ratios that a study's size supports: Vergeer et al. 2016,
  doi:10.1016/j.scijus.2016.06.003.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from firsthand.records import LikelihoodRatio

__all__ = [
    "Bin",
    "Cost",
    "Scored",
    "cllr",
    "cllr_min",
    "elub",
    "graded",
    "measure",
    "observed",
    "plot",
    "table",
]

Floats = NDArray[np.float64]

DRAWS: Final = 2_000
"""Bootstrap draws over sources."""


@dataclass(frozen=True)
class Scored:
    """One case of a study: what the check said, and whether the claim held."""

    log10_lr: float
    claim_holds: bool
    source: str


@dataclass(frozen=True)
class Cost:
    """What a study measured; intervals are 95 %, by bootstrap over sources.

    `elub` are the bounds that the study supports, as likelihood ratios; `misleading` counts
    cases in which the ratio pointed the wrong way, of those where the claim held and of the others.
    """

    cllr: float
    cllr_interval: tuple[float, float]
    cllr_min: float
    cllr_min_interval: tuple[float, float]
    elub: tuple[float, float]
    misleading: tuple[int, int]
    silent: int
    holds: int
    fails: int
    sources: int


@dataclass(frozen=True)
class Bin:
    """Cases with alike ratios: the mean stated log10, and the observed one with its 95 % interval.

    Observed is the share of the cases in which the claim held that fell here, over that of the
    others; half a case is added to each count, so that an empty one has a figure and wide doubt.
    """

    stated: float
    observed: float
    low: float
    high: float
    holds: int
    fails: int


def graded(lr: LikelihoodRatio | None) -> float:
    """The log10 of the end nearer to 1, which is what a person is told; 0 for none."""
    if lr is None or lr.low <= 1 <= lr.high:
        return 0.0
    return log10(lr.low if lr.low > 1 else lr.high)


def cllr(under_claim: Sequence[float] | Floats, under_other: Sequence[float] | Floats) -> float:
    """The cost of log10 likelihood ratios given where the claim held, and where it did not.

    Raises:
        ValueError: nothing was scored on one of the two sides.
    """
    if len(under_claim) == 0 or len(under_other) == 0:
        raise ValueError("Cllr needs cases of both kinds")
    claim, other = np.asarray(under_claim, float), np.asarray(under_other, float)
    natural = np.log(10)
    paid_claim = np.logaddexp(0, -claim * natural).mean()
    paid_other = np.logaddexp(0, other * natural).mean()
    return float((paid_claim + paid_other) / (2 * np.log(2)))


def cllr_min(under_claim: Sequence[float] | Floats, under_other: Sequence[float] | Floats) -> float:
    """The cost after the best monotone recalibration: what the order of the ratios is worth."""
    if len(under_claim) == 0 or len(under_other) == 0:
        raise ValueError("Cllr needs cases of both kinds")
    scores = np.concatenate([np.asarray(under_claim, float), np.asarray(under_other, float)])
    labels = np.concatenate([np.ones(len(under_claim)), np.zeros(len(under_other))])
    # Cases with one score stay together, whatever their labels; each kind weighs one half.
    levels, where = np.unique(scores, return_inverse=True)
    claims = np.bincount(where, labels, levels.size) / len(under_claim)
    others = np.bincount(where, 1 - labels, levels.size) / len(under_other)
    fitted = isotonic_regression(claims / (claims + others), weights=claims + others).x
    with np.errstate(divide="ignore"):
        ratios = np.log10(fitted) - np.log10(1 - fitted)
    return cllr(ratios[where[: len(under_claim)]], ratios[where[len(under_claim) :]])


def elub(
    under_claim: Sequence[float] | Floats, under_other: Sequence[float] | Floats
) -> tuple[float, float]:
    """Least and greatest likelihood ratio that the study supports, 1 for a side that it does not.

    One case more of each kind is imagined, misled as badly as can be. A decision with threshold t
    costs 1 for a claim wrongly refused and t for one wrongly accepted; the bounds are where that
    decision would begin to cost more than one without any evidence.
    """
    claim, other = np.sort(np.asarray(under_claim, float)), np.sort(np.asarray(under_other, float))
    most = log10(10 * (max(claim.size, other.size) + 1))
    thresholds = np.arange(-most, most, 0.005)
    refused = (np.searchsorted(claim, thresholds, "right") + 1) / (claim.size + 1)
    accepted = (other.size - np.searchsorted(other, thresholds, "right") + 1) / (other.size + 1)
    dearer = refused + 10**thresholds * accepted > np.minimum(1, 10**thresholds)
    above = thresholds[dearer & (thresholds >= 0)]
    below = thresholds[dearer & (thresholds <= 0)]
    high = float(10 ** max(above.min() - 0.005, 0.0)) if above.size else 10**most
    low = float(10 ** min(below.max() + 0.005, 0.0)) if below.size else 10**-most
    return low, high


def measure(scored: Sequence[Scored], *, seed: int, draws: int = DRAWS) -> Cost:
    """Both costs with their intervals, the bounds, and how often the ratios misled.

    Raises:
        ValueError: cases of one kind alone.
    """
    claim, other = _sides(scored)
    names = sorted({one.source for one in scored})
    of_source = {name: [one for one in scored if one.source == name] for name in names}
    rng = np.random.default_rng(seed)
    costs: list[tuple[float, float]] = []
    while len(costs) < draws and claim.size and other.size:
        drawn = [
            case for n in rng.integers(len(names), size=len(names)) for case in of_source[names[n]]
        ]
        one, two = _sides(drawn)
        if one.size and two.size:
            costs.append((cllr(one, two), cllr_min(one, two)))
    value = cllr(claim, other)
    ends = np.quantile(np.array(costs), [0.025, 0.975], axis=0)
    return Cost(
        cllr=value,
        cllr_interval=(float(ends[0, 0]), float(ends[1, 0])),
        cllr_min=cllr_min(claim, other),
        cllr_min_interval=(float(ends[0, 1]), float(ends[1, 1])),
        elub=elub(claim, other),
        misleading=(int((claim < 0).sum()), int((other > 0).sum())),
        silent=int((claim == 0).sum() + (other == 0).sum()),
        holds=claim.size,
        fails=other.size,
        sources=len(names),
    )


def _sides(scored: Sequence[Scored]) -> tuple[Floats, Floats]:
    claim = np.array([one.log10_lr for one in scored if one.claim_holds], float)
    other = np.array([one.log10_lr for one in scored if not one.claim_holds], float)
    return claim, other


def table(cost: Cost) -> str:
    """A Markdown table of the study, for docs/accuracy.md."""
    rows = [
        ("cases: the claim held, it did not", f"{cost.holds}, {cost.fails}"),
        ("sources that they come from", f"{cost.sources}"),
        ("Cllr (1: says nothing; 0: perfect)", _with(cost.cllr, cost.cllr_interval)),
        ("Cllr_min, at the best calibration", _with(cost.cllr_min, cost.cllr_min_interval)),
        ("did not tell", f"{cost.silent} of {cost.holds + cost.fails}"),
        ("pointed the wrong way, claim held", f"{cost.misleading[0]} of {cost.holds}"),
        ("pointed the wrong way, it did not", f"{cost.misleading[1]} of {cost.fails}"),
        ("supported by a study of this size", f"1/{1 / cost.elub[0]:.3g} to {cost.elub[1]:.3g}"),
    ]
    head = "| likelihood ratios | measured |\n|---|---|\n"
    return head + "\n".join(f"| {name} | {value} |" for name, value in rows) + "\n"


def _with(value: float, ends: tuple[float, float]) -> str:
    return f"{value:.3f} ({ends[0]:.3f} to {ends[1]:.3f})"


def observed(scored: Sequence[Scored], bins: int = 8) -> tuple[Bin, ...]:
    """What the stated ratios are worth, in at most `bins` groups of alike size by stated value.

    Cases with one stated value stay together. Well calibrated: observed is what was stated.
    """
    claim, other = _sides(scored)
    both = np.sort(np.concatenate([claim, other]))
    edges = np.unique(np.quantile(both, np.linspace(0, 1, bins + 1)[1:-1], method="nearest"))
    out: list[Bin] = []
    in_claim, in_other = np.searchsorted(edges, claim), np.searchsorted(edges, other)
    for n in range(edges.size + 1):
        mine = np.concatenate([claim[in_claim == n], other[in_other == n]])
        if mine.size == 0:
            continue
        a, b = int((in_claim == n).sum()), int((in_other == n).sum())
        value = np.log((a + 0.5) / (claim.size + 1)) - np.log((b + 0.5) / (other.size + 1))
        # Katz et al. 1978, doi:10.2307/2530610: the variance of a log of two shares' ratio.
        spread = 1 / (a + 0.5) - 1 / (claim.size + 1) + 1 / (b + 0.5) - 1 / (other.size + 1)
        half = 1.96 * np.sqrt(max(spread, 0.0))
        middle, low, high = (float(x / np.log(10)) for x in (value, value - half, value + half))
        out.append(Bin(float(mine.mean()), middle, low, high, holds=a, fails=b))
    return tuple(out)


def plot(scored: Sequence[Scored], title: str) -> bytes:
    """A reliability plot as SVG: stated against observed log10 likelihood ratio, bars at 95 %."""
    bins = observed(scored)
    reach = max(1.0, *(abs(x) for one in bins for x in (one.stated, one.low, one.high)))
    reach = float(np.ceil(min(reach, 6.0)))
    size, edge = 420, 50

    def at(value: float) -> float:
        return edge + (min(max(value, -reach), reach) + reach) / (2 * reach) * (size - 2 * edge)

    marks: list[str] = []
    for tick in range(-int(reach), int(reach) + 1):
        x, y = at(tick), size - at(tick)
        name = f"1/{10**-tick:g}" if tick < 0 else f"{10**tick:g}"
        marks.append(
            f'<path class="grid" d="M{x:.1f} {edge}V{size - edge}M{edge} {y:.1f}H{size - edge}"/>'
            f'<text x="{x:.1f}" y="{size - edge + 16}" text-anchor="middle">{name}</text>'
            f'<text x="{edge - 6}" y="{y + 4:.1f}" text-anchor="end">{name}</text>'
        )
    marks.append(f'<path class="line" d="M{at(-reach)} {size - at(-reach)}L{at(reach)} {edge}"/>')
    for one in bins:
        x = at(one.stated)
        marks.append(
            f'<path class="bar" d="M{x:.1f} {size - at(one.low):.1f}V{size - at(one.high):.1f}"/>'
            f'<circle cx="{x:.1f}" cy="{size - at(one.observed):.1f}" r="4">'
            f"<title>{one.holds} held, {one.fails} did not</title></circle>"
        )
    middle = size / 2
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" '
        f'aria-label="{safe.replace(chr(34), "&quot;")}">'
        "<style>text{font:11px sans-serif;fill:#333}.grid{stroke:#ddd}.line{stroke:#777;"
        "stroke-dasharray:4 3}.bar{stroke:#1b5e8a;stroke-width:2}circle{fill:#1b5e8a}</style>"
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<text x="{middle}" y="24" text-anchor="middle">{safe}</text>'
        f'<text x="{middle}" y="{size - 10}" text-anchor="middle">stated likelihood ratio</text>'
        f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">observed</text>'
        + "".join(marks)
        + "</svg>\n"
    ).encode()
