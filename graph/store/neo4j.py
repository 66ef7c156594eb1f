"""The Neo4j store: a server or a cluster, reached by its driver."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import networkx as nx
from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Query, Session
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    CypherSyntaxError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import (
    QueryError,
    StoreAuthError,
    StoreError,
    StoreTimeout,
    StoreUnavailable,
)
from onrecord.graph.store.base import Hit, LoadReport, Parameters, Result, Row
from onrecord.graph.store.loading import RESERVED, Transaction, load, registered


class Neo4jStore:
    """A store in Neo4j 5.26 or newer. Give it a database of its own."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        place = parts.netloc.rpartition("@")[2]
        self._address = f"{parts.scheme}://{place}"
        user = unquote(parts.username or os.environ.get("NEO4J_USERNAME", ""))
        password = unquote(parts.password or "") or os.environ.get("NEO4J_PASSWORD", "")
        self._database = os.environ.get("NEO4J_DATABASE") or None
        with self._explained():
            uri = self._address + (f"?{parts.query}" if parts.query else "")
            self._driver: Driver = GraphDatabase.driver(
                uri, auth=(user, password), notifications_min_severity="OFF"
            )

    def load(self, graph: "Graph[str]", *, withdraw: frozenset[str] = frozenset()) -> LoadReport:
        """See Store.load."""
        with self._explained(), self._driver.session(database=self._database) as session:

            def transact(work: Callable[[Transaction], LoadReport]) -> LoadReport:
                return session.execute_write(lambda tx: work(_statements(tx)))

            return load(graph, withdraw, transact)

    def run(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> Result:
        """See Store.run."""
        session = self._reading()
        try:
            with self._explained():
                found = session.run(Query(cypher, timeout=timeout), dict(parameters or {}))  # type: ignore[arg-type]
                columns = found.keys()
        except BaseException:
            session.close()
            raise

        def rows() -> Iterator[Row]:
            with self._explained(), session:
                for record in found:
                    yield tuple(map(_plain, record.values()))

        return Result(columns, rows())

    def graph(self) -> "Graph[str]":
        """See Store.graph."""
        with self._explained(), self._reading() as session:
            return session.execute_read(_read_graph)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """See Store.search."""
        raise NotImplementedError

    def check(self) -> list[str]:
        """See Store.check."""
        return []

    def close(self) -> None:
        """See Store.close."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reading(self) -> Session:
        return self._driver.session(database=self._database, default_access_mode=READ_ACCESS)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except AuthError as error:
            raise StoreAuthError(
                f"{self._address} refuses the user or the password. Put the right ones into"
                " NEO4J_USERNAME and NEO4J_PASSWORD."
            ) from error
        except (ServiceUnavailable, SessionExpired) as error:
            raise StoreUnavailable(
                f"{self._address} cannot be reached. Check the address and that the server runs."
            ) from error
        except CypherSyntaxError as error:
            raise QueryError(f"The query is not understood: {error.message}") from error
        except Neo4jError as error:
            raise self._of_code(error) from error
        except (DriverError, ConfigurationError, ValueError) as error:
            raise StoreError(f"{self._address} cannot be used: {error}") from error

    def _of_code(self, error: Neo4jError) -> Exception:
        code = error.code or ""
        if code.endswith("Statement.AccessMode"):
            return QueryError("The query writes. Queries may only read the graph.")
        if "TransactionTimedOut" in code:
            return StoreTimeout(
                "The query took longer than it was given. Narrow it, or give it more time."
            )
        if code.startswith("Neo.ClientError.Statement"):
            return QueryError(f"The query is not understood: {error.message}")
        return StoreError(f"{self._address} refused: {error.message}")


def _statements(tx: ManagedTransaction) -> Transaction:
    def run(cypher: str, **parameters: Any) -> list[Row]:
        return [tuple(map(_plain, row.values())) for row in tx.run(cypher, parameters)]  # type: ignore[arg-type]

    return run


def _read_graph(tx: ManagedTransaction) -> "Graph[str]":
    graph: Graph[str] = nx.MultiDiGraph()
    run = _statements(tx)
    kinds = {frozenset(kind): kind for kind in registered(run)}
    for labels, properties in run(
        "MATCH (n) WHERE n.id IS NOT NULL RETURN labels(n), properties(n)"
    ):
        if kind := kinds.get(frozenset(labels)):
            known = _without_reserved(properties)
            graph.add_node(known.pop("id"), labels=list(kind), **known)
    for source, target, kind, properties in run(
        "MATCH (a)-[r]->(b) RETURN a.id, b.id, type(r), properties(r)"
    ):
        if source in graph and target in graph:
            known = _without_reserved(properties)
            graph.add_edge(source, target, key=known.pop("id"), type=kind, **known)
    return graph


def _plain(value: Any) -> Any:
    """A value as Result promises it."""
    match value:
        case Node():
            return {**_without_reserved(dict(value)), "labels": list(value.labels)}
        case Relationship():
            return {**_without_reserved(dict(value)), "type": value.type}
        case Path():
            return {
                "nodes": [_plain(node) for node in value.nodes],
                "relationships": [_plain(edge) for edge in value.relationships],
            }
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case Duration():
            months, days, seconds, _ = value
            return {"months": months, "days": days, "seconds": seconds}
        case Date() | DateTime() | Time():
            return value.to_native()
    return value


def _without_reserved(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in RESERVED}
