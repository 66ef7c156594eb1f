"""onrecord build and onrecord read."""

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.graph.reading import Reading
from onrecord.loaders import reader

Run = Callable[..., Any]
Started = Callable[..., subprocess.Popen[bytes]]
ROOT = Path(__file__).parents[3]


def test_build_says_what_it_found_and_leaves_workspace_store_and_page(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(words)
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


def test_processes_in_any_number_give_the_same_bytes(
    run: Run, tmp_path: Path, words: str, started: Started
) -> None:
    (tmp_path / "harbour.txt").write_text(words)
    (tmp_path / "again.txt").write_text(words)
    two = started("read", ".", "-j", "2", cwd=tmp_path, PYTHONHASHSEED="1")
    out, err = two.communicate()
    assert two.returncode == 0, err
    assert run("read", tmp_path, "-j", "1").out == out.decode()
    lines = out.decode().splitlines()
    assert [Reading.model_validate_json(line).article.id for line in lines] == ["again", "harbour"]


def test_articles_of_earlier_builds_stay_and_corrected_ones_are_replaced(
    run: Run, tmp_path: Path, words: str
) -> None:
    one, two, home = tmp_path / "one.txt", tmp_path / "two.txt", tmp_path / "home"
    one.write_text(words)
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


def test_bad_input_is_named_and_the_rest_is_built(run: Run, tmp_path: Path, words: str) -> None:
    folder = tmp_path / "in"
    (folder / "empty").mkdir(parents=True)
    (folder / "a.txt").write_text(words)
    (folder / "b.txt").write_bytes("Café".encode("latin-1"))
    (folder / "c.txt").write_text("word " * 1_000_000)
    (folder / "d.txt").symlink_to(tmp_path / "gone")
    (folder / "e.txt").write_text("It rained in the night. The rain was heavy.")
    ran = run("build", folder, folder / "empty", "-w", tmp_path / "home")
    assert ran.status == 0
    assert "Person 2" in ran.out
    expected = (
        "UTF-8",
        "5,000,000",
        "cannot be read",
        "empty holds no article",
        "no people",
        "4 left out",
    )
    lines = ran.err.splitlines()
    assert len(lines) == len(expected)
    for word in expected:
        assert len([line for line in lines if word in line]) == 1, word


def test_where_nothing_can_be_read_nothing_is_made(run: Run, tmp_path: Path) -> None:
    ran = run("build", tmp_path, "-w", tmp_path / "home")
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 2
    assert not (tmp_path / "home").exists()


def test_a_store_that_is_not_there_is_one_message_without_the_password(
    run: Run, tmp_path: Path, words: str
) -> None:
    (tmp_path / "a.txt").write_text(words)
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


def test_an_ontology_of_ones_own_is_read_with_and_kept_apart(
    run: Run, tmp_path: Path, words: str
) -> None:
    shipped = (ROOT / "graph/ontology.yaml").read_text()
    ends = 'plan."\n    source: [Actor, Document]'
    assert ends in shipped
    mine = shipped.replace(ends, 'plan."\n    source: [Place]', 1)
    (tmp_path / "mine.yaml").write_text(mine)
    (tmp_path / "a.txt").write_text(words)
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


def test_read_prints_readings_that_fit_their_articles(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    line = json.dumps({"id": "h", "text": words, "publisher": "The Gull", "date": "2025-03-01"})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    ran = run("read", "-")
    assert (ran.status, ran.err) == (0, "")
    reading = Reading.model_validate_json(ran.out)
    reading.check(words)
    assert json.loads(ran.out)["schema"] == "onrecord.reading/1"
    assert (reading.article.outlet, str(reading.article.published)) == ("The Gull", "2025-03-01")
    assert {"Ann Lee", "Tom Okoro"} <= {entity.name for entity in reading.entities}


def test_an_article_that_the_reader_refuses_is_left_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    def picky(article: Article, ontology: Ontology) -> Reading:
        if article.id == "b":
            raise InputError("Its words are too many.")
        return reader.read(article, ontology)

    monkeypatch.setattr("onrecord.loaders.corpus.read", picky)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(words)
    ran = run("read", tmp_path)
    assert ran.status == 0
    assert [json.loads(line)["article"]["id"] for line in ran.out.splitlines()] == ["a", "c"]
    assert "The article 'b' is left out: Its words are too many." in ran.err
