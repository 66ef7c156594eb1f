"""onrecord judge --edge: an edge that is wrong is hidden, whatever is read or built afterwards."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.workspace import Workspace
from onrecord.loaders import corpus

Run = Callable[..., Any]
TEXT = (
    "The Harbour Union sued Ann Lee, a clerk of the Quay Bank.\n"
    "A neighbour injured Ann Lee.\n"
    "“It is reckless,” said Ann Lee.\n"
)


@pytest.fixture
def built(run: Run, tmp_path: Path) -> Path:
    """A workspace with edges of several types."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run("build", tmp_path / "a.txt", "-w", tmp_path / "home").status == 0
    return tmp_path / "home"


@pytest.fixture
def judge(run: Run, built: Path) -> Callable[..., Any]:
    """Runs a judgement on the edge of a type."""

    def judge(kind: str, *options: str) -> Any:
        return run("judge", "-w", built, "--by", "a tester", "--edge", ids[kind], *options)

    ids = edges(run, built)
    return judge


def edges(run: Run, built: Path, *options: str | Path) -> dict[str, str]:
    rows = map(json.loads, run("export", "-w", built, *options).out.splitlines())
    return {row["type"]: row["edge"] for row in rows if "edge" in row}


def everywhere(run: Run, built: Path, kind: str) -> set[bool]:
    """Whether an edge of that type stands in export, store, query and page."""
    page = (built / "page.html").read_text("utf-8")
    asked = ("query", "edges_between_actors", "-w", built, "-f", "json")
    found = {row["relation"] for row in json.loads(run(*asked).out)}
    stored = edges(run, built, "--from", built / "graph.kgl")
    assert page == run("view", "-w", built, "-o", "-").out
    return {kind in edges(run, built), kind in stored, kind in found, f'"name":"{kind}"' in page}


def test_what_is_wrong_is_hidden_everywhere_until_that_is_taken_back(
    run: Run, judge: Run, built: Path
) -> None:
    assert everywhere(run, built, "HARMS") == {True}
    ran = judge("HARMS", "wrong")
    assert (ran.status, ran.out) == (0, "Judged: neighbour HARMS Ann Lee is wrong.\n")
    assert ran.err == "Graph, store and page are made anew.\n"
    assert everywhere(run, built, "HARMS") == {False}
    assert everywhere(run, built, "SUES") == {True}
    assert judge("HARMS", "--undo").out == "Taken back: neighbour HARMS Ann Lee is wrong.\n"
    assert everywhere(run, built, "HARMS") == {True}
    again = judge("HARMS", "--undo")
    assert (again.status, again.err) == (0, "There is no judgement on this edge to take back.\n")


@pytest.mark.parametrize("kind", ["HOLDS", "SAID"])
def test_posts_and_speakers_may_be_wrong_too(run: Run, judge: Run, built: Path, kind: str) -> None:
    edge = edges(run, built)[kind]
    judge(kind, "wrong")
    assert edge not in run("export", "-w", built).out
    assert {"SUES", "HARMS", "IN"} < set(edges(run, built))
    assert run("judge", "--undo", "-w", built).out.endswith(" is wrong.\n")
    assert edge in run("export", "-w", built).out


def test_it_stays_hidden_when_articles_are_read_anew(
    run: Run, judge: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge("SUES", "wrong")
    (tmp_path / "a.txt").write_text("Mary Rye and Zoe Kay walked out.\n" + TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("Ann Lee praised the Harbour Union.\n", "utf-8")
    monkeypatch.setattr(corpus, "VERSION", "a newer reader")
    corpus._code.cache_clear()
    assert run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-w", built).status == 0
    assert everywhere(run, built, "SUES") == {False}
    with Workspace(built / "workspace.sqlite") as kept:
        assert any(r.type == "SUES" for _, reading in kept.readings() for r in reading.relations)
    (row,) = json.loads(run("judge", "--edges", "--json", "-w", built).out)
    assert len(row["edges"]) == 1
    assert run("judge", "-w", built, "--edge", row["edges"][0], "--undo").status == 0
    assert everywhere(run, built, "SUES") == {True}


def test_judgements_are_listed_and_only_wrong_hides(run: Run, judge: Run, built: Path) -> None:
    before = run("export", "-w", built).out
    judge("SUES", "wrong")
    judge("SUES", "right")
    judge("HARMS", "unsure")
    assert run("export", "-w", built).out == before
    listed = run("judge", "--edges", "-w", built)
    assert (listed.status, listed.err) == (0, "")
    sues, harms = listed.out.splitlines()
    ids = edges(run, built)
    assert sues.startswith(f"{ids['SUES']}  Harbour Union SUES Ann Lee is right: “")
    assert harms.startswith(f"{ids['HARMS']}  neighbour HARMS Ann Lee is unsure: “")
    assert "(a; a tester, " in harms
    with Workspace(built / "workspace.sqlite") as kept:
        verdicts = [entry.verdict for entry in kept.ledger()]
    assert verdicts == ["wrong", "right", "unsure"]


def test_judge_rebuilds_with_what_build_was_told(run: Run, judge: Run, built: Path) -> None:
    assert run("build", built.parent / "a.txt", "-w", built, "--sure", "1").status == 0
    assert not {"SUES", "HARMS"} & set(edges(run, built, "--from", built / "graph.kgl"))
    judge("SUES", "right")
    stored = edges(run, built, "--from", built / "graph.kgl")
    assert not {"SUES", "HARMS"} & set(stored)
    assert "SAID" in stored


def test_an_unknown_edge_and_a_wrong_verdict_are_one_message(run: Run, built: Path) -> None:
    unknown = run("judge", "-w", built, "--edge", "none such", "wrong")
    assert (unknown.status, unknown.out, len(unknown.err.splitlines())) == (1, "", 1)
    assert "'none such'" in unknown.err
    assert "onrecord export" in unknown.err
    for given in ((), ("maybe",), ("withdrawn",)):
        ran = run("judge", "-w", built, "--edge", edges(run, built)["SUES"], *given)
        assert (ran.status, ran.out) == (2, "")
        assert "right, wrong or unsure" in ran.err
    assert run("judge", "--edges", "-w", built).out == ""
