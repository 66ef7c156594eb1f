"""Requests that a rule be changed: "asked the ministry to amend the law"."""

from spacy.tokens import Token

from onrecord.loaders.clauses import all_after, patients
from onrecord.loaders.relations.rules.edges import RuleEnds


def asks(ends: RuleEnds, kind: str) -> bool:
    """Whether the relation is a request, or talk that may carry one."""
    return ends.ontology.relations[kind].family == "request" or kind == "CONSULTS"


def change_asked(ends: RuleEnds, word: Token) -> Token | None:
    """The rule to be changed, where what is asked for changes one."""
    changes = (t for t in word.subtree if t != word and t.lemma_.lower() in ends.cues.changes)
    return next((rule for t in changes if (rule := rule_changed(ends, t)) is not None), None)


def rule_changed(ends: RuleEnds, change: Token) -> Token | None:
    """The rule that a word of change is about: "amend the law", "a change to the law"."""
    heads = (
        patients(change)
        if change.pos_ == "VERB"
        else [t for text in ("to", "of", "in") for t in all_after(change, text)]
    )
    return next((t for t in heads if t.lemma_.lower() in ends.cues.rules), None)
