"""Short texts, parsed and read."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from onrecord.graph.model import Article, Passage
from onrecord.graph.reading import Reading
from onrecord.loaders.language import parse
from onrecord.loaders.reader import read


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Doc]:
    """Parses a text as one passage of an article's body."""
    return lambda text: parse(text, [Passage(start=0, end=len(text), role="body")])


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    """Reads a text as an article."""
    return lambda text: read(Article(id="a", text=text))
