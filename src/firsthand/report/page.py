"""An HTML page to lines with roles: the article's body, and our own pass for what stands beside it.

trafilatura tells the article's body from the page around it; captions, credits, dates, embeds
and JSON-LD are read here from the tree. Nothing is fetched or run; a page too large or too deep
is cut and says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree
import lxml.html

from firsthand.errors import UnreadableReport
from firsthand.records import EdtfDate, LineRole
from firsthand.report.dates import Ymd, edtf, valid
from firsthand.report.lines import Fact, Layout, RawLine, is_credit, is_interface, single_date
from firsthand.report.script import language_of

__all__ = ["read_page"]

MAX_NODES = 60_000
MAX_BLOCK = 20_000
MAX_ADDRESS = 2000
MAX_LINKS = 200
TRAFILATURA_LIMIT = 1_500_000
"""Characters beyond which the page's body is found by our own pass alone."""
_SKIP = {"script", "style", "noscript", "template", "svg", "form", "button", "select", "object"}
_APART = {"nav", "footer", "menu", "dialog"}
_BLOCK = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "figcaption",
    "td",
    "dd",
    "dt",
    "pre",
    "time",
}
_CREDIT_CLASS = re.compile(
    r"credit|copyright|photo-?by|attribution|image-source|byline|author", re.I
)
_CAPTION_CLASS = re.compile(r"caption|legend", re.I)
_RELATED_CLASS = re.compile(
    r"related|recommend|twitter-tweet|instagram-media|tiktok-embed|teaser|promo|more-?on|read-?also|see-?also|sidebar",
    re.I,
)
_NOISE_CLASS = re.compile(
    r"cookie|share|social|subscribe|newsletter|breadcrumb|comment|banner|advert|menu|login", re.I
)
_CREDIT_OPENING = re.compile(
    r"^[\W_]*(?:(?:©|\(c\)|(?:photo(?:graph)?|image|picture|credit|video|source|courtesy|still|by|of)\b)"
    r"[\s:/©.]*)+",
    re.I,
)
_ISO = re.compile(r"^\s*(\d{4})-(\d\d)-(\d\d)")
_PUBLISHED_META = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "dc.date.issued",
    "publish-date",
    "pubdate",
    "date",
    "dc.date",
    "parsely-pub-date",
)
_UPDATED_META = ("article:modified_time", "datemodified", "og:updated_time", "lastmod")
_SITE_META = ("og:site_name", "application-name", "dc.publisher", "publisher")


@dataclass
class _Page:
    """The text as it grows, and its lines."""

    parts: list[str] = field(default_factory=list)
    lines: list[RawLine] = field(default_factory=list)
    length: int = 0
    credits: list[Fact] = field(default_factory=list)
    embeds: list[Fact] = field(default_factory=list)
    links: list[Fact] = field(default_factory=list)
    times: list[tuple[int, EdtfDate, str]] = field(default_factory=list)

    def add(self, words: str, role: LineRole, dated: EdtfDate | None = None) -> RawLine:
        if self.parts:
            self.length += 1
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        line = RawLine(start, self.length, role, language_of(words), dated, self.length)
        self.lines.append(line)
        return line


def read_page(source: str) -> tuple[str, Layout]:
    """Text drawn from a page, and its layout; spans count code points of that text.

    Raises:
        UnreadableReport: there is no text in the page.
    """
    warnings: list[str] = []
    tree = _tree(source)
    nodes = sum(1 for _ in _bounded(tree))
    if nodes >= MAX_NODES:
        warnings.append(f"The page has more than {MAX_NODES} elements; the rest is not read.")
    body = _body_words(source, warnings) if nodes < MAX_NODES else set()
    page = _Page()
    facts = _head(tree)
    data = _json_ld(tree)
    _walk(tree, page, body)
    if not page.lines:
        raise UnreadableReport(
            "There is no text in this page: it may be drawn by scripts, which are not run.",
            "Open the page in a browser, copy the article as text, and give that.",
        )
    title = next((line for line in page.lines if line.role == "headline"), None)
    if title is None:
        words = facts.get("og:title") or facts.get("title") or data.get("headline", "")
        if words:
            title = page.add(words, "headline")
    published = _date_fact(page, facts, data, _PUBLISHED_META, "datePublished")
    updated = _date_fact(page, facts, data, _UPDATED_META, "dateModified")
    if published is None and page.times:
        at, value, words = page.times[0]
        published = Fact(value, at, at + len(words), "time element of the page")
    publisher = _publisher(page, facts, data)
    value = "\n".join(page.parts)
    return value, Layout(
        lines=tuple(page.lines),
        title=Fact(value[title.start : title.end], title.start, title.end, "headline")
        if title
        else None,
        publisher=publisher,
        published=published,
        updated=updated,
        language=_language(tree, page),
        url=facts.get("canonical") or facts.get("og:url"),
        credits=tuple(page.credits),
        embeds=tuple(page.embeds),
        links=tuple(page.links),
        warnings=tuple(warnings),
    )


