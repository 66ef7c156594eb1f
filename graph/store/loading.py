"""Loading, the same on every engine: a graph becomes batches, a batch one transaction.

A batch holds whole articles. The articles of a store carry the fingerprint of what they
contributed, so an unchanged one costs nothing, a new one is written without looking for what
cannot be there, and a changed one is taken out and written anew, all in the one transaction:
whenever a loader is killed, every article stands in the store whole or not at all.

Every transaction first locks the bookkeeping node. Writers so take turns, transaction by
transaction: none can deadlock with another or write the same edge twice.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import StoreError
from onrecord.graph.store.base import LoadReport, Row

BATCH = 20_000
"""Edges a transaction; an article of more still goes in one."""
ARTICLE = "Article"
BOOKKEEPING = "OnrecordStore"
RESERVED = frozenset({"title", "type", "label", "fingerprint"})
"""Names that an engine invents or that the store keeps for itself."""

LOCK = f"MERGE (s:{BOOKKEEPING} {{id: 'store'}}) SET s.id = 'store'"


class Transaction(Protocol):
    """An open transaction: runs one statement and returns its rows."""

    def __call__(self, cypher: str, **parameters: Any) -> list[Row]: ...


InTransaction = Callable[[Callable[[Transaction], LoadReport]], LoadReport]


@dataclass(slots=True)
class Batch:
    """Some articles (node id to fingerprint), their edges, and the nodes that these need."""

    articles: dict[str, str] = field(default_factory=dict)
    edges: dict[str, list[tuple[str, str, str, dict[str, Any]]]] = field(default_factory=dict)
    nodes: dict[str, None] = field(default_factory=dict)


def load(graph: "Graph[str]", withdraw: frozenset[str], transact: InTransaction) -> LoadReport:
    """Make the store hold what the graph says; see ``Store.load``."""
    return _Load(graph, withdraw, transact).run()


def quoted(name: str) -> str:
    """A label or a type as it may stand in Cypher."""
    return "`" + name.replace("`", "``") + "`"


class _Load:
    def __init__(
        self, graph: "Graph[str]", withdraw: frozenset[str], transact: InTransaction
    ) -> None:
        self.graph, self.transact = graph, transact
        self.contributions = _contributions(graph)
        self.mine = sorted({*map(_bare, self.contributions), *withdraw})
        self.withdraw = sorted(withdraw - set(map(_bare, self.contributions)))
        self.done: set[str] = set()

    def run(self) -> LoadReport:
        report = LoadReport()
        for batch in self._batches():
            report += self.transact(partial(self._write, batch))
            self.done |= batch.nodes.keys()
        return report + self.transact(self._clear)

    def _batches(self) -> Iterator[Batch]:
        batch, size = Batch(), 0
        for article, edges in self.contributions.items():
            if size + len(edges) > BATCH and batch.articles:
                yield batch
                batch, size = Batch(), 0
            size += len(edges)
            batch.articles[article] = _fingerprint(edges)
            batch.edges[article] = edges
            batch.nodes[article] = None
            batch.nodes.update(dict.fromkeys(end for edge in edges for end in edge[:2]))
        batch.nodes.update(dict.fromkeys(n for n, degree in self.graph.degree() if not degree))
        yield batch

    def _write(self, batch: Batch, tx: Transaction) -> LoadReport:
        tx(LOCK)
        stored = dict(
            tx(
                f"UNWIND $ids AS id MATCH (a:{ARTICLE} {{id: id}}) RETURN a.id, a.fingerprint",
                ids=list(batch.articles),
            )
        )
        changed = [a for a, print_ in batch.articles.items() if stored.get(a) != print_]
        report = self._nodes(tx, batch)
        if old := [_bare(article) for article in changed if article in stored]:
            report += LoadReport(edges_removed=_remove_edges(tx, old))
        report += self._edges(tx, [edge for a in changed for edge in batch.edges[a]])
        if changed:
            tx(
                f"UNWIND $rows AS row MATCH (a:{ARTICLE} {{id: row.id}})"
                " SET a.fingerprint = row.fingerprint",
                rows=[{"id": a, "fingerprint": batch.articles[a]} for a in changed],
            )
        return report

    def _nodes(self, tx: Transaction, batch: Batch) -> LoadReport:
        kinds: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for node in sorted(batch.nodes.keys() - self.done):
            kinds[tuple(self.graph.nodes[node]["labels"])].append(node)
        report = LoadReport()
        for labels, nodes in sorted(kinds.items()):
            report += self._nodes_of_kind(tx, labels, nodes)
        if kinds:
            _register(tx, kinds)
        return report

    def _nodes_of_kind(
        self, tx: Transaction, labels: tuple[str, ...], nodes: list[str]
    ) -> LoadReport:
        label = quoted(labels[0])
        stored = {
            node: properties
            for node, properties in tx(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id, properties(n)",
                ids=nodes,
            )
        }
        wanted = {node: {"id": node, **_properties(self.graph.nodes[node])} for node in nodes}
        new = [wanted[node] for node in nodes if node not in stored]
        changed = {
            node: wanted[node]
            for node in nodes
            if node in stored and _visible(stored[node]) != wanted[node]
        }
        for (shared,) in changed and tx(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
            " WHERE EXISTS { MATCH (n)-[r]-() WHERE NOT r.article IN $mine } RETURN n.id",
            ids=list(changed),
            mine=self.mine,
        ):
            changed[shared] = joined(_visible(stored[shared]), changed[shared])
            if changed[shared] == _visible(stored[shared]):
                del changed[shared]
        if new:
            tx(
                f"UNWIND $rows AS row CREATE (n:{':'.join(map(quoted, labels))}) SET n = row",
                rows=new,
            )
        if changed:
            tx(
                f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n = row",
                rows=[
                    {**properties, "fingerprint": stored[node].get("fingerprint")}
                    for node, properties in changed.items()
                ],
            )
        return LoadReport(nodes_created=len(new), nodes_changed=len(changed))

    def _edges(
        self, tx: Transaction, edges: Iterable[tuple[str, str, str, dict[str, Any]]]
    ) -> LoadReport:
        groups: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for source, target, key, data in edges:
            ends = (self.graph.nodes[end]["labels"][0] for end in (source, target))
            groups[data["type"], *ends].append(
                {"source": source, "target": target, "it": {"id": key, **_properties(data, "type")}}
            )
        created = 0
        for (kind, source, target), rows in sorted(groups.items()):
            [(count,)] = tx(
                f"UNWIND $rows AS row MATCH (a:{quoted(source)} {{id: row.source}})"
                f" MATCH (b:{quoted(target)} {{id: row.target}})"
                f" CREATE (a)-[r:{quoted(kind)}]->(b) SET r = row.it RETURN count(r)",
                rows=rows,
            )
            created += count
        return LoadReport(edges_created=created)

    def _clear(self, tx: Transaction) -> LoadReport:
        """Take out what is withdrawn, and the nodes that nothing speaks of any more."""
        tx(LOCK)
        edges = nodes = 0
        if self.withdraw:
            edges = _remove_edges(tx, self.withdraw)
            [(nodes,)] = tx(
                f"MATCH (a:{ARTICLE}) WHERE a.id IN $ids AND NOT (a)--() DELETE a RETURN count(a)",
                ids=[f"article:{article}" for article in self.withdraw],
            )
        isolated = [node for node, degree in self.graph.degree() if not degree]
        for labels in registered(tx):
            if labels[0] != ARTICLE:
                [(count,)] = tx(
                    f"MATCH (n:{quoted(labels[0])}) WHERE n.id IS NOT NULL AND NOT (n)--()"
                    " AND NOT n.id IN $isolated DELETE n RETURN count(n)",
                    isolated=isolated,
                )
                nodes += count
        return LoadReport(nodes_removed=nodes, edges_removed=edges)


def registered(tx: Callable[..., list[Row]]) -> list[list[str]]:
    """The labels of each kind of node in the store, in the order they were given."""
    rows = tx(f"MATCH (s:{BOOKKEEPING} {{id: 'store'}}) RETURN s.kinds")
    return [json.loads(kind) for (kinds,) in rows for kind in kinds or ()]


def joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What two loaders say of one node, the same in whichever order they come.

    Lists are united, of two differing values the greater stands.
    """
    both = {**one, **other}
    for key in one.keys() & other.keys():
        if isinstance(one[key], list) and isinstance(other[key], list):
            both[key] = sorted({*one[key], *other[key]})
        else:
            both[key] = max(one[key], other[key])
    return both


