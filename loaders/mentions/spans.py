"""Where a name begins and ends, and what title stands before it."""

import re
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from onrecord.graph.model import EntityKind
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.mentions.nobody import is_post_alone
from onrecord.loaders.mentions.words import ARTICLES, QUOTES, is_honorific, is_post, noun_class

FUNCTION_WORDS = frozenset({"ADP", "CCONJ", "DET", "PART", "SCONJ"})
_CONTRACTION = re.compile(r"['’](?:d|m|ll|re|ve|t)$", re.IGNORECASE)
_FAITH = re.compile(r"(?:ism|ity|Islam|Christ)$")
_CHAMBERS = frozenset({"Senate", "House", "Assembly", "Legislature"})
"""Names that with "state" before them are no longer the country's."""
_APART = frozenset({",", "(", ")", ";", ":", "–", "—", "--"})
_BEFORE_NAME = frozenset("compound amod nmod poss case det punct prep pobj".split())


def bare(ent: Span, kind: EntityKind) -> Span | None:
    """The name without what is no part of it: articles, quotes, honorifics, a possessive."""
    doc, start, end = ent.doc, ent.start, ent.end
    end = next((t.i for t in ent if t.is_space and "\n" in t.text and t.i > start), end)
    person = kind == "Person"
    if person:  # "Ann Lee of Oakland"
        end = next((t.i for t in ent if t.lower_ == "of" and t.i > start), end)
    if ent.label_ == "NORP":
        start, end = _joined(ent)
    while start < end and (
        doc[start].is_space
        or doc[start].is_punct
        or (doc[start].lower_ in ARTICLES and not (kind == "Body" and doc[start].text == "The"))
        or (end - start > 1 and doc[start].tag_ == "CD" and doc[start].is_sent_start)
        or (person and end - start > 1 and (is_honorific(doc[start]) or is_post(doc[start])))
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].is_punct or doc[end - 1].lower_ in {"'s", "’s"}
    ):
        end -= 1
    while end > start and doc[end - 1].is_lower and doc[end - 1].pos_ in FUNCTION_WORDS:
        end -= 1
    if kind == "Body" and end > start:
        start, end = _own(doc, start, end)
    span = doc[start:end]
    return span if end > start and _is_name(span, kind, ent.label_) else None


def _is_name(span: Span, kind: EntityKind, label: str) -> bool:
    """Whether the bare words can be a name at all."""
    doc, start = span.doc, span.start
    # "R-Utah", "(D-Mass.)": a party and a constituency, the posts' business
    after_letter = start > 1 and doc[start - 1].text == "-" and len(doc[start - 2]) == 1
    if after_letter or re.fullmatch(r"[A-Z]-[A-Z].*", span.text):
        return False
    if kind in {"Person", "Body"} and is_post_alone(span, kind):
        return False
    if "-" in span.text and _is_pair(span):
        return False
    alone = len(span) == 1 and {"Person": _CONTRACTION, "NORP": _FAITH}.get(
        "Person" if kind == "Person" else label
    )
    return not (alone and alone.search(span.text)) and any(t.text[:1].isupper() for t in span)


def split_places(ent: Span) -> list[Span]:
    """The places that the recogniser took for one: "Ohio, Iowa", but not "Paris, France"."""
    commas = [token.i for token in ent if token.text == ","]
    if ent.label_ not in {"GPE", "LOC"} or not commas:
        return [ent]
    bounds = [ent.start - 1, *commas, ent.end]
    parts = [Span(ent.doc, a + 1, b, label=ent.label) for a, b in pairwise(bounds) if b > a + 1]
    known = [gazetteer().lookup(part.text, vouched=True) for part in parts]
    alike = known[0] and all(entry and entry.category == known[0].category for entry in known)
    return parts if alike else [ent]


def _own(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Where a body's name begins and ends, with a state's and without a title's words."""
    of_state = start > 0 and doc[start - 1].text == "state" and doc[start].text in _CHAMBERS
    return start - of_state, _before_title(doc, start, end)


def _before_title(doc: Doc, start: int, end: int) -> int:
    """Where the name ends whose last words begin a title: "UK Home", before "Secretary Ann Lee".

    The words of a body are its own: "Ohio Democratic Party", before "Chairman Ann Lee".
    """
    if end - start > 1 and is_post(doc[end - 1]):
        bare = doc[start : end - 1].text
        return end - (gazetteer().lookup(bare, vouched=True) is not None)
    if end == len(doc) or not is_post(doc[end]):
        return end
    if gazetteer().lookup(doc[start:end].text, vouched=True) is None:
        for i in range(end - 1, start - 1, -1):
            title = gazetteer().title(doc[i : end + 1].text)
            own = noun_class(doc[i]) == "group"
            if title is not None and (title.body is not None or not own):
                return i
            if own:
                break
    return end


def _is_pair(span: Span) -> bool:
    """Whether the words stand for what is between two places: "Syrian-U.S.", "Oslo-Bergen"."""
    known = gazetteer()
    parts = span.text.split("-")
    return known.lookup(parts[-1]) is not None and all(
        known.demonym(part) or known.lookup(part) for part in parts
    )


def _joined(ent: Span) -> tuple[int, int]:
    """Where the words begin and end of which hyphens make one: "African-Americans"."""
    doc, start, end = ent.doc, ent.start, ent.end
    while end + 1 < len(doc) and _tight(doc, end):
        end += 2
    while start > 1 and _tight(doc, start - 1):
        start -= 2
    return start, end


def _tight(doc: Doc, i: int) -> bool:
    """Whether the token is a hyphen between two words with capitals."""
    around = (doc[i - 1], doc[i + 1])
    bare = doc[i].text == "-" and not doc[i].whitespace_ and not doc[i - 1].whitespace_
    return bare and all(token.text[:1].isupper() for token in around)


def title_before(span: Span) -> list[Token]:
    """The words between the start of a person's noun phrase and the name: "former Met chief"."""
    start = span.start
    while start > 0:
        token = span.doc[start - 1]
        title = token.text[:1].isupper() and (
            is_post(token)
            if start == span.start or span.doc[start].dep_ == "prep"
            else gazetteer().title(span.doc[start - 1 : span.start].text) is not None
        )
        inside = title or token.dep_ in _BEFORE_NAME
        if not inside or token.text in _APART or token.text in QUOTES or token.is_space:
            break
        apart = token.head.i < token.i and token.head.i != start - 2
        named = token.dep_ == "pobj" and token.text[:1].isupper()  # "minister for Foreign Affairs"
        if apart and not (title or named or token.dep_ == "case"):
            break
        start -= 1
    tokens = list(span.doc[start : span.start])
    while tokens and (tokens[0].dep_ in {"det", "prep", "punct", "pobj"}):
        tokens.pop(0)
    return tokens
