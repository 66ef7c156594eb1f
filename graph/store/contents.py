"""What stands in a store, under which names, and how it is read back: the same on every engine.

Beside the graph there is one node of bookkeeping. It knows the labels of each kind of node in
their order (Neo4j forgets it), the types of edge, which migrations the store has seen, and down to
which confidence it holds relations.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

import networkx as nx

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import StoreError
from onrecord.graph.ontology import load_ontology
from onrecord.graph.store.base import Row

ARTICLE = "Article"
BOOKKEEPING = "OnrecordStore"
FINGERPRINT = "fingerprint"
"""The property of an Article node that the store keeps for itself."""
RESERVED = frozenset({"title", "type", "label", FINGERPRINT})
"""Names that no property of a graph may have: kglite invents three of them."""

_NAME = re.compile(r"[^\W\d]\w*")


class Run(Protocol):
    """Runs one statement and gives its rows, which are read once."""

    def __call__(self, cypher: str, /, **parameters: Any) -> Iterable[Row]: ...


class Register(NamedTuple):
    """What the node of bookkeeping tells."""

    kinds: tuple[tuple[str, ...], ...] = ()
    types: tuple[str, ...] = ()
    version: int = 0
    sure: float = 0.0

    @property
    def labels(self) -> tuple[str, ...]:
        """The primary labels."""
        return tuple(sorted({kind[0] for kind in self.kinds}))


def read_register(run: Run) -> Register:
    """The store's bookkeeping, empty where it has none."""
    for kinds, types, version, sure in run(
        f"MATCH (s:{BOOKKEEPING} {{id: 'store'}}) RETURN s.kinds, s.types, s.version, s.sure"
    ):
        labels = tuple(tuple(json.loads(kind)) for kind in kinds or ())
        return Register(labels, tuple(types or ()), version or 0, sure or 0.0)
    return Register()


def write_register(run: Run, register: Register) -> None:
    """Put down the store's bookkeeping."""
    run(
        f"MERGE (s:{BOOKKEEPING} {{id: 'store'}})"
        " SET s.kinds = $kinds, s.types = $types, s.version = $version, s.sure = $sure",
        kinds=[json.dumps(kind) for kind in register.kinds],
        types=list(register.types),
        version=register.version,
        sure=register.sure,
    )


def read_graph(run: Run) -> "Graph[str]":
    """The graph that the store holds; what onrecord did not put there is left out."""
    register = read_register(run)
    graph: Graph[str] = nx.MultiDiGraph(sure=register.sure)
    kinds = {frozenset(kind): kind for kind in register.kinds}
    for labels, properties in run(
        f"MATCH (n) WHERE NOT n:{BOOKKEEPING} AND n.id IS NOT NULL RETURN labels(n), properties(n)"
    ):
        if kind := kinds.get(frozenset(labels)):
            known = visible(properties)
            graph.add_node(known.pop("id"), labels=list(kind), **known)
    for source, target, relation, properties in run(
        "MATCH (a)-[r]->(b) WHERE r.article IS NOT NULL RETURN a.id, b.id, type(r), properties(r)"
    ):
        if source not in graph or target not in graph:
            continue
        known = visible(properties)
        graph.add_edge(source, target, key=known.pop("id"), type=relation, **known)
    return graph


def visible(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that are the graph's own."""
    return {key: value for key, value in properties.items() if key not in RESERVED}


def primary_first(labels: Iterable[str]) -> list[str]:
    """A node's labels in the ontology's order, which Neo4j does not keep."""
    kinds = list(load_ontology().kinds)
    return sorted(labels, key=lambda label: (label not in kinds, label))


def checked(names: Iterable[str]) -> None:
    """Make sure that these may be labels, types or names of properties.

    Raises:
        StoreError: one may not.
    """
    for name in names:
        if not _NAME.fullmatch(name) or name in RESERVED:
            raise StoreError(
                f"A store cannot take the label, type or property name {name!r}. Use letters,"
                f" digits and underscores, and none of {', '.join(sorted(RESERVED))}."
            )


def article_node(article: str) -> str:
    """The id of an article's node."""
    return f"article:{article}"
