"""Quotation marks: where somebody's very words begin and end.

Marks may be curly, straight, doubled singles (``''``), single or mixed, nested, or unbalanced: a
long quotation repeats its opening mark on every paragraph and closes only the last one.
"""

import re
from typing import NamedTuple

_MARK = re.compile(r"``|''|[“”„«»\"‘’']")
_DOUBLE_OPENING, _DOUBLE_CLOSING = frozenset("“„«") | {"``"}, frozenset("”»")
_LINE = re.compile(r"[^\n]+")


class Quote(NamedTuple):
    """A quotation, its marks included: ``text[start:end]``.

    ``closed`` is false where the paragraph ends before the quotation does.
    """

    start: int
    end: int
    closed: bool = True


def find_quotes(text: str) -> list[Quote]:
    """The outermost quotations of a text, in order; none crosses the end of a line."""
    return [quote for line in _LINE.finditer(text) for quote in _in_line(text, *line.span())]


def _in_line(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: list[int] = []
    single: int | None = None
    for mark in _MARK.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        at_start = not before.isalnum() and before not in ".,!?…;%)" and not after.isspace()
        if mark[0] in "‘’'" and mark[0] != "''":
            if opened:
                continue
            if single is None:
                if mark[0] != "’" and at_start and _closes(text, mark.end(), end):
                    single = mark.start()
            elif mark[0] != "‘" and not before.isspace() and not after.isalnum():
                quotes.append(Quote(single, mark.end()))
                single = None
        elif mark[0] in _DOUBLE_OPENING or (
            mark[0] not in _DOUBLE_CLOSING and (at_start if opened else not after.isspace())
        ):
            opened.append(mark.start())
        elif opened:
            first = opened.pop()
            if not opened:
                quotes = [quote for quote in quotes if quote.start < first]
                quotes.append(Quote(first, mark.end()))
    if opened:
        quotes = [quote for quote in quotes if quote.start < opened[0]]
        quotes.append(Quote(opened[0], len(text[:end].rstrip()), closed=False))
    return quotes


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a single mark opened before ``start`` finds its partner, so is no apostrophe."""
    return re.compile(r"(?<=[\w.,!?…])[’'](?!\w)").search(text, start, end) is not None
