"""What every store can do, whatever engine is underneath.

A store is derived from the workspace and can be rebuilt from it at any time. Between two
transactions it holds whole articles only: all that an article says, or nothing of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from operator import add
from typing import Any, Protocol, Self

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import QueryError

_ASIDE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`""", re.DOTALL
)
"""Comments, strings and quoted names."""

TOO_LONG = "The query took longer than it was given. Narrow it, or give it more time."
WRITES = "The query writes. Queries may only read the graph."

Row = tuple[Any, ...]
Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load changed; all zero where the store held the graph already."""

    nodes_created: int = 0
    nodes_changed: int = 0
    nodes_removed: int = 0
    edges_created: int = 0
    edges_removed: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))

    def __add__(self, other: "LoadReport") -> "LoadReport":
        return LoadReport(*map(add, astuple(self), astuple(other)))


def not_understood(error: object) -> str:
    """What an engine does not like about a query or a graph, in a sentence, and what to do."""
    why = str(error).strip().splitlines()[0].rstrip(".")
    return f"The store does not take this: {why}. Mend it and try again."


def only_asks(cypher: str) -> None:
    """Let a query pass that reads nothing but the graph; the engine refuses those that write.

    Raises:
        QueryError: it reads a file or an address.
    """
    if re.search(r"\bLOAD\s+CSV\b", _ASIDE.sub(" ", cypher), re.IGNORECASE):
        raise QueryError("The query loads CSV. Queries may only read the graph.")


@contextmanager
def parameters_taken() -> Iterator[None]:
    """Turn what Python says of a parameter that no engine can take into our own error."""
    try:
        yield
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise QueryError(not_understood(error)) from error


class Result:
    """The rows of a query, read once, as they come from the engine.

    Values are plain Python: a node is a dict of its properties and ``labels``, a relationship one
    of its properties and ``type``, a path one of ``nodes`` and ``relationships``, a duration one
    of ``months``, ``days`` and ``seconds``. Iterating may raise what ``Store.run`` raises.
    """

    def __init__(self, columns: Iterable[str], rows: Iterator[Row]) -> None:
        self.columns = tuple(columns)
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as dicts from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self._rows)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where words were found: a node by its names, or an edge by its quote.

    ``kind`` is the node's primary label or the edge's type, ``text`` its name or quote.
    """

    id: str
    kind: str
    text: str


class Store(Protocol):
    """A graph that can be loaded, asked in Cypher, searched and read back."""

    def load(self, graph: "Graph[str]", *, withdraw: frozenset[str] = frozenset()) -> LoadReport:
        """Make the store hold what the graph says.

        Of the graph's own articles and those in ``withdraw``, only what the graph has remains;
        what other articles say is left alone. A node goes when nothing speaks of it any more.

        Raises:
            StoreError: the graph cannot be stored, or the engine refuses.
        """

    def run(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> Result:
        """Ask in Cypher, reading only; ``timeout`` is in seconds.

        Raises:
            QueryError: the query is malformed, lacks a parameter, or writes.
            StoreTimeout: it took longer than it was given.
            StoreUnavailable: the store cannot be reached.
        """

    def graph(self) -> "Graph[str]":
        """Read the whole store back; its export equals that of the graph loaded."""

    def sure(self) -> float:
        """From which confidence on the store holds the relations of all its articles."""

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Find nodes by their names and edges by their quotes.

        What is found has every word in it, as a word or a part of one, without regard to case and
        accents. Nodes come first; of each, the shortest text comes first.

        Raises:
            QueryError: there is no letter or digit in the words.
        """

    def check(self) -> list[str]:
        """Which constraints, indexes and migrations are missing, one sentence each."""

    def close(self) -> None:
        """Give back what the store holds open; closing twice is fine."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
