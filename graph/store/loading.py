"""Loading, the same on every engine: a graph becomes batches, a batch one transaction.

Each article in a store carries a fingerprint of what it contributed. An unchanged article costs a
comparison; a new one is written without looking for edges that cannot be there; of a changed one
the old edges go and the new ones come in the same transaction. So every article stands in the
store whole or not at all, whenever a loader is killed.

Transactions that write take turns (the engine's adapter sees to it), so none can write an edge
twice or wait for one that waits for it.
"""

import hashlib
import json
from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import partial
from itertools import batched
from operator import itemgetter
from typing import Any, NamedTuple

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import StoreError
from onrecord.graph.store.base import LoadReport
from onrecord.graph.store.contents import (
    ARTICLE,
    FINGERPRINT,
    Register,
    Run,
    article_node,
    checked,
    read_register,
    visible,
    write_register,
)

BATCH = 20_000
"""Edges, or nodes alone, a transaction; an article of more still goes in one."""

Edge = tuple[str, str, str, dict[str, Any]]
Work = Callable[[Run], LoadReport]


@dataclass(slots=True)
class Batch:
    """What one transaction writes: changed articles by the ids of their nodes, and nodes.

    ``places`` are the engine's ids of nodes, those of this batch in front; they count only once
    the transaction has gone through.
    """

    articles: dict[str, list[Edge]] = field(default_factory=dict)
    nodes: dict[str, None] = field(default_factory=dict)
    places: ChainMap[str, str] = field(default_factory=ChainMap)


class Engine(NamedTuple):
    """What differs between engines.

    ``transact`` runs a piece of work in a transaction of its own, again where that has to be.
    ``ends`` finds the ends ``a`` and ``b`` of the edge in a row, at 0 and 1: ``by_place`` tells
    whether by the engine's own ids of them or by theirs, whichever is fast. ``dynamic_types`` tells
    whether the type of an edge may come from the row.
    """

    transact: Callable[[Work], LoadReport]
    ends: str
    by_place: bool
    dynamic_types: bool


