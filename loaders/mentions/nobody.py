"""What looks like a name and is none: figures of speech, titles, adherents, adjectives, posts."""

import re
from collections.abc import Mapping

from spacy.tokens import Span

from onrecord.graph.model import EntityKind
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.mentions.words import QUOTES, is_post, key, noun_class

_ADJECTIVE = re.compile(r"(?:an|ish|ese|ic|i|ist|ite|[Oo]rthodox)$")


def is_nobody(span: Span, sorts: Mapping[str, str]) -> bool:
    """Whether the words name nobody where they stand; ``sorts`` are from ``kinds.sorts_of``."""
    return (
        _is_figure_of_speech(span)
        or _is_title(span)
        or _is_adherent(span)
        or _is_adjective(span, sorts)
    )


def is_post_alone(span: Span, kind: EntityKind) -> bool:
    """Whether the words name a post and nobody: "Brigadier", "Head of Public Service"."""
    if kind == "Person":
        return len(span) == 1 and is_post(span[0])
    if not is_post(span[0] if span[1:2].text == "of" else span[-1]):
        return False
    of_body = any(noun_class(token) == "group" for token in span)
    return not of_body and gazetteer().lookup(span.text, vouched=True) is None


def _is_figure_of_speech(span: Span) -> bool:
    """Whether a name in quotation marks only modifies a common noun: an "Al Capone" tactic."""
    doc = span.doc
    quoted = span.start > 0 and doc[span.start - 1].text in QUOTES
    closed = span.end < len(doc) and doc[span.end].text in QUOTES
    return quoted and closed and span.root.head.pos_ == "NOUN"


def _is_title(span: Span) -> bool:
    """Whether the words are a title's and no place's: "Del." before a delegate's name."""
    following = span.doc[span.end : span.end + 1]
    return (
        len(span) == 1
        and bool(following)
        and following[0].pos_ == "PROPN"
        and (title := gazetteer().title(span.text)) is not None
        and span.text.rstrip(".").lower() != title.name
    )


def _is_adherent(span: Span) -> bool:
    """Whether the word is a person of that party, and not the party: "the panel's top Democrat"."""
    token = span[0]
    return (
        len(span) == 1
        and noun_class(token) == "person"
        and token.tag_ in {"NNP", "NN"}
        and token.dep_ not in {"compound", "amod", "nmod"}
    )


def _is_adjective(span: Span, sorts: Mapping[str, str]) -> bool:
    """Whether it is the adjective of a people or faith, and no body we know: "Islamic"."""
    known = gazetteer().lookup(span.text, vouched=True) or gazetteer().demonym(span.text)
    before_noun = span.root.dep_ in {"amod", "compound", "nmod"} and span.root.head.i >= span.end
    one_of_them = any(child.lower_ in {"a", "an"} for child in span.root.children)
    formed = sorts.get(key(span.text)) == "people" and _ADJECTIVE.search(span.text)
    adjective = (len(span) == 1 and span[0].tag_ == "JJ") or (
        formed and (before_noun or one_of_them)
    )
    return bool(adjective) and known is None
