"""Typed relations: who criticises, asks, backs, sues or writes what, and the words that say so.

Four ways of saying a relation are read, all from the ontology's cues: a verb with its subject and
object ("the union criticised the plan"), a noun with its preposition ("her attack on the bill"), an
adjective ("critical of the bill"), and a judgement in something said ("the bill is a disgrace").
"""

from collections.abc import Iterable, Iterator

from onrecord.loaders.clauses import Clause
from onrecord.loaders.language import own_words
from onrecord.loaders.relations.edges import Edge, Ends
from onrecord.loaders.relations.judgements import accused, described, judged, urged
from onrecord.loaders.relations.nouns import affiliations, of_noun
from onrecord.loaders.relations.verbs import by_adjective, by_verb, finding, written_in

__all__ = ["Edge", "Ends", "find_relations"]


def find_relations(ends: Ends, clauses: Iterable[Clause]) -> list[Edge]:
    """All relations of an article, by their evidence; one for the same words and ends."""
    found: dict[object, Edge] = {}
    for edge in _all(ends, clauses):
        found.setdefault((edge.type, edge.source, edge.target, edge.evidence), edge)
    return sorted(found.values(), key=lambda e: (e.evidence, e.cue[0].i, e.type, e.target_token.i))


def _all(ends: Ends, clauses: Iterable[Clause]) -> Iterator[Edge]:
    for clause in clauses:
        for edge in _of_clause(ends, clause):
            yield edge
            yield from accused(ends, edge)
    for token in own_words(ends.doc):
        if token.pos_ in {"NOUN", "PROPN"}:
            yield from of_noun(ends, token)
    yield from affiliations(ends)


def _of_clause(ends: Ends, clause: Clause) -> Iterator[Edge]:
    calls = list(described(ends, clause))
    yield from calls or by_verb(ends, clause)
    for reader in (by_adjective, judged, urged, written_in, finding):
        yield from reader(ends, clause)
