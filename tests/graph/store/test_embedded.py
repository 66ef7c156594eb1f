"""The file of the embedded store: killed loaders, full disks, wrong files, other processes."""

import os
import pickle
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import kglite
import pytest

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import StoreError, StoreUnavailable
from onrecord.graph.export import to_jsonl
from onrecord.graph.store import LoadReport, embedded, open_store
from onrecord.graph.store.contents import BOOKKEEPING
from onrecord.queries.cli import main

_FILL = """
import os, pickle, sys
from pathlib import Path
from onrecord.graph.errors import StoreUnavailable
from onrecord.graph.store import open_store
from onrecord.graph.export import to_jsonl
many = pickle.load(open(sys.argv[2], "rb"))
with open_store(Path(sys.argv[1]) / "graph.kgl") as store:
    store.load(many)
    grown = many.copy()
    for *_, data in grown.edges(data=True):
        data["quote"] = os.urandom(500).hex()
    try:
        store.load(grown)
    except StoreUnavailable as error:
        print(error)
    assert list(to_jsonl(store.graph())) == list(to_jsonl(many))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.kgl"


def test_a_killed_loader_leaves_the_old_graph_or_the_new(
    path: Path, many: "Graph[str]", loader: Callable[[str], "subprocess.Popen[str]"]
) -> None:
    before = many.subgraph(node for node in many if not node.startswith("article:1")).copy()
    before.remove_edges_from(
        (one, other, key)
        for one, other, key, data in many.edges(keys=True, data=True)
        if data["article"].startswith("1")
    )
    with open_store(path) as store:
        store.load(before)
        states = {tuple(to_jsonl(graph)) for graph in (before, many)}
        for delay in (0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8):
            process = loader(str(path))
            time.sleep(delay)
            process.kill()
            process.wait()
            assert tuple(to_jsonl(store.graph())) in states
        store.load(many)
        assert list(to_jsonl(store.graph())) == list(to_jsonl(many))
        assert store.load(many) == LoadReport()


def test_a_full_disk_is_told_and_loses_nothing(
    tmp_path: Path, many: "Graph[str]", small_disk: list[str]
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "many").write_bytes(pickle.dumps(many))
    disk = str(tmp_path / "disk")
    ran = subprocess.run(
        [*small_disk, "300k", disk, sys.executable, "-c", _FILL, disk, tmp_path / "many"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "No space left" in ran.stdout
    assert "room on its disk" in ran.stdout


def test_what_changes_nothing_writes_nothing(path: Path, many: "Graph[str]") -> None:
    with open_store(path) as store:
        store.load(many)
        before = path.stat()
        store.load(many)
        after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_the_same_graph_gives_the_same_file(tmp_path: Path, many: "Graph[str]") -> None:
    for name in ("one", "two"):
        with open_store(tmp_path / name) as store:
            store.load(many)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_reader_sees_what_another_has_loaded(path: Path, many: "Graph[str]") -> None:
    with open_store(path) as reader, open_store(path) as writer:
        for graph in (many.subgraph(["article:1"]), many):
            writer.load(graph)
            assert reader.graph().size() == graph.size()


def test_a_loader_waits_for_another_and_then_says_so(
    path: Path, many: "Graph[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "PATIENCE", 0.2)
    with open_store(path) as store:
        store.load(many)
        other = kglite.open(str(path))
        with pytest.raises(StoreUnavailable, match="still loading"):
            store.load(many)
        assert store.graph().size() == many.size()
        other.close()
        store.load(many)


def test_a_failed_load_leaves_the_store_as_it_was(path: Path, many: "Graph[str]") -> None:
    wrong = many.copy()
    wrong.nodes["person:1"]["aliases"] = [object()]
    with open_store(path) as store:
        store.load(many)
        with pytest.raises(TypeError):
            store.load(wrong)
        assert list(to_jsonl(store.graph())) == list(to_jsonl(many))
        assert store.load(many) == LoadReport()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (Path.exists, "There is no graph at"),
        (lambda path: path.write_text("hello"), "is no graph that onrecord wrote"),
        (lambda path: path.write_bytes(b""), "is no graph that onrecord wrote"),
        (lambda path: path.mkdir(), "is no graph that onrecord wrote"),
        (lambda path: path.write_bytes(b"RGF\x00" + random.randbytes(5000)), "is no graph"),
    ],
    ids=["nothing", "text", "empty", "folder", "torn"],
)
def test_a_file_that_is_no_graph_is_told_once(
    path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], object],
    message: str,
) -> None:
    make(path)
    with pytest.raises(SystemExit) as ended:
        main(["query", "--store", str(path), "--cypher", "RETURN 1"])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Error: ")
    assert said.err.count("\n") == 1
    assert message in said.err


def test_a_file_that_is_no_graph_is_not_overwritten(path: Path, many: "Graph[str]") -> None:
    path.write_text("my novel")
    with open_store(path) as store, pytest.raises(StoreUnavailable):
        store.load(many)
    assert path.read_text() == "my novel"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, many: "Graph[str]") -> None:
    (tmp_path / "file").touch()
    with open_store(tmp_path / "file" / "graph.kgl") as store, pytest.raises(StoreUnavailable):
        store.load(many)


def test_a_store_of_another_version(path: Path, many: "Graph[str]") -> None:
    with open_store(path) as store:
        store.load(many)
        assert store.check() == []
        for version, message in ((1, "Migration 2 is missing"), (99, "Update onrecord")):
            with kglite.open(str(path), durable="off") as file:
                file.cypher(f"MATCH (s:{BOOKKEEPING}) SET s.version = {version}")
            if version == 1:
                assert message in store.check()[0]
                assert store.load(many) == LoadReport()
                assert store.check() == []
            else:
                for act in (store.check, lambda: store.load(many)):
                    with pytest.raises(StoreError, match=message):
                        act()
