"""Ends: what entity a candidate end is, and what is made of one that is none yet."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from spacy.tokens import Token

from onrecord.graph.model import EntityKind
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
        if found is not None or end.form == "pronoun" or noun_class(end.head) == "measure":
            return found
        made = self._entities.put(_noticed(end, _kind(kinds)))
        self._made[end.head.i] = made
        return made

    def known(self, end: Candidate) -> Cluster | None:
        """The entity that the end is known to mean; of "we" in somebody's words, the speaker."""
        cluster = self._entities.of(end.head)
        if cluster is None and end.head.lower_ in _OURS:
            return self._entities.of(end.speaker)
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
    while start > head.left_edge.i and _stands_before(doc[start - 1], head):
        start -= 1
    plural = head.tag_ in {"NNS", "NNPS"}
    return Noticed(doc[start : head.i + 1], head, "noun", kind, category="issue", plural=plural)


def _stands_before(token: Token, noun: Token) -> bool:
    """Whether a word is one of those before the noun in its phrase: "the firm's new", of "plan"."""
    if token.is_space or (token.is_punct and token.text != "-"):
        return False
    return any(t.dep_ in _BEFORE_NOUN for t in (token, *token.ancestors) if t.head == noun)
