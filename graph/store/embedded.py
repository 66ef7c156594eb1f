"""The embedded store: kglite, one file on disk, no server.

A load changes a private copy in memory and then puts the new file in the place of the old in one
step, so a killed loader leaves the old one. Readers take no lock; each sees a file whole.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import kglite
import networkx as nx

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import QueryError, StoreError, StoreTimeout, StoreUnavailable
from onrecord.graph.store.base import Hit, LoadReport, Parameters, Result, Row
from onrecord.graph.store.loading import RESERVED, load, registered

PATIENCE = 60.0
"""Seconds that a loader waits for another to finish."""

kglite.set_query_warning_policy("silent")


class EmbeddedStore:
    """A store in a file. The file is made by the first load."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session: kglite.Session | None = None
        self._seen: tuple[int, ...] = ()

    def load(self, graph: "Graph[str]", *, withdraw: frozenset[str] = frozenset()) -> LoadReport:
        """See Store.load."""
        opened = self._open_for_writing()
        try:
            with opened.begin() as transaction:
                return load(graph, withdraw, lambda work: work(_statements(transaction.cypher)))
        except kglite.KgError as error:
            raise self._explained(error) from error
        finally:
            opened.close()

    def run(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> Result:
        """See Store.run."""
        try:
            view = self._current().cypher(
                cypher,
                params=dict(parameters or {}),
                timeout_ms=0 if timeout is None else max(1, round(timeout * 1000)),
            )
        except kglite.KgError as error:
            raise self._explained(error) from error
        return Result(view.columns, _rows(view))

    def graph(self) -> "Graph[str]":
        """See Store.graph."""
        tx = _statements(self._current().cypher)
        graph: Graph[str] = nx.MultiDiGraph()
        kinds = {frozenset(kind): kind for kind in registered(tx)}
        for labels, properties in tx("MATCH (n) RETURN labels(n), properties(n)"):
            if kind := kinds.get(frozenset(labels)):
                known = _without_reserved(properties)
                graph.add_node(known.pop("id"), labels=list(kind), **known)
        for source, target, kind, properties in tx(
            "MATCH (a)-[r]->(b) RETURN a.id, b.id, type(r), properties(r)"
        ):
            known = _without_reserved(properties)
            graph.add_edge(source, target, key=known.pop("id"), type=kind, **known)
        return graph

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """See Store.search."""
        raise NotImplementedError

    def check(self) -> list[str]:
        """See Store.check."""
        return []

    def close(self) -> None:
        """See Store.close."""
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_for_writing(self) -> kglite.KnowledgeGraph:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return kglite.open(str(self._path), durable="off")
            except kglite.WriterLeaseHeldError as error:
                if time.monotonic() > deadline:
                    raise self._explained(error) from error
                time.sleep(0.05)
            except (kglite.KgError, OSError) as error:
                raise self._explained(error) from error

    def _current(self) -> kglite.Session:
        """The file as it is now, read again when a loader has replaced it."""
        try:
            status = self._path.stat()
            seen = (status.st_ino, status.st_mtime_ns, status.st_size)
            if self._session is None or seen != self._seen:
                self._session, self._seen = kglite.open_session(str(self._path)), seen
        except FileNotFoundError as error:
            raise StoreUnavailable(
                f"There is no graph at {self._path}. Build one there first."
            ) from error
        except (kglite.KgError, OSError) as error:
            raise self._explained(error) from error
        return self._session

    def _explained(self, error: Exception) -> Exception:
        match error:
            case kglite.CypherTimeoutError():
                return StoreTimeout(
                    "The query took longer than it was given. Narrow it, or give it more time."
                )
            case kglite.ReadOnlyError():
                return QueryError("The query writes. Queries may only read the graph.")
            case kglite.WriterLeaseHeldError():
                return StoreUnavailable(
                    f"Another process is loading into {self._path}. Try again when it is done."
                )
            case kglite.FileFormatError():
                return StoreUnavailable(
                    f"{self._path} is no graph that onrecord wrote. Name another file."
                )
            case kglite.FileError() | kglite.FileIoError() | OSError():
                return StoreUnavailable(
                    f"{self._path} cannot be read or written: {error}. Check the path and the room"
                    " on the disk."
                )
            case kglite.CypherError() | kglite.SchemaError():
                return QueryError(f"The query is not understood: {str(error).splitlines()[0]}")
        return StoreError(f"The store refused: {error}")


def _statements(cypher: Callable[..., Any]) -> Callable[..., list[Row]]:
    def run(statement: str, **parameters: Any) -> list[Row]:
        view = cypher(statement, params=parameters, timeout_ms=0)
        return [tuple(row.values()) for row in view]

    return run


def _rows(view: kglite.ResultView) -> Iterator[Row]:
    for row in view:
        yield tuple(map(_plain, row.values()))


def _plain(value: Any) -> Any:
    """A value as Result promises it; kglite's nodes and relationships are dicts of their own."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            about = {key: value[key] for key in ("labels", "type") if key in value}
            return {**_without_reserved(value["properties"]), **about}
        return {key: _plain(item) for key, item in value.items()}
    return value


def _without_reserved(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in RESERVED}
