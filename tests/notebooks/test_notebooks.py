"""The notebooks run from top to bottom, and are committed without what they gave."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def notebook_of(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def outputs(notebook: Any) -> list[Any]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output for cell in cells for output in cell.outputs]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_outputs_are_committed(path: Path) -> None:
    notebook = notebook_of(path)
    assert outputs(notebook) == []
    assert {cell.execution_count for cell in notebook.cells if cell.cell_type == "code"} == {None}


@pytest.fixture(scope="module")
def exit_scheme() -> list[Any]:
    """What the cells of the first notebook give, each executed by a kernel of its own."""
    notebook = notebook_of(ROOT / "notebooks" / "01_the_exit_scheme.ipynb")
    client = NotebookClient(
        notebook, timeout=240, resources={"metadata": {"path": ROOT / "notebooks"}}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / ".dev"))
        return outputs(client.execute())


def test_every_question_has_an_answer(exit_scheme: list[Any]) -> None:
    tables = [o.data["text/html"] for o in exit_scheme if "<table" in o.data.get("text/html", "")]
    assert len(tables) == 9
    for table in tables:
        assert table.count("<tr") > 1, table


def test_the_page_is_shown_inline(exit_scheme: list[Any]) -> None:
    frames = [o for o in exit_scheme if "<iframe" in o.data.get("text/html", "")]
    assert len(frames) == 1
    assert "The exit scheme" in frames[0].data["text/html"]