class Load:
    """One graph on its way into a store; see ``Store.load``."""

    def __init__(self, graph: "Graph[str]", withdraw: frozenset[str], engine: Engine) -> None:
        self.graph, self.engine = graph, engine
        kinds = {tuple(labels) for _, labels in graph.nodes(data="labels")}
        types: set[str] = set()
        keys: set[str] = set()
        for *_, data in graph.edges(data=True):
            types.add(data["type"])
            keys.update(data)
        self.register = Register(
            tuple(sorted(kinds)), tuple(sorted(types)), sure=graph.graph.get("sure", 0.0)
        )
        checked({name for names in (*kinds, types) for name in names})
        checked(keys - {"type"})
        checked({key for _, data in graph.nodes(data=True) for key in data} - {"labels"})
        self.said = _by_article(graph)
        self.fingerprints = {article: _fingerprint(edges) for article, edges in self.said.items()}
        self.isolated = [node for node, degree in graph.degree() if not degree]
        self.withdraw = sorted(w for w in withdraw if article_node(w) not in self.said)
        self.mine = sorted({*map(_bare, self.said), *withdraw})
        self.places: dict[str, str] = {}

    def run(self) -> LoadReport:
        """Write it, and take out what is no longer said."""
        stored: dict[str, str] = {}

        def compare(run: Run) -> LoadReport:
            stored.update(self._stored_fingerprints(run, list(self.said)))
            self._register(run)
            return LoadReport()

        report = self.engine.transact(compare)
        changed = [a for a, print_ in self.fingerprints.items() if stored.get(a) != print_]
        for batch in self._batches(changed):
            report += self.engine.transact(partial(self._write, batch))
            self.places |= batch.places.maps[0]
        report += self.engine.transact(self._clear)
        self.engine.transact(self._settle)
        return report

    def _batches(self, changed: Iterable[str]) -> Iterator[Batch]:
        batch, size = Batch(), 0
        for article in changed:
            edges = self.said[article]
            if size + len(edges) > BATCH and batch.articles:
                yield batch
                batch, size = Batch(), 0
            size += len(edges)
            batch.articles[article] = edges
            batch.nodes[article] = None
            batch.nodes.update(dict.fromkeys(end for edge in edges for end in edge[:2]))
        if batch.articles:
            yield batch
        for nodes in batched(sorted(set(self.graph) - self.places.keys()), BATCH):
            yield Batch(nodes=dict.fromkeys(nodes))

    def _write(self, batch: Batch, run: Run) -> LoadReport:
        stored = self._stored_fingerprints(run, list(batch.articles))
        articles = [a for a in batch.articles if stored.get(a) != self.fingerprints[a]]
        batch.places = ChainMap({}, self.places)
        report = self._write_nodes(run, batch)
        if old := [_bare(article) for article in articles if article in stored]:
            report += LoadReport(edges_removed=_remove_edges(run, old))
        edges = [edge for article in articles for edge in batch.articles[article]]
        report += self._write_edges(run, edges, batch.places)
        if articles:
            run(
                f"UNWIND $rows AS row MATCH (a:{ARTICLE} {{id: row[0]}})"
                f" SET a.{FINGERPRINT} = row[1]",
                rows=[[article, self.fingerprints[article]] for article in articles],
            )
        return report

    def _write_nodes(self, run: Run, batch: Batch) -> LoadReport:
        kinds: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for node in sorted(batch.nodes.keys() - self.places.keys()):
            kinds[tuple(self.graph.nodes[node]["labels"])].append(node)
        report = LoadReport()
        for labels, of_kind in sorted(kinds.items()):
            report += self._write_kind(run, labels, of_kind, batch.places)
        return report

    def _write_kind(
        self, run: Run, labels: tuple[str, ...], nodes: list[str], places: MutableMapping[str, str]
    ) -> LoadReport:
        label, all_labels = f"`{labels[0]}`", ":".join(f"`{name}`" for name in labels)
        stored: dict[str, dict[str, Any]] = {}
        for place, properties in run(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN elementId(n), properties(n)",
            ids=nodes,
        ):
            node = properties["id"]
            stored[node], places[node] = properties, place
        wanted = {node: {"id": node, **_properties(self.graph.nodes[node])} for node in nodes}
        changed = {
            node: wanted[node]
            for node, properties in stored.items()
            if visible(properties) != wanted[node]
        }
        self._share(run, label, stored, changed)
        if new := [wanted[node] for node in nodes if node not in stored]:
            created = run(
                f"UNWIND $rows AS row CREATE (n:{all_labels}) SET n = row"
                " RETURN n.id, elementId(n)",
                rows=new,
            )
            places.update((node, place) for node, place in created)
        if changed:
            run(
                f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n = row",
                rows=[
                    properties | {FINGERPRINT: stored[node].get(FINGERPRINT)}
                    for node, properties in changed.items()
                ],
            )
        return LoadReport(nodes_created=len(new), nodes_changed=len(changed))

    def _share(
        self,
        run: Run,
        label: str,
        stored: Mapping[str, dict[str, Any]],
        changed: dict[str, dict[str, Any]],
    ) -> None:
        """Of the nodes to be changed, those that other loaders' articles speak of keep theirs."""
        if not changed:
            return
        for (node,) in run(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
            " WHERE EXISTS { MATCH (n)-[r]-() WHERE NOT r.article IN $mine } RETURN n.id",
            ids=list(changed),
            mine=self.mine,
        ):
            both = joined(visible(stored[node]), changed.pop(node))
            if both != visible(stored[node]):
                changed[node] = both

    def _write_edges(self, run: Run, edges: list[Edge], places: Mapping[str, str]) -> LoadReport:
        here: Mapping[str, str] = {end: end for edge in edges for end in edge[:2]}
        if self.engine.by_place:
            here = {end: places[end] for end in here}
            self._check_places(run, here)
        for kind, of_kind in self._by_type(edges):
            keys = sorted({key for *_, data in of_kind for key in data} - {"type"})
            values = "".join(f", `{key}`: row[{at}]" for at, key in enumerate(keys, 4))
            [(count,)] = run(
                f"UNWIND $rows AS row {self.engine.ends}"
                f" CREATE (a)-[r:{kind}]->(b) SET r = {{id: row[2]{values}}} RETURN count(r)",
                rows=[
                    [here[source], here[target], id_, data["type"], *map(data.get, keys)]
                    for source, target, id_, data in of_kind
                ],
            )
            _check(count == len(of_kind))
        return LoadReport(edges_created=len(edges))

    @staticmethod
    def _check_places(run: Run, places: Mapping[str, str]) -> None:
        """An engine may give the place of a node that is gone to another."""
        [(count,)] = run(
            "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row[1] AND n.id = row[0]"
            " RETURN count(n)",
            rows=list(map(list, places.items())),
        )
        _check(count == len(places))

    def _by_type(self, edges: list[Edge]) -> Iterable[tuple[str, list[Edge]]]:
        """Edges that one statement can write, and what stands for their type in it."""
        if self.engine.dynamic_types:
            return [("$(row[3])", edges)] if edges else []
        groups: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            groups[f"`{edge[3]['type']}`"].append(edge)
        return sorted(groups.items())

    def _clear(self, run: Run) -> LoadReport:
        """Take out what is withdrawn, and the nodes that nothing speaks of any more."""
        edges = nodes = 0
        if self.withdraw:
            edges = _remove_edges(run, self.withdraw)
            [(nodes,)] = run(
                f"MATCH (a:{ARTICLE}) WHERE a.id IN $ids AND NOT (a)--() DELETE a RETURN count(a)",
                ids=list(map(article_node, self.withdraw)),
            )
        [(unspoken,)] = run(
            "MATCH (n) WHERE NOT (n)--() AND n.id IS NOT NULL AND NOT n.id IN $isolated"
            " AND any(label IN labels(n) WHERE label IN $labels) DELETE n RETURN count(n)",
            isolated=self.isolated,
            labels=sorted({*read_register(run).labels} - {ARTICLE}),
        )
        return LoadReport(nodes_removed=nodes + unspoken, edges_removed=edges)

    def _register(self, run: Run) -> None:
        known = read_register(run)
        both = Register(
            tuple(sorted({*known.kinds, *self.register.kinds})),
            tuple(sorted({*known.types, *self.register.types})),
            known.version,
            max(known.sure, self.register.sure),
        )
        if both != known:
            write_register(run, both)

    def _settle(self, run: Run) -> LoadReport:
        """Where all articles of the store are the graph's, what it was made with holds of all."""
        known = read_register(run)
        if known.sure != self.register.sure:
            [(articles,)] = run(f"MATCH (a:{ARTICLE}) RETURN count(a)")
            if articles == len(self.said):
                write_register(run, known._replace(sure=self.register.sure))
        return LoadReport()

    @staticmethod
    def _stored_fingerprints(run: Run, articles: list[str]) -> dict[str, str]:
        return dict(
            run(
                f"UNWIND $ids AS id MATCH (a:{ARTICLE} {{id: id}}) RETURN a.id, a.{FINGERPRINT}",
                ids=articles,
            )
        )


