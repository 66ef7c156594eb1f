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
from onrecord.loaders.language import parse, span_of
from onrecord.loaders.mentions import Noticed, find_mentions
from onrecord.loaders.passages import find_passages
from onrecord.loaders.posts import Post, find_offices, find_posts
from onrecord.loaders.relations import Edge, Read, find_relations
from onrecord.loaders.statements import Attribution, find_statements

VERSION = "4"
"""Rises whenever the same article may be read differently than before."""


def read(article: Article, ontology: Ontology | None = None, *, kept: float = KEPT) -> Reading:
    """Read one article; relations less sure than ``kept`` are left out.

    Raises:
        InputError: the article is longer than can be parsed.
    """
    return drafted(article, ontology, kept).reading()


def drafted(article: Article, ontology: Ontology | None, kept: float) -> "Draft":
    """What the stages find in one article, before it becomes the records of a reading.

    Raises:
        InputError: the article is longer than can be parsed.
    """
    ontology = ontology or load_ontology()
    passages = find_passages(article.text)
    doc = parse(article.text, passages)
    attributions = find_statements(doc)
    entities = resolve(doc, find_mentions(doc), attributions)
    verbs = list(clauses(doc))
    posts = find_posts(entities, verbs, article.published)
    edges = find_relations(Read(doc, entities, attributions, verbs), ontology, kept)
    posts += find_offices(entities, _acting(entities, attributions, edges))
    return Draft(article, passages, entities, attributions, posts, edges)


def _acting(
    entities: Entities, attributions: Sequence[Attribution], edges: Sequence[Edge]
) -> set[Cluster]:
    """Whoever says or does something, and whom or what it is done to or about."""
    found = {c for e in edges for c in (e.source, e.target, e.about, e.voice)}
    found |= {entities.of(a.source_head) for a in attributions}
    return {cluster for cluster in found if cluster is not None}


class Draft:
    """Turns what the stages found into the records of a reading."""

    def __init__(
        self,
        article: Article,
        passages: list[model.Passage],
        entities: Entities,
        attributions: list[Attribution],
        posts: list[Post],
        edges: list[Edge],
    ) -> None:
        self.article, self.passages, self.entities = article, passages, entities
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

    def reading(self) -> Reading:
        return Reading.build(
            self.article,
            passages=self.passages,
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
            cue_span=edge.cue,
            evidence=edge.evidence,
            negated=edge.negated,
            modality=edge.modality,
            voice=self.ids[edge.voice] if edge.voice else None,
            confidence=round(edge.confidence, 2),
        )

    def _span(self, cluster: Cluster, token: Token) -> model.Span:
        for mention in cluster.mentions:
            if mention.span.start <= token.i < mention.span.end:
                return span_of(mention.span)
        return span_of([token])


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


_OF_WHOM = frozenset({"of", "for", "at"})
_OF_WHAT = frozenset({"of", "on", "for", "to", "over", "about", "against", "with", "into"})
_SHORT = 7
"""Words of a phrase that still belongs in a name."""


def _telling(head: Token, kind: EntityKind) -> list[Token]:
    """The short phrases right after a noun that say who or what is meant: "plan [to sell it]"."""
    prepositions = _OF_WHOM if kind == "Person" else {"of"} if kind == "Body" else _OF_WHAT
    found: list[Token] = []
    end = head.i + 1
    for child in head.rights:
        tells = (child.dep_ == "prep" and child.lower_ in prepositions) or (
            kind in {"Issue", "Document"} and child.dep_ == "acl" and child.tag_ == "VB"
        )
        if not tells or child.left_edge.i != end or len(list(child.subtree)) > _SHORT:
            break
        found.append(child)
        end = child.right_edge.i + 1
    return found


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
    if mention.form != "name" and mention.category != "clause" and mention.kind != "Place":
        end = max([end, *(t.right_edge.i + 1 for t in _telling(mention.head, mention.kind))])
    text = mention.span.doc[tokens[0].i : end].text
    return " ".join(text.split()).strip("\"'“”‘’ .,;:")
