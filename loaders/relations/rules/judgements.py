"""Relations that are judgements: what is called a threat, is a disgrace, or ought to be done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.loaders.clauses import Clause, after, child, is_negated, together
from onrecord.loaders.relations.rules.cues import british
from onrecord.loaders.relations.rules.edges import Manner, RuleEdge, RuleEnds

_DESCRIBING = frozenset(
    "call describe label brand dub deem term denounce dismiss portray characterise slam"
    " condemn consider regard view see paint cast blast depict frame declare find think".split()
)
_LIGHT = frozenset(
    "be become remain seem look sound send pose make represent constitute mark show set give"
    " create cause amount".split()
)
_ASSERTED = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_OUGHT = frozenset({"should", "must", "ought"})
_WRONGS = frozenset({"ATTACKS", "KILLS", "HARMS", "THREATENS"})
_DESCRIPTION = frozenset(
    {
        "amod",
        "compound",
        "advmod",
        "nmod",
        "conj",
        "det",
        "neg",
        "poss",
        "npadvmod",
        "acomp",
        "attr",
    }
)


def described(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """ "Called the plan a threat", "described the plan as reckless"."""
    verb = clause.verb
    if british(verb.lemma_) not in _DESCRIBING:
        return
    for target, words in _descriptions(verb, clause.objects):
        kind = _judgement(ends, words)
        if kind is not None:
            for source in clause.subjects:
                yield from ends.edge(kind, (source, target), (verb, words[0]), Manner(verb))


def _descriptions(verb: Token, objects: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """What the verb describes, and the words it does so by."""
    for c in verb.children:
        if c.dep_ in {"oprd", "acomp"} or (c.dep_ == "prep" and c.lower_ == "as"):
            for target in objects or _between(verb, c):
                yield target, _within(c)
        elif c.dep_ == "ccomp" and not any(k.dep_ in {"aux", "mark"} for k in c.children):
            subject = child(c, "nsubj")
            if subject is not None:
                yield subject, [t for t in _within(c) if t != subject]
    if len(objects) == 1 and objects[0].dep_ == "dobj":
        second = child(objects[0], "appos")
        if second is not None:
            yield objects[0], _within(second)


def _between(verb: Token, complement: Token) -> list[Token]:
    """The noun between a verb of calling and what it calls it, where the parse has no object."""
    nouns = (c for c in verb.children if c.pos_ in {"PROPN", "NOUN"})
    return [c for c in nouns if verb.i < c.i < complement.i][:1]


def judged(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """In something said: "the plan is a disgrace" puts the speaker against the plan.

    So does "the plan would be a disgrace": what is foretold may not come, but is judged already.
    """
    said = ends.said(clause.verb)
    if said is None or said.source_head is None or _is_denied(clause):
        return
    if clause.verb.dep_ not in _ASSERTED or any(c.lower_ in _OUGHT for c in clause.verb.children):
        return
    verb = clause.verb
    words = _complement(ends, verb)
    kind = _judgement(ends, words)
    for target in clause.subjects:
        somebody = ends.kind(target) in {"Person", "Body"}
        if kind is not None and ends.is_definite(target) and not (kind == "SUPPORTS" and somebody):
            manner = Manner(verb, own=said)
            for source in together(said.source_head):
                for edge in ends.edge(kind, (source, target), (verb, words[0]), manner):
                    yield replace(edge, modality="asserted")


def _complement(ends: RuleEnds, verb: Token) -> list[Token]:
    """The words that judge the verb's subject: "is a [disgrace]", "sends a [chilling message]"."""
    if verb.lemma_ not in _LIGHT:
        return [verb] if british(verb.lemma_) in ends.cues.judgements else []
    told = (c for c in verb.children if c.dep_ in {"attr", "acomp", "oprd", "dobj"})
    return [t for c in told for t in _within(c)]


