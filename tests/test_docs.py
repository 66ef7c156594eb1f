"""The documents: tables are current, links lead somewhere, and every command shown runs."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from onrecord.graph import model
from onrecord.graph.documentation import documented
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import ArticleFacts, Reading

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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the README has it: with seeds/ in it and onrecord on the path."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    bin_ = folder / "bin"
    bin_.mkdir()
    script = bin_ / "onrecord"
    script.write_text(
        f"#!{sys.executable}\nfrom onrecord.queries.cli import main\n\nmain()\n", "utf-8"
    )
    script.chmod(0o755)
    return folder


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-ec", command],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_readmes_commands_run_one_after_the_other(folder: Path) -> None:
    ran = [command for command in commands() if command.startswith("onrecord ")]
    assert {"build", "read", "query", "view", "export"} <= {shlex.split(c)[1] for c in ran}
    for command in ran:
        done = shell(command, folder)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stderr == "", command
        written = re.search(r"(?:--output|>) (\S+)", command)
        assert done.stdout or (written and (folder / written[1]).exists()), command


def test_the_readmes_commands_for_neo4j_run_on_a_server(folder: Path, empty_neo4j: str) -> None:
    (block,) = blocks("README.md", "sh neo4j")
    for command in block.splitlines():
        asked = command.replace("neo4j://localhost:7687", empty_neo4j)
        assert asked != command
        done = shell(asked, folder)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    exported = shell("onrecord export -w .onrecord", folder).stdout
    assert (folder / "same.jsonl").read_text("utf-8") == exported


def test_the_readmes_python_runs_and_gives_what_the_command_line_gives(folder: Path) -> None:
    (code,) = blocks("README.md", "python")
    (folder / "page.html").unlink(missing_ok=True)
    code += (
        "from onrecord.graph.export import to_jsonl\n"
        "Path('api.jsonl').write_text(''.join(to_jsonl(graph)), 'utf-8')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert " " in done.stdout
    assert (folder / "page.html").stat().st_size
    built = shell("onrecord build seeds -w fresh >/dev/null && onrecord export -w fresh", folder)
    assert built.stdout == (folder / "api.jsonl").read_text("utf-8")


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
