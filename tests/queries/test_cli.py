"""The command line as a user meets it: results, messages and exit statuses."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace
from onrecord.loaders import reader
from onrecord.queries.cli import main

ROOT = Path(__file__).parents[2]
HARBOUR = (
    "The Harbour Union accused Ann Lee of neglect on Monday.\n"
    "Ann Lee, director of the Port Authority, criticised the Harbour Union.\n"
    "“The night shift plan is reckless,” said Tom Okoro, secretary of the Harbour Union.\n"
)


class Ran(NamedTuple):
    """What a command left."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        status = ended.value.code
        return Ran(status if isinstance(status, int) else 0, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace built from one article; nobody writes to it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "harbour.txt").write_text(HARBOUR)
    with pytest.raises(SystemExit) as ended:
        main(["build", str(folder / "harbour.txt"), "-w", str(folder / "home")])
    assert not ended.value.code
    return folder / "home"


def onrecord(*arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from onrecord.queries.cli import main; main()", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


# ------------------------------------------------------------------ build


def test_build_says_what_it_found_and_leaves_workspace_store_and_page(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    ran = run("build", "harbour.txt")
    assert ran.status == 0
    assert "Person 2" in ran.out
    assert "conflict" in ran.out
    assert "Ann Lee" in ran.out
    for name in ("workspace.sqlite", "graph.kgl", "page.html"):
        assert (tmp_path / ".onrecord" / name).stat().st_size
        assert f".onrecord/{name}" in ran.out
    assert ran.err == ""


def test_the_workspace_may_be_elsewhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_WORKSPACE", str(home))
    assert run("export").out == run("export", "--workspace", home).out != ""
    assert not list(tmp_path.iterdir())


def test_building_twice_reads_once_and_gives_the_same_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(folder: Path) -> dict[str, bytes]:
        assert run("build", ROOT / "seeds", "-w", folder).status == 0
        for form in ("jsonl", "graphml", "gexf"):
            run("export", "-w", folder, "-f", form, "-o", tmp_path / form)
        run("export", "-w", folder, "-f", "csv", "-o", tmp_path / "csv")
        names = ("jsonl", "graphml", "gexf", "csv/nodes.csv", "csv/edges.csv")
        page = (folder / "page.html").read_bytes()
        return {"page": page, **{name: (tmp_path / name).read_bytes() for name in names}}

    first = built(tmp_path / "one")
    assert built(tmp_path / "two") == first
    monkeypatch.setattr("onrecord.loaders.corpus.read", None)
    assert built(tmp_path / "one") == first
    store = tmp_path / "one" / "graph.kgl"
    assert run("export", "--from", store).out.encode() == first["jsonl"]


def test_processes_in_any_number_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    (tmp_path / "again.txt").write_text(HARBOUR)
    outs = set()
    for jobs, seed in (("1", "1"), ("2", "2")):
        command = onrecord("read", ".", "-j", jobs, cwd=tmp_path, PYTHONHASHSEED=seed)
        out, err = command.communicate()
        assert command.returncode == 0, err
        outs.add(out)
    assert len(outs) == 1
    lines = outs.pop().decode().splitlines()
    assert [Reading.model_validate_json(line).article.id for line in lines] == ["again", "harbour"]


def test_articles_of_earlier_builds_stay_and_corrected_ones_are_replaced(
    run: Run, tmp_path: Path
) -> None:
    one, two, home = tmp_path / "one.txt", tmp_path / "two.txt", tmp_path / "home"
    one.write_text(HARBOUR)
    two.write_text("Ann Lee praised Bo Chen. Di Eng criticised Bo Chen.")
    run("build", one, "-w", home)
    run("build", two, "-w", home)
    assert "Di Eng" in (both := run("export", "-w", home).out)
    assert "Tom Okoro" in both
    two.write_text("Ann Lee praised Bo Chen.")
    run("build", two, "-w", home)
    assert "Di Eng" not in (corrected := run("export", "-w", home).out)
    assert "Tom Okoro" in corrected
    assert run("export", "--from", home / "graph.kgl").out == corrected


def test_bad_input_is_named_and_the_rest_is_built(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "empty").mkdir(parents=True)
    (folder / "a.txt").write_text(HARBOUR)
    (folder / "b.txt").write_bytes("Café".encode("latin-1"))
    (folder / "c.txt").write_text("word " * 1_000_000)
    (folder / "d.txt").symlink_to(tmp_path / "gone")
    (folder / "e.txt").write_text("It rained in the night. The rain was heavy.")
    ran = run("build", folder, folder / "empty", "-w", tmp_path / "home")
    assert ran.status == 0
    assert "Person 2" in ran.out
    words = (
        "UTF-8",
        "5,000,000",
        "cannot be read",
        "empty holds no article",
        "no people",
        "4 left out",
    )
    lines = ran.err.splitlines()
    assert len(lines) == len(words)
    for word in words:
        assert len([line for line in lines if word in line]) == 1, word


def test_where_nothing_can_be_read_nothing_is_made(run: Run, tmp_path: Path) -> None:
    ran = run("build", tmp_path, "-w", tmp_path / "home")
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 2
    assert not (tmp_path / "home").exists()


def test_a_store_that_is_not_there_is_one_message_without_the_password(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    address = "bolt://ann:secret@127.0.0.1:9"
    ran = run("build", tmp_path / "a.txt", "-w", tmp_path / "home", "--store", address)
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    assert "127.0.0.1:9" in ran.err
    assert "secret" not in ran.err + ran.out


def test_an_address_of_another_kind_is_no_file(run: Run, home: Path) -> None:
    ran = run("store", "check", "-w", home, "--store", "http://ann:secret@127.0.0.1:9")
    assert ran.status == 1
    assert ran.err.startswith("Error: There is no store of the kind http://.")


def test_an_ontology_of_ones_own_is_read_with_and_kept_apart(run: Run, tmp_path: Path) -> None:
    shipped = (ROOT / "graph/ontology.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(shipped.replace("verbs: [criticise,", "verbs: ["))
    (tmp_path / "a.txt").write_text(HARBOUR)
    build = ("build", tmp_path / "a.txt", "-w", tmp_path / "home")
    run(*build)
    assert '"CRITICISES", "source": "person:ann-lee"' in run("export", "-w", tmp_path / "home").out
    run(*build, "--ontology", tmp_path / "mine.yaml")
    out = run("export", "-w", tmp_path / "home").out
    assert '"CRITICISES", "source": "person:ann-lee"' not in out
    (tmp_path / "mine.yaml").write_text("kinds: 3")
    ran = run(*build, "--ontology", tmp_path / "mine.yaml")
    assert ran.status == 1
    assert "not a valid ontology" in ran.err


# ------------------------------------------------------------------ read


def test_read_prints_readings_that_fit_their_articles(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"id": "h", "text": HARBOUR, "publisher": "The Gull", "date": "2025-03-01"})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    ran = run("read", "-")
    assert (ran.status, ran.err) == (0, "")
    reading = Reading.model_validate_json(ran.out)
    reading.check(HARBOUR)
    assert json.loads(ran.out)["schema"] == "onrecord.reading/1"
    assert (reading.article.outlet, str(reading.article.published)) == ("The Gull", "2025-03-01")
    assert {"Ann Lee", "Tom Okoro"} <= {entity.name for entity in reading.entities}


def test_an_article_that_the_reader_refuses_is_left_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def picky(article: Article, ontology: Ontology) -> Reading:
        if article.id == "b":
            raise InputError("Its words are too many.")
        return reader.read(article, ontology)

    monkeypatch.setattr("onrecord.loaders.corpus.read", picky)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(HARBOUR)
    ran = run("read", tmp_path)
    assert ran.status == 0
    assert [json.loads(line)["article"]["id"] for line in ran.out.splitlines()] == ["a", "c"]
    assert "The article 'b' is left out: Its words are too many." in ran.err


# ------------------------------------------------------------------ query


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


# ------------------------------------------------------------------ view, export, store, evaluate


def test_view_writes_the_page_where_it_is_told(run: Run, home: Path, tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    ran = run("view", "-w", home, "-o", page, "--heading", "The quay")
    assert ran.out.strip() == str(page)
    assert "The quay" in page.read_text("utf-8")
    assert run("view", "-w", home, "-o", "-", "--heading", "The quay").out == page.read_text(
        "utf-8"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["p.html"]


def test_export_is_json_lines_by_default(run: Run, home: Path) -> None:
    rows = [json.loads(line) for line in run("export", "-w", home).out.splitlines()]
    edges = [row for row in rows if "edge" in row]
    assert edges
    assert rows == [row for row in rows if "node" in row] + edges
    for edge in edges:
        if edge["quote"] is not None:
            assert HARBOUR[edge["start"] : edge["end"]] == edge["quote"]


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


def test_evaluate_measures_articles_against_gold(run: Run, tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(HARBOUR)
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


# ------------------------------------------------------------------ the process


def test_an_unknown_command_is_a_usage_error(run: Run) -> None:
    assert run("bild").status == 2
    assert run("build").status == 2


def test_a_fault_of_ours_is_said_without_a_traceback(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Workspace) -> object:
        raise KeyError("gone")

    monkeypatch.setattr(Workspace, "readings", broken)
    ran = run("export", "-w", home)
    assert ran.status == 1
    assert "fault of onrecord: KeyError: 'gone'" in ran.err
    assert "Traceback" not in ran.err


def test_help_answers_at_once_and_loads_no_model(tmp_path: Path) -> None:
    script = (
        "import sys; from onrecord.queries.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print([m for m in ('spacy', 'networkx', 'kglite', 'neo4j') if m in sys.modules])"
    )
    command = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert command.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_ends_it_quietly(home: Path) -> None:
    command = onrecord("export", "-w", str(home), cwd=home)
    assert command.stdout
    command.stdout.close()
    _, err = command.communicate()
    assert err == b""


def test_ctrl_c_ends_it_without_a_traceback_and_keeps_what_was_read(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"{n:03}", "text": HARBOUR * 9}) for n in range(200)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    command = onrecord("build", "many.jsonl", cwd=tmp_path)
    file = tmp_path / ".onrecord/workspace.sqlite"
    kept = 0
    while not kept:
        time.sleep(0.05)
        assert command.poll() is None, command.communicate()
        if file.exists() and file.stat().st_size:
            with Workspace(file) as workspace:
                kept = len(workspace.readings())
    command.send_signal(signal.SIGINT)
    _, err = command.communicate()
    assert command.returncode not in (0, None)
    assert b"Traceback" not in err
    with Workspace(file) as workspace:
        assert kept <= len(workspace.readings()) < 200