def urged(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """In something said: "the mayor should resign", "the law must be changed"."""
    verb, said = clause.verb, ends.said(clause.verb)
    if said is None or said.source_head is None or verb.dep_ not in _ASSERTED or _is_denied(clause):
        return
    ought = [c.i for c in verb.children if c.lower_ in _OUGHT and c.dep_ == "aux"]
    subject = child(verb, "nsubj", "nsubjpass")
    if not ought or (subject is not None and ought[0] < subject.i):
        return  # "should the mayor resign" is a question, or a condition
    passive = child(verb, "auxpass") is not None
    for target in clause.objects if passive else clause.subjects:
        if passive and verb.lemma_ in ends.cues.changes:
            kind = "REQUESTS_CHANGE"
        elif not passive and ends.kind(target) in {"Person", "Body"} and _can_act(verb, target):
            kind = "REQUESTS"
        else:
            continue
        manner = Manner(verb, own=said)
        for source in together(said.source_head):
            for edge in ends.edge(kind, (source, target), (verb,), manner):
                yield replace(edge, modality="asserted")


def _is_denied(clause: Clause) -> bool:
    """ "Is no disgrace", "I do not think it is a disgrace"."""
    verb = clause.verb
    return clause.negated or (verb.dep_ == "ccomp" and is_negated(verb.head))


def _can_act(verb: Token, target: Token) -> bool:
    """Whether it is asked to do something, and not only to be something."""
    return verb.tag_ == "VB" and verb.lemma_ not in {"be", "have"} and target.lower_ != "it"


def accused(ends: RuleEnds, edge: RuleEdge) -> Iterator[RuleEdge]:
    """Who says that somebody did harm accuses them of it."""
    said = ends.said(edge.cue[0])
    if said is None or said.source_head is None or edge.type not in _WRONGS or edge.negated:
        return
    speaker = ends.entities.of(said.source_head)
    if speaker is None or speaker in (edge.source, edge.target):
        return
    told = edge.modality in {"asserted", "alleged"}
    if told and ends.ontology.allows("ACCUSES", speaker.kind, edge.source.kind):
        yield replace(
            edge,
            type="ACCUSES",
            source=speaker,
            target=edge.source,
            source_token=said.source_head,
            target_token=edge.source_token,
            evidence=ends.evidence(edge.cue[0], said.source_head, edge.source_token),
            voice=None,
            modality="asserted",
        )


def _judgement(ends: RuleEnds, words: Sequence[Token]) -> str | None:
    """The relation that the first judging word of a description stands for."""
    judgements = ends.cues.judgements
    for token in words:
        if any(c.dep_ == "neg" or c.lower_ in {"no", "not"} for c in token.children):
            continue
        if token.lower_ == "responsible" and _is_duty(ends, after(token, "for")):
            continue
        phrases = (ends.doc[token.i : token.i + size].text.lower() for size in (4, 3, 2, 1))
        for text in (*phrases, british(token.lemma_.lower())):
            if text in judgements:
                return judgements[text]
    return None


def _is_duty(ends: RuleEnds, what: Token | None) -> bool:
    """Whether one is responsible for what has to be done, and not for what went wrong."""
    if what is None:
        return False
    lemma = what.lemma_.lower()
    types = (cue.type for cue in ends.cues.nouns.get(lemma, ()))
    conflict = any(ends.ontology.relations[name].family == "conflict" for name in types)
    bad = conflict or lemma in ends.cues.judgements
    return not bad and (what.pos_ == "VERB" or child(what, "det", "poss") is None)


def _within(token: Token) -> list[Token]:
    """The words that describe, from a description's head: not what hangs on it by a preposition."""
    head = token
    if token.pos_ in {"ADP", "SCONJ"}:
        head = child(token, "pobj", "amod", "acomp", "pcomp") or token
    kept, queue = [head], [head]
    while queue:
        here = queue.pop()
        more = [c for c in here.children if c.dep_ in _DESCRIPTION]
        kept += more
        queue += more
    return sorted(kept, key=lambda t: t.i)
