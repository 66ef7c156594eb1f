"""An article becomes its reading: passages, mentions, entities, statements, posts, relations.

The stages run in this order over one parse; what is only mentioned in passing (an unnamed group, a
document or an issue that nobody says or does anything about) is left out at the end.
"""

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from spacy.tokens import Token

from onrecord.graph import model
from onrecord.graph.confidence import KEPT
from onrecord.graph.model import Article, EntityKind
from onrecord.graph.ontology import Ontology, load_ontology
from onrecord.graph.reading import Reading
from onrecord.loaders.clauses import clauses
from onrecord.loaders.coreference import Cluster, Entities, resolve
from onrecord.loaders.cues import Cues
from onrecord.loaders.language import parse, span_of
from onrecord.loaders.mentions import Noticed, find_mentions
from onrecord.loaders.passages import find_passages
from onrecord.loaders.posts import Post, find_offices, find_posts
from onrecord.loaders.relations import Edge, Ends, find_relations
from onrecord.loaders.statements import Attribution, find_statements

VERSION = "3"
"""Rises whenever the same article may be read differently than before."""


def read(article: Article, ontology: Ontology | None = None) -> Reading:
    """Read one article.

    Raises:
        InputError: the article is longer than can be parsed.
    """
    ontology = ontology or load_ontology()
    passages = find_passages(article.text)
    doc = parse(article.text, passages)
    attributions = find_statements(doc)
    entities = resolve(doc, find_mentions(doc), attributions)
    verbs = list(clauses(doc))
    ends = Ends(doc, entities, attributions, ontology, _cues(ontology))
    edges = [edge for edge in find_relations(ends, verbs) if edge.confidence >= KEPT]
    posts = find_posts(entities, verbs, ends.cues, article.published)
    posts += find_offices(entities, _acting(entities, attributions, edges))
    return _Draft(article, entities, attributions, posts, edges).reading(passages)


_made: dict[int, tuple[Ontology, Cues]] = {}


def _cues(ontology: Ontology) -> Cues:
    if id(ontology) not in _made:
        _made[id(ontology)] = (ontology, Cues(ontology))
    return _made[id(ontology)][1]


def _acting(
    entities: Entities, attributions: Sequence[Attribution], edges: Sequence[Edge]
) -> set[Cluster]:
    """Whoever says or does something, and whom or what it is done to or about."""
    found = {c for e in edges for c in (e.source, e.target, e.about, e.voice)}
    found |= {entities.of(a.source_head) for a in attributions}
    return {cluster for cluster in found if cluster is not None}


