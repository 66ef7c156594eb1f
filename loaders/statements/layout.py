"""Paragraphs and quotations of a parsed article, counted in its tokens."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from onrecord.loaders.language import is_own
from onrecord.loaders.statements.quotes import find_quotes


class Quotation(NamedTuple):
    """``doc[start:end]`` stands in quotation marks, which are part of it."""

    start: int
    end: int
    closed: bool


class Layout(NamedTuple):
    """What the article's own words are divided into; ``paragraphs`` are ranges of tokens."""

    paragraphs: tuple[range, ...]
    quotations: tuple[Quotation, ...]


def lay_out(doc: Doc) -> Layout:
    """The paragraphs and quotations of the article's own passages, in order."""
    text = doc.text
    paragraphs = tuple(_paragraphs(doc))
    return Layout(
        paragraphs,
        tuple(
            quotation for paragraph in paragraphs for quotation in _quotations(doc, text, paragraph)
        ),
    )


def _paragraphs(doc: Doc) -> Iterator[range]:
    """Runs of the article's own tokens; a line that ends within a sentence ends no paragraph."""
    start = stop = 0
    ended = True
    for token in doc:
        if token.is_space:
            ended = ended or "\n" in token.text
        elif not is_own(token) or (ended and token.is_sent_start):
            if stop > start:
                yield range(start, stop)
            start = stop = token.i
        if is_own(token) and not token.is_space:
            stop = token.i + 1
            ended = False
    if stop > start:
        yield range(start, stop)


def _quotations(doc: Doc, text: str, paragraph: range) -> Iterator[Quotation]:
    last = doc[paragraph[-1]]
    places = [doc[i].idx for i in paragraph]
    at = 0
    for quote in find_quotes(text, places[0], last.idx + len(last)):
        inside = [
            i for i in paragraph[at:] if quote.start <= places[i - paragraph.start] < quote.end
        ]
        if len(inside) > 1:
            at = inside[-1] + 1 - paragraph.start
            yield Quotation(inside[0], inside[-1] + 1, quote.closed)
