"""One article's reading by onrecord against the one by hand, edge by edge.

An end of an edge is the one by hand where its node answers to the key by name (as in any gold), or
where its words have the same head as those by hand; but a person, body or place that is known by
name for somebody else is not the one whose words they share. An edge joins the pair of one by hand
where both ends are right, in that direction, and the quotes overlap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.graph.assemble import Graph, assemble
from onrecord.graph.errors import InputError
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article, Relation, Span
from onrecord.graph.ontology import Ontology
from onrecord.graph.reading import Reading
from onrecord.queries.evaluation import EdgeLine
from onrecord.queries.matching import UNSETTLED, same_head
from onrecord.queries.measure import Measure, Outcome, overlaps
from onrecord.queries.readings_gold import GoldReading

NODES = {"Person": "people", "Body": "bodies"}


class Shown(NamedTuple):
    """A relation that onrecord shows, and what the reading by hand says of it.

    ``known`` is whether both ends are of that reading, ``joined`` whether it joins a pair of its
    edges, ``core`` whether one of these is a core one. Type and family are right where the negation
    is, too.
    """

    article: str
    relation: str
    type: str
    confidence: float
    known: bool
    joined: bool
    right_type: bool
    right_family: bool
    core: bool
    told: str


class Finder(NamedTuple):
    """The relation by which an edge was found, the surest of them."""

    relation: str
    confidence: float


class Sought(NamedTuple):
    """An edge of the reading by hand, the ``number``-th there, and by what it was found."""

    article: str
    number: int
    types: tuple[str, ...]
    core: bool
    joined: Finder | None
    right_type: Finder | None
    right_family: Finder | None
    told: str


class Compared(NamedTuple):
    """All that one article's comparison gives, the surest relation first.

    ``found`` tells of the people, bodies and holds by hand whether onrecord has them, ``right`` of
    those that onrecord shows by name whether they are there by hand.
    """

    shown: tuple[Shown, ...]
    sought: tuple[Sought, ...]
    found: tuple[Outcome, ...]
    right: tuple[Outcome, ...]


def compare(
    pairs: Sequence[tuple[Article, Reading]], gold: Mapping[str, GoldReading], ontology: Ontology
) -> list[Compared]:
    """Assemble the graph of the readings and compare each with the one by hand of its article.

    Raises:
        InputError: an article has no reading by hand, or one that does not fit its text.
    """
    if unread := sorted(article.id for article, _ in pairs if article.id not in gold):
        raise InputError(f"Nobody has read these by hand: {', '.join(unread)}. Leave them out.")
    identities = Identities(reading for _, reading in pairs)
    graph = assemble(pairs, identities, ontology, sure=0.0)
    parts = _by_article(graph)
    return [
        _Comparison(
            article,
            {entity.id: identities.of(article.id, entity.id) for entity in reading.entities},
            parts[article.id],
            gold[article.id],
            ontology,
        ).of(reading.relations)
        for article, reading in pairs
    ]


def _by_article(graph: "Graph[str]") -> defaultdict[str, "Graph[str]"]:
    """What of the graph each article says."""
    parts: defaultdict[str, Graph[str]] = defaultdict(Graph)
    for source, target, key, data in graph.edges(keys=True, data=True):
        part = parts[data["article"]]
        for end in (source, target):
            part.add_node(end, **graph.nodes[end])
        part.add_edge(source, target, key=key, **data)
    return parts


class _Comparison:
    """One article, seen through its reading by hand; ``nodes`` are its entities' in the graph."""

    def __init__(
        self,
        article: Article,
        nodes: Mapping[str, str],
        graph: "Graph[str]",
        gold: GoldReading,
        ontology: Ontology,
    ) -> None:
        self.article, self.nodes, self.graph = article, nodes, graph
        self.sheet = gold.sheet(article)
        self.measure = Measure(graph, {article.id: article}, self.sheet, ontology)
        self.spots = [self.measure.places(edge) for edge in self.sheet.edges]
        self.families = [self.measure.family(edge.any) for edge in self.sheet.edges]
        self.ends = {s for edge in self.sheet.edges for s in (edge.source_span, edge.target_span)}

    def of(self, relations: Iterable[Relation]) -> Compared:
        """Compare these relations, and the nodes and holds of the graph."""
        ranked = sorted(relations, key=lambda relation: -relation.confidence)
        joins = {
            relation.id: [n for n, edge in enumerate(self.sheet.edges) if self._joins(relation, n)]
            for relation in ranked
        }
        parts = {*NODES.values(), "holds"}
        return Compared(
            tuple(self._shown(relation, joins[relation.id]) for relation in ranked),
            tuple(
                self._sought(n, [r for r in ranked if n in joins[r.id]])
                for n in range(len(self.sheet.edges))
            ),
            tuple(o for o in self.measure.outcomes() if o.part in parts),
            (*self._right_nodes(), *self._right_holds()),
        )

    # ------------------------------------------------------------------ edges

    def _shown(self, relation: Relation, joined: Sequence[int]) -> Shown:
        text, name = self.article.text, self._name
        line = EdgeLine(
            self.article.id,
            name(relation.source),
            relation.type,
            name(relation.target),
            text[slice(*relation.evidence)],
            relation.negated,
            relation.modality,
            name(relation.voice) if relation.voice else "",
        )
        return Shown(
            self.article.id,
            relation.id,
            relation.type,
            relation.confidence,
            self._known(relation.source, relation.source_span)
            and self._known(relation.target, relation.target_span),
            bool(joined),
            any(self._right_type(relation, n) for n in joined),
            any(self._right_family(relation, n) for n in joined),
            any(self.sheet.edges[n].core for n in joined),
            str(line),
        )

    def _sought(self, number: int, joined: Sequence[Relation]) -> Sought:
        edge = self.sheet.edges[number]
        return Sought(
            self.article.id,
            number,
            edge.any,
            edge.core,
            _first(joined),
            _first(r for r in joined if self._right_type(r, number)),
            _first(r for r in joined if self._right_family(r, number)),
            f"[{self.article.id}] {self.measure.told(edge)}",
        )

    def _joins(self, relation: Relation, number: int) -> bool:
        edge = self.sheet.edges[number]
        return (
            overlaps(relation.evidence, self.spots[number])
            and self._is(relation.source, relation.source_span, edge.source, edge.source_span)
            and self._is(relation.target, relation.target_span, edge.target, edge.target_span)
        )

    def _right_type(self, relation: Relation, number: int) -> bool:
        edge = self.sheet.edges[number]
        return relation.negated == edge.negated and relation.type in edge.any

    def _right_family(self, relation: Relation, number: int) -> bool:
        edge = self.sheet.edges[number]
        return relation.negated == edge.negated and relation.type in self.families[number]

    # ------------------------------------------------------------------- ends

    def _is(self, entity: str, span: Span, key: str, words: Span) -> bool:
        """Whether an end is the one of this key, which stands at these words."""
        keys = self._keys(entity)
        return key in keys or (
            not (keys and self._settled(entity)) and same_head(self.article.text, span, words)
        )

    def _known(self, entity: str, span: Span) -> bool:
        """Whether an end is one of the reading by hand, by name or as the end of an edge there."""
        return bool(self._keys(entity)) or any(
            same_head(self.article.text, span, words) for words in self.ends
        )

    def _keys(self, entity: str) -> frozenset[str]:
        return self.measure.keys[self.nodes[entity]]

    def _settled(self, entity: str) -> bool:
        """Whether it has a name by which it can be told from others."""
        node = self.graph.nodes[self.nodes[entity]]
        named: bool = node.get("named", True)
        return named and node["labels"][0] not in UNSETTLED

    def _name(self, entity: str) -> str:
        name: str = self.graph.nodes[self.nodes[entity]]["name"]
        return name

    # -------------------------------------------------------- nodes and posts

    def _right_nodes(self) -> Iterator[Outcome]:
        """The named people and bodies of the graph, and whether they are so by hand."""
        for node, keys in self.measure.keys.items():
            known = self.graph.nodes[node]
            kind, named = known["labels"][0], known.get("named", True)
            if kind in NODES and named and self.graph.has_edge(node, f"article:{self.article.id}"):
                right = any(kind in self.sheet.nodes[key].kinds for key in keys)
                yield Outcome(NODES[kind], self.article.id, f"{kind} {known['name']}", True, right)

    def _right_holds(self) -> Iterator[Outcome]:
        """The holds of the graph, and whether they are there by hand."""
        for edge in self.measure.edges[self.article.id]:
            if edge.data["type"] == "HOLDS":
                right = any(self.measure.is_hold(edge, hold) for hold in self.sheet.holds)
                fact = f"{self.graph.nodes[edge.source]['name']} HOLDS {edge.target}"
                yield Outcome("holds", self.article.id, fact, True, right)


def _first(ranked: Iterable[Relation]) -> Finder | None:
    return next((Finder(relation.id, relation.confidence) for relation in ranked), None)
