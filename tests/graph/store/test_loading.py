"""What two loaders say of one node is the same, in whichever order and however often they come."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.store.loading import joined

NAMES = st.sampled_from(["Ann", "ann", "Ann Lee", "A. Lee"])
NODES = st.fixed_dictionaries(
    {"id": st.just("person:ann"), "name": NAMES},
    optional={
        "aliases": st.lists(NAMES, unique=True),
        "named": st.booleans(),
        "start": st.integers(),
        "heading": st.text(),
    },
)
Node = dict[str, Any]


def known(node: Node) -> set[str]:
    return {node["name"], *node.get("aliases", ())}


@given(NODES, NODES)
def test_the_order_does_not_matter(one: Node, other: Node) -> None:
    assert joined(one, other) == joined(other, one)


@given(NODES, NODES, NODES)
def test_nor_who_comes_third(one: Node, other: Node, third: Node) -> None:
    assert joined(joined(one, other), third) == joined(one, joined(other, third))


@given(NODES, NODES)
def test_coming_again_changes_nothing(one: Node, other: Node) -> None:
    both = joined(one, other)
    assert joined(both, one) == joined(both, other) == joined(both, both) == both


@given(NODES, NODES)
def test_no_name_is_lost(one: Node, other: Node) -> None:
    assert known(joined(one, other)) == known(one) | known(other)
