"""The Neo4j store: a server or a cluster, reached by its driver."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from neo4j import READ_ACCESS, GraphDatabase, ManagedTransaction, Query, Session
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import (
    OnrecordError,
    QueryError,
    StoreAuthError,
    StoreError,
    StoreTimeout,
    StoreUnavailable,
)
from onrecord.graph.ontology import load_ontology
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
    BOOKKEEPING,
    Run,
    primary_first,
    read_graph,
    read_register,
    visible,
    write_register,
)
from onrecord.graph.store.loading import Engine, Load, Work

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what matters comes as an error

PERSISTENCE = 30.0
"""Seconds for which a transaction is tried again where a server is in trouble for a while."""

_LOCK = f"MERGE (s:{BOOKKEEPING} {{id: 'store'}}) SET s.id = 'store'"
"""Makes writers take turns: the node stays locked until the transaction ends."""

_ENDS = "MATCH (a) WHERE elementId(a) = row[0] MATCH (b) WHERE elementId(b) = row[1]"


class Neo4jStore:
    """A store in Neo4j 5.26 or newer. Give it a database of its own."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        query = f"?{parts.query}" if parts.query else ""
        self._address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        try:
            if not parts.hostname or parts.port == 0:
                raise ValueError
        except ValueError:
            raise StoreError(
                f"{self._address} is no address. Write neo4j://HOST or neo4j://HOST:PORT."
            ) from None
        user = unquote(parts.username or os.environ.get("NEO4J_USERNAME", ""))
        password = unquote(parts.password or "") or os.environ.get("NEO4J_PASSWORD", "")
        self._database = os.environ.get("NEO4J_DATABASE") or None
        self._met = False
        with self._explained(StoreError):
            self._driver = GraphDatabase.driver(
                self._address + query,
                auth=(user, password),
                max_transaction_retry_time=PERSISTENCE,
                notifications_min_severity="OFF",
            )

    def load(self, graph: "Graph[str]", *, withdraw: frozenset[str] = frozenset()) -> LoadReport:
        """See Store.load."""
        with self._explained(StoreError), self._session() as session:

            def transact(work: Work) -> LoadReport:
                def locked(tx: ManagedTransaction) -> LoadReport:
                    tx.run(_LOCK).consume()
                    return work(_statements(tx))

                return session.execute_write(locked)

            load = Load(graph, withdraw, Engine(transact, _ENDS, by_place=True, dynamic_types=True))
            register = session.execute_read(lambda tx: read_register(_statements(tx)))
            schema.behind(register.version)
            words = schema.Vocabulary.of(load_ontology(), register, load.register)
            _bring(session, words, "CONSTRAINT")
            report = load.run()
            _bring(session, words, "INDEX")  # quicker made once than kept at every write
            if register.version != schema.VERSION:
                transact(_up_to_date)
        return report

    def run(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> Result:
        """See Store.run."""
        only_asks(cypher)
        with self._explained():
            session = self._session(default_access_mode=READ_ACCESS)
        try:
            with self._explained(), parameters_taken():
                found = session.run(Query(cypher, timeout=timeout), dict(parameters or {}))
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
        return self._read(read_graph)

    def sure(self) -> float:
        """See Store.sure."""
        return self._read(lambda run: read_register(run).sure)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """See Store.search."""
        asked = {
            "patterns": searching.patterns(words),
            "narrowed": searching.narrowed(words),
            "limit": limit,
        }

        def found(run: Run) -> list[Hit]:
            nodes = run(
                f"CALL db.index.fulltext.queryNodes('{schema.NAMES}', $narrowed)"
                " YIELD node AS n " + searching.NODES,
                **asked,
            )
            edges = run(
                f"CALL db.index.fulltext.queryRelationships('{schema.QUOTES}', $narrowed)"
                " YIELD relationship AS r " + searching.EDGES,
                **asked,
            )
            return searching.hits(list(nodes), list(edges), limit)

        return self._read(found)

    def check(self) -> list[str]:
        """See Store.check."""

        def missing(run: Run) -> list[str]:
            register = read_register(run)
            words = schema.Vocabulary.of(load_ontology(), register)
            lacking = schema.lacking(_indexes(run), words)
            return schema.behind(register.version) + [
                f"The {thing.kind.lower()} {name} is missing: {thing.purpose}."
                for name, thing in lacking.items()
            ]

        return self._read(missing)

    def close(self) -> None:
        """See Store.close."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read[T](self, work: Callable[[Run], T]) -> T:
        with self._explained(), self._session(default_access_mode=READ_ACCESS) as session:
            return session.execute_read(lambda tx: work(_statements(tx)))

    def _session(self, **settings: Any) -> Session:
        if not self._met:  # a wrong address is told at once, without persistence
            self._driver.verify_connectivity()
            self._met = True
        return self._driver.session(database=self._database, **settings)

    @contextmanager
    def _explained(self, refused: type[OnrecordError] = QueryError) -> Iterator[None]:
        """Say in our words what driver and server say; what they refuse otherwise is ``refused``.

        Neither user nor password is ever part of it.
        """
        try:
            yield
        except AuthError as error:
            raise StoreAuthError(
                f"{self._address} refuses the user or the password. Put the right ones into"
                " NEO4J_USERNAME and NEO4J_PASSWORD."
            ) from error
        except (ServiceUnavailable, SessionExpired) as error:
            self._met = False
            raise StoreUnavailable(
                f"{self._address} cannot be reached. Check the address and that the server runs."
            ) from error
        except Neo4jError as error:
            raise self._told(error, refused) from error
        except (DriverError, ConfigurationError) as error:
            raise refused(not_understood(error)) from error

    def _told(self, error: Neo4jError, refused: type[OnrecordError]) -> OnrecordError:
        code = error.code or ""
        if code.endswith(("Statement.AccessMode", "Security.Forbidden")):
            return QueryError(WRITES)
        if "TransactionTimedOut" in code:
            return StoreTimeout(TOO_LONG)
        if code.startswith("Neo.ClientError.Database."):
            return StoreUnavailable(
                f"{self._address} does not have that database: {error.message} Check"
                " NEO4J_DATABASE."
            )
        if code.startswith("Neo.ClientError."):
            return refused(not_understood(error.message))
        return StoreUnavailable(
            f"{self._address} is in trouble: {error.message} Look at the server's log and at the"
            " room on its disk."
        )


def _bring(session: Session, words: schema.Vocabulary, kind: str) -> None:
    """Make the constraints or the indexes that are missing, and wait until they answer."""
    there = session.execute_read(lambda tx: _indexes(_statements(tx)))
    lacking = {n: t for n, t in schema.lacking(there, words).items() if t.kind == kind}
    for name, thing in lacking.items():
        session.run(f"DROP {kind} {name} IF EXISTS").consume()
        session.run(thing.create).consume()
    if lacking:
        session.run("CALL db.awaitIndexes(3600)").consume()


def _up_to_date(run: Run) -> LoadReport:
    write_register(run, read_register(run)._replace(version=schema.VERSION))
    return LoadReport()


def _statements(tx: ManagedTransaction) -> Run:
    def run(cypher: str, /, **parameters: Any) -> Iterable[Row]:
        result = tx.run(cypher, parameters)
        return (tuple(map(_plain, record.values())) for record in result)

    return run


def _indexes(run: Run) -> dict[str, list[str]]:
    """What each index that answers covers, those of constraints too, by its name."""
    rows = run(
        "SHOW INDEXES YIELD name, labelsOrTypes, state WHERE state = 'ONLINE'"
        " RETURN name, labelsOrTypes"
    )
    return {name: covers or [] for name, covers in rows}


def _plain(value: Any) -> Any:
    """A value as Result promises it."""
    match value:
        case list():
            plain: Any = [_plain(item) for item in value]
        case dict():
            plain = {key: _plain(item) for key, item in value.items()}
        case Node():
            plain = visible(value) | {"labels": primary_first(value.labels)}
        case Relationship():
            plain = visible(value) | {"type": value.type}
        case Path():
            nodes, edges = (list(map(_plain, part)) for part in (value.nodes, value.relationships))
            plain = {"nodes": nodes, "relationships": edges}
        case Date() | DateTime() | Time():
            plain = value.to_native()
        case Duration():
            plain = {"months": value.months, "days": value.days, "seconds": value.seconds}
        case _:
            plain = value
    return plain
