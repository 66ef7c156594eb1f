"""Relations said by a verb or an adjective: "the union criticised it", "is critical of it"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.loaders.clauses import (
    Clause,
    after,
    agents,
    all_after,
    child,
    objects_of,
    patients,
    together,
)
from onrecord.loaders.relations.rules.cues import Match
from onrecord.loaders.relations.rules.edges import Manner, RuleEdge, RuleEnds
from onrecord.loaders.relations.rules.nouns import OWN_WORDS
from onrecord.loaders.relations.rules.requests import asks, change_asked, rule_changed

_SAYING = frozenset(
    "say write tell announce reveal reach warn argue state add declare explain urge ask call"
    " describe claim insist promise acknowledge admit confirm set suggest".split()
)
_FINDING = frozenset("find conclude determine establish rule".split())
_SEEKING = frozenset("seek want request demand propose ask".split())
_COPULAS = frozenset("be become remain seem feel stay stand come".split())


def by_verb(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """ "The union criticised the plan", "hit out at the plan", "accused the firm of hiding it"."""
    matches = [m for m in ends.cues.of_verb(clause.verb) if m.cue.type != "FINDS"]
    types = [m.cue.type for m in matches]
    for match in matches:
        sources, targets = _ends(clause, match)
        about = after(match.tokens[0], match.cue.about_after)
        for source in sources:
            for target in targets:
                if _meant(ends, types, source, target) != match.cue.type:
                    continue
                kind, cue, third = match.cue.type, match.tokens, about
                if asks(ends, kind) and (rule := change_asked(ends, clause.verb)) is not None:
                    kind, cue, third = "REQUESTS_CHANGE", (*match.tokens, rule), rule
                manner = Manner(clause.verb, third)
                yield from ends.edge(kind, (source, target), cue, manner)
    if clause.verb.lemma_ in _SEEKING:
        for token in clause.objects:
            rule = rule_changed(ends, token) if token.lemma_.lower() in ends.cues.changes else None
            if rule is not None:
                pairs, cue = ((s, rule) for s in clause.subjects), (clause.verb, token)
                for pair in pairs:
                    yield from ends.edge("REQUESTS_CHANGE", pair, cue, Manner(clause.verb))


def _ends(clause: Clause, match: Match) -> tuple[Sequence[Token], Sequence[Token]]:
    """Where the cue puts its source and its target."""
    verb, last = clause.verb, match.last
    if match.cue.source_after:
        return all_after(verb, match.cue.source_after), clause.objects or clause.subjects
    if last == verb or last.dep_ in {"prt", "advmod", "oprd", "acomp"}:
        return clause.subjects, clause.objects
    if last.pos_ == "ADP" or last.dep_ in {"prep", "dative", "agent"}:
        # "Is based in", "was married to": the passive's subject, where nobody else does it.
        return clause.subjects or clause.objects, objects_of(last)
    if last.pos_ == "VERB":
        return clause.subjects, patients(last)
    return clause.subjects, clause.objects if last not in clause.objects else []


def _meant(ends: RuleEnds, types: Sequence[str], source: Token, target: Token) -> str | None:
    """Of the types a cue may mean, the one meant: the narrowest for somebody, else the widest.

    To dismiss an officer is to sack them, to dismiss a request is to reject it.
    """
    fits = [name for name in types if ends.allows(name, source, target)]
    who = ends.who(target)
    somebody = who is not None and (who.kind == "Person" or (who.kind == "Body" and not who.named))
    width = {name: sum(map(ends.width, ends.ontology.relations[name].target)) for name in fits}
    return min(fits, key=lambda name: width[name] if somebody else -width[name], default=None)


def by_adjective(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """ "The mayor is critical of the plan", "against the plan"."""
    if clause.verb.lemma_ not in _COPULAS:
        return
    words = (
        c for c in clause.verb.children if c.dep_ in {"acomp", "attr", "prep", "advmod", "oprd"}
    )
    for match in (m for word in words for m in ends.cues.of_adjective(word)):
        for source in clause.subjects:
            for target in objects_of(match.last):
                manner = Manner(clause.verb)
                yield from ends.edge(match.cue.type, (source, target), match.tokens, manner)


def written_in(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """ "She set out the plan in a letter": what one says in one's own letter, one has written."""
    verb = clause.verb
    if not clause.subjects or (verb.lemma_ not in _SAYING and not child(verb, "dobj", "ccomp")):
        return
    for preposition in verb.subtree:
        if (
            preposition.dep_ != "prep"
            or preposition.lower_ != "in"
            or _verb_above(preposition) != verb
        ):
            continue
        for document in objects_of(preposition):
            own = any(
                c.lower_ in {"a", "an", "his", "her", "their", "its"} for c in document.children
            )
            if own and document.lemma_.lower() in OWN_WORDS:
                for source in clause.subjects:
                    yield from ends.edge("AUTHORS", (source, document), (document,), Manner(verb))


def _verb_above(token: Token) -> Token | None:
    """The finite verb that a phrase belongs to, beyond participles it may be hung on by mistake."""
    return next((a for a in token.ancestors if a.tag_ in {"VBD", "VBZ", "VBP"}), None)


def finding(ends: RuleEnds, clause: Clause) -> Iterator[RuleEdge]:
    """ "The review by Lee found that the ward was unsafe": a finding of the review, and of Lee."""
    content = child(clause.verb, "ccomp")
    if clause.verb.lemma_ not in _FINDING or content is None:
        return
    own = child(content, "nsubj", "nsubjpass")
    about = together(own) if own is not None else agents(content) or patients(content)
    about += [t for subject in about for t in ends.named_within(subject)]
    for source in clause.subjects:
        found_by = ends.who(source)
        if found_by is None or found_by.kind not in {"Document", "Body"}:
            continue
        for target in filter(ends.is_definite, about):
            manner = Manner(clause.verb)
            yield from ends.edge("FINDS", (source, target), (clause.verb,), manner)
            for author in [*all_after(source, "by"), *all_after(source, "from")]:
                manner = Manner(clause.verb)
                yield from ends.edge("FINDS", (author, target), (clause.verb,), manner)
