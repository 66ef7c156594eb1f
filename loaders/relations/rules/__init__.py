"""Relations by rules: what the ontology's cues say on the parse.

Four ways of saying a relation are read: a verb with its subject and object ("the union criticised
the plan"), a noun with its preposition ("her attack on the bill"), an adjective ("critical of the
bill"), and a judgement in something said ("the bill is a disgrace"). The rules find a fifth of what
the classifier finds, and are evidence for it: what both find is surer.
"""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from onrecord.graph.ontology import Ontology
from onrecord.loaders.clauses import Clause
from onrecord.loaders.coreference import Entities
from onrecord.loaders.language import own_words
from onrecord.loaders.relations.rules.cues import Cues
from onrecord.loaders.relations.rules.edges import RuleEdge, RuleEnds
from onrecord.loaders.relations.rules.judgements import accused, described, judged, urged
from onrecord.loaders.relations.rules.nouns import affiliations, of_noun
from onrecord.loaders.relations.rules.verbs import by_adjective, by_verb, finding, written_in
from onrecord.loaders.statements import Attribution

__all__ = ["RuleEdge", "told_relations"]

_made: dict[int, tuple[Ontology, Cues]] = {}


def told_relations(
    doc: Doc,
    entities: Entities,
    attributions: Sequence[Attribution],
    ontology: Ontology,
    clauses: Iterable[Clause],
) -> list[RuleEdge]:
    """All relations that the cues tell; one for the same words and ends."""
    ends = RuleEnds(doc, entities, attributions, ontology, _cues(ontology))
    found: dict[object, RuleEdge] = {}
    for edge in _all(ends, clauses):
        found.setdefault((edge.type, edge.source, edge.target, edge.evidence), edge)
    return list(found.values())


def _cues(ontology: Ontology) -> Cues:
    if id(ontology) not in _made:
        _made[id(ontology)] = (ontology, Cues(ontology))
    return _made[id(ontology)][1]


def _all(ends: RuleEnds, clauses: Iterable[Clause]) -> Iterator[RuleEdge]:
    for clause in clauses:
        for edge in _of_clause(ends, clause):
            yield edge
            yield from accused(ends, edge)
    for token in own_words(ends.doc):
        if token.pos_ in {"NOUN", "PROPN"}:
            yield from of_noun(ends, token)
    yield from affiliations(ends)


def _of_clause(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    calls = list(described(ends, clause))
    yield from calls or by_verb(ends, clause)
    for reader in (by_adjective, judged, urged, written_in, finding):
        yield from reader(ends, clause)