class _Draft:
    """Turns what the stages found into the records of a reading."""

    def __init__(
        self,
        article: Article,
        entities: Entities,
        attributions: list[Attribution],
        posts: list[Post],
        edges: list[Edge],
    ) -> None:
        self.article, self.entities = article, entities
        self.attributions, self.posts, self.edges = attributions, posts, edges
        used = _acting(entities, attributions, edges)
        used |= {c for p in posts for c in (p.person, p.body) if c is not None}
        self.clusters = sorted(
            (c for c in entities.clusters if c.named or c in used),
            key=lambda c: (c.start, c.full),
        )
        self.ids = {cluster: f"e{n}" for n, cluster in enumerate(self.clusters, 1)}
        heads = ((m.head.idx, cluster) for cluster in self.clusters for m in cluster.mentions)
        self.places = sorted(heads, key=itemgetter(0))

    def _place(self, offset: int) -> int:
        """Where among the places of all mentions' heads an offset comes."""
        return bisect_left(self.places, offset, key=itemgetter(0))

    def reading(self, passages: list[model.Passage]) -> Reading:
        return Reading.build(
            self.article,
            passages=passages,
            entities=[self._entity(c) for c in self.clusters],
            mentions=self._mentions(),
            posts=[
                model.Holding(
                    person=self.ids[p.person],
                    title=p.title,
                    body=self.ids[p.body] if p.body else None,
                    start=p.span.start,
                    end=p.span.end,
                    former=p.former,
                    since=p.since,
                    until=p.until,
                    at=p.at,
                )
                for p in self.posts
            ],
            statements=[self._statement(n, a) for n, a in enumerate(self.attributions, 1)],
            relations=[self._relation(n, e) for n, e in enumerate(self.edges, 1)],
        )

    def _entity(self, cluster: Cluster) -> model.Entity:
        name = _name(cluster)
        aliases = sorted({n for n in _aliases(cluster) if n != name})
        return model.Entity(
            id=self.ids[cluster],
            kind=cluster.kind,
            name=name,
            aliases=tuple(aliases),
            named=cluster.named,
        )

    def _mentions(self) -> list[model.Mention]:
        found = [
            model.Mention(start=span.start, end=span.end, entity=self.ids[c], form=m.form)
            for c in self.clusters
            for m in c.mentions
            for span in [span_of(m.span)]
        ]
        return sorted(found, key=lambda m: (m.start, m.end, m.entity))

    def _statement(self, number: int, said: Attribution) -> model.Statement:
        speaker = self.entities.of(said.source_head)
        spoken_of = {
            cluster
            for start, end in said.content
            for _, cluster in self.places[self._place(start) : self._place(end)]
        }
        about = {self.ids[cluster] for cluster in spoken_of - {speaker}}
        return model.Statement(
            id=f"s{number}",
            source=model.Source(
                start=said.source.start,
                end=said.source.end,
                entity=self.ids.get(speaker) if speaker else None,
            )
            if said.source
            else None,
            cue=model.Cue(start=said.cue.start, end=said.cue.end) if said.cue else None,
            content=said.content,
            kind=said.kind,
            about=tuple(sorted(about, key=lambda e: int(e[1:]))),
        )

    def _relation(self, number: int, edge: Edge) -> model.Relation:
        return model.Relation(
            id=f"r{number}",
            type=edge.type,
            source=self.ids[edge.source],
            target=self.ids[edge.target],
            about=self.ids[edge.about] if edge.about else None,
            source_span=self._span(edge.source, edge.source_token),
            target_span=self._span(edge.target, edge.target_token),
            cue_span=_cue_span(edge),
            evidence=edge.evidence,
            negated=edge.negated,
            modality=edge.modality,
            voice=self.ids[edge.voice] if edge.voice else None,
            confidence=edge.confidence,
        )

    def _span(self, cluster: Cluster, token: Token) -> model.Span:
        for mention in cluster.mentions:
            if mention.span.start <= token.i < mention.span.end:
                return span_of(mention.span)
        return span_of([token])


def _cue_span(edge: Edge) -> model.Span:
    """The cue's first word and those of its words that stand right beside it."""
    tokens = sorted(edge.cue, key=lambda t: t.i)
    run = [tokens[0]]
    for token in tokens[1:]:
        if token.i == run[-1].i + 1:
            run.append(token)
    return span_of(run)


def _name(cluster: Cluster) -> str:
    """The fullest name; of what has none, the words of its most telling mention."""
    if cluster.entry is not None:
        return cluster.entry.name
    if cluster.names:
        return cluster.names[cluster.full]
    best = max(
        (m for m in cluster.mentions if m.form != "pronoun"),
        key=lambda m: (len(m.span) <= 8, len(m.span)),
        default=cluster.first,
    )
    return _bare(best)


def _aliases(cluster: Cluster) -> list[str]:
    if cluster.kind in {"Document", "Issue"}:
        return [
            _bare(m) if m.form != "name" else m.text
            for m in cluster.mentions
            if m.form != "pronoun"
        ]
    entry = cluster.entry
    known = (*entry.acronyms, *entry.aliases, *entry.weak) if entry is not None else ()
    return [*cluster.names.values(), *known]


def _of_whom(head: Token, kind: EntityKind) -> list[Token]:
    """The short phrase that says who somebody unnamed is: "spokesperson [for the bank]"."""
    telling = {"of", "for", "at"} if kind == "Person" else {"of"}
    return [
        c
        for c in head.children
        if c.dep_ == "prep" and c.lower_ in telling and len(list(c.subtree)) < 7
    ]


def _bare(mention: Noticed) -> str:
    """The words of a mention without article, number, possessive pronoun or quotation marks."""
    tokens = list(mention.span)
    while len(tokens) > 1 and (
        tokens[0].dep_ in {"det", "nummod", "quantmod", "advmod"}
        or tokens[0].tag_ in {"PRP$", "CD"}
        or tokens[0].is_punct
    ):
        tokens.pop(0)
    end = tokens[-1].i + 1
    if mention.kind in {"Person", "Body"} and mention.form != "name":
        phrases = _of_whom(tokens[-1], mention.kind)
        end = max([end, *(t.right_edge.i + 1 for t in phrases)])
    text = mention.span.doc[tokens[0].i : end].text
    return " ".join(text.split()).strip("\"'“”‘’ ")
