"""Where each node stands: computed here, seeded, so that the same graph gives the same picture."""

import random
from collections.abc import Iterable, Sequence

import igraph  # type: ignore[import-untyped]

EXACT = 300
"""Up to how many nodes Kamada-Kawai is used; above, Fruchterman-Reingold."""


def positions(
    nodes: Sequence[str], edges: Iterable[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    """A place for each node in the square from -1 to 1, rounded to four digits.

    Kamada & Kawai (1989) for small graphs, Fruchterman & Reingold (1991) for large ones.
    """
    numbers = {node: number for number, node in enumerate(nodes)}
    pairs = sorted({(min(p), max(p)) for p in ((numbers[a], numbers[b]) for a, b in edges)})
    graph = igraph.Graph(n=len(nodes), edges=[pair for pair in pairs if pair[0] != pair[1]])
    if len(nodes) <= EXACT:
        layout = graph.layout_kamada_kawai()
    else:
        igraph.set_random_number_generator(random.Random(0))
        layout = graph.layout_fruchterman_reingold(grid="grid", niter=200)
        igraph.set_random_number_generator(random)
    return dict(zip(nodes, _in_square(layout.coords), strict=True))


def _in_square(points: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    if not points:
        return []
    lows, highs = (
        [min(axis) for axis in zip(*points, strict=True)],
        [max(axis) for axis in zip(*points, strict=True)],
    )
    half = max((high - low) / 2 for low, high in zip(lows, highs, strict=True)) or 1.0
    middles = [(high + low) / 2 for low, high in zip(lows, highs, strict=True)]
    return [
        (round((x - middles[0]) / half, 4), round((y - middles[1]) / half, 4)) for x, y in points
    ]
