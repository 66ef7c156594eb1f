"""The passages around quotes: what the page shows a quote in, each kept once."""

from collections.abc import Mapping
from typing import Any

from onrecord.graph.model import Article

CONTEXT = 280
"""How many characters before and after a quote a passage holds at most."""


class Passages:
    """Cuts passages out of articles and numbers them."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._numbers: dict[tuple[str, str, bool, bool], int] = {}

    def text(self, article: str) -> str:
        """The text of an article, empty where it was not given."""
        return self._articles[article].text if article in self._articles else ""

    def place(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Where the quote of an edge (or the content of a statement) stands: passage, start, end.

        Offsets count UTF-16 units within the passage, as JavaScript does.
        """
        article, quote = str(said.get("article", "")), str(said["quote"])
        start, end = said.get("start", 0), said.get("end", 0)
        text = self.text(article)
        if text[start:end] == quote:
            left, right = _left(text, start), _right(text, end)
        else:
            text, start, end, left, right = quote, 0, len(quote), 0, len(quote)
        key = (
            article,
            text[left:right],
            left > 0 and text[left - 1] != "\n",
            right < len(text) and text[right] != "\n",
        )
        number = self._numbers.setdefault(key, len(self._numbers))
        before = _units(text[left:start])
        return {"passage": number, "start": before, "end": before + _units(text[start:end])}

    def texts(self) -> list[str]:
        """The passages' texts in the order of their numbers."""
        return [text for _, text, _, _ in self._numbers]

    def rows(self) -> list[dict[str, Any]]:
        """What else is known of the passages; ``cut`` tells which of its ends is no line's end."""
        return [
            {"article": article, **({"cut": [before, after]} if before or after else {})}
            for article, _, before, after in self._numbers
        ]


def _left(text: str, start: int) -> int:
    line = text.rfind("\n", 0, start) + 1
    if start - line <= CONTEXT:
        return line
    space = text.find(" ", start - CONTEXT, start)
    return space + 1 if space >= 0 else start - CONTEXT


def _right(text: str, end: int) -> int:
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    if line - end <= CONTEXT:
        return line
    space = text.rfind(" ", end, end + CONTEXT)
    return space if space >= 0 else end + CONTEXT


def _units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
