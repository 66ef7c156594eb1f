"""Where each node stands: computed here, seeded, so that the same graph gives the same picture."""

import math
import random
from collections.abc import Iterable, Sequence
from itertools import combinations

import igraph  # type: ignore[import-untyped]

EXACT = 300
"""Up to how many nodes Kamada-Kawai is used; above, Fruchterman-Reingold."""
STARTS = 16
"""From how many starting points the layout with the fewest crossings is sought, at most."""
TESTS = 60_000
"""How many pairs of edges are tested for crossing, at most; it bounds the number of starts."""
GAP = 1.3
"""The room between components, in lengths of an edge."""
WIDE = 1.4
"""How much wider than high the whole is to be, where there are many components."""

Point = tuple[float, float]
Points = Sequence[Point]


def positions(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """A place for each node between -1 and 1, lying wide rather than tall, to four digits.

    Kamada & Kawai (1989) for small graphs, with longer edges between busier nodes, so that the
    middle does not crowd; Fruchterman & Reingold (1991) for large ones.
    """
    if not nodes:
        return {}
    numbers = {node: number for number, node in enumerate(nodes)}
    found = {(min(p), max(p)) for p in ((numbers[a], numbers[b]) for a, b in edges)}
    graph = igraph.Graph(n=len(nodes), edges=sorted(pair for pair in found if pair[0] != pair[1]))
    points = _exact(graph) if len(nodes) <= EXACT else _laid_wide(_quick(graph))
    xs, ys = ([min(axis), max(axis)] for axis in zip(*points, strict=True))
    half = max(xs[1] - xs[0], ys[1] - ys[0]) / 2 or 1
    places = (((x - sum(xs) / 2) / half, (y - sum(ys) / 2) / half) for x, y in points)
    return {node: (round(x, 4), round(y, 4)) for node, (x, y) in zip(nodes, places, strict=True)}


def _exact(graph: igraph.Graph) -> Points:
    """Each component by itself, the largest first, set side by side."""
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    laid = [_laid_wide(_untangled(graph.induced_subgraph(part))) for part in parts]
    placed: dict[int, Point] = {}
    for part, points in zip(parts, _packed(laid), strict=True):
        placed.update(zip(part, points, strict=True))
    return [placed[number] for number in range(graph.vcount())]


def _untangled(graph: igraph.Graph) -> Points:
    """The layout with the fewest crossings, and of those the one with the most room."""
    degrees, pairs = graph.degree(), graph.get_edgelist()
    lengths = [1 + 0.35 * math.log(degrees[a] * degrees[b]) for a, b in pairs]
    starts = max(1, min(STARTS, 2 * TESTS // (len(pairs) ** 2 + 1)))
    layouts = []
    for start in range(starts):
        order = list(range(graph.vcount()))
        random.Random(start).shuffle(order)
        turn = 2 * math.pi / len(order)
        circle = [(math.cos(turn * place), math.sin(turn * place)) for place in order]
        layout = graph.layout_kamada_kawai(seed=circle, weights=lengths)
        layouts.append([(x, y) for x, y in layout.coords])
    if starts == 1:
        return layouts[0]
    return min(layouts, key=lambda points: (_crossings(points, pairs), -_room(points)))


def _quick(graph: igraph.Graph) -> Points:
    """A layout of many nodes; a middle that is not drawn keeps the components together."""
    middle, degrees = graph.vcount(), graph.degree()
    busiest = [max(part, key=lambda node: degrees[node]) for part in graph.connected_components()]
    held = graph + igraph.Graph(n=1)
    held.add_edges([(middle, node) for node in busiest])
    weights = [1.0] * graph.ecount() + [0.3] * len(busiest)
    igraph.set_random_number_generator(random.Random(0))
    layout = held.layout_fruchterman_reingold(weights=weights, grid="grid", niter=200)
    igraph.set_random_number_generator(random)
    return [(x, y) for x, y in layout.coords[:middle]]


def _crossings(points: Points, pairs: Sequence[tuple[int, int]]) -> int:
    """How many pairs of edges cross, taken as straight."""

    def side(a: int, b: int, c: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[a], points[b], points[c]
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    return sum(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for (a, b), (c, d) in combinations(pairs, 2)
    )


def _room(points: Points) -> float:
    """The smallest distance between two nodes, as a share of the largest."""
    distances = [math.dist(a, b) for a, b in combinations(points, 2)]
    return min(distances) / (max(distances) or 1) if distances else 0


def _laid_wide(points: Points) -> Points:
    """The points about their middle, turned so that they lie widest from left to right."""
    across, down = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    moved = [(x - across, y - down) for x, y in points]
    xx, yy, xy = (sum(p[i] * p[j] for p in moved) for i, j in ((0, 0), (1, 1), (0, 1)))
    angle = math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in moved]


def _packed(parts: Sequence[Points]) -> list[Points]:
    """The parts in columns from left to right, no column higher than need be."""
    lows = [[min(axis) for axis in zip(*part, strict=True)] for part in parts]
    tops = [[max(axis) for axis in zip(*part, strict=True)] for part in parts]
    wides = [top[0] - low[0] + GAP for low, top in zip(lows, tops, strict=True)]
    highs = [top[1] - low[1] + GAP for low, top in zip(lows, tops, strict=True)]
    area = sum(wide * high for wide, high in zip(wides, highs, strict=True))
    most = max(*highs, math.sqrt(area / WIDE))
    columns: list[list[int]] = [[]]
    for number, high in enumerate(highs):
        if sum(highs[other] for other in columns[-1]) + high > most and columns[-1]:
            columns.append([])
        columns[-1].append(number)
    placed: list[Points] = [()] * len(parts)
    left = 0.0
    for column in columns:
        wide = max(wides[number] for number in column)
        top = -sum(highs[number] for number in column) / 2
        for number in column:
            x = left + wide / 2 - (lows[number][0] + tops[number][0]) / 2
            y = top + highs[number] / 2 - (lows[number][1] + tops[number][1]) / 2
            placed[number] = [(px + x, py + y) for px, py in parts[number]]
            top += highs[number]
        left += wide
    return placed
