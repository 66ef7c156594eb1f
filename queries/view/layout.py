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

Point = Sequence[float]
Pair = tuple[int, int]


def positions(
    nodes: Sequence[str], edges: Iterable[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    """A place for each node between -1 and 1, lying wide rather than tall, to four digits.

    Kamada & Kawai (1989) for small graphs, with longer edges between busier nodes, so that the
    middle does not crowd; Fruchterman & Reingold (1991) for large ones.
    """
    if not nodes:
        return {}
    numbers = {node: number for number, node in enumerate(nodes)}
    found = {(min(p), max(p)) for p in ((numbers[a], numbers[b]) for a, b in edges)}
    pairs = sorted(pair for pair in found if pair[0] != pair[1])
    graph = igraph.Graph(n=len(nodes), edges=pairs)
    points = _exact(graph, pairs) if len(nodes) <= EXACT else _quick(graph)
    return dict(zip(nodes, _laid_wide(points), strict=True))


def _exact(graph: igraph.Graph, pairs: Sequence[Pair]) -> list[Point]:
    """The layout with the fewest crossings, and of those the one with the most room."""
    degrees = graph.degree()
    lengths = [1 + 0.35 * math.log(degrees[a] * degrees[b]) for a, b in pairs]
    tests = len(pairs) * len(pairs) // 2
    starts = max(1, min(STARTS, TESTS // (tests + 1)))
    layouts: list[list[Point]] = []
    for start in range(starts):
        order = list(range(graph.vcount()))
        random.Random(start).shuffle(order)
        turn = 2 * math.pi / len(order)
        circle = [(math.cos(turn * place), math.sin(turn * place)) for place in order]
        layouts.append(list(graph.layout_kamada_kawai(seed=circle, weights=lengths).coords))
    if starts == 1:
        return layouts[0]
    return min(layouts, key=lambda points: (_crossings(points, pairs), -_room(points)))


def _quick(graph: igraph.Graph) -> list[Point]:
    """A layout of many nodes; a middle that is not drawn keeps the components together."""
    middle, degrees = graph.vcount(), graph.degree()
    busiest = [max(part, key=lambda node: degrees[node]) for part in graph.connected_components()]
    held = graph + igraph.Graph(n=1)
    held.add_edges([(middle, node) for node in busiest])
    weights = [1.0] * graph.ecount() + [0.3] * len(busiest)
    igraph.set_random_number_generator(random.Random(0))
    layout = held.layout_fruchterman_reingold(weights=weights, grid="grid", niter=200)
    igraph.set_random_number_generator(random)
    return list(layout.coords[:middle])


def _crossings(points: Sequence[Point], pairs: Sequence[Pair]) -> int:
    """How many pairs of edges cross, taken as straight."""

    def side(a: int, b: int, c: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[a], points[b], points[c]
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    return sum(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for (a, b), (c, d) in combinations(pairs, 2)
    )


def _room(points: Sequence[Point]) -> float:
    """The smallest distance between two nodes, as a share of the largest."""
    distances = [math.dist(a, b) for a, b in combinations(points, 2)]
    return min(distances) / (max(distances) or 1) if distances else 0


def _laid_wide(points: Sequence[Point]) -> list[tuple[float, float]]:
    """The points turned so that they lie widest from left to right, and fitted to the square."""
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    moved = [(x - middle[0], y - middle[1]) for x, y in points]
    xx, yy = sum(x * x for x, _ in moved), sum(y * y for _, y in moved)
    angle = math.atan2(2 * sum(x * y for x, y in moved), xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    turned = [(x * cos + y * sin, y * cos - x * sin) for x, y in moved]
    half = max(max(abs(x), abs(y)) for x, y in turned) or 1
    return [(round(x / half, 4), round(y / half, 4)) for x, y in turned]
