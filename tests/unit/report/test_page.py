"""HTML: body, captions, credits, dates and embeds; nothing else of the page."""

import pytest

from firsthand.errors import UnreadableReport
from firsthand.report import read_report

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Smoke over Fort Amber | The Ledger</title>
<meta property="og:site_name" content="The Ledger">
<link rel="canonical" href="https://ledger.example/smoke">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Smoke over Fort Amber",
"datePublished": "2023-04-05T09:10:00+02:00", "dateModified": "2023-04-06",
"publisher": {"@type": "Organization", "name": "The Ledger"}}</script>
<script>document.write("<p>A script claims that 900 people were killed.</p>")</script></head>
<body><nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>Smoke reportedly seen over Fort Amber - video</h1>
<figure><img src="a.jpg"><figcaption>Black smoke apparently filmed at Fort Amber near Westport
<span class="credit">Photo: Ann Example/Reuters</span></figcaption></figure>
<p>A resident of Westport filmed footage of a tall black column of smoke rising from the Fort Amber
military base outside Westport on Tuesday, the video shows.</p>
<h2>Earlier incidents</h2>
<p>The Ledger could not verify the footage. Nobody was hurt, the fire service said.</p>
<aside class="related"><time datetime="2022-01-02">2 January 2022</time>
<a href="/x"><h3>Rebels Claim to Have Attacked Two Convoys</h3></a></aside>
<blockquote class="twitter-tweet"><p>look at this smoke</p>
<a href="https://twitter.example/a/status/1">1 April</a></blockquote>
<p>Fort Amber is a base situated next to the Westport Harbour and was opened in 1990.</p>
</article><footer><p>All rights reserved</p></footer></body></html>"""


@pytest.fixture(scope="module")
def reading():
    return read_report(PAGE.encode())


def lines(reading, role):
    return [line.span.exact for line in reading.report.lines if line.role == role]


def test_roles(reading):
    assert lines(reading, "headline") == ["Smoke reportedly seen over Fort Amber - video"]
    assert lines(reading, "credit") == ["Photo: Ann Example/Reuters"]
    assert lines(reading, "caption")[0].startswith("Black smoke apparently filmed")
    assert "Ann Example" not in lines(reading, "caption")[0]
    assert lines(reading, "subheading") == ["Earlier incidents"]
    assert lines(reading, "related") == [
        "2 January 2022",
        "Rebels Claim to Have Attacked Two Convoys",
    ] or ("Rebels Claim to Have Attacked Two Convoys" in lines(reading, "related"))


def test_dates_publisher_and_address(reading):
    report = reading.report
    assert (report.published.date, report.published.rule) == ("2023-04-05", "JSON-LD datePublished")
    assert report.published.span.exact == "2023-04-05T09:10:00+02:00"
    assert report.updated.date == "2023-04-06"
    assert report.publisher == "The Ledger"
    assert report.url == "https://ledger.example/smoke"
    assert report.media_type == "text/html"


def test_scripts_and_furniture_claim_nothing(reading):
    words = " ".join(line.span.exact for line in reading.report.lines)
    assert "900" not in words
    assert "Home" not in words
    assert "rights reserved" not in words


def test_spans_point_into_the_drawn_text(reading):
    text = "\n".join(line.span.exact for line in reading.report.lines)
    for claim in reading.claims:
        for span in claim.spans:
            assert text[span.start : span.end] == span.exact


def test_claims(reading):
    kinds = {(claim.type, claim.polarity) for claim in reading.claims}
    assert ("status", "open") in kinds
    related = [c for c in reading.claims if "Two Convoys" in c.proposition]
    assert [h.name for h in related[0].holders] == ["Rebels", "The Ledger"]
    assert related[0].when.latest == "2022-01-02"


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 50_000 + "smoke rose" + "</div>" * 50_000 + "</html>",
        "<html><body>" + "<p>Smoke rose over the base.</p>" * 20_000 + "</body></html>",
        "<html><body><p>" + "smoke " * 200_000 + "</p></body></html>",
        '<html><head><script type="application/ld+json">'
        + "[" * 100_000
        + "</script></head><body><p>Smoke</p>",
        "<html><body><!--" + "-" * 200_000 + "<p>Smoke rose.</p>",
    ],
    ids=["deep", "many", "long", "json", "comment"],
)
def test_hostile_pages_end(page):
    try:
        reading = read_report(page.encode())
    except UnreadableReport as refused:
        assert refused.next_step
    else:
        assert len(reading.report.lines) <= 60_000


def test_a_page_drawn_by_scripts_is_refused_with_a_next_step():
    with pytest.raises(UnreadableReport) as refused:
        read_report(b"<html><body><script>app()</script><div id='root'></div></body></html>")
    assert refused.value.next_step


LEADS = """<html><head><meta property="og:site_name" content="The Ledger">
<link rel="canonical" href="https://www.ledger.example/smoke"></head><body><article>
<h1>Smoke over Fort Amber</h1>
<p>Smoke rose over Fort Amber on Tuesday, as <a href="https://wire.example/news/1?utm_source=x">Example
Wire first reported</a>; <a href="/about">our reporters</a> and <a
href="https://ledger.example/older">an older article of ours</a> tell more of the depot there.</p>
<iframe src="https://www.youtube.com/embed/AbCdEf12345"></iframe>
<iframe src="https://ads.example/banner"></iframe>
<blockquote class="twitter-tweet"><p>look</p><a href="https://twitter.com/north_watch/status/99">1
April</a></blockquote>
<video src="/own.mp4"></video>
<a href="javascript:alert(1)">no link</a>
</article></body></html>"""


def test_embeds_and_links_are_edges_with_their_evidence():
    reading = read_report(LEADS.encode())
    names = {source.id: (source.name, source.kind) for source in reading.sources}
    edges = {
        names[edge.earlier]: (edge.relation, edge.lineage, edge.basis) for edge in reading.edges
    }
    assert edges == {
        ("youtube.com/embed/AbCdEf12345", "item"): ("embedded", "footage", "stated"),
        ("@north_watch (twitter.com)", "account"): ("embedded", "footage", "stated"),
        ("wire.example/news/1", "outlet"): ("linked", "claim", "stated"),
    }
    (link,) = [edge for edge in reading.edges if edge.relation == "linked"]
    assert link.spans[0].exact == "Example Wire first reported"
    assert "https://wire.example/news/1?utm_source=x" in str(link.why)
