import random
from itertools import combinations

import pytest

from onrecord.queries.view.layout import EXACT, positions

RING = [f"n{number:03}" for number in range(12)]
ROUND = list(zip(RING, RING[1:] + RING[:1], strict=True))


@pytest.mark.parametrize("size", [2, 40, EXACT + 1])
def test_the_same_graph_gives_the_same_places(size: int) -> None:
    nodes = [f"n{number:03}" for number in range(size)]
    draw = random.Random(size)
    edges = [(node, draw.choice(nodes)) for node in nodes]
    first = positions(nodes, edges)
    again = positions(nodes, [(b, a) for a, b in reversed(edges)])
    assert first == again
    assert set(first) == set(nodes)
    assert max(max(abs(x), abs(y)) for x, y in first.values()) == 1
    spread = [sum(value**2 for value in axis) for axis in zip(*first.values(), strict=True)]
    assert spread[0] >= spread[1]  # it lies wide


def test_the_randomness_of_others_is_left_alone() -> None:
    random.seed(1)
    expected = random.Random(1).random()
    nodes = [str(number) for number in range(EXACT + 1)]
    positions(nodes, [])
    assert random.random() == expected


def test_a_ring_has_no_crossing() -> None:
    places = positions(RING, ROUND)

    def side(a: str, b: str, c: str) -> float:
        (ax, ay), (bx, by), (cx, cy) = places[a], places[b], places[c]
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    for (a, b), (c, d) in combinations(ROUND, 2):
        assert not (side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0)


def test_components_stand_side_by_side() -> None:
    pairs = [(f"a{number}", f"b{number}") for number in range(7)]
    places = positions(sorted({*RING, *(node for pair in pairs for node in pair)}), ROUND + pairs)
    boxes = []
    for part in (RING, *pairs):
        xs, ys = zip(*(places[node] for node in part), strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for a, b in combinations(boxes, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


@pytest.mark.parametrize("nodes", [[], ["only"], ["one", "two"]])
def test_next_to_nothing_has_places_too(nodes: list[str]) -> None:
    places = positions(nodes, [(node, node) for node in nodes])
    assert list(places) == nodes
    assert len(set(places.values())) == len(nodes)
