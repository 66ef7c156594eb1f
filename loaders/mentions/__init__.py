"""Mentions: where an article refers to people, bodies, documents, issues and places.

Names come from the named-entity recogniser and lists; noun phrases from the parse, told apart by
their head noun (data/nouns.yaml); pronouns are left to coreference.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.graph.model import EntityKind
from onrecord.loaders.language import own_words
from onrecord.loaders.mentions.names import find_names
from onrecord.loaders.mentions.words import (
    QUOTES,
    Noticed,
    is_honorific,
    is_post,
    key,
    noun_class,
)

__all__ = ["Noticed", "find_mentions", "is_honorific", "is_post", "key", "noun_class"]

_KINDS: dict[str, EntityKind] = {
    "family": "Person",
    "post": "Person",
    "person": "Person",
    "group": "Body",
    "document": "Document",
    "issue": "Issue",
}
_SINGULAR = "he him his himself she her hers herself it its itself i me my"
_PLURAL_PRONOUNS = frozenset("they them their theirs themselves".split())
_PRONOUNS = _PLURAL_PRONOUNS | frozenset(_SINGULAR.split())
_BEFORE_NOUN = frozenset(
    {"det", "poss", "amod", "compound", "nummod", "nmod", "quantmod", "advmod"}
)


def find_mentions(doc: Doc) -> list[Noticed]:
    """All mentions of the article's own passages, in the order of their heads."""
    names = find_names(doc)
    taken = {token.i for name in names for token in (*name.span, *name.title)}
    pronouns = (
        Noticed(doc[t.i : t.i + 1], t, "pronoun", "Person", plural=t.lower_ in _PLURAL_PRONOUNS)
        for t in own_words(doc)
        if t.lower_ in _PRONOUNS and t.pos_ in {"PRON", "DET"}
    )
    return sorted([*names, *_noun_phrases(doc, taken), *pronouns], key=lambda m: m.head.i)


def _noun_phrases(doc: Doc, taken: set[int]) -> Iterator[Noticed]:
    for token in own_words(doc):
        if token.i in taken or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        category = noun_class(token)
        if category not in _KINDS or (token.dep_ == "compound" and token.head.i > token.i):
            continue
        plural = token.tag_ in {"NNS", "NNPS"}
        kind = _KINDS[category]
        start = token.i
        while (
            start > 0
            and doc[start - 1].i >= token.left_edge.i
            and (
                doc[start - 1].dep_ in _BEFORE_NOUN
                or "-" in (doc[start - 1].text, doc[start].text)
                or doc[start - 1].text in QUOTES
                or doc[start - 1].dep_ == "case"
            )
        ):
            start -= 1
        while start < token.i and (
            doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "case"
        ):
            start += 1
        yield Noticed(
            doc[start : token.i + 1],
            token,
            "role" if kind == "Person" else "noun",
            "Body" if plural and kind == "Person" else kind,
            category=category,
            plural=plural,
        )
