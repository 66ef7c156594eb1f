"""What of the input is measured: some of the articles, and the edges that are sure enough."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from onrecord.graph.confidence import SURE, surer
from onrecord.graph.errors import InputError
from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.graph.reading import Reading
from onrecord.loaders.articles import read_articles
from onrecord.loaders.reader import read


class Sample(NamedTuple):
    """What is measured: the articles of these ids alone (None: all), and the edges sure enough."""

    only: Collection[str] | None = None
    sure: float = SURE

    def articles(self, paths: Sequence[Path]) -> Iterator[Article]:
        """The articles at the paths that are measured.

        Raises:
            InputError: an article cannot be read, or one of those named is not there.
        """
        missing = set(self.only or ())
        for article in read_articles(paths):
            if self.only is None or article.id in self.only:
                missing.discard(article.id)
                yield article
        if missing:
            names = ", ".join(sorted(missing))
            raise InputError(f"These are not among the articles: {names}. Give them, or name less.")

    def read(self, article: Article, ontology: Ontology) -> Reading:
        """What the article says, less the relations that are not sure enough."""
        return surer(read(article, ontology), self.sure)


EVERYTHING = Sample()


def load_names(path: Path) -> frozenset[str]:
    """Read the ids of articles from a file, one a line.

    Raises:
        InputError: the file cannot be read, or names nothing.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    names = frozenset(filter(None, map(str.strip, lines)))
    if not names:
        raise InputError(f"{path} names no article. Give the id of one on each line.")
    return names
