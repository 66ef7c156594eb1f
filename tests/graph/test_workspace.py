"""The workspace: what is put stays, whole, and what is wrong with a file is said."""

import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from onrecord.graph import workspace as module
from onrecord.graph.confidence import SURE
from onrecord.graph.errors import ConfidenceError, WorkspaceError
from onrecord.graph.judgements import EntityRef, Judgement
from onrecord.graph.model import Article
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace

ONE = Article(id="one", text="Ann Lee spoke.", outlet="The Gull", published=date(2024, 5, 6))
TWO = Article(id="two", text="Bo Chen spoke.")


def reading(article: Article) -> Reading:
    parts = ("passages", "entities", "mentions", "posts", "statements", "relations")
    return Reading.build(article, **dict.fromkeys(parts, ()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "workspace.sqlite"


@pytest.fixture
def kept(path: Path) -> Path:
    """A workspace with two articles in it."""
    with Workspace(path, create=True) as workspace:
        for article in (TWO, ONE):
            workspace.put(article, reading(article), "v1")
    return path


def judgement(verdict: str, why: str = "") -> Judgement:
    left, right = (EntityRef(article=a, entity="e1", name="Ann Lee") for a in ("one", "two"))
    return Judgement.model_validate(
        {"verdict": verdict, "left": left, "right": right, "by": "ann", "why": why, "score": 0.5}
        | {"at": datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)}
    )


def test_articles_and_readings_come_back_as_they_were_put(kept: Path) -> None:
    with Workspace(kept) as workspace:
        assert workspace.articles() == [ONE, TWO]
        assert workspace.readings() == [(ONE, reading(ONE)), (TWO, reading(TWO))]


def test_a_reading_is_current_for_the_same_article_and_reader_only(kept: Path) -> None:
    with Workspace(kept) as workspace:
        assert workspace.is_read(ONE, "v1")
        assert not workspace.is_read(ONE, "v2")
        assert not workspace.is_read(ONE.model_copy(update={"text": "Ann Lee spoke up."}), "v1")
        assert not workspace.is_read(ONE.model_copy(update={"byline": "Di Eng"}), "v1")
        assert not workspace.is_read(Article(id="three", text=ONE.text), "v1")


def test_a_corrected_article_replaces_its_own_reading_only(kept: Path) -> None:
    corrected = Article(id="one", text="Ann Lee was silent.")
    with Workspace(kept) as workspace:
        workspace.put(corrected, reading(corrected), "v2")
        assert workspace.readings() == [(corrected, reading(corrected)), (TWO, reading(TWO))]
        assert workspace.is_read(TWO, "v1")


def test_a_withdrawn_article_takes_its_reading_and_leaves_judgements(kept: Path) -> None:
    with Workspace(kept) as workspace:
        workspace.judge(judgement("same"))
        workspace.withdraw("one")
        assert workspace.articles() == [TWO]
        assert workspace.readings() == [(TWO, reading(TWO))]
        assert len(workspace.judgements()) == 1
        with pytest.raises(WorkspaceError, match="no article 'one'"):
            workspace.withdraw("one")


def test_judgements_are_appended_in_order_and_never_changed(kept: Path) -> None:
    ledger = [judgement("same"), judgement("unsure", "two posts"), judgement("different")]
    with Workspace(kept) as workspace:
        for entry in ledger:
            workspace.judge(entry)
    with Workspace(kept) as workspace:
        assert workspace.judgements() == ledger
    database = sqlite3.connect(kept)
    for statement in ("DELETE FROM judgements", "UPDATE judgements SET json = '{}'"):
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            database.execute(statement)
    database.close()


@pytest.mark.parametrize("change", [{"verdict": "maybe"}, {"by": ""}, {"score": 2}])
def test_a_judgement_says_what_it_must(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Judgement.model_validate(judgement("same").model_dump() | change)


def test_a_missing_workspace_is_named_and_not_made(path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"no workspace at .*onrecord build"):
        Workspace(path)
    assert not path.parent.exists()


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("These are my notes." * 100)
    other = tmp_path / "other.sqlite"
    database = sqlite3.connect(other)
    database.execute("CREATE TABLE mine (x)")
    database.close()
    for file in (text, other):
        before = file.read_bytes()
        with pytest.raises(WorkspaceError, match=r"not a database|no workspace of onrecord"):
            Workspace(file, create=True)
        assert file.read_bytes() == before


def test_a_workspace_of_another_version_is_named(kept: Path) -> None:
    database = sqlite3.connect(kept)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(WorkspaceError, match="version 99"):
        Workspace(kept)


def test_a_workspace_of_the_first_version_keeps_what_it_has(kept: Path) -> None:
    with Workspace(kept) as workspace:
        workspace.judge(judgement("same"))
    database = sqlite3.connect(kept)
    database.executescript("DROP TABLE settings; PRAGMA user_version = 1")
    database.close()
    for _ in range(2):
        with Workspace(kept) as workspace:
            assert workspace.judgements() == [judgement("same")]
            assert [article for article, _ in workspace.readings()] == [ONE, TWO]
            workspace.sure = 0.4


def test_what_to_show_is_remembered(kept: Path) -> None:
    with Workspace(kept) as workspace:
        assert workspace.sure == SURE
        workspace.sure = 0.75
        with pytest.raises(ConfidenceError):
            workspace.sure = 2
    with Workspace(kept) as workspace:
        assert workspace.sure == 0.75
        workspace.sure = None
        assert workspace.sure == SURE


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="unable to open"):
        Workspace(tmp_path, create=True)
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="cannot be made"):
        Workspace(tmp_path / "file" / "workspace.sqlite", create=True)


def test_a_second_writer_waits_and_then_says_so(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    writer = sqlite3.connect(kept, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Workspace(kept) as workspace:
        assert workspace.articles() == [ONE, TWO]
        with pytest.raises(WorkspaceError, match=r"locked.*Wait until"):
            workspace.put(ONE, reading(ONE), "v2")
        writer.execute("ROLLBACK")
        workspace.put(ONE, reading(ONE), "v2")
    writer.close()


KILLED = """
import os, sys
from pathlib import Path
from onrecord.graph.model import Article
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace
parts = dict.fromkeys(("passages", "entities", "mentions", "posts", "statements", "relations"), ())
workspace = Workspace(Path(sys.argv[1]))
for number in range(1000):
    article = Article(id=f"late-{number}", text="Di Eng spoke.")
    if number == 40:
        workspace._db.set_progress_handler(lambda: os.kill(os.getpid(), 9), 20)
    workspace.put(article, Reading.build(article, **parts), "v1")
"""


def test_a_killed_writer_leaves_whole_articles(kept: Path) -> None:
    """The process dies in the midst of a statement; what was acknowledged before is there."""
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(kept)],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert run.returncode == -9, run.stderr
    with Workspace(kept) as workspace:
        read = workspace.readings()
        assert len(read) == len(workspace.articles())
        assert {f"late-{n}" for n in range(40)} <= {article.id for article, _ in read}
