"""The page: the graph as one offline HTML file, every line with the words that prove it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.queries.view.page import Page

__all__ = ["Page", "render", "write"]


def render(
    graph: "nx.MultiDiGraph[Any]",
    articles: Mapping[str, Article] | None = None,
    *,
    heading: str = "onrecord",
    ontology: Ontology | None = None,
) -> str:
    """The whole page as HTML, the same bytes for the same graph.

    ``articles`` (by id) lend the passages around the quotes; without them, or where a text does
    not hold the quote at its place, the quote stands alone. Kinds, families and types that the
    ontology (by default the shipped one) does not know are left out.
    """
    return Page(graph, articles, heading=heading, ontology=ontology).generate_html()


def write(
    path: Path,
    graph: "nx.MultiDiGraph[Any]",
    articles: Mapping[str, Article] | None = None,
    *,
    heading: str = "onrecord",
    ontology: Ontology | None = None,
) -> None:
    """Write the page of :func:`render` to ``path`` in UTF-8.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_text(
        render(graph, articles, heading=heading, ontology=ontology), encoding="utf-8", newline="\n"
    )
