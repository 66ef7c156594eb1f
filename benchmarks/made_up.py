"""A made-up corpus, as large as one likes, for benchmarks of stores."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import cycle, islice

import networkx as nx

from onrecord.graph.assemble import Graph
from onrecord.graph.edges import edge_id
from onrecord.graph.ontology import load_ontology

EDGES = 100
"""Edges an article."""

_ONTOLOGY = load_ontology()
_WORDS = (
    "the plan was called reckless by staff who said that nobody had asked them about it".split()
)
_SHARES = {"Person": 20, "Body": 8, "Document": 4, "Issue": 4, "Place": 2, "Post": 2}
"""How many of each there are for ten articles."""


def made_up(edges: int) -> "Graph[str]":
    """A graph with a tenth as many nodes as edges, and every type of the ontology in it.

    Some things are spoken of far more often than others. The same number gives the same graph.
    """
    return _Corpus(edges // EDGES).graph


class _Corpus:
    def __init__(self, articles: int) -> None:
        self.graph: Graph[str] = nx.MultiDiGraph()
        self.chance = random.Random(1)
        self.types = cycle(_ONTOLOGY.relations)
        self.things = {
            kind: [f"{kind.lower()}:{number}" for number in range(max(1, articles * share // 10))]
            for kind, share in _SHARES.items()
        }
        for kind, nodes in self.things.items():
            for number, node in enumerate(nodes):
                aliases = [f"the {kind} of {self._words(2)}"]
                more = {"named": number % 20 > 0} if kind == "Person" else {}
                self._node(node, kind, f"{kind} {number}", aliases=aliases, **more)
        self.places = dict(zip(self.things["Post"], cycle(self.things["Body"]), strict=False))
        self.ends = {  # one pair of kinds a type, so that a bare loop has few statements to plan
            kind: tuple(self.chance.choice(self._kinds(end)) for end in (it.source, it.target))
            for kind, it in _ONTOLOGY.relations.items()
        }
        for number in range(20):
            self._node(f"outlet:{number}", "Outlet", f"Outlet {number}")
        for number in range(articles):
            self._article(str(number), date(2020, 1, 1) + timedelta(days=number % 2000))

    def _node(self, node: str, kind: str, name: str, **properties: object) -> None:
        self.graph.add_node(node, labels=list(_ONTOLOGY.labels(kind)), name=name, **properties)

    def _article(self, article: str, day: date) -> None:
        home = f"article:{article}"
        self._node(home, "Article", f"Heading {article}", published=day, sha256="0" * 64)
        said = islice(self._said(home, article, day), EDGES)
        for start, (source, kind, target, properties) in enumerate(said):
            quote = self._words(20)
            self.graph.add_edge(
                source, target, edge_id(article, kind, str(start)), type=kind, article=article,
                start=start, end=start + len(quote), quote=quote, date=day, **properties,
            )  # fmt: skip

    def _said(
        self, home: str, article: str, day: date
    ) -> Iterator[tuple[str, str, str, dict[str, object]]]:
        yield home, "PUBLISHED_BY", f"outlet:{int(article) % 20}", {}
        for start in range(5):
            statement, content = f"statement:{article}-{start}", self._words(25)
            self._node(
                statement, "Statement", content[:90], content=content, category="direct",
                article=article, start=start, end=start + len(content), date=day,
            )  # fmt: skip
            yield self._some("Actor"), "SAID", statement, {}
            yield statement, "IN", home, {}
            yield statement, "ABOUT", self._some("Actor", "Issue"), {}
        for _ in range(2):
            post = self._some("Post")
            yield self._some("Person"), "HOLDS", post, {"former": False}
            yield post, "AT", self.places[post], {}
        for number, kind in enumerate(islice(self.types, 50)):
            source, target = map(self._one, self.ends[kind])
            more: dict[str, object] = {"negated": number % 9 == 0, "modality": "asserted"}
            if number % 5 == 0:
                more |= {"modality": "reported", "voice": self._some("Actor")}
            if number % 7 == 0:
                more["about"] = self._some("Issue")
            yield source, kind, target, {**more, "confidence": 0.5}
        while True:
            yield self._some("Actor", "Issue"), "MENTIONED_IN", home, {}

    def _some(self, *labels: str) -> str:
        return self._one(self.chance.choice(self._kinds(labels)))

    def _one(self, kind: str) -> str:
        of_kind = self.things[kind]
        return of_kind[int(len(of_kind) * self.chance.random() ** 3)]

    def _kinds(self, labels: Iterable[str]) -> list[str]:
        return [k for k in self.things if not set(labels).isdisjoint(_ONTOLOGY.labels(k))]

    def _words(self, count: int) -> str:
        return " ".join(self.chance.choices(_WORDS, k=count))
