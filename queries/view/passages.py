"""The passages around quotes: what the page shows a quote in, each kept once."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from onrecord.graph.model import Article, Span
from onrecord.loaders.passages import find_passages

CONTEXT = 280
"""How many characters before and after a quote a passage holds at most."""


class Passages:
    """Cuts passages out of articles and numbers them."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._found: dict[str, list[Span]] = {}
        self._numbers: dict[tuple[str, str, bool, bool], int] = {}

    def text(self, article: str) -> str:
        """The text of an article, empty where it was not given."""
        return self._articles[article].text if article in self._articles else ""

    def place(self, said: Mapping[str, Any]) -> dict[str, int]:
        """Where the quote of an edge (or the content of a statement) stands: passage, start, end.

        Offsets count UTF-16 units within the passage, as JavaScript does. A quote that the text
        does not hold at its place is a passage of its own.
        """
        article, quote = str(said.get("article", "")), str(said["quote"])
        start, end = said.get("start", 0), said.get("end", 0)
        text = self.text(article)
        if text[start:end] == quote:
            around = self._around(article, start, end)
        else:
            text, start, end, around = quote, 0, len(quote), Span(0, len(quote))
        left, right = _left(text, around.start, start), _right(text, around.end, end)
        key = (article, text[left:right], left > around.start, right < around.end)
        number = self._numbers.setdefault(key, len(self._numbers))
        before = _units(text[left:start])
        return {"passage": number, "start": before, "end": before + _units(text[start:end])}

    def texts(self) -> list[str]:
        """The passages' texts in the order of their numbers."""
        return [text for _, text, _, _ in self._numbers]

    def rows(self) -> list[dict[str, Any]]:
        """What else is known of the passages; ``cut`` tells which of its ends were shortened."""
        return [
            {"article": article, **({"cut": [before, after]} if before or after else {})}
            for article, _, before, after in self._numbers
        ]

    def _around(self, article: str, start: int, end: int) -> Span:
        """From the start of the article's passage that the quote starts in to the end of the last.

        So a promo or caption that is glued to the article's words is not shown as part of them.
        """
        if article not in self._found:
            found = find_passages(self.text(article))
            self._found[article] = [Span(passage.start, passage.end) for passage in found]
        passages = self._found[article]
        first = bisect_right(passages, start, key=lambda span: span.start) - 1
        last = bisect_right(passages, end - 1, key=lambda span: span.start) - 1
        if first < 0 or passages[last].end < end:
            return Span(start, end)
        return Span(passages[first].start, passages[last].end)


def _left(text: str, least: int, start: int) -> int:
    """Where the passage starts: at its least, or after a space not too far before the quote."""
    if start - least <= CONTEXT:
        return least
    space = text.find(" ", start - CONTEXT, start)
    return space + 1 if space >= 0 else start - CONTEXT


def _right(text: str, most: int, end: int) -> int:
    if most - end <= CONTEXT:
        return most
    space = text.rfind(" ", end, end + CONTEXT)
    return space if space >= 0 else end + CONTEXT


def _units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