def _register(tx: Transaction, kinds: Iterable[tuple[str, ...]]) -> None:
    known = [json.dumps(kind) for kind in registered(tx)]
    if new := [kind for kind in map(json.dumps, sorted(kinds)) if kind not in known]:
        tx(f"MATCH (s:{BOOKKEEPING} {{id: 'store'}}) SET s.kinds = $kinds", kinds=[*known, *new])


def _remove_edges(tx: Transaction, articles: list[str]) -> int:
    [(count,)] = tx(
        "MATCH ()-[r]->() WHERE r.article IN $articles DELETE r RETURN count(r)", articles=articles
    )
    return int(count)


def _contributions(graph: "Graph[str]") -> dict[str, list[tuple[str, str, str, dict[str, Any]]]]:
    """The edges of each article, by the id of its node."""
    articles: dict[str, list[tuple[str, str, str, dict[str, Any]]]] = {
        node: []
        for node, labels in sorted(graph.nodes(data="labels"))
        if labels and labels[0] == ARTICLE
    }
    for edge in graph.edges(keys=True, data=True):
        source, target, key, data = edge
        try:
            articles[f"article:{data['article']}"].append(edge)
        except KeyError:
            raise StoreError(
                f"The edge {key!r} from {source!r} to {target!r} belongs to no article of the graph."
                " Give it an 'article' whose node 'article:<id>' stands in the graph."
            ) from None
    for edges in articles.values():
        edges.sort(key=lambda edge: edge[:3])
    return articles


def _fingerprint(edges: Iterable[tuple[str, str, str, dict[str, Any]]]) -> str:
    said = [(*ends, sorted(data.items())) for *ends, data in edges]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _properties(data: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {
        key: value
        for key, value in data.items()
        if value is not None and key != "labels" and key not in without
    }


def _visible(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in RESERVED}


def _bare(article: str) -> str:
    return article.removeprefix("article:")
