"""Words, and what they tell: noun classes, titles, and names in a form to compare them by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import yaml
from spacy.tokens import Span, Token

from onrecord.graph.model import EntityKind, MentionForm
from onrecord.graph.slugs import folded
from onrecord.loaders.gazetteer import gazetteer

ARTICLES = frozenset({"the", "a", "an", "this", "that"})
QUOTES = frozenset("\"'“”‘’«»")
_POINTING = frozenset({"the", "this", "that", "these", "those"})


@dataclass(eq=False)
class Noticed:
    """A mention before anybody has decided whom it means; ``span`` are its tokens.

    ``title`` are the words before a person's name in the same noun phrase; ``predicate`` tells that
    a post is said of somebody here ("Ann Lee, the chair") and not used to point at them.
    """

    span: Span
    head: Token
    form: MentionForm
    kind: EntityKind
    category: str = ""
    plural: bool = False
    predicate: bool = False
    title: list[Token] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """Its words, with single spaces."""
        return " ".join(self.span.text.split())

    @cached_property
    def definite(self) -> bool:
        """Whether it points at something known: "the", "this", a possessor, or a name."""
        return self.form in ("name", "pronoun") or any(
            t.lower_ in _POINTING or t.dep_ == "poss" for t in self.span if t.i <= self.head.i
        )


@cache
def _nouns() -> Mapping[str, str]:
    """Noun lemma -> the class it belongs to in data/nouns.yaml, else in the gazetteer."""
    classes = yaml.safe_load((files("onrecord.loaders") / "data/nouns.yaml").read_text("utf-8"))
    known = {noun: name for name, members in reversed(classes.items()) for noun in members}
    lists = {"issue": gazetteer().issues, "document": gazetteer().documents}
    return {noun: name for name, members in lists.items() for noun in members} | known


def noun_class(token: Token) -> str:
    """The class of a noun, "" where it has none."""
    return _class_of(token.lemma_, token.lower_)


@lru_cache(maxsize=65_536)
def _class_of(lemma: str, written: str) -> str:
    lemma = lemma.lower()
    forms = (lemma, written, lemma.rpartition("-")[2])
    known = next((_nouns()[form] for form in forms if form in _nouns()), "")
    return known or ("post" if lemma.endswith("ologist") else "")


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """A name without case, accents, articles, full stops or possessive, to know it again by."""
    words = re.sub(r"['’]s?$|[.,\"“”]", "", folded(name)).replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def is_honorific(token: Token) -> bool:
    """Whether the word only goes with a name: "Sir", "Dr."."""
    return token.text.rstrip(".") in gazetteer().honorifics


def is_post(token: Token) -> bool:
    """Whether the word names a post: "Commissioner", "Rep."."""
    known = noun_class(token)
    noun = token.pos_ in {"NOUN", "PROPN"}
    if known == "post":
        return noun or token.pos_ != "ADJ"  # "private", of an address
    return noun and known != "person" and gazetteer().title(token.text) is not None
