"""Edges: what the classifier found, as relations between the entities of the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.graph import model
from onrecord.graph.confidence import KEPT
from onrecord.graph.ontology import Ontology
from onrecord.loaders.coreference import Cluster
from onrecord.loaders.language import span_of
from onrecord.loaders.relations.candidates import Candidate
from onrecord.loaders.relations.classifier import UNSEEN, Classifier, Evidence, Floats, Scores
from onrecord.loaders.relations.ends import Ends
from onrecord.loaders.relations.rules import RuleEdge
from onrecord.loaders.relations.windows import Window

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
    seen: Evidence = UNSEEN
    confidence: float = 0.0


class Judged(NamedTuple):
    """A window with what the classifier says of it; ``types`` are logarithms of shares of one."""

    window: Window
    scores: Scores
    kinds: Floats
    types: Floats

    def evidence(self, pair: int, kind: int, *, told: bool = False) -> Evidence:
        """What speaks for the relation of this kind between the pair's ends."""
        return Evidence(float(self.scores.exists[pair]), float(self.types[pair, kind]), told)


def judge(window: Window, classifier: Classifier) -> Judged:
    """Judge all pairs of a window."""
    scores = classifier.score(window)
    return Judged(window, scores, np.exp(_log_shares(scores.kinds)), _log_shares(scores.types))


class Reader:
    """Makes the edges of one article of what the classifier and the rules say."""

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
        self.numbers = {name: number for number, name in enumerate(classifier.types)}

    def learnt(self, judged: Sequence[Judged], least: float) -> Iterator[Edge]:
        """The edges that the classifier finds, each of its surest type that the ontology allows.

        Kinds are settled by all that a reading keeps, so that they do not depend on ``least``.
        """
        calibration, low = self.classifier.calibration, min(least, KEPT)
        hits = [
            np.flatnonzero(calibration.curve(one.scores.exists, one.types.max(1)) >= low)
            for one in judged
        ]
        self.ends.settle(
            (self.candidates[one.window.ends[place]], one.kinds[place])
            for one, pairs in zip(judged, hits, strict=True)
            for place in np.unique(one.window.pairs[pairs])
        )
        for one, pairs in zip(judged, hits, strict=True):
            for pair in pairs:
                edge = self._edge(one, int(pair))
                if edge is not None and edge.confidence >= least:
                    yield edge

    def _edge(self, judged: Judged, pair: int) -> Edge | None:
        places = judged.window.pairs[pair]
        source, target = (self._entity(judged, int(place)) for place in places)
        if source is None or target is None or source is target:
            return None
        likely = np.argsort(-judged.types[pair], kind="stable")[:2]
        allowed = [int(k) for k in likely if self._allows(int(k), source, target)]
        if not allowed:
            return None
        scores = judged.scores
        tokens = [self.candidates[judged.window.ends[place]].head for place in places]
        cue = self._cue(judged, pair)
        about, voice = (self._third(judged, pair, role, (source, target)) for role in (0, 1))
        seen = judged.evidence(pair, allowed[0])
        return Edge(
            self.classifier.types[allowed[0]],
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
            seen=seen,
            confidence=self.classifier.calibration.confidence(seen),
        )

    def told(self, judged: Sequence[Judged], edges: Sequence[RuleEdge]) -> Iterator[Edge]:
        """The edges that the rules find, as sure as the classifier makes them."""
        places = {
            tuple(self.candidates[one.window.ends[place]].head.i for place in ends): (one, pair)
            for one in judged
            for pair, ends in enumerate(one.window.pairs)
        }
        for edge in edges:
            one, pair = places.get((edge.source_token.i, edge.target_token.i), (None, 0))
            seen = UNSEEN
            if one is not None and edge.type in self.numbers:
                seen = one.evidence(pair, self.numbers[edge.type], told=True)
            yield Edge(
                edge.type,
                edge.source,
                edge.target,
                edge.source_token,
                edge.target_token,
                cue=_first_run(edge.cue),
                evidence=edge.evidence,
                about=edge.about,
                negated=edge.negated,
                modality=edge.modality,
                voice=edge.voice,
                seen=seen,
                confidence=self.classifier.calibration.confidence(seen),
            )

    def _allows(self, kind: int, source: Cluster, target: Cluster) -> bool:
        name = self.classifier.types[kind]
        known = name in self.ontology.relations  # one's own ontology may have fewer
        return known and self.ontology.allows(name, source.kind, target.kind)

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


def _first_run(cue: Sequence[Token]) -> model.Span:
    """The cue's first word and those of its words that stand right beside it."""
    tokens = sorted(cue, key=lambda t: t.i)
    run = [tokens[0]]
    for token in tokens[1:]:
        if token.i == run[-1].i + 1:
            run.append(token)
    return span_of(run)


def _log_shares(logits: Floats) -> Floats:
    """Logits as logarithms of shares of one, over the last axis."""
    top = logits.max(-1, keepdims=True)
    rest: Floats = logits - top
    return rest - np.log(np.exp(rest).sum(-1, keepdims=True))
