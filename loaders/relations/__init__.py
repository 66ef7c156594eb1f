"""Typed relations: who criticises, asks, backs, sues or writes what, and the words that say so.

The article is cut into windows (``windows``), in which every noun, pronoun and infinitive is a
candidate end (``candidates``). A learnt classifier judges each pair of them (``classifier``); the
ends become entities (``ends``), and the pairs edges (``edges``). What rules over the parse find
(``rules``) is evidence beside it: an edge that both find is surer, and one that only they find is
as sure as the classifier makes it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from onrecord.graph.model import Span
from onrecord.graph.ontology import Ontology
from onrecord.loaders.clauses import Clause
from onrecord.loaders.coreference import Entities
from onrecord.loaders.relations.candidates import find_candidates
from onrecord.loaders.relations.classifier import classifier
from onrecord.loaders.relations.edges import Edge, Reader, judge
from onrecord.loaders.relations.ends import Ends
from onrecord.loaders.relations.rules import told_relations
from onrecord.loaders.relations.windows import find_windows
from onrecord.loaders.statements import Attribution

__all__ = ["Edge", "Read", "find_relations"]


class Read(NamedTuple):
    """What the stages before have read of an article."""

    doc: Doc
    entities: Entities
    attributions: Sequence[Attribution]
    clauses: Iterable[Clause]


def find_relations(read: Read, ontology: Ontology, least: float) -> list[Edge]:
    """All relations of an article that are at least so sure, by their evidence.

    Of one relation between the same two in the same sentence the surest is kept.
    """
    learnt = classifier()
    doc, entities, attributions, clauses = read
    candidates = find_candidates(doc, entities, attributions)
    judged = [judge(w, learnt) for w in find_windows(doc, candidates, learnt.tokenizer)]
    reader = Reader(doc, candidates, Ends(entities), learnt, ontology)
    found = list(reader.learnt(judged, least))
    told = told_relations(doc, entities, attributions, ontology, clauses)
    found += [edge for edge in reader.told(judged, told) if edge.confidence >= least]
    kept: defaultdict[object, list[Edge]] = defaultdict(list)
    for edge in sorted(found, key=lambda e: (-e.confidence, e.evidence, e.cue)):
        same = kept[edge.type, edge.source, edge.target]
        if not any(_overlap(edge.evidence, other.evidence) for other in same):
            same.append(edge)
    every = (edge for same in kept.values() for edge in same)
    return sorted(every, key=lambda e: (e.evidence, e.cue, e.type, e.target_token.i))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
