"""Readings and identities become one graph, a networkx MultiDiGraph.

Every node carries ``labels`` (the primary one first) and ``name``; every edge carries ``type``,
``article`` and, but for PUBLISHED_BY, ``start``, ``end`` and the ``quote`` that stands there.
Edges are keyed by their id, a hash of article, type and spans. A value that is not known is left
out. Dates are ``datetime.date``. The graph's own attribute ``sure`` is the least confidence that
its relations were to have.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from onrecord.graph.confidence import SURE, in_range, raised, surer
from onrecord.graph.edges import (
    content,
    edge_id,
    of_post,
    of_relation,
    of_source,
    said,
    shortened,
    told_posts,
    whole,
)
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article, Span
from onrecord.graph.ontology import Ontology
from onrecord.graph.reading import Reading
from onrecord.graph.slugs import folded, slug

Graph = nx.MultiDiGraph
_PASSING = frozenset({"MENTIONED_IN", "ABOUT"})
"""The types of edge for which alone nobody and nothing without a name is kept."""


def assemble(
    read: Iterable[tuple[Article, Reading]],
    identities: Identities,
    ontology: Ontology,
    *,
    sure: float = SURE,
) -> "Graph[str]":
    """Make the graph of what the readings say together, of relations those of at least ``sure``.

    Raises:
        ConfidenceError: ``sure`` is not from 0 to 1.
        ReadingError: a reading does not fit the article it comes with.
    """
    graph: Graph[str] = nx.MultiDiGraph(sure=in_range(sure))
    pairs = sorted(read, key=lambda pair: pair[0].id)
    posts = _Posts([reading for _, reading in pairs], identities)
    for article, reading in pairs:
        reading.check(article.text)
        shown = surer(reading, sure)
        _Contribution(graph, article, shown, identities, ontology, posts).add()
    return graph


def at_least(graph: "Graph[str]", sure: float | None) -> "Graph[str]":
    """The graph as one assembled with ``sure``; the graph itself where that is None or its own.

    It differs only where two entities of an article are one node, of which one is cut: what merely
    mentions that one stays.

    Raises:
        ConfidenceError: ``sure`` is not from 0 to 1, or lower than what the graph was made with.
    """
    held = graph.graph.get("sure", 0.0)
    least = raised(sure, held)
    if least == held:
        return graph
    every = list(graph.edges(keys=True, data=True))
    cut = [edge for edge in every if edge[3].get("confidence", 1) < least]
    stays = [edge for edge in every if edge[3].get("confidence", 1) >= least]
    named = {node for node, data in graph.nodes(data=True) if data.get("named", True)}
    needed = {end for edge in stays if edge[3]["type"] not in _PASSING for end in _ends(edge)}
    idle = {end for edge in cut for end in _ends(edge) if end[1] not in named} - needed
    passing = (edge for edge in stays if edge[3]["type"] in _PASSING)
    fewer = graph.copy()
    fewer.graph["sure"] = least
    fewer.remove_edges_from(edge[:3] for edge in cut)
    fewer.remove_edges_from(edge[:3] for edge in passing if not idle.isdisjoint(_ends(edge)))
    fewer.remove_nodes_from([node for _, node in idle if node in fewer and not fewer.degree(node)])
    return fewer


def _ends(edge: tuple[str, str, str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The nodes that an edge refers to, each with the article that does."""
    source, target, _, data = edge
    for node in filter(None, (source, target, data.get("about"), data.get("voice"))):
        yield data["article"], node


class _Posts:
    """Which body a title is at, where the words name none but the corpus knows.

    "Governor Lee" is at the bank that another sentence, here or in another article, says she
    governs; "Deputy Governor Kim" at the bank whose governor the same article has.
    """

    def __init__(self, readings: Iterable[Reading], identities: Identities) -> None:
        self._held: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._there: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        bare = []
        for reading in readings:
            article = reading.article.id
            for post in told_posts(reading):
                person, title = identities.of(article, post.person), folded(post.title)
                if post.body is None:
                    bare.append((article, person, title))
                else:
                    body = identities.of(article, post.body)
                    self._held[person, title].add(body)
                    self._there[article, title].add(body)
        for article, person, title in bare:
            self._there[article, title] |= self._held[person, title]

    def body(self, article: str, person: str, title: str) -> str | None:
        """The one body it can be, None where there is none or more than one."""
        title = folded(title)
        superior = re.sub(r"^(deputy|vice|assistant|associate)[ -]", "", title)
        bodies = self._held[person, title] or (
            self._there[article, superior] if superior != title else set()
        )
        return next(iter(bodies)) if len(bodies) == 1 else None


