"""--sure on every command that has it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.confidence import SURE
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace

Run = Callable[..., Any]
TEXT = (
    "The Harbour Union sued Ann Lee, a clerk.\n"
    "A neighbour injured Ann Lee.\n"
    "“It is reckless,” said Ann Lee.\n"
)


@pytest.fixture
def built(run: Run, tmp_path: Path) -> Path:
    """A workspace in which one relation is surer than the other, built with all of them."""
    folder = tmp_path / "home"
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run("build", tmp_path / "a.txt", "-w", folder).status == 0
    with Workspace(folder / "workspace.sqlite") as kept:
        ((article, reading),) = kept.readings()
        sure = {"SUES": 0.9, "HARMS": 0.6}
        relations = [
            r.model_copy(update={"confidence": sure[r.type]})
            for r in reading.relations
            if r.type in sure
        ]
        assert {relation.type for relation in relations} == set(sure)
        reader = kept._db.execute("SELECT reader FROM readings").fetchone()[0]
        changed = reading.model_copy(update={"relations": tuple(relations)})
        kept.put(article, Reading.model_validate_json(changed.to_json()), reader)
    return folder


def rebuilt(run: Run, built: Path, *options: str) -> None:
    assert run("build", built.parent / "a.txt", "-w", built, *options).status == 0


def types(lines: str) -> set[str]:
    return {row["type"] for row in map(json.loads, lines.splitlines()) if "edge" in row}


def asked(run: Run, built: Path, *options: str) -> Any:
    ask = ("query", "dealings_of_an_actor", "actor=Ann Lee", "-w", built, "-f", "json")
    ran = run(*ask, *options)
    return ran if ran.status else {row["relation"] for row in json.loads(ran.out)}


BOTH, SURER = {"SUES", "HARMS"}, {"SUES"}


def test_build_says_what_goes_into_store_and_page(run: Run, built: Path) -> None:
    rebuilt(run, built, "--sure", "0.8")
    held = run("export", "--from", built / "graph.kgl").out
    assert types(held) & BOTH == SURER
    assert {"HOLDS", "SAID"} <= types(held)
    assert "neighbour" not in held
    assert (built / "page.html").read_text("utf-8") == run("view", "-w", built, "-o", "-",
                                                           "--sure", "0.8").out  # fmt: skip
    assert asked(run, built) == SURER
    rebuilt(run, built, "--sure", "0.5")
    assert asked(run, built) == BOTH


def test_the_workspace_remembers_what_build_was_told_last(run: Run, built: Path) -> None:
    rebuilt(run, built, "--sure", "0.8")
    with Workspace(built / "workspace.sqlite") as kept:
        assert kept.sure == 0.8
    rebuilt(run, built)
    with Workspace(built / "workspace.sqlite") as kept:
        assert kept.sure == SURE


def test_view_and_export_write_what_they_are_told(run: Run, built: Path) -> None:
    export = ("export", "-w", built, "--sure")
    assert types(run(*export, "0.8").out) & BOTH == SURER
    assert types(run(*export, "0.5").out) & BOTH == BOTH
    page = ("view", "-w", built, "-o", "-", "--sure")
    assert run(*page, "0.8").out != run(*page, "0.5").out
    rebuilt(run, built, "--sure", "0.7")
    held = ("export", "--from", built / "graph.kgl")
    assert run(*held, "--sure", "0.95").out == run(*export, "0.95").out
    assert run(*held).out == run(*export, "0.7").out
    lower = run(*held, "--sure", "0.5")
    assert (lower.status, len(lower.err.splitlines())) == (1, 1)


def test_query_only_raises_it(run: Run, built: Path) -> None:
    rebuilt(run, built, "--sure", "0.5")
    assert asked(run, built) == asked(run, built, "--sure", "0.5") == BOTH
    assert asked(run, built, "--sure", "0.8") == SURER
    lower = asked(run, built, "--sure", "0.4")
    assert (lower.status, lower.out, len(lower.err.splitlines())) == (1, "", 1)
    assert "build it anew with --sure 0.4" in lower.err
    free = run("query", "-w", built, "--cypher", "RETURN 1", "--sure", "0.8")
    assert (free.status, free.out, len(free.err.splitlines())) == (1, "", 1)
    assert "r.confidence >= 0.8" in free.err


def test_read_prints_what_it_is_told(run: Run, built: Path) -> None:
    def read(*options: str) -> Reading:
        return Reading.model_validate_json(run("read", built.parent / "a.txt", *options).out)

    assert {r.type for r in read().relations} >= BOTH
    assert read("--sure", "1").relations == ()
    said = [statement.content for statement in read().statements]
    assert [statement.content for statement in read("--sure", "1").statements] == said != []


@pytest.mark.parametrize("command", ["build", "read", "view", "export", "query"])
@pytest.mark.parametrize("sure", ["1.1", "-1", "much", "nan"])
def test_what_is_no_confidence_is_one_message(
    run: Run, home: Path, tmp_path: Path, command: str, sure: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    given: dict[str, tuple[str | Path, ...]] = {
        "build": (tmp_path / "a.txt", "-w", tmp_path / "home"),
        "read": (tmp_path / "a.txt",),
        "query": ("posts_held", "-w", home),
    }
    ran = run(command, *given.get(command, ("-w", home)), f"--sure={sure}")
    assert ran.status in (1, 2)
    assert ran.out == ""
    assert "--sure" in ran.err or "from 0 to 1" in ran.err