def _tree(source: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        encoding="utf-8",
    )
    clean = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source)
    try:
        tree = lxml.html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableReport(
            "This page cannot be parsed as HTML.",
            "Save the page again from a browser, or give the article as plain text.",
        ) from error
    return tree


def _bounded(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for count, node in enumerate(tree.iter("*")):
        if count >= MAX_NODES:
            return
        yield node


def _body_words(source: str, warnings: list[str]) -> set[str]:
    """Paragraphs that trafilatura takes for the article's body, squeezed for comparison."""
    if len(source) > TRAFILATURA_LIMIT:
        warnings.append("The page is very long; its body was found by a simpler rule.")
        return set()
    from trafilatura import extract

    try:
        words = extract(
            source,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            deduplicate=False,
            with_metadata=False,
        )
    except (ValueError, TypeError, RecursionError, lxml.etree.LxmlError):
        words = None
    if not words:
        warnings.append("The page's body could not be told from the page around it.")
        return set()
    return {_squeeze(line) for line in words.splitlines() if line.strip()}


def _squeeze(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()[:400]


def _text_of(node: lxml.html.HtmlElement) -> str:
    words = "".join(node.itertext(with_tail=False)) if len(node) < 2000 else (node.text or "")
    return re.sub(r"\s+", " ", words[:MAX_BLOCK]).strip()


def _walk(tree: lxml.html.HtmlElement, page: _Page, body: set[str]) -> None:
    """Blocks in document order, each once (a block inside a block belongs to the outer one)."""
    done: set[lxml.html.HtmlElement] = set()  # holding a node keeps its proxy its own
    joined = " ".join(body)
    headline = False
    for node in _bounded(tree):
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in {"iframe", "embed", "video", "source", "blockquote"}:
            _embed(node, page)
        if tag not in _BLOCK and not _own_text(node, tag):
            continue
        role, context = _context(node, done)
        if role == "skip":
            continue
        words = _text_of(node)
        if not words or not any(char.isalnum() for char in words):
            continue
        done.add(node)
        if tag == "time":
            _time(node, words, page, context)
            continue
        line_role = _role(tag, words, role, headline=headline, joined=joined)
        if line_role is None:
            continue
        headline = headline or line_role == "headline"
        if line_role == "caption":
            _caption(node, words, page)
        elif line_role == "credit":
            line = page.add(words, "credit")
            page.credits.append(Fact(_bare_credit(words), line.start, line.end, "picture credit"))
        else:
            line = page.add(words, line_role, context if line_role == "related" else None)
            if line_role == "body":
                _links(node, words, line, page)


def _links(node: lxml.html.HtmlElement, words: str, line: RawLine, page: _Page) -> None:
    """Each link of a paragraph at the words that carry it."""
    at = 0
    for link in node.iter("a"):
        url, told = link.get("href") or "", _text_of(link)
        found = words.find(told, at) if told else -1
        if found < 0 or not url or len(url) >= MAX_ADDRESS or len(page.links) >= MAX_LINKS:
            continue
        at = found + len(told)
        page.links.append(Fact(url, line.start + found, line.start + at, "link"))


def _own_text(node: lxml.html.HtmlElement, tag: str) -> bool:
    """A `div` or `span` that holds running words itself, as hand-made pages do."""
    if tag in {"div", "section", "article", "main", "td", "center", "font"}:
        return bool(node.text and len(node.text.strip()) > 1)
    return tag in {"span", "small", "cite"} and bool(_CREDIT_CLASS.search(node.get("class", "")))


def _context(
    node: lxml.html.HtmlElement, done: set[lxml.html.HtmlElement]
) -> tuple[str, EdtfDate | None]:
    role = ""
    parent: Any = node
    for _ in range(60):
        if parent is None:
            break
        tag = parent.tag if isinstance(parent.tag, str) else ""
        label = f"{parent.get('class', '')} {parent.get('id', '')} {parent.get('role', '')}"
        if (
            tag in _SKIP
            or tag in _APART
            or tag == "head"
            or (parent is not node and parent in done)
        ):
            return "skip", None
        if parent.get("hidden") is not None or "display:none" in parent.get("style", "").replace(
            " ", ""
        ):
            return "skip", None
        if tag not in {"body", "html"} and _NOISE_CLASS.search(label) and not role:
            role = "noise"
        if tag == "figcaption" or _CAPTION_CLASS.search(label):
            role = role or "caption"
        if _CREDIT_CLASS.search(label) and parent is node:
            role = "credit"
        if tag == "aside" or (tag not in {"body", "html"} and _RELATED_CLASS.search(label)):
            return "related", _dated_inside(parent)
        parent = parent.getparent()
    return role, None


def _dated_inside(node: lxml.html.HtmlElement) -> EdtfDate | None:
    for child in node.iter("time"):
        value = _iso_day(child.get("datetime") or "")
        if value:
            return value
        found, _ = single_date(_text_of(child), 0, len(_text_of(child)))
        if found:
            return found.value
    return None


def _role(tag: str, words: str, role: str, *, headline: bool, joined: str) -> LineRole | None:
    if role == "noise" or is_interface(words):
        return None
    if role in {"caption", "credit", "related"}:
        return role  # type: ignore[return-value]
    if tag == "h1" and not headline:
        return "headline"
    if is_credit(words):
        return "credit"
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return "subheading"
    if words.startswith(("*", "†")):
        return "footnote"
    if (
        joined
        and _squeeze(words) not in joined
        and tag in {"li", "td", "dd", "dt", "div", "section"}
    ):
        return None
    return "body"


def _caption(node: lxml.html.HtmlElement, words: str, page: _Page) -> None:
    credit = ""
    for child in node.iter("span", "small", "cite", "em", "a"):
        if child is not node and _CREDIT_CLASS.search(child.get("class", "")):
            credit = _text_of(child)
            break
    if not credit:
        mark = re.search(
            r"(?:[(\[]|\s)(?:©|Photo(?:graph)?|Image|Picture|Credit|Video)\s*(?:by|credit)?\s*[:/]?\s*([^()\]]{2,80})[)\]]?$",
            words,
        )
        credit = mark.group().strip() if mark else ""
    rest = words
    if credit and credit in words:
        rest = (words[: words.rindex(credit)] + words[words.rindex(credit) + len(credit) :]).strip()
    if rest:
        page.add(rest, "caption")
    if credit:
        line = page.add(credit, "credit")
        page.credits.append(Fact(_bare_credit(credit), line.start, line.end, "picture credit"))


def _bare_credit(words: str) -> str:
    bare = _CREDIT_OPENING.sub("", words).strip(" .()[]")
    return bare or words


def _embed(node: lxml.html.HtmlElement, page: _Page) -> None:
    url = node.get("src") or node.get("cite") or ""
    label = node.get("class", "")
    if not url and "twitter" in label:
        links = [link.get("href", "") for link in node.iter("a")]
        url = links[-1] if links else ""
    if url and len(url) < MAX_ADDRESS and len(page.embeds) < MAX_LINKS:
        page.embeds.append(Fact(url, page.length, page.length, f"{node.tag} element"))


def _time(node: lxml.html.HtmlElement, words: str, page: _Page, _: EdtfDate | None) -> None:
    value = _iso_day(node.get("datetime") or "")
    if value is None:
        found, _doubt = single_date(words, 0, len(words))
        value = found.value if found else None
    if value:
        line = page.add(words, "interface", value)
        page.times.append((line.start, value, words))


def _iso_day(text: str) -> EdtfDate | None:
    match = _ISO.match(text)
    if not match:
        return None
    date = Ymd(*(int(part) for part in match.groups()))
    return edtf(date) if valid(date) else None


def _head(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Meta properties and names in lower case; the first of each wins."""
    facts: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key and node.get("content"):
            facts.setdefault(key, re.sub(r"\s+", " ", node.get("content"))[:2000].strip())
    for node in tree.iter("title"):
        facts.setdefault("title", _text_of(node))
    for node in tree.iter("link"):
        if (node.get("rel") or "").lower() == "canonical" and node.get("href"):
            facts.setdefault("canonical", node.get("href")[:2000])
    return facts


def _json_ld(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Plain strings of the first article in the page's JSON-LD (schema.org NewsArticle)."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "") or not node.text or len(node.text) > 500_000:
            continue
        try:
            found = _article(json.loads(node.text), 0)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return {}


def _article(data: Any, depth: int) -> dict[str, str] | None:
    if depth > 6:
        return None
    for each in data[:50] if isinstance(data, list) else [data]:
        if not isinstance(each, dict):
            continue
        kind = str(each.get("@type", ""))
        if "Article" in kind or "Posting" in kind or "datePublished" in each:
            out = {key: value for key, value in each.items() if isinstance(value, str)}
            publisher = each.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                out["publisher"] = publisher["name"]
            return out
        if "@graph" in each:
            inner = _article(each["@graph"], depth + 1)
            if inner:
                return inner
    return None


def _date_fact(
    page: _Page, facts: dict[str, str], data: dict[str, str], names: tuple[str, ...], key: str
) -> Fact | None:
    for rule, text in (
        (f"JSON-LD {key}", data.get(key, "")),
        *((f"meta {name}", facts.get(name, "")) for name in names),
    ):
        value = _iso_day(text)
        if value:
            line = page.add(f"{rule}: {text}", "interface", value)
            return Fact(value, line.end - len(text), line.end, rule)
    return None


def _publisher(page: _Page, facts: dict[str, str], data: dict[str, str]) -> Fact | None:
    for rule, text in (
        ("JSON-LD publisher", data.get("publisher", "")),
        *((f"meta {name}", facts.get(name, "")) for name in _SITE_META),
    ):
        if text and not text.startswith("http"):
            line = page.add(f"{rule}: {text}", "interface")
            return Fact(text, line.end - len(text), line.end, rule)
    return None


def _language(tree: lxml.html.HtmlElement, page: _Page) -> str | None:
    declared = (tree.get("lang") or "").split("-")[0].lower() or None
    counted: dict[str, int] = {}
    for line in page.lines:
        if line.role == "body" and line.language:
            counted[line.language] = counted.get(line.language, 0) + line.end - line.start
    return max(counted, key=lambda code: (counted[code], code)) if counted else declared
