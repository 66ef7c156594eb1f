"""A graph large enough that a load can be met in its midst, and a loader that can be killed."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from onrecord.graph.assemble import Graph

EDGES = 20
"""Edges an article."""

_LOADER = """
import pickle, sys
from onrecord.graph.store import loading, open_store
loading.BATCH = 100
with open_store(sys.argv[2]) as store:
    graph = pickle.load(open(sys.argv[1], "rb"))
    print("loading", flush=True)
    store.load(graph)
"""


@pytest.fixture(scope="session")
def many() -> "Graph[str]":
    """Two hundred articles about some people."""
    graph: Graph[str] = nx.MultiDiGraph()
    for number in range(200):
        graph.add_node(f"article:{number}", labels=["Article"], name=str(number))
        for edge in range(EDGES):
            one, other = f"person:{(number + edge) % 97}", f"person:{(number * edge) % 97}"
            for person in (one, other):
                graph.add_node(person, labels=["Person", "Actor"], name=person)
            key = f"{number}-{edge}"
            graph.add_edge(one, other, key, type="PRAISES", article=str(number), quote=key)
    return graph


@pytest.fixture
def loader(many: "Graph[str]", tmp_path: Path) -> Callable[[str], "subprocess.Popen[str]"]:
    """Starts a process that loads the graph into a store, in small transactions."""
    pickled = tmp_path / "many.pickle"
    pickled.write_bytes(pickle.dumps(many))

    def start(address: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", _LOADER, pickled, address],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "loading\n"
        return process

    return start


@pytest.fixture(scope="session")
def small_disk() -> list[str]:
    """What runs a command with a disk of its own, of which nobody else sees anything.

    The size of the disk, the folder where it is to lie, and the command are to follow. The command
    ends with the process that starts it.
    """
    alone = ["unshare", "--user", "--map-root-user", "--mount", "setpriv", "--pdeathsig", "KILL"]
    mount = 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"'
    try:
        subprocess.run([*alone, "sh", "-c", mount, "1m", "/mnt", "true"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"No small disk: {error}")
    return [*alone, "sh", "-c", mount]
