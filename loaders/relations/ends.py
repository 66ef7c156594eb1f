"""Ends: what entity a candidate end is, and what is made of one that is none yet."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.graph.model import EntityKind
from onrecord.loaders.clauses import after, child
from onrecord.loaders.coreference import Cluster, Entities
from onrecord.loaders.mentions import Noticed, noun_class
from onrecord.loaders.relations.candidates import KINDS, Candidate
from onrecord.loaders.relations.classifier import Floats

_OURS = frozenset({"we", "us", "our", "ours", "ourselves"})
_BEFORE_NOUN = frozenset({"amod", "compound", "nmod", "poss", "det", "nummod", "quantmod"})
_KINDS = tuple(kind for kind in KINDS if kind)
_BODY, _PLACE = KINDS.index("Body"), KINDS.index("Place")
_LONGEST = 14
"""Words of a clause that are enough to tell what is wanted or done in it."""


class Ends:
    """The entities that candidate ends mean; those that are missing are made.

    Whatever has no name is of the kind that the classifier takes its mentions for, and so is a
    place, which may be the authority there ("Paris denied it").
    """

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._made: dict[int, Cluster] = {}

    def of(self, end: Candidate, kinds: Floats) -> Cluster | None:
        """The entity that the end means, None of a pronoun or a measure that means none.

        ``kinds`` are what the classifier takes it for, as a share for each of KINDS.
        """
        found = self.known(end) or self._made.get(end.head.i)
        if found is not None or not _is_something(end):
            return found
        mention = _noticed(end, _kind(kinds))
        made = self._entities.put(mention, self._of_that_name(end.head))
        self._made[end.head.i] = made
        return made

    def _of_that_name(self, head: Token) -> Cluster | None:
        """The known entity that a word taken for no name is a name of: "Republican"."""
        entry = self._entities.entry(head.text) if head.pos_ == "PROPN" else None
        named = (c for c in self._entities.clusters if entry is not None and c.entry == entry)
        return next(named, None)

    def known(self, end: Candidate) -> Cluster | None:
        """The entity that the end is known to mean.

        Of "we" in somebody's words it is the speaker, of "members of the council" the council.
        """
        head = end.head
        cluster = self._entities.of(head)
        if cluster is None and head.lower_ in _OURS:
            return self._entities.of(end.speaker)
        if head.lemma_.lower() == "member" and (cluster is None or not cluster.named):
            body = self._entities.of(after(head, "of") or child(head, "poss", "compound"))
            return body if body is not None and body.named else cluster
        return cluster

    def settle(self, seen: Iterable[tuple[Candidate, Floats]]) -> None:
        """Give each known entity that has no name, or is a place, the kind it is taken for."""
        shares: defaultdict[Cluster, Floats] = defaultdict(lambda: np.zeros(len(KINDS), np.float32))
        for end, kinds in seen:
            cluster = self.known(end)
            if cluster is not None:
                shares[cluster] += kinds
        for cluster, share in shares.items():
            if not cluster.named:
                cluster.kind = _kind(share)
            elif cluster.kind == "Place" and share[_BODY] > share[_PLACE]:
                cluster.kind = "Body"


def _is_something(end: Candidate) -> bool:
    """Whether a word that means nothing known can be an entity of its own.

    A pronoun cannot, nor a measure ("a year"), nor a title or another part of a name.
    """
    head = end.head
    part = head.pos_ == "PROPN" and head.dep_ in {"compound", "nmod"} and head.head.pos_ == "PROPN"
    return end.form != "pronoun" and not part and noun_class(head) != "measure"


def _kind(shares: Floats) -> EntityKind:
    return _KINDS[int(np.argmax(shares[1:]))]


def _noticed(end: Candidate, kind: EntityKind) -> Noticed:
    """The mention of what nothing else has noticed: a noun with what stands before it, a clause."""
    head = end.head
    doc = head.doc
    if end.form == "clause":
        words = doc[head.i : min(head.right_edge.i + 1, head.i + _LONGEST)]
        while words[-1].is_punct or words[-1].is_space:
            words = words[:-1]
        return Noticed(words, head, "noun", kind, category="clause")
    start = head.i
    while start > 0 and (_is_glued(doc, start) or _stands_before(doc[start - 1], head)):
        start -= 1
    plural = head.tag_ in {"NNS", "NNPS"}
    return Noticed(doc[start : head.i + 1], head, "noun", kind, category="issue", plural=plural)


def _is_glued(doc: Doc, at: int) -> bool:
    """Whether a hyphen joins a token to the one before it, or is itself joined: "pay-off"."""
    return "-" in (doc[at].text, doc[at - 1].text) and not doc[at - 1].whitespace_


def _stands_before(token: Token, noun: Token) -> bool:
    """Whether a word is one of those before the noun in its phrase: "the firm's new", of "plan"."""
    own = (t for t in (token, *token.ancestors) if t.head == noun)
    return not (token.is_space or token.is_punct) and any(t.dep_ in _BEFORE_NOUN for t in own)
