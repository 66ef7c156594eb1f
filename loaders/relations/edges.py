"""Edges: what the classifier found, as relations between the entities of the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.graph import model
from onrecord.graph.ontology import Ontology
from onrecord.loaders.coreference import Cluster
from onrecord.loaders.language import span_of
from onrecord.loaders.relations.candidates import Candidate
from onrecord.loaders.relations.classifier import Classifier, Floats, Scores
from onrecord.loaders.relations.ends import Ends
from onrecord.loaders.relations.windows import Ints, Window

_LONGEST_EVIDENCE = 700
"""Characters of evidence beyond which only the cue's own sentence is quoted."""
_OF_CUE = 0.3
"""The share of the cue's surest piece from which a piece beside it is part of the cue."""


@dataclass(frozen=True)
class Edge:
    """A relation between two entities of the article, and the words that bear it out."""

    type: str
    source: Cluster
    target: Cluster
    source_token: Token
    target_token: Token
    cue: model.Span
    evidence: model.Span
    about: Cluster | None = None
    negated: bool = False
    modality: model.Modality = "asserted"
    voice: Cluster | None = None
    confidence: float = 0.8


class Judged(NamedTuple):
    """A window with what the classifier says of it, and the pairs that may be edges."""

    window: Window
    scores: Scores
    kinds: Floats
    confidence: Floats
    pairs: Ints


def judge(window: Window, classifier: Classifier, least: float) -> Judged:
    """Judge a window; ``confidence`` has a row a pair and a column a type."""
    scores = classifier.score(window)
    types = _log_shares(scores.types)
    confidence = classifier.calibration.confidence(scores.exists[:, None], types)
    pairs = np.flatnonzero(confidence.max(1) >= least)
    return Judged(window, scores, np.exp(_log_shares(scores.kinds)), confidence, pairs)


class Reader:
    """Makes the edges of one article of what the classifier says of its windows."""

    def __init__(
        self,
        doc: Doc,
        candidates: Sequence[Candidate],
        ends: Ends,
        classifier: Classifier,
        ontology: Ontology,
    ) -> None:
        self.doc, self.candidates, self.ends = doc, candidates, ends
        self.classifier, self.ontology = classifier, ontology

    def edges(self, judged: Sequence[Judged], least: float) -> Iterator[Edge]:
        """The edges that are at least so sure, each type where the ontology lets it run."""
        self.ends.settle(
            (self.candidates[one.window.ends[place]], one.kinds[place])
            for one in judged
            for place in np.unique(one.window.pairs[one.pairs])
        )
        for one in judged:
            for pair in one.pairs:
                edge = self._edge(one, int(pair), least)
                if edge is not None:
                    yield edge

    def _edge(self, judged: Judged, pair: int, least: float) -> Edge | None:
        """The edge of the surest type that may run between what the two ends mean."""
        places = judged.window.pairs[pair]
        source, target = (self._entity(judged, int(place)) for place in places)
        if source is None or target is None or source is target:
            return None
        sure = judged.confidence[pair]
        best = next(
            (
                k
                for k in np.argsort(-sure, kind="stable")[:2]
                if self._allows(self.classifier.types[k], source, target)
            ),
            None,
        )
        if best is None or sure[best] < least:
            return None
        scores = judged.scores
        tokens = [self.candidates[judged.window.ends[place]].head for place in places]
        cue = self._cue(judged, pair)
        about, voice = (self._third(judged, pair, role, (source, target)) for role in (0, 1))
        return Edge(
            self.classifier.types[best],
            source,
            target,
            tokens[0],
            tokens[1],
            cue=cue,
            evidence=self._evidence(cue, tokens),
            about=about,
            negated=bool(scores.negated[pair] > 0),
            modality=self.classifier.modalities[int(scores.modality[pair].argmax())],
            voice=voice,
            confidence=round(float(sure[best]), 2),
        )

    def _allows(self, kind: str, source: Cluster, target: Cluster) -> bool:
        known = kind in self.ontology.relations  # one's own ontology may have fewer
        return known and self.ontology.allows(kind, source.kind, target.kind)

    def _entity(self, judged: Judged, place: int) -> Cluster | None:
        return self.ends.of(self.candidates[judged.window.ends[place]], judged.kinds[place])

    def _third(
        self, judged: Judged, pair: int, role: int, ends: tuple[Cluster, Cluster]
    ) -> Cluster | None:
        """Whom or what it is about, or whose claim it is; None where it is nobody's."""
        chosen = int(judged.scores.third[pair, role].argmax())
        found = self._entity(judged, chosen - 1) if chosen else None
        return None if found in ends else found

    def _cue(self, judged: Judged, pair: int) -> model.Span:
        """The words that carry the relation: the surest piece, and what goes on from it."""
        share = np.exp(_log_shares(judged.scores.cue[pair]))
        offsets = judged.window.offsets
        share[offsets[:, 0] < 0] = 0
        first = last = int(share.argmax())
        enough = share >= _OF_CUE * share[first]
        while first > 0 and enough[first - 1]:
            first -= 1
        while last + 1 < len(share) and enough[last + 1]:
            last += 1
        return span_of(self._words(int(offsets[first, 0]), int(offsets[last, 1])))

    def _evidence(self, cue: model.Span, ends: Sequence[Token]) -> model.Span:
        """The sentences from the first to the last of the words that bear the edge out."""
        word = self._words(*cue)[0]
        tokens = sorted([word, *ends], key=lambda t: t.i)
        span = span_of(self.doc[tokens[0].sent.start : tokens[-1].sent.end])
        return span if span.end - span.start <= _LONGEST_EVIDENCE else span_of(word.sent)

    def _words(self, start: int, end: int) -> list[Token]:
        """The words that a stretch of the text touches."""
        words = self.doc.char_span(start, end, alignment_mode="expand")
        if words is None:
            raise ValueError(f"{start}:{end} is no stretch of the article")
        return list(words)


def _log_shares(logits: Floats) -> Floats:
    """Logits as logarithms of shares of one, over the last axis."""
    top = logits.max(-1, keepdims=True)
    rest: Floats = logits - top
    return rest - np.log(np.exp(rest).sum(-1, keepdims=True))
