"""Neo4j itself: a server that dies, lies full, refuses; and what is said about it."""

import logging
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from neo4j import Driver, GraphDatabase
from neo4j_server import Server

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import QueryError, StoreAuthError, StoreError, StoreUnavailable
from onrecord.graph.export import to_jsonl
from onrecord.graph.store import LoadReport, loading, neo4j, open_store, schema
from onrecord.graph.store.contents import BOOKKEEPING
from onrecord.queries.cli import main
from onrecord.queries.library import load_library

EDGES = 20

_ONRECORD = "from onrecord.queries.cli import main; main()"


@pytest.fixture
def own(neo4j_server: Server) -> Iterator[Server]:
    """Our own server, empty; it runs again afterwards, whatever the test did to it."""
    with GraphDatabase.driver(
        neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)
    ) as d:
        d.execute_query("MATCH (n) DETACH DELETE n")
    yield neo4j_server
    if not neo4j_server.process:
        neo4j_server.start()


@pytest.fixture
def driver(own: Server) -> Iterator[Driver]:
    with GraphDatabase.driver(own.uri, auth=(own.user, own.password)) as bare:
        yield bare


def until_partly_loaded(driver: Driver) -> None:
    while not driver.execute_query("MATCH (a:Article) RETURN count(a) > 9").records[0][0]:
        time.sleep(0.01)


def is_whole(graph: "Graph[str]") -> bool:
    """Whether every article that is there is there with all its edges."""
    edges = Counter(data["article"] for *_, data in graph.edges(data=True))
    articles = [node for node in graph if node.startswith("article:")]
    return len(edges) == len(articles) and set(edges.values()) <= {EDGES}


