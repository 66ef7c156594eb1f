"""Which parts of a text are the article, and which are its page's furniture."""

import re

from onrecord.graph.model import Passage


def find_passages(text: str) -> list[Passage]:
    """The passages of a text in order, without overlap; white space between them is left out."""
    return [Passage(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*\S|\S", text)]
