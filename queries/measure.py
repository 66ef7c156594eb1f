"""One gold file against the graph: what was found, what was missed and why, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, get_args

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import InputError
from onrecord.graph.model import Article, EntityKind, Span
from onrecord.graph.ontology import Ontology
from onrecord.queries.gold import (
    GoldEdge,
    GoldFact,
    GoldHold,
    GoldNoise,
    GoldStatement,
    Sheet,
    places,
    unnamed,
)
from onrecord.queries.matching import answered, like_unnamed, plain

HALF = 0.5
"""The share of a statement's content that must be covered."""


class Outcome(NamedTuple):
    """What became of one gold fact; ``note`` says what stood in the way."""

    part: str
    article: str
    fact: str
    core: bool
    found: bool
    note: str = ""


class Edge(NamedTuple):
    """An edge of the graph, and its ends."""

    source: str
    target: str
    data: Mapping[str, Any]

    @property
    def span(self) -> Span | None:
        return Span(self.data["start"], self.data["end"]) if "start" in self.data else None


class Judged(NamedTuple):
    """An edge between two gold nodes, and whether gold bears it out."""

    edge: Edge
    exact: bool
    family: bool


class Measure:
    """The graph, seen through one gold file; ``articles`` go by the gold's names for them."""

    def __init__(
        self,
        graph: "Graph[str]",
        articles: Mapping[str, Article],
        sheet: Sheet,
        ontology: Ontology,
    ) -> None:
        self.graph, self.sheet, self.ontology = graph, sheet, ontology
        self.articles = {name: articles[name] for name in sheet.articles & set(articles)}
        self.edges: dict[str, list[Edge]] = {name: [] for name in self.articles}
        names = {article.id: name for name, article in self.articles.items()}
        for source, target, data in graph.edges(data=True):
            if name := names.get(data["article"]):
                self.edges[name].append(Edge(source, target, data))

    def facts[F: GoldFact](self, facts: Iterable[F]) -> list[F]:
        """Those of the facts whose article is measured."""
        return [fact for fact in facts if fact.article in self.articles]

    def places(self, fact: GoldFact) -> list[Span]:
        """Where the fact's words stand.

        Raises:
            InputError: its article does not have them.
        """
        article = self.articles[fact.article]
        if found := places(fact.quoted, article.text):
            return found
        raise InputError(
            f"The gold quotes words that {article.id} does not have: “{fact.quoted}”."
            " Quote the article to the letter."
        )

    @cached_property
    def keys(self) -> Mapping[str, frozenset[str]]:
        """The gold keys that the nodes of these articles answer to."""
        kinds = get_args(EntityKind)
        ends = {end for edges in self.edges.values() for edge in edges for end in edge[:2]}
        return answered(
            {n: self.graph.nodes[n] for n in ends if self.graph.nodes[n]["labels"][0] in kinds},
            self.sheet.nodes,
        )

    def answering(self, key: str) -> list[str]:
        """The nodes that answer to a gold key, in order."""
        return sorted(node for node, keys in self.keys.items() if key in keys)

    def outcomes(self) -> Iterator[Outcome]:
        """What became of every fact: the nodes first, then holds, edges and statements."""
        yield from self._nodes()
        for hold in self.facts(self.sheet.holds):
            yield self._hold(hold)
        for edge in self.facts(self.sheet.edges):
            yield from self._edge(edge)
        for statement in self.facts(self.sheet.statements):
            yield self._statement(statement)

    def judged(self) -> Iterator[Judged]:
        """The relations of the graph whose ends are both gold nodes."""
        gold = self.facts(self.sheet.edges)
        for article, edges in self.edges.items():
            rows = [row for row in gold if row.article == article]
            for edge in edges:
                known = edge.data["type"] in self.ontology.relations
                if known and self.keys.get(edge.source) and self.keys.get(edge.target):
                    exact = any(self._says(edge, row, row.any) for row in rows)
                    family = exact or any(
                        self._says(edge, row, self.family(row.any)) for row in rows
                    )
                    yield Judged(edge, exact, family)

    def told(self, row: GoldEdge) -> str:
        """A gold edge as a person reads it."""
        source, target = (self.sheet.nodes[key].name for key in (row.source, row.target))
        types = "/".join(row.any)
        return f"{source} {'not ' * row.negated}{types} {target}: “{row.evidence}”"

    def is_hold(self, edge: Edge, hold: GoldHold) -> bool:
        """Whether an edge of the hold's article says that very hold."""
        return (
            edge.data["type"] == "HOLDS"
            and hold.person in self._keys(edge.source)
            and overlaps(edge.span, self.places(hold))
            and plain(self.graph.nodes[edge.target]["name"]) == plain(hold.title)
            and (hold.body is None or hold.body in self._bodies(edge.target, hold.article))
        )

    def family(self, types: Iterable[str]) -> frozenset[str]:
        """All types of the families that these types are of."""
        known = self.ontology.types
        return frozenset(
            t
            for kind in types
            if kind in known
            for t in self.ontology.of_family(known[kind].family)
        )

    def duplicates(self) -> Iterator[str]:
        """Gold people and bodies that more than one node answers to."""
        for key, node in self.sheet.nodes.items():
            mine = self._alike(key)
            if node.acts and len(mine) > 1:
                yield f"{node.name}: {', '.join(mine)}"

    def noise(self) -> Iterator[str]:
        """The noise strings that left something behind, and what."""
        everywhere = {
            article: [spot for row in rows for spot in self.places(row)]
            for article in self.articles
            if (rows := [row for row in self.facts(self.sheet.noise) if row.article == article])
        }
        for row in self.facts(self.sheet.noise):
            left = sorted(set(self._left_by(row, everywhere[row.article])))
            if left:
                yield f"[{row.article}] “{row.text}”: {'; '.join(left)}"

    # ------------------------------------------------------------------ parts

    def _nodes(self) -> Iterator[Outcome]:
        facts = self.facts(self.sheet.facts)
        elsewhere = {key for fact in self.sheet.facts for key in fact.keys}
        elsewhere -= {key for fact in facts for key in fact.keys}
        core = {key for fact in facts if fact.core for key in fact.keys}
        for key, node in self.sheet.nodes.items():
            if key in elsewhere:
                continue
            kinds = {self.graph.nodes[n]["labels"][0] for n in self.answering(key)}
            part = {"Person": "people", "Body": "bodies"}.get(node.kind, "other nodes")
            note = f"there as {', '.join(sorted(kinds))}" if kinds else "no node"
            right = bool(kinds & node.kinds)
            article, fact = ", ".join(sorted(self.articles)), f"{node.kind} {node.name}"
            yield Outcome(part, article, fact, key in core, right, "" if right else note)
            if node.acts and node.named:
                one = right and len(self._alike(key)) == 1
                yield Outcome("one node each", article, fact, key in core, one)

    def _hold(self, hold: GoldHold) -> Outcome:
        self.places(hold)
        held = [
            edge
            for edge in self.edges[hold.article]
            if edge.data["type"] == "HOLDS" and hold.person in self._keys(edge.source)
        ]
        found = any(self.is_hold(edge, hold) for edge in held)
        body = f" at {self.sheet.nodes[hold.body].name}" if hold.body else ""
        fact = f"{self.sheet.nodes[hold.person].name} is {hold.title}{body}"
        posts = ", ".join(sorted({edge.target for edge in held}))
        note = self._without(hold) or f"holds {posts or 'nothing'}"
        return Outcome("holds", hold.article, fact, hold.core, found, "" if found else note)

    def _edge(self, row: GoldEdge) -> Iterator[Outcome]:
        edges = self.edges[row.article]
        self.places(row)
        exact = any(self._says(edge, row, row.any) for edge in edges)
        family = any(self._says(edge, row, self.family(row.any)) for edge in edges)
        fact = self.told(row)
        note = self._without(row) or f"between them: {self._between(row) or 'nothing'}"
        yield Outcome("edges", row.article, fact, row.core, exact, "" if exact else note)
        yield Outcome("edges, family", row.article, fact, row.core, exact or family)

    def _statement(self, row: GoldStatement) -> Outcome:
        whole = self.places(row)
        sources: set[str] = set()
        covered = False
        for edge in self.edges[row.article]:
            if edge.data["type"] == "IN" and self._covers(edge.source, row, whole):
                covered = True
                sources |= {
                    said.source
                    for said in self.edges[row.article]
                    if said.data["type"] == "SAID" and said.target == edge.source
                }
        found = any(self._is_speaker(node, name) for node in sources for name in row.speaker)
        speakers = [self.sheet.nodes[s].name if s in row.keys else s for s in row.speaker]
        note = f"said by {', '.join(sorted(sources)) or 'nobody'}" if covered else "not covered"
        return Outcome(
            "statements",
            row.article,
            f"{' and '.join(speakers)}: “{row.content}”",
            row.core,
            found,
            "" if found else note,
        )

    # ---------------------------------------------------------------- details

    def _alike(self, key: str) -> list[str]:
        """The nodes that answer to a key and may be it: a person is no body, a town may act."""
        kinds = self.sheet.nodes[key].kinds
        kinds |= {"Place"} if "Body" in kinds else set()
        return [n for n in self.answering(key) if self.graph.nodes[n]["labels"][0] in kinds]

    def _keys(self, node: str) -> frozenset[str]:
        return self.keys.get(node, frozenset())

    def _bodies(self, post: str, article: str) -> frozenset[str]:
        """The gold keys of the bodies that the article says a post is at."""
        return frozenset(
            key
            for edge in self.edges[article]
            if edge.data["type"] == "AT" and edge.source == post
            for key in self._keys(edge.target)
        )

    def _says(self, edge: Edge, row: GoldEdge, types: Iterable[str]) -> bool:
        return (
            edge.data["type"] in types
            and row.source in self._keys(edge.source)
            and row.target in self._keys(edge.target)
            and edge.data.get("negated", False) == row.negated
            and overlaps(edge.span, self.places(row))
        )

    def _without(self, fact: GoldHold | GoldEdge) -> str:
        missing = sorted(key for key in fact.keys if not self.answering(key))
        return f"no node for {', '.join(missing)}" if missing else ""

    def _between(self, row: GoldEdge) -> str:
        return "; ".join(
            sorted(
                f"{'not ' * edge.data.get('negated', False)}{edge.data['type']}"
                f" “{' '.join(edge.data['quote'].split())}”"
                for edge in self.edges[row.article]
                if row.source in self._keys(edge.source) and row.target in self._keys(edge.target)
            )
        )

    def _covers(self, statement: str, row: GoldStatement, whole: Iterable[Span]) -> bool:
        content = self._content(statement, self.articles[row.article].text)
        return any(
            sum(max(0, min(end, c.end) - max(start, c.start)) for c in content)
            >= HALF * (end - start)
            for start, end in whole
        )

    def _content(self, statement: str, text: str) -> list[Span]:
        """The stretches of the article that make up a statement."""
        node = self.graph.nodes[statement]
        at, spans = node["start"], []
        for part in node["content"].split(" … "):
            start = text.index(part, at)
            at = start + len(part)
            spans.append(Span(start, at))
        return spans

    def _is_speaker(self, node: str, name: str) -> bool:
        description = unnamed(name)
        if description is None:
            return name in self._keys(node)
        return like_unnamed(self.graph.nodes[node], description)

    def _left_by(self, row: GoldNoise, everywhere: Iterable[Span]) -> Iterator[str]:
        """The edges that quote the noise, and the nodes that the article names in noise alone."""
        spots = self.places(row)
        for edge in self.edges[row.article]:
            if overlaps(edge.span, spots):
                yield f"{edge.source} {edge.data['type']} {edge.target}"
            elif edge.data["type"] == "MENTIONED_IN":
                name = self.graph.nodes[edge.source]["name"]
                named = places(name, self.articles[row.article].text)
                if any(overlaps(place, spots) for place in named) and all(
                    overlaps(place, everywhere) for place in named
                ):
                    yield edge.source


def overlaps(span: Span | None, spots: Iterable[Span]) -> bool:
    """Whether the span shares a character with one of the spots."""
    return span is not None and any(span.start < end and span.end > start for start, end in spots)
