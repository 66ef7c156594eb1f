"""Where the paragraphs of a text start and end."""

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.loaders.passages.furniture import furniture
from onrecord.loaders.passages.shapes import ENDED

type Line = tuple[int, int]

_LINE = re.compile(r"\S(?:[^\r\n\u2028\u2029]*\S)?")


def paragraphs(text: str) -> Iterator[Line]:
    """Where each paragraph starts and ends: a line, or the lines that a hard wrap made of one."""
    groups: list[list[Line]] = []
    above = None
    for line in _LINE.finditer(text):
        if above is not None and len(text[above : line.start()].rstrip(" \t").splitlines()) < 2:
            groups[-1].append(line.span())
        else:
            groups.append([line.span()])
        above = line.end()
    width = max((_width(text, group) for group in groups if len(group) > 2), default=0)
    for group in groups:
        if len(group) > 1 and width and _width(text, group, width):
            yield group[0][0], group[-1][1]
        else:
            yield from _joined(text, group)


def _joined(text: str, lines: list[Line]) -> Iterator[Line]:
    """The lines, joined where one breaks off and those below carry it to a sentence's end."""
    run: list[Line] = []
    for start, end in lines:
        if run and not (text[start].islower() and _breaks_off(text[slice(*run[-1])])):
            yield from _run(text, run)
            run = []
        run.append((start, end))
    yield from _run(text, run)


def _breaks_off(line: str) -> bool:
    return not ENDED.search(line) and furniture().of_line(line) in (None, "notice")


def _run(text: str, lines: list[Line]) -> list[Line]:
    return [(lines[0][0], lines[-1][1])] if ENDED.search(text[slice(*lines[-1])]) else lines


def _width(text: str, lines: list[Line], least: int = 0) -> int:
    """The width that lines were wrapped at, 0 if they were not: none but the last has room for
    the first word of the next."""
    width = max(least, *(end - start for start, end in lines))
    full = all(
        end - start + 1 + len(text[after:stop].split(maxsplit=1)[0]) > width
        for (start, end), (after, stop) in pairwise(lines)
    )
    broken = any(not ENDED.search(text[start:end]) for start, end in lines[:-1])
    return width if full and broken and 40 < width <= 100 else 0
