"""What the page holds: the graph as the plain rows that the page's script reads.

Drawn are the kinds that relations read from text may run between. A post is a line from its
holder to its body. Assertions of one type between the same two are one line, which keeps every
quote; assertions that it is *not* so are a line of their own. Statements are kept with their
speakers, articles and outlets as what quotes are filtered by.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.queries.view.layout import positions
from onrecord.queries.view.passages import Passages
from onrecord.queries.view.words import denied, phrase

Row = dict[str, Any]
POSTS = "posts"
"""The family that posts held are shown as."""


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
        self.edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (e[2], e[0], e[1]))
        self.drawn = sorted(n for n in graph if self._kind(n) in self.kinds)
        self._drawn = set(self.drawn)
        self.lines = self._lines()
        self.nodes = self._nodes()

    def _kind(self, node: str) -> str:
        return str((self.graph.nodes[node].get("labels") or [""])[0])

    def facts(self) -> Row:
        """Everything but nodes and lines: kinds, families, types, articles, passages."""
        used = {line["type"] for line in self.lines}
        types = {name: r for name, r in self.ontology.types.items() if name in used}
        families = {self._family(name) for name in types}
        present = {node["kind"] for node in self.nodes}
        return {
            "kinds": [
                {
                    "name": k,
                    **self.ontology.kinds[k].model_dump(include={"meaning", "colour", "shape"}),
                }
                for k in self.kinds
                if k in present
            ],
            "families": [f for f in self._families() if f["name"] in families],
            "types": [
                {
                    "name": name,
                    "family": self._family(name),
                    "meaning": relation.meaning,
                    "polarity": relation.polarity,
                    "says": phrase(name),
                    "denies": denied(name),
                }
                for name, relation in types.items()
            ],
            "articles": list(self._articles()),
            "passages": self.passages.rows(),
        }

    def _family(self, name: str) -> str:
        return POSTS if name == "HOLDS" else self.ontology.types[name].family

    def _families(self) -> Iterator[Row]:
        for name, family in self.ontology.families.items():
            yield {"name": name, **family.model_dump()}
        post, record = self.ontology.kinds["Post"], self.ontology.families["record"]
        yield {"name": POSTS, "meaning": post.meaning, "colour": post.colour, "dash": record.dash}

    def _articles(self) -> Iterator[Row]:
        outlets = {
            source: self.graph.nodes[target].get("name")
            for source, target, _, edge in self.edges
            if edge["type"] == "PUBLISHED_BY"
        }
        for node in sorted(n for n in self.graph if self._kind(n) == "Article"):
            facts = self.graph.nodes[node]
            yield _known(
                id=node.removeprefix("article:"),
                heading=facts.get("heading"),
                outlet=outlets.get(node),
                date=_iso(facts.get("published")),
                url=facts.get("url"),
                byline=facts.get("byline"),
            )

    def _quote(self, edge: Mapping[str, Any]) -> Row:
        """An assertion: where its words stand, and how it is made."""
        return _known(
            **self.passages.place(edge),
            date=self._day(edge),
            modality=None if edge.get("modality") == "asserted" else edge.get("modality"),
            voice=self._link(edge.get("voice")),
            about=self._link(edge.get("about")),
            former=edge.get("former") or None,
        )

    def _day(self, facts: Mapping[str, Any]) -> str | None:
        """The day of a quote, where it is another than its article's."""
        article = self.graph.nodes.get(f"article:{facts.get('article')}", {})
        return None if facts.get("date") == article.get("published") else _iso(facts.get("date"))

    def _link(self, node: str | None) -> str | None:
        return f"n:{node}" if node in self._drawn else None

    def _lines(self) -> list[Row]:
        bodies: dict[str, list[str]] = {}
        for source, target, _, edge in self.edges:
            if edge["type"] == "AT" and target not in bodies.setdefault(source, []):
                bodies[source].append(target)
        lines: dict[tuple[Any, ...], Row] = {}
        for source, target, _, edge in self.edges:
            if edge["type"] == "HOLDS" and source in self._drawn:
                name = self.graph.nodes[target].get("name")
                for body in bodies.get(target, [None]):
                    self._add(lines, (source, body, "HOLDS", name, False), edge)
            elif edge["type"] in self.ontology.relations and {source, target} <= self._drawn:
                key = (source, target, edge["type"], None, bool(edge.get("negated")))
                self._add(lines, key, edge)
        rows = [lines[key] for key in sorted(lines, key=repr)]
        return [{"id": f"e:{number}", **row} for number, row in enumerate(rows)]

    def _add(
        self, lines: dict[tuple[Any, ...], Row], key: tuple[Any, ...], edge: Mapping[str, Any]
    ) -> None:
        source, target, kind, name, negated = key
        line = lines.setdefault(
            key,
            _known(
                **{"from": self._link(source), "to": self._link(target), "type": kind},
                name=name,
                negated=negated or None,
                quotes=[],
            ),
        )
        line["quotes"].append(self._quote(edge))

    def _nodes(self) -> list[Row]:
        ends = [(line["from"][2:], line["to"][2:]) for line in self.lines if "to" in line]
        linked = sorted({node for pair in ends for node in pair})
        places = positions(linked, ends)
        said, named = self._said(), self._named()
        rows = []
        for node in self.drawn:
            facts = self.graph.nodes[node]
            x, y = places.get(node, (None, None))
            rows.append(
                _known(
                    id=f"n:{node}",
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
        """What each actor said, in the order of the articles."""
        about: dict[str, list[str]] = {}
        for source, target, _, edge in self.edges:
            if edge["type"] == "ABOUT" and target in self._drawn:
                about.setdefault(source, []).append(f"n:{target}")
        said: dict[str, list[Row]] = {}
        for source, target, _, edge in self.edges:
            if edge["type"] == "SAID" and source in self._drawn:
                facts = self.graph.nodes[target]
                quote = {**edge, **facts, "quote": self._words(facts)}
                said.setdefault(source, []).append(
                    _known(
                        **self.passages.place(quote),
                        date=self._day(facts),
                        cue=facts.get("cue"),
                        kind=facts.get("category"),
                        about=about.get(target),
                    )
                )
        return said

    def _words(self, statement: Mapping[str, Any]) -> str:
        """The statement's words as they stand, from its first part to its last."""
        article = self.passages.text(str(statement.get("article", "")))
        stands = article[statement.get("start", 0) : statement.get("end", 0)]
        return stands or str(statement.get("content", statement.get("name", "")))

    def _named(self) -> dict[str, list[Row]]:
        """Where each article first names a node."""
        named: dict[str, list[Row]] = {}
        for source, _, _, edge in self.edges:
            if edge["type"] == "MENTIONED_IN" and source in self._drawn:
                named.setdefault(source, []).append(self._quote(edge))
        return named


def _known(**values: Any) -> Row:
    """The values without those that are not known."""
    return {key: value for key, value in values.items() if value is not None}


def _iso(day: Any) -> str | None:
    return None if day is None else str(day)
