"""The quality gate: floors hold, rise on purpose, and count for the data they were measured on."""

import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml

GATE = Path(__file__).parents[1] / "benchmarks/gate.py"
TEXT = "The Harbour Union accused Ann Lee of neglect on Monday.\n"
GOLD = """
article: harbour
nodes:
  lee: {kind: Person, name: Ann Lee}
  union: {kind: Body, name: Harbour Union}
edges:
  - {source: union, any: [ACCUSES], target: lee, core: true, evidence: accused Ann Lee}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the gate, with one set of articles and gold and no floors yet."""
    shutil.copy(GATE, tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/harbour.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gold.yaml").write_text(GOLD, "utf-8")
    sets = {"one": {"articles": "articles", "gold": "gold.yaml", "sha256": "", "floors": {}}}
    (tmp_path / "floors.yaml").write_text(yaml.safe_dump(sets), "utf-8")
    return tmp_path


@pytest.fixture
def gate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs the gate and gives its exit status."""

    def gate(*options: str) -> Any:
        monkeypatch.setattr(sys, "argv", ["gate.py", str(folder), *options])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(folder / "gate.py"), run_name="__main__")
        return ended.value.code

    return gate


def floors(folder: Path) -> Any:
    return yaml.safe_load((folder / "floors.yaml").read_text("utf-8"))["one"]["floors"]


def test_floors_rise_on_purpose_and_hold(folder: Path, gate: Callable[..., Any]) -> None:
    assert not gate()
    assert floors(folder) == {}
    assert not gate("--raise")
    assert floors(folder)["edges"] == 100
    assert not gate()


def test_a_figure_that_fell_fails_and_lowers_no_floor(
    folder: Path, gate: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate("--raise")
    monkeypatch.setattr("onrecord.queries.evaluation.assemble", lambda *_, **__: nx.MultiDiGraph())
    before = floors(folder)
    assert gate("--raise") == 1
    assert floors(folder) == before


def test_floors_do_not_count_for_other_data(
    folder: Path, gate: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    gate("--raise")
    gold = folder / "gold.yaml"
    gold.write_text(GOLD.replace("[ACCUSES]", "[PRAISES]"), "utf-8")
    capsys.readouterr()
    assert not gate()
    assert "they do not count" in capsys.readouterr().out