class TestKilled:
    def test_a_loader(
        self,
        own: Server,
        driver: Driver,
        many: "Graph[str]",
        loader: Callable[[str], "subprocess.Popen[str]"],
    ) -> None:
        process = loader(own.address)
        until_partly_loaded(driver)
        process.kill()
        process.wait()
        with open_store(own.address) as store:
            left = store.graph()
            assert 0 < left.size() < many.size(), "it was killed too early or too late"
            assert is_whole(left)
            store.load(many)
            assert list(to_jsonl(store.graph())) == list(to_jsonl(many))
            assert store.load(many) == LoadReport()

    def test_the_server(
        self, own: Server, driver: Driver, many: "Graph[str]", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(loading, "BATCH", 100)
        monkeypatch.setattr(neo4j, "PERSISTENCE", 1.0)
        endless = ["--format", "csv", "--cypher", "UNWIND range(1, 100000000) AS i RETURN i"]
        query = subprocess.Popen(
            [sys.executable, "-c", _ONRECORD, "query", "--store", own.address, *endless],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert query.stdout
        assert query.stdout.readline() == "i\n"
        with ThreadPoolExecutor() as threads, open_store(own.address) as store:
            load = threads.submit(store.load, many)
            until_partly_loaded(driver)
            own.kill()
            assert isinstance(load.exception(), StoreUnavailable)
            _, said = query.communicate()
            assert (query.returncode, said.count("\n")) == (1, 1)
            assert re.match("Error: .* cannot be reached", said)
            started = time.monotonic()
            with pytest.raises(StoreUnavailable, match="cannot be reached"):
                store.load(many)
            assert time.monotonic() - started < 20
        own.start()
        with open_store(own.address) as store:
            assert is_whole(store.graph())
            store.load(many)
            assert list(to_jsonl(store.graph())) == list(to_jsonl(many))


class TestRefused:
    """One clear error and exit status each, without a word of the password."""

    @pytest.fixture
    def told(self, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def told(*command: str) -> str:
            with pytest.raises(SystemExit) as ended:
                main(command)
            assert ended.value.code == 1
            said = capsys.readouterr()
            assert said.out == ""
            assert said.err.startswith("Error: ")
            assert said.err.count("\n") == 1
            return said.err

        return told

    @pytest.mark.parametrize(
        "address",
        ["neo4j://127.0.0.1:1", "bolt://127.0.0.1:1", "neo4j://nowhere.invalid", "bolt+s://127.0.0.1:1"],
    )  # fmt: skip
    def test_a_wrong_address(self, told: Callable[..., str], address: str) -> None:
        started = time.monotonic()
        assert "cannot be reached" in told("store", "check", "--store", address)
        with open_store(address) as store, pytest.raises(StoreUnavailable):
            store.load(nx.MultiDiGraph())
        assert time.monotonic() - started < 20

    @pytest.mark.parametrize("address", ["neo4j://", "bolt://:x", "neo4j://host:99999999"])
    def test_no_address_at_all(self, told: Callable[..., str], address: str) -> None:
        told("store", "check", "--store", address)

    def test_a_wrong_password(
        self, own: Server, told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrong = own.uri.replace("://", "://neo4j:hunter2-hunter2@")
        said = told("store", "check", "--store", wrong)
        assert "refuses the user or the password" in said
        assert "hunter2" not in said
        for name in ("USERNAME", "PASSWORD"):
            monkeypatch.delenv(f"NEO4J_{name}", raising=False)
        assert "refuses the user" in told("store", "check", "--store", own.uri)
        with open_store(wrong) as store, pytest.raises(StoreAuthError):
            store.load(nx.MultiDiGraph())

    def test_malformed_cypher(self, own: Server, told: Callable[..., str]) -> None:
        assert "Invalid input" in told(
            "query", "--store", own.address, "--cypher", "MATCH (n RETURN n"
        )

    def test_user_and_password_may_stand_in_the_environment(
        self, own: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NEO4J_USERNAME", own.user)
        monkeypatch.setenv("NEO4J_PASSWORD", own.password)
        with open_store(own.uri) as store:
            assert list(store.run("RETURN 1")) == [(1,)]
        monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
        with open_store(own.uri) as store, pytest.raises(StoreError):
            list(store.run("RETURN 1"))

    def test_the_password_is_in_no_log_and_no_export(
        self, own: Server, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str],
        many: "Graph[str]",
    ) -> None:  # fmt: skip
        with caplog.at_level(logging.DEBUG), open_store(own.address) as store:
            store.load(many)
            with pytest.raises(QueryError) as told:
                store.run("MATCH (n")
            assert own.password not in repr(told.value) + repr(store) + str(vars(store))
        assert "neo4j" in {record.name.partition(".")[0] for record in caplog.records}
        assert own.password not in caplog.text
        with pytest.raises(SystemExit):
            main(["export", "--from", own.address])
        said = capsys.readouterr()
        assert own.password not in said.out + said.err
        assert said.out == "".join(to_jsonl(many))


class OnASmallDisk(Server):
    """A server whose data lie on a disk of 60 MB."""

    def __init__(self, home: Path, small_disk: list[str]) -> None:
        super().__init__(home, brief=True)
        self.small_disk = small_disk

    def settings(self) -> dict[str, str]:
        return {**super().settings(), "db.tx_log.rotation.size": "1m"}

    def command(self) -> list[str]:
        data = self.home / "data"
        data.mkdir(parents=True)
        return [*self.small_disk, "60m", str(data), *super().command()]


def test_a_server_on_a_small_disk_ends_with_the_tests(
    tmp_path: Path, small_disk: list[str]
) -> None:
    starts = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    server = ["sh", "-c", "echo runs; exec sleep 600"]
    tests = subprocess.Popen(
        [sys.executable, "-c", starts, *small_disk, "1m", str(tmp_path), *server],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert tests.stdout
    assert tests.stdout.readline() == "runs\n"
    tests.kill()
    tests.communicate(timeout=60)  # until nobody holds the pipe's other end any more


@pytest.mark.usefixtures("neo4j_server")  # so that this is skipped where no server can be
def test_a_full_disk_is_told(
    tmp_path: Path,
    many: "Graph[str]",
    small_disk: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(neo4j, "PERSISTENCE", 1.0)
    grown = many.copy()
    for *_, data in grown.edges(data=True):
        data["quote"] = os.urandom(5_000).hex()
    small = OnASmallDisk(tmp_path / "small", small_disk)
    small.start()
    try:
        with (
            open_store(small.address) as store,
            pytest.raises(StoreUnavailable, match=r"is in trouble.* room on its disk"),
        ):
            store.load(grown)
        (tmp_path / "a.txt").write_text("Ann Lee criticised Bo Kim.")
        with pytest.raises(SystemExit) as ended:
            main(["build", f"{tmp_path}/a.txt", "-w", f"{tmp_path}/w", "--store", small.address])
        assert ended.value.code == 1
        assert re.fullmatch("Error: .* room on its disk.\\n", capsys.readouterr().err)
    finally:
        small.kill()


def _hits(plan: dict[str, Any]) -> int:
    """How often the steps of a plan looked at what is stored."""
    looked: int = plan["args"].get("DbHits", 0)
    return looked + sum(map(_hits, plan.get("children", [])))


class TestSchema:
    def test_nothing_is_missing_after_a_load(self, own: Server, many: "Graph[str]") -> None:
        with open_store(own.address) as store:
            store.load(many)
            assert store.check() == []

    def test_what_is_missing_is_named_and_mended(
        self, own: Server, driver: Driver, many: "Graph[str]"
    ) -> None:
        with open_store(own.address) as store:
            store.load(many)
            driver.execute_query("DROP CONSTRAINT onrecord_id_Person")
            driver.execute_query("DROP INDEX onrecord_quotes")
            driver.execute_query("DROP INDEX onrecord_about_of_PRAISES")
            driver.execute_query(
                "CREATE FULLTEXT INDEX onrecord_quotes FOR ()-[r:PRAISES]-() ON EACH [r.quote]"
            )
            driver.execute_query(f"MATCH (s:{BOOKKEEPING}) SET s.version = 1")
            assert store.check() == [
                "Migration 2 is missing: full-text search over names and quotes.",
                "Migration 3 is missing: edges found by what they are about.",
                "The constraint onrecord_id_Person is missing: the id of a Person is unique.",
                "The index onrecord_quotes is missing: edges are found by their quotes.",
                "The index onrecord_about_of_PRAISES is missing:"
                " a PRAISES is found by what it is about.",
            ]
            assert store.load(many) == LoadReport()
            assert store.check() == []

    def test_positions_are_found_without_a_look_at_all_edges(
        self, own: Server, driver: Driver, many: "Graph[str]"
    ) -> None:
        graph = many.copy()
        next(iter(graph.edges(data=True)))[2]["about"] = "issue:quay"
        with open_store(own.address) as store:
            store.load(graph)
        driver.execute_query("CALL db.resampleOutdatedIndexes()")
        cypher = load_library()["positions_on_an_issue"].cypher
        found = driver.execute_query(f"PROFILE {cypher}", {"issue": ["issue:quay"], "sure": 0.0})
        assert len(found.records) == 1
        assert found.summary.profile
        assert _hits(found.summary.profile) < many.size() / 10

    def test_a_store_of_a_later_onrecord_is_left_alone(
        self, own: Server, driver: Driver, many: "Graph[str]"
    ) -> None:
        with open_store(own.address) as store:
            store.load(nx.MultiDiGraph())
            driver.execute_query(f"MATCH (s:{BOOKKEEPING}) SET s.version = 99")
            for act in (store.check, lambda: store.load(many)):
                with pytest.raises(StoreError, match="Update onrecord"):
                    act()
            assert store.graph().size() == 0

    def test_ids_are_unique_by_kind(self, own: Server, driver: Driver, many: "Graph[str]") -> None:
        with open_store(own.address) as store:
            store.load(many)
        with pytest.raises(Exception, match="already exists"):
            driver.execute_query("CREATE (:Person {id: 'person:1'})")

    def test_data_that_is_not_ours_is_left_alone(
        self, own: Server, driver: Driver, many: "Graph[str]"
    ) -> None:
        driver.execute_query(
            "CREATE (:Cat {id: 'x'}), (:Person {name: 'y'})-[:SEES {a: 1}]->(:Cat)"
        )
        with open_store(own.address) as store:
            store.load(many)
            store.load(nx.MultiDiGraph(), withdraw=frozenset(map(str, range(200))))
            assert store.graph().size() == 0
        assert driver.execute_query("MATCH (n:Cat) RETURN count(n)").records[0][0] == 2
        driver.execute_query("MATCH (n) DETACH DELETE n")


def test_migrations_are_numbered_without_gaps() -> None:
    assert [m.number for m in schema.MIGRATIONS] == list(range(1, schema.VERSION + 1))
