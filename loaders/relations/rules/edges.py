"""The edge that every reader of relations makes, and what they all need to make one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from onrecord.graph import model
from onrecord.graph.ontology import Ontology
from onrecord.loaders.clauses import after, child, is_negated, modality
from onrecord.loaders.coreference import Cluster, Entities
from onrecord.loaders.language import span_of
from onrecord.loaders.mentions import Noticed, noun_class
from onrecord.loaders.relations.rules.cues import Cues
from onrecord.loaders.statements import Attribution

_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_ACTS = frozenset(
    "comment remark rhetoric statement claim record behaviour behavior conduct handling"
    " leadership decision response refusal failure attack attempt use treatment stance"
    " position language obsession policy judgment judgement temperament action approach"
    " proposal plan call suggestion assertion assessment accusation criticism rationale"
    " argument opposition support performance campaign agenda".split()
)
_TOUCHES_THE_ACTOR = frozenset(
    {"CRITICISES", "ACCUSES", "PRAISES", "OPPOSES", "SUPPORTS", "AGREES_WITH"}
    | {"RULES_AGAINST", "RULES_FOR"}
)
_LONGEST_EVIDENCE = 700
"""Characters of evidence beyond which only the cue's own sentence is quoted."""


@dataclass(frozen=True)
class RuleEdge:
    """A relation between two entities of the article, as tokens."""

    type: str
    source: Cluster
    target: Cluster
    source_token: Token
    target_token: Token
    cue: tuple[Token, ...]
    evidence: model.Span
    about: Cluster | None = None
    negated: bool = False
    modality: model.Modality = "asserted"
    voice: Cluster | None = None


@dataclass(frozen=True)
class Manner:
    """How an edge is said: by which verb, about what, by whom, and whether it is denied."""

    verb: Token | None = None
    about: Token | None = None
    own: Attribution | None = None
    negated: bool = False


PLAIN = Manner()
"""Said by no verb, about nothing further."""


