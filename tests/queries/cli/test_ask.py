"""onrecord query."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_the_library_is_listed_and_explained(run: Run) -> None:
    listed = run("query")
    assert listed.status == 0
    assert "most_active_actors" in listed.out
    explained = run("query", "most_active_actors", "--explain").out
    assert "onrecord query most_active_actors" in explained
    assert "MATCH" in explained


def test_one_answer_in_three_shapes(run: Run, home: Path) -> None:
    ask = ("query", "posts_held", "-w", home)
    rows = json.loads(run(*ask, "-f", "json").out)
    table = list(csv.DictReader(io.StringIO(run(*ask, "-f", "csv").out)))
    assert len(rows) == len(table) >= 1
    assert [{k: v for k, v in row.items() if isinstance(v, str)} for row in rows] == [
        {k: v for k, v in row.items() if isinstance(rows[n][k], str)} for n, row in enumerate(table)
    ]
    assert "Ann Lee" in run(*ask).out


def test_free_cypher_takes_parameters_and_may_only_read(run: Run, home: Path) -> None:
    ask = ("query", "-w", home, "-f", "json", "--cypher")
    found = run(*ask, "MATCH (p:Person {name: $name}) RETURN p.id AS id, $n + 1 AS n",
                "name=Ann Lee", "n=2")  # fmt: skip
    assert json.loads(found.out) == [{"id": "person:ann-lee", "n": 3}]
    before = run("export", "-w", home, "--from", home / "graph.kgl").out
    writing = run(*ask, "MATCH (n) DETACH DELETE n")
    assert writing.status == 1
    assert "only read" in writing.err
    assert run("export", "-w", home, "--from", home / "graph.kgl").out == before


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("most_active_actor",), "Did you mean most_active_actors"),
        (("most_active_actors", "limit"), "NAME=VALUE"),
        (("most_active_actors", "limit=many"), "integer"),
        (("most_active_actors", "colour=red"), "no parameter 'colour'"),
        (("--cypher", "MATCH (n RETURN n"), "syntax error"),
    ],
)
def test_a_wrong_question_is_one_message(
    run: Run, home: Path, arguments: tuple[str, ...], word: str
) -> None:
    ran = run("query", "-w", home, *arguments)
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert word in ran.err


def test_what_articles_say_cannot_steer_the_terminal(run: Run, home: Path) -> None:
    ran = run("query", "-w", home, "--cypher", "RETURN $x AS x", "x=\x1b[31m[bold]red[/bold]")
    assert "\x1b" not in ran.out
    assert "[bold]red[/bold]" in ran.out
