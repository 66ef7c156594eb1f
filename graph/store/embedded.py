"""The embedded store: kglite, one file on disk, no server.

A load works on a copy in memory and then puts the new file in the place of the old one in a single
step, so a killed loader leaves the old one. Readers take no lock; each sees a file as a whole.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import kglite

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import (
    OnrecordError,
    QueryError,
    StoreError,
    StoreTimeout,
    StoreUnavailable,
)
from onrecord.graph.export import NODE_KEYS
from onrecord.graph.store import schema, searching
from onrecord.graph.store.base import (
    TOO_LONG,
    WRITES,
    Hit,
    LoadReport,
    Parameters,
    Result,
    Row,
    not_understood,
    only_asks,
    parameters_taken,
)
from onrecord.graph.store.contents import (
    FINGERPRINT,
    Run,
    read_graph,
    read_register,
    visible,
    write_register,
)
from onrecord.graph.store.loading import Engine, Load

PATIENCE = 600.0
"""Seconds that a loader waits for others to finish."""
_PATHS = re.compile(r"\b(allS|s)hortestPaths?\(", re.IGNORECASE)
_ENDS = "MATCH (a {id: row[0]}) MATCH (b {id: row[1]})"

kglite.set_query_warning_policy("silent")


class EmbeddedStore:
    """A store in a file, which the first load makes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session: kglite.Session | None = None
        self._seen: tuple[int, ...] = ()

    def load(self, graph: "Graph[str]", *, withdraw: frozenset[str] = frozenset()) -> LoadReport:
        """See Store.load."""
        with self._explained(StoreError), self._writing() as opened:
            run = _statements(opened.cypher)
            before = read_register(run)
            schema.behind(before.version)
            engine = Engine(lambda work: work(run), _ENDS, by_place=False, dynamic_types=False)
            report = Load(graph, withdraw, engine).run()
            register = read_register(run)._replace(version=schema.VERSION)
            if report or register != before:
                write_register(run, register)
                _declare(opened, register.labels, graph)
                opened.save()
        return report

    def run(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> Result:
        """See Store.run."""
        only_asks(cypher)
        milliseconds = 0 if timeout is None else max(1, round(timeout * 1000))
        with self._explained(), parameters_taken():
            values = dict(parameters or {})
            sure = values.get("sure") if _PATHS.search(cypher) else None
            asked = self._without_less(sure) if sure else self._current()
            view = asked.cypher(cypher, params=values, timeout_ms=milliseconds)
        return Result(view.columns, (tuple(map(_plain, row.values())) for row in view))

    def graph(self) -> "Graph[str]":
        """See Store.graph."""
        with self._explained():
            return read_graph(self._reading())

    def sure(self) -> float:
        """See Store.sure."""
        with self._explained():
            return read_register(self._reading()).sure

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """See Store.search."""
        asked = {"patterns": searching.patterns(words), "limit": limit}
        with self._explained():
            run = self._reading()
            return searching.hits(
                run("MATCH (n) " + searching.NODES, **asked),
                run("MATCH ()-[r]->() " + searching.EDGES, **asked),
                limit,
            )

    def check(self) -> list[str]:
        """See Store.check."""
        with self._explained():
            return schema.behind(read_register(self._reading()).version)

    def close(self) -> None:
        """See Store.close."""
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[kglite.KnowledgeGraph]:
        """The graph to change and save; nobody else may meanwhile."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                opened = kglite.open(str(self._path), durable="off")
                break
            except kglite.WriterLeaseHeldError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        try:
            yield opened
        finally:
            opened.__exit__(StoreError, None, None)  # as after an error: without saving again

    def _current(self) -> kglite.Session:
        """The file as it is now, read again when a loader has replaced it."""
        status = self._path.stat()
        seen = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._session is None or seen != self._seen:
            self._session, self._seen = kglite.open_session(str(self._path)), seen
        return self._session

    def _without_less(self, sure: float) -> kglite.Session:
        """A copy in memory without the relations below a confidence.

        kglite asks what a shortest path must be only of those that it has found, and finds no
        longer one.
        """
        copy = kglite.load(str(self._path))
        copy.cypher("MATCH ()-[r]->() WHERE r.confidence < $sure DELETE r", params={"sure": sure})
        return copy.session()

    def _reading(self) -> Run:
        return _statements(self._current().cypher)

    @contextmanager
    def _explained(self, refused: type[OnrecordError] = QueryError) -> Iterator[None]:
        """Say in our words what the engine says; what it refuses otherwise is ``refused``."""
        try:
            yield
        except kglite.CypherTimeoutError as error:
            raise StoreTimeout(TOO_LONG) from error
        except kglite.ReadOnlyError as error:
            raise QueryError(WRITES) from error
        except kglite.WriterLeaseHeldError as error:
            raise StoreUnavailable(
                f"Another process is still loading into {self._path}. Try again when it is done."
            ) from error
        except kglite.FileFormatError as error:
            raise StoreUnavailable(
                f"{self._path} is no graph that onrecord wrote. Name another file."
            ) from error
        except FileNotFoundError as error:
            raise StoreUnavailable(
                f"There is no graph at {self._path}. Build one first."
            ) from error
        except (kglite.FileError, kglite.FileIoError, OSError) as error:
            raise StoreUnavailable(
                f"{self._path} cannot be read or written: {error}. Check the path and the room on"
                " its disk."
            ) from error
        except kglite.KgError as error:
            raise refused(not_understood(error)) from error


def _statements(ask: Callable[..., Any]) -> Run:
    def run(cypher: str, /, **parameters: Any) -> Iterable[Row]:
        view = ask(cypher, params=parameters, timeout_ms=0)
        return (tuple(row.values()) for row in view)

    return run


def _declare(opened: kglite.KnowledgeGraph, labels: Iterable[str], graph: "Graph[str]") -> None:
    """Name the properties that nodes may have; kglite takes others for mistakes in a query."""
    names = {key for _, data in graph.nodes(data=True) for key in data}
    optional = sorted({*names, *NODE_KEYS, FINGERPRINT} - {"labels"})
    kind = {"required": [], "optional": optional}
    opened.define_schema({"nodes": dict.fromkeys(labels, kind)})


def _plain(value: Any) -> Any:
    """A value as Result promises it: kglite tells nodes and edges by dicts of its own."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            about = {key: value[key] for key in ("labels", "type") if key in value}
            return visible(value["properties"]) | about
        return {key: _plain(item) for key, item in value.items()}
    return value
