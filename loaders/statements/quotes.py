"""Quotation marks: where somebody's very words begin and end.

Marks may be curly, straight, doubled singles (``''``), single or mixed, nested, or unbalanced: a
long quotation repeats its opening mark on every paragraph and closes only the last one.
"""

import re
from typing import NamedTuple

_DOUBLE = re.compile(r"``|''|[“”„«»\"]")
_SINGLE = re.compile(r"(?<!')[‘’'](?!')")
_OPENING, _CLOSING = frozenset(("“", "„", "«", "``")), frozenset("”»")
_CLOSED_AFTER = frozenset(".,!?…;%)")


class Quote(NamedTuple):
    """A quotation, its marks included: ``text[start:end]``.

    ``closed`` is false where the paragraph ends before the quotation does.
    """

    start: int
    end: int
    closed: bool = True


def find_quotes(text: str, start: int = 0, end: int | None = None) -> list[Quote]:
    """The outermost quotations of one paragraph, ``text[start:end]``, in order."""
    end = len(text) if end is None else end
    doubles = _doubles(text, start, end)
    singles = [
        single
        for single in _singles(text, start, end)
        if not any(double.start < single.end and single.start < double.end for double in doubles)
    ]
    return sorted(doubles + singles)


def _doubles(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: list[int] = []
    last = end
    for mark in _DOUBLE.finditer(text, start, end):
        before, after = _around(text, mark, start, end)
        straight = mark[0] not in _OPENING and mark[0] not in _CLOSING
        fits = _opens(before, after) if opened else not after.isspace()
        if mark[0] in _OPENING or (straight and fits):
            opened.append(mark.start())
        elif opened:
            first = opened.pop()
            last = mark.end()
            if not opened:
                quotes.append(Quote(first, last))
                last = end
    if opened:
        # A quotation that never closes reaches to the last mark that closed one inside it.
        quotes.append(Quote(opened[0], len(text[:last].rstrip()), closed=False))
    return quotes


def _singles(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        before, after = _around(text, mark, start, end)
        if opened is None:
            if mark[0] != "’" and _opens(before, after):
                opened = mark.start()
        elif mark[0] == "‘":
            opened = mark.start()
        elif not before.isspace() and not after.isalnum():
            quotes.append(Quote(opened, mark.end()))
            opened = None
    # One that never closes was an apostrophe: single marks repeat on no paragraph.
    return quotes


def _around(text: str, mark: re.Match[str], start: int, end: int) -> tuple[str, str]:
    before = text[mark.start() - 1] if mark.start() > start else " "
    return before, text[mark.end()] if mark.end() < end else " "


def _opens(before: str, after: str) -> bool:
    return not before.isalnum() and before not in _CLOSED_AFTER and not after.isspace()
