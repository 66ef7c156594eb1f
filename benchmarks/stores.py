"""How fast the stores load, and answer the library: a made-up corpus, one run, ratios.

    python -m benchmarks.stores --edges 1000000 [--graphrag PYTHON] >stores.md

Neo4j is a server of the run's own (Java and Maven, as for the tests). Each loader writes the same
data to an empty database whose server has loaded a twentieth of them before, so that none pays for
a server's first steps. ``--graphrag`` names a Python that has neo4j-graphrag, whose writer gets
two minutes for the edges. Each line of the tables is printed as soon as it is known, and what is
being done to standard error. docs/stores.md says what the figures mean and what they were.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import batched
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import psutil  # type: ignore[import-untyped]
import typer
from neo4j import Driver, GraphDatabase, ManagedTransaction, Session
from neo4j_server import LIB, ROOT, Server

from benchmarks.made_up import made_up
from onrecord.graph.assemble import Graph
from onrecord.graph.errors import OnrecordError
from onrecord.graph.ontology import load_ontology
from onrecord.graph.store import Store, open_store, schema
from onrecord.queries.library import Query, load_library

ROWS = 10_000
"""Rows a statement of the bare loop."""
PATIENCE = 120.0
"""Seconds that a query, and neo4j-graphrag's writer, may take."""
SWIFT = 20.0
"""Seconds; a query that takes longer is asked once."""
APOC = ROOT / "apoc"


class Bench(Server):
    """A server with room for a million edges, and APOC where it was fetched."""

    def settings(self) -> dict[str, str]:
        return {
            **super().settings(),
            "server.memory.pagecache.size": "1g",
            "server.directories.plugins": str(APOC),
            "dbms.security.procedures.unrestricted": "apoc.*",
        }

    def command(self) -> list[str]:
        instead = {"-Xmx1g": "-Xmx3g", f"{LIB}/*": f"{LIB}/*:{APOC}/*"}
        return [instead.get(part, part) for part in super().command()]


class Spent(NamedTuple):
    """On so many edges: seconds on the clock, and of processors, the server's and our own."""

    edges: float
    wall: float
    server: float
    client: float

    def plus(self, other: "Spent") -> "Spent":
        """What both cost together, on these edges."""
        return Spent(self.edges, *(a + b for a, b in zip(self[1:], other[1:], strict=True)))

    def less(self, other: "Spent") -> "Spent":
        """What is left without the other."""
        return Spent(self.edges, *(a - b for a, b in zip(self[1:], other[1:], strict=True)))

    def row(self, name: str, ours: "Spent | None" = None) -> None:
        """Print a line, with how many times as much an edge cost as in our load."""
        cells = [f"{self.edges / self.wall:,.0f}", *(f"{seconds:.1f}" for seconds in self[1:])]
        if ours:
            share = self.edges / ours.edges
            cells.append(f"{self.wall / ours.wall / share:.2f}")
            cells.append(f"{sum(self[2:]) / sum(ours[2:]) / share:.2f}")
        print(f"| {name} |", " | ".join(cells), "|" if ours else "| | |", flush=True)