class RuleEnds:
    """Finds the entities at the ends of a relation, and makes its edges."""

    def __init__(
        self,
        doc: Doc,
        entities: Entities,
        attributions: Sequence[Attribution],
        ontology: Ontology,
        cues: Cues,
    ) -> None:
        self.doc, self.entities = doc, entities
        self.ontology, self.cues = ontology, cues
        self._said: dict[int, Attribution] = {}
        for attribution in sorted(attributions, key=lambda a: -sum(e - s for s, e in a.content)):
            for start, end in attribution.content:
                for token in doc.char_span(start, end, alignment_mode="contract") or ():
                    self._said[token.i] = attribution

    def described(self, token: Token) -> Manner:
        """The manner of what is told in passing ("aide Ann Lee"): a quote's or the article's."""
        said = self._said.get(token.i)
        return Manner(own=said if said is not None and said.kind != "direct" else None)

    def said(self, token: Token) -> Attribution | None:
        """The innermost statement whose content the token stands in."""
        return self._said.get(token.i)

    def who(self, token: Token) -> Cluster | None:
        """The entity a token means, bodies for those who act for them."""
        cluster = self.entities.of(token)
        if cluster is None and token.lower_ in _FIRST_PLURAL:
            attribution = self._said.get(token.i)
            cluster = self.entities.of(attribution.source_head) if attribution else None
        lemma = token.lemma_.lower()
        if lemma in {"member", "rank"} or (lemma in {"lawyer", "attorney"} and token.tag_ == "NNS"):
            # "members of the council", "the force's rank and file", "lawyers for the firm"
            body = after(token, "of") or after(token, "for") or child(token, "poss")
            named = self.entities.of(body)
            return named if named is not None and named.named else cluster
        return cluster

    def kind(self, token: Token) -> str | None:
        """What kind of entity the token means or could be made to mean."""
        cluster = self.who(token)
        return (
            cluster.kind if cluster is not None else "Issue" if self._may_be_issue(token) else None
        )

    def is_definite(self, token: Token) -> bool:
        """Whether it is somebody or something in particular, and not "children" or "a city"."""
        cluster = self.who(token)
        return cluster is not None and (cluster.named or any(m.definite for m in cluster.mentions))

    def named_within(self, token: Token) -> list[Token]:
        """Named bodies and people inside a phrase: "allegations of fraud at the bank"."""
        inner = (t for t in token.subtree if t != token and t.dep_ == "pobj")
        return [
            t
            for t in inner
            if t.head.lower_ in {"at", "in", "by", "within", "against"}
            and (who := self.entities.of(t)) is not None
            and who.named
            and who.kind in {"Body", "Person"}
        ]

    def allows(self, kind: str, source: Token, target: Token) -> bool:
        """Whether the ontology lets the relation run between what the two tokens mean.

        A place that acts, or is acted against, may be the authority there.
        """
        a, b = self.kind(source), self.kind(target)
        return any(
            self.ontology.allows(kind, one, other)
            for one in ((a, "Body") if a == "Place" else (a,))
            for other in ((b, "Body") if b == "Place" else (b,))
            if one is not None and other is not None
        )

    def width(self, label: str) -> int:
        """How many kinds of node bear the label."""
        return sum(label in self.ontology.labels(kind) for kind in self.ontology.kinds)

    def _may_be_issue(self, token: Token) -> bool:
        if token.pos_ == "VERB" and token.tag_ == "VBG":
            return True
        return token.pos_ == "NOUN" and noun_class(token) not in {
            "measure",
            "person",
            "post",
            "family",
            "group",
            "place",
        }

    def _issue(self, token: Token) -> Cluster | None:
        if not self._may_be_issue(token):
            return None
        kind: model.EntityKind = "Issue"
        if token.tag_ == "NNS" and token.lemma_.lower().endswith(("er", "or", "ist", "ian", "ant")):
            kind = "Body"  # people by what they do, whom no list has: "hackers"
        start = min(
            (
                t.i
                for t in token.subtree
                if t.i <= token.i
                and t.dep_ in {"amod", "compound", "nmod", "poss", "det", "nummod"}
            ),
            default=token.i,
        )
        return self.entities.put(
            Noticed(
                self.doc[start : token.i + 1],
                token,
                "noun",
                kind,
                category="issue",
                plural=kind == "Body",
            )
        )

    def edge(
        self,
        kind: str,
        ends: tuple[Token, Token],
        cue: tuple[Token, ...],
        manner: Manner = PLAIN,
    ) -> Iterator[RuleEdge]:
        """The edge between what the two tokens mean, if there can be one.

        Who criticises or backs somebody's acts or words criticises or backs them: that is a second
        edge, about the first one's target.
        """
        source, target = self.who(ends[0]), self.who(ends[1])
        if source is None or (target is None and not self._could_be_issue(kind, source)):
            return
        target = target or self._issue(ends[1])
        if target is None or source is target:
            return
        yield from self.edge_to(kind, ends, target, cue, manner)

    def edge_to(
        self,
        kind: str,
        ends: tuple[Token, Token],
        target: Cluster,
        cue: tuple[Token, ...],
        manner: Manner = PLAIN,
    ) -> Iterator[RuleEdge]:
        """The edge from what the first token means to a known entity, said by the second."""
        source_token, target_token = ends
        source = self.who(source_token)
        if source is None:
            return
        for cluster in (source, target):
            allowed = self.ontology.allows(kind, source.kind, target.kind)
            if cluster.kind == "Place" and cluster.named and not allowed:
                cluster.kind = "Body"  # a place that acts, or is acted against, is its authority
        if not self.ontology.allows(kind, source.kind, target.kind):
            return
        attribution = self._said.get(cue[0].i)
        told = attribution is not None and attribution is not manner.own
        voice = self.entities.of(attribution.source_head) if attribution and told else None
        edge = RuleEdge(
            kind,
            source,
            target,
            source_token,
            target_token,
            cue,
            self.evidence(cue[0], source_token, target_token),
            about=self._third(manner.about),
            negated=manner.negated or (manner.verb is not None and is_negated(manner.verb)),
            modality="asserted" if manner.verb is None else modality(manner.verb),
            voice=voice if voice is not source else None,
        )
        yield edge
        owner = self._owner_of_act(target_token) if kind in _TOUCHES_THE_ACTOR else None
        person = self.entities.of(owner)
        if owner is None or person is None or person is source:
            return
        if self.ontology.allows(kind, source.kind, person.kind):
            yield replace(edge, target=person, target_token=owner, about=target)

    def _third(self, token: Token | None) -> Cluster | None:
        """The third party: what it is about, where a noun says so."""
        if token is None or token.pos_ not in {"NOUN", "PROPN", "PRON"}:
            return None
        return self.entities.of(token) or self._issue(token)

    def _could_be_issue(self, kind: str, source: Cluster) -> bool:
        return source.kind == "Place" or self.ontology.allows(kind, source.kind, "Issue")

    def _owner_of_act(self, token: Token) -> Token | None:
        """Whose act or words the target is: who criticises remarks criticises their speaker."""
        if token.lemma_.lower() not in _ACTS:
            return None
        return child(token, "poss") or after(token, "by")

    def evidence(self, cue: Token, *ends: Token) -> model.Span:
        """The sentences from the first to the last of the words that bear the edge out."""
        tokens = sorted([cue, *ends], key=lambda t: t.i)
        first, last = tokens[0].sent, tokens[-1].sent
        span = span_of(self.doc[first.start : last.end])
        return span if span.end - span.start <= _LONGEST_EVIDENCE else span_of(cue.sent)
