"""Random records that keep every rule of their schema."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from firsthand import records as r

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
name = st.text("abcxyz09_", min_size=1, max_size=6)
sha256 = st.text("0123456789abcdef", min_size=64, max_size=64)
sha512 = st.text("0123456789abcdef", min_size=128, max_size=128)
instants = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
finite = st.floats(-1e6, 1e6, allow_nan=False)


def optional[T](strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def many[T](strategy: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=least, max_size=3).map(tuple)


spans = st.builds(
    r.Span, exact=text, prefix=text, suffix=text, start=st.integers(0, 99), end=st.integers(0, 99)
)
messages = text.map(lambda value: r.say("A value: {value}.", value=value))
quantities = st.tuples(finite, finite, finite).map(
    lambda three: r.Quantity(
        low=sorted(three)[0], value=sorted(three)[1], high=sorted(three)[2], unit="m", how="drawn"
    )
)
claim_refs = st.builds(r.ClaimRef, id=name, revision=st.integers(1, 9))
claims = st.builds(
    r.Claim,
    id=name,
    revision=st.integers(1, 9),
    report=name,
    proposition=text,
    spans=many(spans, 1),
    hedges=many(st.builds(r.Hedge, cue=text, span=spans, scope=text)),
    factuality=st.integers(-3, 3),
    holders=many(st.builds(r.Holder, name=text, cue=text, span=optional(spans)), 1),
    when=optional(st.builds(r.When, grain=st.just("day"), earliest=optional(name))),
    where=optional(st.builds(r.Where, text=text, radius_m=optional(st.floats(1, 1e6)))),
    review=st.just(r.Review(state="proposed"))
    | st.builds(r.Review, state=st.just("accepted"), by=name, at=instants),
)
items = st.builds(
    r.Item,
    id=name,
    sha256=sha256,
    sha512=sha512,
    size=st.integers(0, 2**70),
    acquired=optional(st.builds(r.Acquisition, original_name=text, at=instants)),
)
outcomes = st.one_of(
    st.just(r.Consistent()),
    st.builds(r.Inconclusive, why=messages),
    st.builds(r.NeedsInput, missing=many(name, 1), why=messages),
    st.builds(r.NotApplicable, why=messages),
    st.builds(r.CouldNotRun, error=text),
)
findings = st.builds(
    r.Finding,
    id=name,
    tests=many(claim_refs),
    outcome=outcomes,
    statement=messages,
    toward=st.none(),
    lr=st.none(),
    p_value=st.none(),
    power=optional(quantities),
    inputs=st.builds(
        r.Inputs,
        claims=many(claim_refs),
        items=many(st.builds(r.ItemRef, id=name, sha256=sha256, t_s=many(st.floats(0, 1e5)))),
        values=st.dictionaries(name, text, max_size=2),
    ),
    method=st.builds(r.Method, tools=st.dictionaries(name, text, max_size=2)),
    measurements=many(st.builds(r.Measurement, name=name, quantity=quantities)),
    nuisances=many(name),
)
events = st.builds(
    r.Event,
    seq=st.integers(1, 10**6),
    prev=sha256,
    at=instants,
    content=optional(sha256),
    payloads=st.dictionaries(st.sampled_from(["open", "sensitive"]), sha256),
)
positive = st.floats(0.01, 1e6)
values = st.one_of(
    st.builds(
        r.Place,
        latitude_deg=st.floats(-90, 90),
        longitude_deg=st.floats(-180, 180),
        elevation_m=finite,
        radius_m=positive,
    ),
    st.builds(r.Window, start=instants, end=instants),
    st.builds(r.Angle, value_deg=finite, sd_deg=positive),
    st.builds(r.Length, value_m=positive, sd_m=positive),
    st.builds(r.Light),
)
settings = st.builds(r.Setting, value=values, revision=st.integers(1, 9), at=instants)
edges = st.builds(r.Edge, spans=many(spans), why=messages)
sources = st.builds(r.Source, spans=many(spans))
every_record = st.one_of(claims, items, findings, events, settings, edges, sources)
