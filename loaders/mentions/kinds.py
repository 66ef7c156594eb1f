"""What a name is of, by its words and by what the recogniser mostly takes it for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from spacy.tokens import Span

from onrecord.graph.model import EntityKind
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.mentions.words import key

_KINDS: dict[str, EntityKind] = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Body",
    "NORP": "Body",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "LAW": "Document",
    "WORK_OF_ART": "Document",
}
_SORTS = {"NORP": "people", "FAC": "facility"}

LAWS = frozenset(
    "act bill treaty agreement accord amendment constitution ordinance decree statute protocol"
    " manifesto".split()
)
"""Words that end no body's name."""
INSTITUTIONS = frozenset(
    "campaign camp administration government police army military navy regime court council"
    " parliament senate legislature committee commission department ministry union federation"
    " association party foundation university college school hospital station embassy airport"
    " prison church caucus assembly board city delegation cabinet force team".split()
)
"""What a body is called, also in small letters after a name: "Ohio police"."""


def kind_of(ent: Span) -> EntityKind | None:
    """What the recogniser takes it for; a law, report or treaty by its last word."""
    word = ent[-1].lemma_.lower()
    if ent.label_ in {"MISC", "ORG"} and len(ent) > 1 and ent[-1].text[:1].isupper():
        known = gazetteer()
        if word in LAWS or (ent.label_ == "MISC" and word in known.documents - known.issues):
            return "Document"
    return _KINDS.get(ent.label_)


def sorts_of(seen: Iterable[tuple[Span, str]]) -> dict[str, str]:
    """What sort of name the recogniser mostly takes each for, if it is no plain one."""
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for span, label in seen:
        labels[key(span.text)][label] += 1
    return {
        name: _SORTS[label]
        for name, count in labels.items()
        if (label := max(count, key=lambda label: (count[label], label))) in _SORTS
    }


def category_of(span: Span, sorts: Mapping[str, str]) -> str:
    """A name's sort: "unnamed" where a common noun ends it, else by ``sorts_of``, else "name"."""
    if span[-1].is_lower and span[-1].lemma_ in INSTITUTIONS:
        return "unnamed"
    return sorts.get(key(span.text), "name")