class _Contribution:
    """What one reading adds to the graph."""

    def __init__(
        self,
        graph: "Graph[str]",
        article: Article,
        reading: Reading,
        identities: Identities,
        ontology: Ontology,
        posts: _Posts,
    ) -> None:
        self.posts = posts
        self.graph, self.article, self.reading = graph, article, reading
        self.identities, self.ontology = identities, ontology
        self.ids = {e.id: identities.of(article.id, e.id) for e in reading.entities}

    def add(self) -> None:
        self._article()
        self._entities()
        self._holdings()
        self._statements()
        for relation in self.reading.relations:
            self._edge(
                relation.type,
                self.ids[relation.source],
                self.ids[relation.target],
                relation.evidence,
                of_relation(relation),
                negated=relation.negated,
                modality=relation.modality,
                voice=relation.voice and self.ids[relation.voice],
                about=relation.about and self.ids[relation.about],
                confidence=relation.confidence,
            )

    def _node(self, node: str, kind: str, name: str, **properties: Any) -> str:
        known = {key: value for key, value in properties.items() if value not in (None, "", [])}
        self.graph.add_node(node, labels=list(self.ontology.labels(kind)), name=name, **known)
        return node

    def _edge(
        self,
        kind: str,
        source: str,
        target: str,
        quoted: Span | None,
        spans: Iterable[Span | str] = (),
        **properties: Any,
    ) -> None:
        article = self.article
        where: Mapping[str, Any] = {}
        if quoted is not None:
            where = {
                "start": quoted.start,
                "end": quoted.end,
                "quote": article.text[quoted.start : quoted.end],
            }
        self.graph.add_edge(
            source,
            target,
            key=edge_id(article.id, kind, *(spans or filter(None, [quoted]))),
            type=kind,
            article=article.id,
            **where,
            **({"date": article.published} if article.published else {}),
            **{key: value for key, value in properties.items() if value is not None},
        )

    def _article(self) -> None:
        article = self.article
        node = self._node(
            self._article_id,
            "Article",
            article.heading or article.id,
            heading=article.heading,
            published=article.published,
            url=article.url,
            byline=article.byline,
            sha256=article.sha256,
        )
        if article.outlet:
            outlet = self._node(f"outlet:{slug(article.outlet)}", "Outlet", article.outlet)
            self._edge("PUBLISHED_BY", node, outlet, None)

    @property
    def _article_id(self) -> str:
        return f"article:{self.article.id}"

    def _entities(self) -> None:
        first: dict[str, Span] = {}
        for mention in sorted(self.reading.mentions, key=lambda m: (m.form == "pronoun", m.start)):
            first.setdefault(self.ids[mention.entity], Span(mention.start, mention.end))
        for entity in self.reading.entities:
            node = self.ids[entity.id]
            known = self.identities.described(node)
            self._node(node, known.kind, known.name, aliases=list(known.aliases), named=known.named)
        for node, span in first.items():
            self._edge("MENTIONED_IN", node, self._article_id, span, (span, node))

    def _holdings(self) -> None:
        for post in told_posts(self.reading):
            person, span = self.ids[post.person], Span(post.start, post.end)
            stated = post.body and self.ids[post.body]
            body = stated or self.posts.body(self.article.id, person, post.title)
            node = self._node(
                f"post:{slug(post.title)}@{body or self._article_id}", "Post", post.title
            )
            times = {"since": post.since, "until": post.until, "at": post.at}
            self._edge("HOLDS", person, node, span, of_post(post), former=post.former, **times)
            if body:
                # The words of an inferred one name the post but not its body: the edge says so.
                inferred = None if stated else True
                self._edge("AT", node, body, span, (span, post.title, body), inferred=inferred)

    def _statements(self) -> None:
        text = self.article.text
        for statement in self.reading.statements:
            words, place = content(self.article, statement), whole(statement)
            cue = statement.cue and text[statement.cue.start : statement.cue.end]
            node = self._node(
                f"statement:{edge_id(self.article.id, 'Statement', *statement.content)}",
                "Statement",
                shortened(words),
                content=words,
                cue=cue,
                category=statement.kind,
                article=self.article.id,
                start=place.start,
                end=place.end,
                date=self.article.published,
            )
            self._edge("IN", node, self._article_id, place, statement.content)
            for entity in statement.about:
                self._edge("ABOUT", node, self.ids[entity], place, (place, self.ids[entity]))
            source = statement.source
            if source and source.entity:
                who = self.ids[source.entity]
                quoted, words_of = said(source, statement), of_source(source, statement)
                self._edge("SAID", who, node, quoted, words_of)
