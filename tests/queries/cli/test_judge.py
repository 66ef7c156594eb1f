"""onrecord judge: the pairs that wait, the keys, and what becomes of the answers."""

import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.workspace import Workspace
from onrecord.loaders import corpus

Run = Callable[..., Any]
FULL = "Ann Lee, director of the Quay Bank, criticised the Harbour Union on Monday.\n"
SHORT = "“The quay is safe,” Lee said on Friday. Lee accused the Coast Guard of neglect.\n"


@pytest.fixture
def built(run: Run, tmp_path: Path) -> Path:
    """A workspace in which a full name and a surname wait for a judgement."""
    (tmp_path / "full.txt").write_text(FULL, "utf-8")
    (tmp_path / "short.txt").write_text(SHORT, "utf-8")
    folder = tmp_path / "home"
    assert run("build", tmp_path / "full.txt", tmp_path / "short.txt", "-w", folder).status == 0
    return folder


@pytest.fixture
def press(run: Run, monkeypatch: pytest.MonkeyPatch, built: Path) -> Callable[..., Any]:
    """Runs the review with keys on standard input, one a line."""

    def press(keys: str, *options: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys)))
        return run("judge", "-w", built, "--by", "a tester", *options)

    return press


def people(run: Run, folder: Path) -> list[str]:
    lines = run("export", "-w", folder).out.splitlines()
    found = [json.loads(line) for line in lines]
    return [row["node"] for row in found if row.get("node", "").startswith("person:")]


TWO, ONE = ["person:ann-lee", "person:lee"], ["person:ann-lee"]


def test_the_pairs_that_wait_are_listed_with_their_scores(run: Run, built: Path) -> None:
    assert people(run, built) == TWO
    listed = run("judge", "--list", "-w", built)
    assert (listed.status, listed.err) == (0, "")
    (line,) = listed.out.splitlines()
    assert "Ann Lee (Person, 1 article; director of Quay Bank)  |  Lee (Person" in line
    (pair,) = json.loads(run("judge", "--list", "--json", "-w", built).out)
    assert pair["score"] == pytest.approx(sum(part["weight"] for part in pair["parts"]))
    assert f"{pair['score']:.2f}" == line[:4]
    assert pair["left"]["id"] == "person:ann-lee"
    assert pair["left"]["quotes"][0]["quote"] == FULL.strip()
    assert people(run, built) == TWO


@pytest.mark.parametrize(("key", "left"), [("s", ONE), ("d", TWO), ("u", TWO)])
def test_a_key_is_a_judgement_and_the_pair_waits_no_more(
    run: Run, press: Run, built: Path, key: str, left: list[str]
) -> None:
    ran = press(key)
    assert (ran.status, ran.out) == (0, "Judged: 1 of 1.\n")
    assert "“lee” is the surname of “ann lee”." in ran.err
    assert people(run, built) == left
    stored = run("export", "-w", built, "--from", built / "graph.kgl").out
    assert stored == run("export", "-w", built).out
    assert run("judge", "--list", "-w", built).out == ""
    with Workspace(built / "workspace.sqlite") as kept:
        (judgement,) = kept.judgements()
    assert judgement.by == "a tester"
    assert judgement.score == 0.8
    assert judgement.why


def test_back_takes_the_last_one_back_and_quitting_judges_nothing(
    run: Run, press: Run, built: Path
) -> None:
    assert press("bxq").out == "Judged: 0 of 1.\n"
    assert press("").out == "Judged: 0 of 1.\n"
    assert press("s").status == 0
    assert people(run, built) == ONE
    assert run("judge", "--undo", "-w", built).status == 0
    assert people(run, built) == TWO
    assert run("judge", "--undo", "-w", built).err == "There is no judgement to take back.\n"
    with Workspace(built / "workspace.sqlite") as kept:
        assert [made.verdict for made in kept.judgements()] == ["same", "withdrawn"]


def test_undo_brings_back_what_held_before(run: Run, press: Run, built: Path) -> None:
    press("s")
    run("judge", "--undo", "-w", built)
    press("d")
    run("judge", "--undo", "-w", built)
    press("s")
    assert people(run, built) == ONE


def test_a_judgement_survives_rebuild_new_article_correction_and_newer_reader(
    run: Run, press: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("s")
    (tmp_path / "new.txt").write_text("Tom Okoro praised Ann Lee. Tom Okoro is a docker.\n")
    assert run("build", tmp_path / "new.txt", "-w", built).status == 0
    assert people(run, built) == [*ONE, "person:tom-okoro"]
    # A correction that gives every entity of the article another id.
    corrected = "Mary Rye and Zoe Kay walked out.\n" + SHORT
    (tmp_path / "short.txt").write_text(corrected, "utf-8")
    monkeypatch.setattr(corpus, "VERSION", "a newer reader")
    corpus._code.cache_clear()
    assert run("build", tmp_path / "short.txt", "-w", built).status == 0
    assert people(run, built) == [
        *ONE, "person:mary-rye", "person:tom-okoro", "person:zoe-kay",
    ]  # fmt: skip


def test_what_was_joined_by_itself_can_be_taken_apart(
    run: Run, press: Run, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("Ann Lee, a pilot, praised the Coast Guard.\n", "utf-8")
    run("build", tmp_path / "other.txt", "-w", built)
    assert people(run, built) == TWO
    assert press("d", "person:ann-lee").out == "Judged: 1 of 1.\n"
    assert people(run, built) == ["person:ann-lee", "person:ann-lee@other", "person:lee"]
    ran = run("judge", "person:nobody", "-w", built)
    assert (ran.out, ran.err) == ("Judged: 0 of 0.\n", "Nothing joined: person:nobody.\n")


def test_on_a_terminal_a_key_needs_no_return(built: Path) -> None:
    ours, theirs = pty.openpty()
    script = "from onrecord.queries.cli import main; main()"
    command = subprocess.Popen(
        [sys.executable, "-c", script, "judge", "-w", str(built)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while command.poll() is None:  # what is pressed before it listens is lost
        os.write(ours, b"d")
        time.sleep(0.2)
    out, err = command.communicate()
    os.close(ours)
    os.close(theirs)
    assert out == b"Judged: 1 of 1.\n", err


def test_what_articles_say_cannot_steer_the_terminal(
    run: Run, press: Run, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "short.txt").write_text(SHORT.replace("Friday", "\x1b[31mFriday"), "utf-8")
    run("build", tmp_path / "short.txt", "-w", built)
    ran = press("q")
    assert "\x1b" not in ran.err
    assert "Friday" in ran.err


def test_without_a_workspace_it_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    ran = run("judge", "-w", tmp_path / "none")
    assert ran.status == 1
    assert "onrecord build" in ran.err
