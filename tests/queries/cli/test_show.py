"""onrecord view, export, store and evaluate."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_view_writes_the_page_where_it_is_told(run: Run, home: Path, tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    ran = run("view", "-w", home, "-o", page, "--heading", "The quay")
    assert ran.out.strip() == str(page)
    assert "The quay" in page.read_text("utf-8")
    assert run("view", "-w", home, "-o", "-", "--heading", "The quay").out == page.read_text(
        "utf-8"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["p.html"]


def test_export_is_json_lines_by_default(run: Run, home: Path, words: str) -> None:
    rows = [json.loads(line) for line in run("export", "-w", home).out.splitlines()]
    edges = [row for row in rows if "edge" in row]
    assert edges
    assert rows == [row for row in rows if "node" in row] + edges
    for edge in edges:
        if edge["quote"] is not None:
            assert words[edge["start"] : edge["end"]] == edge["quote"]


@pytest.mark.parametrize("command", ["view", "export"])
def test_a_place_that_cannot_be_written_is_one_message(
    run: Run, home: Path, tmp_path: Path, command: str
) -> None:
    ran = run(command, "-w", home, "-o", tmp_path / "gone" / "file")
    assert (ran.status, ran.out) == (1, "")
    assert "cannot be written" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [("export",), ("view",), ("query", "posts_held"), ("export", "--from", "gone.kgl")],
)
def test_before_a_build_one_message_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "build" in ran.err.lower()
    assert not list(tmp_path.iterdir())


def test_csv_needs_a_folder(run: Run, home: Path) -> None:
    assert run("export", "-w", home, "-f", "csv").status == 2


def test_a_whole_store_lacks_nothing(run: Run, home: Path) -> None:
    assert run("store", "check", "-w", home).out == "Nothing is missing.\n"


def test_evaluate_measures_articles_against_gold(run: Run, tmp_path: Path, words: str) -> None:
    (tmp_path / "harbour.txt").write_text(words)
    (tmp_path / "gold.yaml").write_text(
        "article: harbour\n"
        "nodes:\n"
        "  lee: {kind: Person, name: Ann Lee}\n"
        "  union: {kind: Body, name: Harbour Union}\n"
        "edges:\n"
        "  - {source: union, any: [ACCUSES], target: lee, core: true,"
        " evidence: The Harbour Union accused Ann Lee}\n"
    )
    ran = run("evaluate", "graph", tmp_path, "--gold", tmp_path / "gold.yaml")
    assert ran.status == 0, ran.err
    assert "1 / 1  100 %" in ran.out


def test_evaluate_takes_readings_by_hand(run: Run, tmp_path: Path, words: str) -> None:
    (tmp_path / "harbour.txt").write_text(words)
    (tmp_path / "names.txt").write_text("harbour\n")
    edge = {
        "types": ["ACCUSES"],
        "source": "union",
        "target": "lee",
        "evidence": [0, 37],
        "source_span": [4, 17],
        "target_span": [26, 33],
    }
    nodes = {
        "lee": {"kind": "Person", "name": "Ann Lee"},
        "union": {"kind": "Body", "name": "Harbour Union"},
    }
    reading = {"id": "harbour", "nodes": nodes, "edges": [edge]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(reading))
    command = ("evaluate", "graph", tmp_path / "harbour.txt", "--gold", tmp_path / "gold.jsonl")
    ran = run(*command, "--only", tmp_path / "names.txt")
    assert ran.status == 0, ran.err
    assert "right type       1 / 1  100 % (21–100)" in ran.out
    assert "right type       0 / 1    0 % (0–79)" in run(*command, "--sure", "1").out


def test_evaluate_leaves_out_what_is_not_sure_of_yaml_gold_too(
    run: Run, tmp_path: Path, words: str
) -> None:
    (tmp_path / "harbour.txt").write_text(words)
    (tmp_path / "other.txt").write_text(words)
    (tmp_path / "names.txt").write_text("harbour\n")
    nodes = "{lee: {kind: Person, name: Ann Lee}, union: {kind: Body, name: Harbour Union}}"
    rows = [
        f"{{article: {name}, source: union, any: [ACCUSES], target: lee,"
        " evidence: The Harbour Union accused Ann Lee}"
        for name in ("harbour", "other")
    ]
    (tmp_path / "gold.yaml").write_text(f"nodes: {nodes}\nedges: [{', '.join(rows)}]\n")
    command = ("evaluate", "graph", tmp_path, "--gold", tmp_path / "gold.yaml")
    only = ("--only", tmp_path / "names.txt")
    assert "edges           2 / 2  100 %" in run(*command).out
    assert "edges           1 / 1  100 %" in run(*command, *only).out
    assert "edges           0 / 1    0 %" in run(*command, *only, "--sure", "1").out
