"""Where a graph is kept: Neo4j, or a file on disk that speaks the same Cypher."""

import re
from pathlib import Path

from onrecord.graph.errors import StoreError
from onrecord.graph.store.base import Hit, LoadReport, Result, Store

__all__ = ["Hit", "LoadReport", "Result", "Store", "open_store"]

_REMOTE = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://", re.IGNORECASE)


def open_store(address: str | Path) -> Store:
    """Open the store at an address: a Neo4j URI, or else a path to a file.

    User and password of a Neo4j server stand in the URI or in NEO4J_USERNAME and NEO4J_PASSWORD,
    the database in NEO4J_DATABASE.

    Raises:
        StoreError: the address names no store.
    """
    if isinstance(address, str) and _REMOTE.match(address):
        from onrecord.graph.store.neo4j import Neo4jStore

        return Neo4jStore(address)
    if "://" in str(address):
        scheme = str(address).partition("://")[0]
        raise StoreError(
            f"There is no store of the kind {scheme}://. Give neo4j://HOST, bolt://HOST or a file."
        )
    from onrecord.graph.store.embedded import EmbeddedStore

    return EmbeddedStore(Path(address))
