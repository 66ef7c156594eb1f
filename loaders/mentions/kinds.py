"""What a name is of, by its words and by what the recogniser mostly takes it for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from spacy.tokens import Span

from onrecord.graph.model import EntityKind
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.mentions.words import is_honorific, is_post, key, noun_class

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

_FIRMS = frozenset(
    "company firm subsidiary group militia party movement coalition newspaper daily magazine"
    " broadcaster network bank airline startup manufacturer retailer charity nonprofit union"
    " agency website band orchestra franchise".split()
)
_SITES = frozenset(
    "stadium arena bridge street road avenue square tunnel dam mosque temple palace tower"
    " reservoir highway expressway canal".split()
)
SHOWS = frozenset({"show", "podcast"})
_UNDERTAKINGS = frozenset(
    "summit program programme project week day award awards games festival cup championship"
    " championships tournament marathon".split()
)
BODY_ENDS = frozenset(
    "productions records studios pictures entertainment enterprises technologies systems"
    " solutions labs laboratories ventures securities airlines airways motors foods"
    " pharmaceuticals industries holdings inc corp ltd llc plc communications publishing company"
    " corporation university college institute municipality ministry department council commission"
    " committee association federation foundation agency authority".split()
)
"""Words that end names of bodies, and of nobody and no place."""
_OF_FIRMS = frozenset(
    "founder co-founder cofounder ceo cfo coo cto chairman chairwoman shareholder"
    " subsidiary".split()
)
"""Nouns of what firms have, and people have not: "Zelt's founder", "Zelt CEO Ann Lee"."""
_WHERE = frozenset({"in", "near", "outside", "across", "throughout"})
_BELIEVING = frozenset(
    "believe trust confide faith confidence interest interested disappoint disappointed".split()
)
_SPEAKING = frozenset("say tell add argue write tweet insist claim think believe".split())
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
    """What the recogniser takes it for; laws, shows, sites and undertakings by their last word."""
    word = ent[-1].lower_
    if len(ent) > 1 and ent[-1].text[:1].isupper():
        known = gazetteer()
        if (
            (word in LAWS and ent.label_ in {"MISC", "ORG"})
            or (word in SHOWS and ent.label_ in {"MISC", "ORG", "PERSON"})
            or (word in known.documents - known.issues and ent.label_ == "MISC")
        ):
            return "Document"
        if word in _SITES and ent.label_ == "ORG":
            return "Place"
        if word.rstrip(".") in BODY_ENDS and ent.label_ in {"PERSON", "GPE"}:
            return "Body"
        if word in _UNDERTAKINGS and ent.label_ == "ORG" and not known.lookup(ent.text):
            return None
    return _KINDS.get(ent.label_)


def told_bodies(found: Iterable[tuple[Span, EntityKind]]) -> set[str]:
    """Names, by key, that the article itself says are bodies.

    They stand in brackets after a body's ("Hill College (Hilco)"), or beside a noun that says so
    ("the Zelt militia", "Zelt, a network of banks"), or have what only bodies have
    ("Zelt's founder", "the founder of Zelt", "the rebels known as Zelt").
    """
    named = list(found)
    ends = {span.end for span, kind in named if kind == "Body"}
    told = set()
    for span, kind in named:
        if kind not in {"Person", "Place"}:
            continue
        doc, root = span.doc, span.root
        around = doc[span.start - 1 : span.end + 1].text
        bracketed = around[:1] + around[-1:] in {"()", "[]"} and span.start - 1 in ends
        beside = [
            *(child for child in root.children if child.dep_ == "appos" and child.i >= span.end),
            *([root.head] if root.dep_ == "compound" and root.head.i == span.end else []),
        ]
        told_so = any(t.lower_ in _FIRMS for t in beside) or _is_owned_as_a_firm(span)
        if bracketed or (kind == "Person" and told_so):
            told.add(key(span.text))
    return told


def _is_owned_as_a_firm(span: Span) -> bool:
    """Whether the name belongs to a noun of firms, or is what a body is known as."""
    root = span.root
    above = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root.head
    known_as = span.doc[max(0, span.start - 2) : span.start].text.lower() == "known as"
    if known_as:
        return noun_class(root.head.head.head) == "group"
    belongs = root.dep_ in {"poss", "compound", "nmod"} or above != root.head
    return belongs and above.lemma_.lower() in _OF_FIRMS


def told_places(found: Iterable[tuple[Span, EntityKind]]) -> set[str]:
    """Names, by key, that the article itself says are places': something is in them, or near.

    Not those that also have a title or say something, nor what one believes in.
    """
    places, people = set(), set()
    for span, kind in found:
        before = span.doc[span.start - 1] if kind == "Person" and span.start > 0 else None
        if before is None:
            continue
        speaks = span.root.dep_ == "nsubj" and span.root.head.lemma_ in _SPEAKING
        if speaks or is_honorific(before) or is_post(before):
            people.add(key(span.text))
        elif before.lower_ in _WHERE and before.head.lemma_.lower() not in _BELIEVING:
            places.add(key(span.text))
    return places - people


def short_for(
    found: Iterable[tuple[Span, EntityKind]], others: Iterable[Span]
) -> dict[str, EntityKind | None]:
    """What acronyms in brackets are short for, by key, where it is no body: a law, a dam.

    None is for what is no name of ours ("Robotics Games (RG)"); ``others`` are such names. An
    acronym that the article goes on to use is rather a body's.
    """
    named = list(found)
    uses = Counter(key(span.text) for span, _ in named)
    before: dict[int, tuple[Span, EntityKind | None]] = {span.end: (span, k) for span, k in named}
    before |= {span.end: (span, None) for span in others}
    short: dict[str, EntityKind | None] = {}
    for span, _ in named:
        full, kind = before.get(span.start - 1, (None, None))
        bracketed = span.start > 0 and span.doc[span.start - 1].text == "("
        once = kind is not None or uses[key(span.text)] == 1
        fits = kind not in {"Body", "Person"} and bracketed and span.text.isupper()
        if full is None or not (once and fits):
            continue
        initials = iter([token.text[0].upper() for token in full])
        if all(letter in initials for letter in span.text):
            short[key(span.text)] = kind
    return short


def told_relatives(found: Iterable[tuple[Span, EntityKind]]) -> set[str]:
    """Names, by key, that the article itself says are people's: "his wife, Odessa, said"."""
    return {
        key(span.text)
        for span, _ in found
        if span.root.dep_ == "appos"
        and noun_class(span.root.head) == "family"
        and span.doc[span.root.head.i + 1 : span.start].text in ("", ",")
    }


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