def main(
    edges: Annotated[int, typer.Option(help="How many; a tenth as many nodes.")] = 1_000_000,
    graphrag: Annotated[Path | None, typer.Option(help="A Python with neo4j-graphrag.")] = None,
) -> None:
    """Measure, and print Markdown."""
    graph, some = made_up(edges), made_up(edges // 20)
    print(f"{len(graph):,} nodes, {edges:,} edges; load average {os.getloadavg()[0]:.1f}\n")
    print(
        "| loader | edges a second | seconds | server's CPU | its own CPU | time ÷ onrecord's"
        " | CPU ÷ onrecord's |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder, warm(ours, some) as server:
        first = spent(server, edges, partial(ours, server, graph))
        first.row("onrecord")
        rest = first.less(spent(server, edges, partial(index, server)))
        rest.row("onrecord, but for its full-text indexes")
        spent(server, edges, partial(ours, server, graph)).row("onrecord, the same again", first)
        kept = Path(folder) / "graph.kgl"
        with open_store(kept) as embedded, open_store(server.address) as remote:
            local = spent(None, edges, partial(embedded.load, graph))
            local.row("onrecord, embedded", first)
            compared(graph, some, graphrag, (first, rest))
            print()
            for line in asked({"Neo4j": remote, "embedded": embedded}, graph):
                print(line, flush=True)


def compared(
    graph: "Graph[str]", some: "Graph[str]", graphrag: Path | None, ours: tuple[Spent, Spent]
) -> None:
    """Print what other loaders cost, next to our whole load and to what full text leaves of it."""
    first, rest = ours
    with warm(create, some) as server:
        loop = spent(server, graph.size(), partial(create, server, graph))
        loop.row("UNWIND … CREATE", rest)
        both = loop.plus(spent(server, graph.size(), partial(index, server)))
        both.row("UNWIND … CREATE, then the same full-text indexes", first)
    if graphrag:
        with warm(create, some) as server:
            written(server, graph, graphrag).row("neo4j-graphrag (two minutes, edges only)", first)


# ---------------------------------------------------------------- servers


@contextmanager
def fresh() -> Iterator[Server]:
    """A server with nothing in it."""
    _fetch_apoc()
    home = Path(tempfile.mkdtemp())
    server = Bench(home)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(home)


@contextmanager
def warm(load: Callable[[Server, "Graph[str]"], object], some: "Graph[str]") -> Iterator[Server]:
    """A server that has loaded something and forgotten it, schema and all."""
    with fresh() as server:
        load(server, some)
        with bare(server) as driver:
            for what in ("CONSTRAINT", "INDEX"):
                named = driver.execute_query(
                    f"SHOW {what}ES" if what == "INDEX" else f"SHOW {what}S"
                )
                for found in named.records:
                    if found["type"] != "LOOKUP":
                        driver.execute_query(f"DROP {what} {found['name']}")
            with driver.session() as session:
                session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        yield server


@contextmanager
def bare(server: Server) -> Iterator[Driver]:
    """Neo4j's own driver."""
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        yield driver


def spent(server: Server | None, edges: int, work: Callable[[], object]) -> Spent:
    """What a piece of work on so many edges costs."""
    doing = getattr(getattr(work, "func", work), "__qualname__", "")
    print(time.strftime("%H:%M:%S"), doing, file=sys.stderr)

    def now() -> Spent:
        of = psutil.Process(server.process.pid).cpu_times() if server and server.process else None
        server_s = of.user + of.system if of else 0
        return Spent(edges, time.monotonic(), server_s, time.process_time())

    before = now()
    work()
    return now().less(before)


def _fetch_apoc() -> None:
    if not APOC.is_dir():
        pom = Path(__file__).with_name("apoc.xml")
        subprocess.run(
            ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies",
             "-DincludeScope=runtime", f"-DoutputDirectory={APOC}"],
            check=True, stdout=sys.stderr,
        )  # fmt: skip


# ---------------------------------------------------------------- loaders


def ours(server: Server, graph: "Graph[str]") -> None:
    """The store's own load, with all that it sees to."""
    with open_store(server.address) as store:
        store.load(graph)


def index(server: Server) -> None:
    """Make the full-text indexes, as a first load makes them in the end."""
    words = schema.Vocabulary.of(load_ontology())
    with bare(server) as driver:
        for name in (schema.NAMES, schema.QUOTES):
            driver.execute_query(f"DROP INDEX {name} IF EXISTS")
            driver.execute_query(schema.wanted(words)[name].create)
        driver.execute_query("CALL db.awaitIndexes(3600)")


def create(server: Server, graph: "Graph[str]") -> None:
    """The bare loop that one writes first. A second run would double the graph.

    Rows by kind, so many to a statement, and a constraint for each label to find ends by.
    """
    nodes: defaultdict[str, list[Any]] = defaultdict(list)
    edges: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        nodes[":".join(data["labels"])].append({"id": node, **_without("labels", data)})
    for source, target, key, data in graph.edges(keys=True, data=True):
        first, second = (graph.nodes[end]["labels"][0] for end in (source, target))
        it = {"id": key, **_without("type", data)}
        edges[data["type"], first, second].append({"source": source, "target": target, "it": it})
    with bare(server) as driver, driver.session() as session:
        for labels in nodes:
            label = labels.partition(":")[0]
            session.run(f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.id IS UNIQUE").consume()
        for labels, rows in nodes.items():
            _unwind(session, rows, f"CREATE (n:{labels}) SET n = row")
        for (kind, source, target), rows in edges.items():
            ends = f"MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}})"
            _unwind(session, rows, f"{ends} CREATE (a)-[r:{kind}]->(b) SET r = row.it")


def _unwind(session: Session, rows: list[Any], what: str) -> None:
    def write(tx: ManagedTransaction, some: tuple[Any, ...]) -> None:
        tx.run(f"UNWIND $rows AS row {what}", rows=list(some)).consume()

    for some in batched(rows, ROWS):
        session.execute_write(write, some)


def _without(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key != name}


def written(server: Server, graph: "Graph[str]", python: Path) -> Spent:
    """What neo4j-graphrag's writer was given to write of the edges, and what that cost."""
    nodes = [
        (node, data["labels"][0], {"id": node, **_without("labels", data)})
        for node, data in graph.nodes(data=True)
    ]
    edges = [
        (source, target, data["type"], {"id": key, **_without("type", data)})
        for source, target, key, data in graph.edges(keys=True, data=True)
    ]
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump((nodes, edges), file)
        file.flush()
        process = subprocess.Popen(
            [python, Path(__file__).with_name("graphrag_writer.py"),
             server.uri, server.user, server.password, file.name, str(PATIENCE)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout
        process.stdout.readline()  # the nodes are written
        told: list[str] = []

        def neo4j_graphrag() -> None:
            told.extend(process.communicate()[0].split())

        cost = spent(server, 0, neo4j_graphrag)
    count, client = map(float, told)
    return cost._replace(edges=count, client=client)


# ---------------------------------------------------------------- questions


def asked(stores: dict[str, Store], graph: "Graph[str]") -> Iterator[str]:
    """A table: how long each query of the library takes, a swift one the better of two times."""
    yield f"| query | rows | {' | '.join(f'{name}, seconds' for name in stores)} |"
    yield f"|---|--:|{'--:|' * len(stores)}"
    for query in load_library():
        given = _given(query, graph)
        answers = [_timed(query, store, given) for store in stores.values()]
        rows = " or ".join(dict.fromkeys(str(rows) for rows, _ in answers))
        yield f"| {query.name} | {rows} | {' | '.join(took for _, took in answers)} |"


def _given(query: Query, graph: "Graph[str]") -> dict[str, Any]:
    """Values such as the query takes: things that much is said of."""
    edge = next(key for *_, key, data in graph.edges(keys=True, data=True) if "quote" in data)
    bodies = dict.fromkeys(("body", "to", "other"), "Body 1")
    issues = dict.fromkeys(("issue", "topic"), "Issue 1")
    known = bodies | issues | {"edge": edge, "words": "reckless", "letters": "person 1"}
    return {
        name: known.get(name, "Person 1")
        for name, parameter in query.header.parameters.items()
        if parameter.required
    }


def _timed(query: Query, store: Store, given: dict[str, Any]) -> tuple[int | str, str]:
    best = PATIENCE
    for _ in range(2):
        started = time.monotonic()
        try:
            rows = sum(1 for _ in query.run(store, given, timeout=PATIENCE))
        except OnrecordError as error:
            return "-", str(error)
        best = min(best, time.monotonic() - started)
        if best > SWIFT:
            break
    return rows, f"{best:.2f}"


if __name__ == "__main__":
    typer.run(main)
