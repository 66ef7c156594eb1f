"""Which parts of a text are the article, and which are its page's furniture.

Three things tell them apart: words that publishers wrap articles in (``data/furniture.yaml``), the
shape of a line, and where in the document it stands. Where they leave a doubt the words are taken
for the article's: a promo that is read does less harm than a sentence that is not.

A paragraph is a line, or several where the text is hard-wrapped. It is cut where furniture is glued
into it: a picture's caption and credit, a pointer to another article, a sentence that asks to
subscribe. A dateline ("PARIS (AP) —") stays in the body.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from onrecord.graph.model import Passage
from onrecord.loaders.passages.cuts import cut
from onrecord.loaders.passages.layout import tell_by_place
from onrecord.loaders.passages.paragraphs import paragraphs
from onrecord.loaders.passages.shapes import Part

__all__ = ["find_passages"]


def find_passages(text: str) -> list[Passage]:
    """The passages of a text in order, without overlap; white space between them is left out.

    Every other character of the text is in exactly one passage.
    """
    cuts = [cut(text[start:end], start) for start, end in paragraphs(text)]
    for parts in cuts:
        own = [part for part in parts if part.role is None] or parts
        own[0].whole = len(own) == 1
    tell_by_place([part for parts in cuts for part in parts])
    return [passage for parts in cuts for passage in _passages(parts)]


def _passages(parts: Iterable[Part]) -> Iterator[Passage]:
    """The parts of one paragraph as passages, neighbours of one role joined."""
    for role, run in groupby(parts, key=lambda part: part.role or "body"):
        *_, last = first, *_ = list(run)
        yield Passage(start=first.start, end=last.start + len(last.text), role=role)
