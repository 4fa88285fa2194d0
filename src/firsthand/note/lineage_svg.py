"""Draws who had it from whom: earlier at the left, stated edges whole, inferred ones dashed.

What is one text or one recording has no arrow: which was first is not in it.

Layers by longest path, long edges led through the layers between, the order inside a layer by the
mean place of the neighbours (Sugiyama, Tagawa & Toda 1981, doi:10.1109/TSMC.1981.4308636). Equal
graphs give equal drawings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from firsthand.note import sayings as s
from firsthand.note.pictured import Graph, GraphEdge, GraphNode
from firsthand.note.svg import DASHES, SIZE, drawing, path, rect, text, wrapped
from firsthand.origins import MUTUAL
from firsthand.records import Message, say

__all__ = ["draw_graph"]

Tell = Callable[[Message], str]

BOX, GAP, MARGIN = 168.0, 182.0, 6.0
BEND, BACK = 48.0, 44.0
"""An edge bends in the first part of a gap; its label stands over the rest. Back: below all."""
LETTERS, LINES = 22, 3
LEADING, PORT, BETWEEN = 17.0, 21.0, 20.0
VIA: Final = 12.0
"""Height kept free for an edge that only passes through a layer."""
SWEEPS: Final = 4


@dataclass
class Spot:
    """A place in a layer: a source, or an edge that passes through."""

    key: str
    layer: int
    lines: list[str] = field(default_factory=list)
    height: float = VIA
    top: float = 0.0

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def left(self) -> float:
        return MARGIN + self.layer * (BOX + GAP)


def draw_graph(graph: Graph, tell: Tell = str) -> Markup:
    """The graph as an SVG; the table beside it says why each edge is there."""
    layers = _layers(graph)
    spots = {node.id: _box(node, graph, layers[node.id]) for node in graph.nodes}
    ways = {edge.id: _way(edge, layers, spots) for edge in graph.edges}
    columns = _ordered(spots, ways)
    height = _placed(columns)
    into: dict[str, list[GraphEdge]] = {}
    for edge in graph.edges:
        into.setdefault(edge.later, []).append(edge)
    parts: list[Markup] = []
    for node in graph.nodes:
        arriving = sorted(
            into.get(node.id, []), key=lambda one: (spots[ways[one.id][-2]].middle, one.id)
        )
        for place, edge in enumerate(arriving):
            port = spots[node.id].middle + (place - (len(arriving) - 1) / 2) * PORT
            parts += _edge(edge, [spots[key] for key in ways[edge.id]], port, tell)
    for node in graph.nodes:
        parts += _source(spots[node.id], node)
    if any(layers[edge.later] <= layers[edge.earlier] for edge in graph.edges):
        height += BACK
    width = MARGIN * 2 + len(columns) * BOX + (len(columns) - 1) * GAP
    return drawing(
        f"lineage-{graph.lineage}",
        (max(width, 2 * BOX), height),
        tell(say(s.GRAPH_TITLE[graph.lineage])),
        _told(graph, tell),
        parts,
    )


def _told(graph: Graph, tell: Tell) -> str:
    names = {node.id: node.name for node in graph.nodes}
    linked = {end for edge in graph.edges for end in (edge.earlier, edge.later)}
    said = [
        say(
            (s.GRAPH_BOTH if edge.relation in MUTUAL else s.GRAPH_STEP)[edge.basis],
            earlier=names[edge.earlier],
            later=names[edge.later],
            relation=tell(say(s.RELATION[edge.relation])),
        )
        for edge in graph.edges
    ]
    said += [say(s.GRAPH_ALONE, name=node.name) for node in graph.nodes if node.id not in linked]
    return " ".join(tell(one) for one in said)


def _layers(graph: Graph) -> dict[str, int]:
    """Each source one layer after the last that it had it from; what runs in rings stays put."""
    earlier: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        earlier[edge.later].append(edge.earlier)
    depth: dict[str, int] = {}
    open_now: set[str] = set()

    def down(name: str) -> int:
        if name in depth:
            return depth[name]
        open_now.add(name)
        found = [down(one) + 1 for one in earlier[name] if one not in open_now]
        open_now.discard(name)
        depth[name] = max(found, default=0)
        return depth[name]

    for node in graph.nodes:
        down(node.id)
    return depth


def _box(node: GraphNode, graph: Graph, layer: int) -> Spot:
    lines = wrapped(node.name, LETTERS, LINES)
    arriving = sum(edge.later == node.id for edge in graph.edges)
    height = max(len(lines) * LEADING + 16, arriving * PORT + 8)
    return Spot(node.id, layer, lines, height)


def _way(edge: GraphEdge, layers: Mapping[str, int], spots: dict[str, Spot]) -> list[str]:
    """The keys of the spots that an edge runs over, those that it only passes through made here."""
    first, last = layers[edge.earlier], layers[edge.later]
    through: list[str] = []
    for layer in range(first + 1, last):
        spot = Spot(f"{edge.id}|{layer}", layer)
        spots[spot.key] = spot
        through.append(spot.key)
    return [edge.earlier, *through, edge.later]


def _ordered(spots: Mapping[str, Spot], ways: Mapping[str, list[str]]) -> list[list[Spot]]:
    depth = max((spot.layer for spot in spots.values()), default=0)
    columns = [[spot for spot in spots.values() if spot.layer == n] for n in range(depth + 1)]
    beside: dict[str, list[str]] = {key: [] for key in spots}
    for way in ways.values():
        for one, other in pairwise(way):
            beside[one].append(other)
            beside[other].append(one)
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _sort(column, columns, beside)
    return columns


def _sort(column: list[Spot], columns: list[list[Spot]], beside: Mapping[str, list[str]]) -> None:
    """Into the order of the mean places of what each is linked to in other layers."""
    place = {spot.key: n for each in columns for n, spot in enumerate(each)}
    own = {spot.key for spot in column}

    def mean(spot: Spot) -> float:
        found = [place[key] for key in beside[spot.key] if key not in own]
        return sum(found) / len(found) if found else place[spot.key]

    column.sort(key=lambda spot: (mean(spot), place[spot.key]))


def _placed(columns: list[list[Spot]]) -> float:
    tall = [sum(spot.height for spot in column) + BETWEEN * (len(column) - 1) for column in columns]
    height = max(tall, default=0.0) + 2 * MARGIN + SIZE
    for column, own in zip(columns, tall, strict=True):
        top = (height - own) / 2
        for spot in column:
            spot.top = top
            top += spot.height + BETWEEN
    return height


def _edge(edge: GraphEdge, way: list[Spot], port: float, tell: Tell) -> list[Markup]:
    dashes = DASHES if edge.basis == "inferred" else ""
    label = tell(say(s.EDGE[edge.basis], relation=tell(say(s.RELATION[edge.relation]))))
    start, end = way[0], way[-1]
    if end.layer <= start.layer:
        return _back(edge, (start, end), dashes, label)
    x, y = start.left + BOX, start.middle
    steps = [f"M{x:.1f} {y:.1f}"]
    for spot in way[1:]:
        to = port if spot is end else spot.middle
        half = BEND / 2
        steps.append(f"C{x + half:.1f} {y:.1f} {x + half:.1f} {to:.1f} {x + BEND:.1f} {to:.1f}")
        x, y = (spot.left - 1 if spot is end else spot.left + BOX), to
        steps.append(f"L{x:.1f} {y:.1f}")
    head = f"M{x - 8:.1f} {y - 4.5:.1f}L{x:.1f} {y:.1f}L{x - 8:.1f} {y + 4.5:.1f}"
    return [
        path(" ".join(steps), width=1.6, dashes=dashes),
        *_head(edge, head),
        text(x - 12, y - 5, label, anchor="end", size=12),
    ]


def _head(edge: GraphEdge, drawn: str) -> list[Markup]:
    return [] if edge.relation in MUTUAL else [path(drawn, width=1.6)]


def _back(edge: GraphEdge, ends: tuple[Spot, Spot], dashes: str, label: str) -> list[Markup]:
    """An edge that closes a ring: under everything, from foot to foot."""
    start, end = ends
    x, y = start.left + BOX * 0.6, start.top + start.height
    to, foot = end.left + BOX * 0.4, end.top + end.height
    low = max(y, foot) + BACK
    head = f"M{to - 4.5:.1f} {foot + 8:.1f}L{to:.1f} {foot + 1:.1f}L{to + 4.5:.1f} {foot + 8:.1f}"
    steps = f"M{x:.1f} {y:.1f}C{x:.1f} {low:.1f} {to:.1f} {low:.1f} {to:.1f} {foot + 1:.1f}"
    return [
        path(steps, width=1.6, dashes=dashes),
        *_head(edge, head),
        text((x + to) / 2, low - BACK / 4 + 16, label, anchor="middle", size=12),
    ]


def _source(spot: Spot, node: GraphNode) -> list[Markup]:
    top = spot.middle - (len(spot.lines) - 1) * LEADING / 2 + SIZE * 0.36
    return [
        rect(spot.left, spot.top, BOX, spot.height, fill=0.06, stroke=2.2 if node.origin else 1,
             radius=3),
        *(
            text(spot.left + 10, top + LEADING * n, words, bold=node.origin)
            for n, words in enumerate(spot.lines)
        ),
    ]  # fmt: skip
