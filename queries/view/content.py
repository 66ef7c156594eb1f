"""What the page holds: the graph as the plain rows that the page's script reads.

Drawn are the kinds that relations read from text may run between. A post is a line from its
holder to its body. Assertions of one type between the same two are one line, which keeps every
quote; assertions that it is *not* so are a line of their own. Statements are kept as quotes of
their speakers, articles and outlets as what quotes are filtered by.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import networkx as nx

from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.queries.view.layout import positions
from onrecord.queries.view.passages import Passages
from onrecord.queries.view.words import denied, phrase

Row = dict[str, Any]
Facts = Mapping[str, Any]
POSTS = "posts"
"""The family that posts held are shown as."""


class Line(NamedTuple):
    """What tells one line from another; ``target`` is None where a post's body is not known."""

    source: str
    target: str | None
    type: str
    post: str
    negated: bool


class Content:
    """The rows of the page, gathered from a graph."""

    def __init__(
        self,
        graph: "nx.MultiDiGraph[Any]",
        articles: Mapping[str, Article],
        ontology: Ontology,
    ) -> None:
        self.graph, self.ontology = graph, ontology
        self.passages = Passages(articles)
        ends = {label for r in ontology.relations.values() for label in (*r.source, *r.target)}
        self.kinds = [k for k in ontology.kinds if not ends.isdisjoint(ontology.labels(k))]
        self._drawn = {node for node in graph if self._kind(node) in self.kinds}
        self._edges: defaultdict[str, list[tuple[str, str, Facts]]] = defaultdict(list)
        for source, target, key, edge in sorted(graph.edges(keys=True, data=True), key=_in_text):
            self._edges[edge["type"]].append((source, target, {**edge, "id": key}))
        self.lines = self._lines()
        self.nodes = self._nodes()

    def facts(self) -> Row:
        """Everything but nodes and lines: kinds, families, types, articles, passages."""
        present = {node["kind"] for node in self.nodes}
        used = {line["type"] for line in self.lines}
        types = [
            {
                "name": name,
                "family": POSTS if name == "HOLDS" else relation.family,
                "meaning": relation.meaning,
                "polarity": relation.polarity,
                "says": phrase(name),
                "denies": denied(name),
            }
            for name, relation in self.ontology.types.items()
            if name in used
        ]
        looks = {"meaning", "colour", "shape"}
        return {
            "kinds": [
                {"name": kind, **self.ontology.kinds[kind].model_dump(include=looks)}
                for kind in self.kinds
                if kind in present
            ],
            "families": list(self._families({kind["family"] for kind in types})),
            "types": types,
            "articles": list(self._articles()),
            "passages": self.passages.rows(),
        }

    def _kind(self, node: str) -> str:
        return str((self.graph.nodes[node].get("labels") or [""])[0])

    def _families(self, used: set[Any]) -> Iterator[Row]:
        for name, family in self.ontology.families.items():
            if name in used:
                yield {"name": name, **family.model_dump()}
        if POSTS in used:
            post, record = self.ontology.kinds["Post"], self.ontology.families["record"]
            looks = {"meaning": post.meaning, "colour": post.colour, "dash": record.dash}
            yield {"name": POSTS, **looks}

    def _articles(self) -> Iterator[Row]:
        outlets = {
            article: self.graph.nodes[outlet].get("name")
            for article, outlet, _ in self._edges["PUBLISHED_BY"]
        }
        for node in sorted(node for node in self.graph if self._kind(node) == "Article"):
            facts = self.graph.nodes[node]
            yield _known(
                id=node.removeprefix("article:"),
                heading=facts.get("heading"),
                outlet=outlets.get(node),
                date=_iso(facts.get("published")),
                url=facts.get("url"),
                byline=facts.get("byline"),
            )

    def _lines(self) -> list[Row]:
        quotes: defaultdict[Line, list[Row]] = defaultdict(list)
        for kind in self.ontology.relations:
            for source, target, edge in self._edges[kind]:
                if {source, target} <= self._drawn:
                    line = Line(source, target, kind, "", bool(edge.get("negated")))
                    quotes[line].append(self._quote(edge))
        bodies: defaultdict[str, set[str]] = defaultdict(set)
        for post, body, _ in self._edges["AT"]:
            bodies[post].add(body)
        for person, post, edge in self._edges["HOLDS"] if "HOLDS" in self.ontology.types else ():
            name = str(self.graph.nodes[post].get("name", post))
            places: list[str | None] = [*sorted(bodies[post] & self._drawn)]
            for place in places or [None]:
                quotes[Line(person, place, "HOLDS", name, False)].append(self._quote(edge))
        ordered = sorted(quotes.items(), key=lambda item: repr(item[0]))
        return [
            _known(
                id=f"e:{number}",
                **{"from": self._link(line.source), "to": self._link(line.target)},
                type=line.type,
                post=line.post or None,
                negated=line.negated or None,
                quotes=rows,
            )
            for number, (line, rows) in enumerate(ordered)
        ]

    def _nodes(self) -> list[Row]:
        ends = [(line["from"], line["to"]) for line in self.lines if "to" in line]
        places = positions(sorted({node for pair in ends for node in pair}), ends)
        said, named = self._said(), self._named()
        rows = []
        for node in sorted(self._drawn):
            facts = self.graph.nodes[node]
            x, y = places.get(f"n:{node}", (None, None))
            rows.append(
                _known(
                    id=self._link(node),
                    label=str(facts.get("name", node)),
                    kind=self._kind(node),
                    aliases=list(facts.get("aliases", ())) or None,
                    unnamed=True if facts.get("named") is False else None,
                    x=x,
                    y=y,
                    said=said.get(node),
                    named=named.get(node),
                )
            )
        return rows

    def _said(self) -> dict[str, list[Row]]:
        """What each actor said."""
        about: defaultdict[str, list[str | None]] = defaultdict(list)
        for statement, node, _ in self._edges["ABOUT"]:
            about[statement].append(self._link(node))
        said: defaultdict[str, list[Row]] = defaultdict(list)
        for speaker, statement, edge in self._edges["SAID"]:
            facts = self.graph.nodes[statement]
            row = _known(
                **self.passages.place({**facts, "quote": self._words(facts)}),
                edge=edge["id"],
                date=self._day(facts),
                about=[node for node in about[statement] if node] or None,
            )
            said[speaker].append(row)
        return said

    def _words(self, statement: Facts) -> str:
        """A statement's words as they stand, from its first part to its last."""
        text = self.passages.text(str(statement.get("article", "")))
        stands = text[statement.get("start", 0) : statement.get("end", 0)]
        return stands or str(statement.get("content", statement.get("name", "")))

    def _named(self) -> dict[str, list[Row]]:
        """Where each article first names a node."""
        named: defaultdict[str, list[Row]] = defaultdict(list)
        for node, _, edge in self._edges["MENTIONED_IN"]:
            named[node].append(self._quote(edge))
        return named

    def _quote(self, edge: Facts) -> Row:
        """An assertion: where its words stand, and how it is made."""
        about = self._link(edge.get("about"))
        return _known(
            **self.passages.place(edge),
            edge=None if edge["type"] == "MENTIONED_IN" else edge["id"],
            date=self._day(edge),
            modality=None if edge.get("modality") == "asserted" else edge.get("modality"),
            voice=self._link(edge.get("voice")),
            about=[about] if about else None,
            former=edge.get("former") or None,
        )

    def _day(self, facts: Facts) -> str | None:
        """The day of a quote, where it is another than its article's."""
        article = self.graph.nodes.get(f"article:{facts.get('article')}", {})
        return None if facts.get("date") == article.get("published") else _iso(facts.get("date"))

    def _link(self, node: str | None) -> str | None:
        """The id of a node on the page, prefixed: "constructor" is no safe key in JavaScript."""
        return f"n:{node}" if node in self._drawn else None


def _in_text(edge: tuple[str, str, str, Facts]) -> tuple[str, int, str]:
    """Edges in the order of the articles and their words."""
    _, _, key, facts = edge
    return str(facts.get("article", "")), facts.get("start", 0), key


def _known(**values: Any) -> Row:
    """The values without those that are not known."""
    return {key: value for key, value in values.items() if value is not None}


def _iso(day: Any) -> str | None:
    return None if day is None else str(day)
