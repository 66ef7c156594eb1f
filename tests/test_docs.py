"""The documents: tables are current, links lead somewhere, and every command shown runs."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel

from onrecord.graph import model
from onrecord.graph.documentation import documented
from onrecord.graph.export import to_jsonl
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import ArticleFacts, Reading
from onrecord.queries.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [
    file.relative_to(ROOT)
    for file in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seeds/*.md"))
]


def blocks(page: str, kind: str) -> list[str]:
    """The code blocks of a page that open with this info string."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """The README's commands, but for those that need a server."""
    lines = [line for block in blocks("README.md", "sh") for line in block.splitlines()]
    return [command for line in lines if (command := line.partition("  #")[0].strip())]


class Ran(NamedTuple):
    """What a command left."""

    status: int
    out: str
    err: str


Run = Callable[[str], Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as a shell would, in this process, in a folder that has seeds/ in it."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)

    def run(command: str) -> Ran:
        program, *arguments = shlex.split(command)
        assert program == "onrecord"
        path = Path(arguments.pop()) if arguments[-2:-1] == [">"] else None
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([argument for argument in arguments if argument != ">"])
        out, err = capsys.readouterr()
        if path:
            path.write_text(out, "utf-8")
        return Ran(int(ended.value.code or 0), out, err)

    return run


def test_the_readmes_commands_run_one_after_the_other(run: Run) -> None:
    shown = [command for command in commands() if command.startswith("onrecord ")]
    assert {"build", "read", "query", "view", "export"} <= {shlex.split(c)[1] for c in shown}
    for command in shown:
        ran = run(command)
        assert (ran.status, ran.err) == (0, ""), command
        written = re.search(r"(?:--output|>) (\S+)", command)
        assert ran.out or (written and Path(written[1]).exists()), command


def test_the_readmes_commands_for_neo4j_run_on_a_server(run: Run, empty_neo4j: str) -> None:
    (block,) = blocks("README.md", "sh neo4j")
    for command in block.splitlines():
        asked = command.replace("neo4j://localhost:7687", empty_neo4j)
        assert asked != command
        ran = run(asked)
        assert ran.status == 0, f"{command}\n{ran.err}"
    assert Path("same.jsonl").read_text("utf-8") == run("onrecord export").out


def test_the_readmes_python_gives_what_the_command_line_gives(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = blocks("README.md", "python")
    capsys.readouterr()
    there: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), there)
    assert capsys.readouterr().out.strip()
    page = Path("page.html").read_bytes()
    assert run("onrecord build seeds").status == 0
    assert run("onrecord export").out == "".join(to_jsonl(there["graph"]))
    assert Path(".onrecord/page.html").read_bytes() == page


def test_the_readmes_other_commands_are_targets_of_the_makefile() -> None:
    others = [command for command in commands() if not command.startswith("onrecord ")]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert others == ["make run", "make test"]
    named = re.findall(r"`make ([a-z0-9-]+)`", (ROOT / "README.md").read_text("utf-8"))
    for target in (*(command.split()[1] for command in others), *named):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    text = (ROOT / page).read_text("utf-8")
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (ROOT / page.parent / link).exists(), link


def test_every_document_stands_in_an_index() -> None:
    for index in (Path("docs/README.md"), Path("docs/adr/README.md")):
        text = (ROOT / index).read_text("utf-8")
        for page in (ROOT / index.parent).glob("*.md"):
            assert page.name == "README.md" or f"({page.name})" in text, page


def test_the_ontologys_page_is_current() -> None:
    page = (ROOT / "docs/ontology.md").read_text("utf-8")
    assert page == documented(load_ontology()), "run `make docs`"


def test_the_readings_page_names_every_field_and_its_example_is_one() -> None:
    page = (ROOT / "docs/reading-json.md").read_text("utf-8")
    (example,) = blocks("docs/reading-json.md", "json")
    text = "The Harbour Union accused Ann Lee of neglect on Monday."
    reading = Reading.model_validate(json.loads(example))
    reading.check(text)
    assert reading.article.chars == len(text)
    assert json.loads(reading.to_json()) == json.loads(example)
    sections: dict[str, type[BaseModel]] = {
        "article": ArticleFacts,
        "passages": model.Passage,
        "entities": model.Entity,
        "mentions": model.Mention,
        "posts": model.Holding,
        "statements": model.Statement,
        "relations": model.Relation,
    }
    assert [*Reading.model_fields] == ["schema_", *sections]
    for name, record in sections.items():
        section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        told = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)))
        assert set(told) == {*record.model_fields} - {"schema_"}, name