def _check(nodes_are_there: bool) -> None:
    if not nodes_are_there:
        raise StoreError("Somebody took nodes out of the store meanwhile. Load again.")


def joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What two loaders say of one node, the same in whichever order they come.

    Lists are united, of two values the greater stands, and a name that gives way is an alias.
    """
    both = {**one, **other}
    for key in one.keys() & other.keys():
        if isinstance(one[key], list):
            both[key] = sorted({*one[key], *other[key]})
        else:
            both[key] = max(one[key], other[key], key=repr)
    names = {one["name"], other["name"], *both.get("aliases", ())} - {both["name"]}
    if names or "aliases" in both:
        both["aliases"] = sorted(names)
    return both


def _remove_edges(run: Run, articles: list[str]) -> int:
    [(count,)] = run(
        "MATCH ()-[r]->() WHERE r.article IN $articles DELETE r RETURN count(r)", articles=articles
    )
    return int(count)


def _by_article(graph: "Graph[str]") -> dict[str, list[Edge]]:
    """The edges of each article, sorted, by the id of its node."""
    articles: dict[str, list[Edge]] = {
        node: [] for node in sorted(graph) if graph.nodes[node]["labels"][0] == ARTICLE
    }
    for source, target, key, data in graph.edges(keys=True, data=True):
        home = articles.get(article_node(data.get("article", "")))
        if home is None:
            raise StoreError(
                f"The edge {key!r} from {source!r} to {target!r} belongs to no article of the"
                " graph. Give it the 'article' whose node 'article:<id>' stands in the graph."
            )
        home.append((source, target, key, data))
    for edges in articles.values():
        edges.sort(key=itemgetter(0, 1, 2))
    return articles


def _fingerprint(edges: list[Edge]) -> str:
    said = json.dumps(edges, default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _properties(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None and key != "labels"}


def _bare(article: str) -> str:
    return article.removeprefix(article_node(""))
