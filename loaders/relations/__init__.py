"""Typed relations: who criticises, asks, backs, sues or writes what, and the words that say so.

The article is cut into windows (``windows``), in which every noun, pronoun and infinitive is a
candidate end (``candidates``). A learnt classifier judges each pair of them (``classifier``); the
ends become entities (``ends``), and the pairs edges (``edges``).
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from onrecord.graph.ontology import Ontology
from onrecord.loaders.coreference import Entities
from onrecord.loaders.relations.candidates import find_candidates
from onrecord.loaders.relations.classifier import classifier
from onrecord.loaders.relations.edges import Edge, Reader, judge
from onrecord.loaders.relations.ends import Ends
from onrecord.loaders.relations.windows import find_windows
from onrecord.loaders.statements import Attribution

__all__ = ["Edge", "find_relations"]


def find_relations(
    doc: Doc,
    entities: Entities,
    attributions: Sequence[Attribution],
    ontology: Ontology,
    least: float,
) -> list[Edge]:
    """All relations of an article that are at least so sure, by their evidence.

    Of one relation between the same two in the same words the surest reading is kept.
    """
    learnt = classifier()
    candidates = find_candidates(doc, entities, attributions)
    judged = [
        judge(window, learnt, least) for window in find_windows(doc, candidates, learnt.tokenizer)
    ]
    reader = Reader(doc, candidates, Ends(entities), learnt, ontology)
    found: dict[object, Edge] = {}
    for edge in sorted(reader.edges(judged, least), key=lambda e: -e.confidence):
        found.setdefault((edge.type, edge.source, edge.target, edge.evidence), edge)
    return sorted(found.values(), key=lambda e: (e.evidence, e.cue, e.type, e.target_token.i))
