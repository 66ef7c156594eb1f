"""The workspace: one SQLite file that keeps articles, readings, judgements and what to show.

It is the source of truth; graphs, stores and pages are made from it and can be thrown away. An
article and its reading are written together or not at all. A reading is current while neither the
article (its text and what is known of its publication) nor the reader's version has changed, so
correcting an article replaces its own reading and no other. Judgements are only ever appended,
those on edges and those on who is who to one ledger.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter

from onrecord.graph.confidence import SURE, in_range
from onrecord.graph.edges import without
from onrecord.graph.errors import WorkspaceError
from onrecord.graph.judgements import EdgeJudgement, Judgement, holding_wrong
from onrecord.graph.model import Article
from onrecord.graph.reading import Reading

APPLICATION = 0x6F6E7265  # "onre", by which SQLite and `file` tell a workspace from other databases
VERSION = 2
PATIENCE = 10.0
"""How many seconds to wait for another process that is writing."""

_ENTRY: TypeAdapter[Judgement | EdgeJudgement] = TypeAdapter(Judgement | EdgeJudgement)
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS articles (
  id TEXT PRIMARY KEY, digest TEXT NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
  article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  digest TEXT NOT NULL, reader TEXT NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS judgements (
  number INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS judgements_stay BEFORE UPDATE ON judgements
  BEGIN SELECT RAISE(ABORT, 'judgements are only appended'); END;
CREATE TRIGGER IF NOT EXISTS judgements_remain BEFORE DELETE ON judgements
  BEGIN SELECT RAISE(ABORT, 'judgements are only appended'); END;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""


class Workspace:
    """Articles, readings and judgements in one SQLite file.

    Use it as a context manager, or close it. One process may write at a time, any number may read.

    Raises:
        WorkspaceError: (any method) the file is missing, locked, damaged, or of another version.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        if create:
            self._make_folder()
        elif not path.is_file():
            raise WorkspaceError(
                f"There is no workspace at {path}: make one with `onrecord build ARTICLES`."
            )
        with self._explained():
            self._db = sqlite3.connect(path, timeout=PATIENCE)
        try:
            with self._explained():
                self._prepare()
        except WorkspaceError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        self._db.close()

    def put(self, article: Article, reading: Reading, reader: str) -> None:
        """Keep an article with its reading by a version of the reader, in place of earlier ones."""
        digest = _digest(article)
        with self._explained(), self._db:
            self._db.execute(
                "INSERT INTO articles VALUES (?, ?, ?) ON CONFLICT (id)"
                " DO UPDATE SET digest = excluded.digest, json = excluded.json",
                (article.id, digest, article.model_dump_json()),
            )
            self._db.execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)",
                (article.id, digest, reader, reading.to_json()),
            )

    def is_read(self, article: Article, reader: str) -> bool:
        """Whether the article, as it is, has a reading by this version of the reader."""
        with self._explained():
            row = self._db.execute(
                "SELECT 1 FROM readings WHERE article = ? AND digest = ? AND reader = ?",
                (article.id, _digest(article), reader),
            ).fetchone()
        return row is not None

    def withdraw(self, article: str) -> None:
        """Take an article and its reading out; judgements stay.

        Raises:
            WorkspaceError: there is no such article.
        """
        with self._explained(), self._db:
            gone = self._db.execute("DELETE FROM articles WHERE id = ?", (article,)).rowcount
        if not gone:
            raise WorkspaceError(f"The workspace {self.path} has no article {article!r}.")

    def articles(self) -> list[Article]:
        """All articles, by id."""
        return [Article.model_validate_json(json) for (json,) in self._rows("articles", "id")]

    def readings(self) -> list[tuple[Article, Reading]]:
        """All articles with their readings, by the article's id."""
        with self._explained():
            rows = self._db.execute(
                "SELECT articles.json, readings.json FROM articles"
                " JOIN readings ON readings.article = articles.id ORDER BY articles.id"
            ).fetchall()
        return [
            (Article.model_validate_json(article), Reading.model_validate_json(reading))
            for article, reading in rows
        ]

    def shown(self) -> list[tuple[Article, Reading]]:
        """The same, without the edges that judgements hold wrong."""
        wrong = holding_wrong(self.edge_judgements())
        touched = {article for article, *_ in wrong}
        return [
            (article, without(article, reading, wrong) if article.id in touched else reading)
            for article, reading in self.readings()
        ]

    def judge(self, judgement: Judgement | EdgeJudgement) -> None:
        """Append a judgement to the ledger."""
        with self._explained(), self._db:
            self._db.execute(
                "INSERT INTO judgements (json) VALUES (?)", (judgement.model_dump_json(),)
            )

    def ledger(self) -> list[Judgement | EdgeJudgement]:
        """All judgements, in the order they were written."""
        return [_ENTRY.validate_json(json) for (json,) in self._rows("judgements", "number")]

    def judgements(self) -> list[Judgement]:
        """Those on who is who."""
        return [entry for entry in self.ledger() if isinstance(entry, Judgement)]

    def edge_judgements(self) -> list[EdgeJudgement]:
        """Those on edges."""
        return [entry for entry in self.ledger() if isinstance(entry, EdgeJudgement)]

    @property
    def sure(self) -> float:
        """Of which confidence at least relations are shown: what was set, or else the default."""
        with self._explained():
            row = self._db.execute("SELECT json FROM settings WHERE name = 'sure'").fetchone()
        return SURE if row is None else float(row[0])

    @sure.setter
    def sure(self, sure: float | None) -> None:
        """Remember what to show; None is the default, whatever it will be.

        Raises:
            ConfidenceError: it is not from 0 to 1.
        """
        with self._explained(), self._db:
            if sure is None:
                self._db.execute("DELETE FROM settings WHERE name = 'sure'")
            else:
                self._db.execute(
                    "INSERT OR REPLACE INTO settings VALUES ('sure', ?)", (repr(in_range(sure)),)
                )

    def _rows(self, table: str, order: str) -> list[tuple[str]]:
        with self._explained():
            return self._db.execute(f"SELECT json FROM {table} ORDER BY {order}").fetchall()

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"The folder {self.path.parent} cannot be made: {error.strerror}."
            ) from error

    def _prepare(self) -> None:
        """Make the tables of a new file, or see that an old one is a workspace of this version."""
        self._db.execute("PRAGMA foreign_keys = ON")
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if not tables or (application == APPLICATION and version == 1):
            self._db.executescript(_SCHEMA)  # version 1 lacked settings, and keeps what it has
        elif application != APPLICATION:
            raise WorkspaceError(f"{self.path} is no workspace of onrecord: choose another path.")
        elif version != VERSION:
            raise WorkspaceError(
                f"The workspace {self.path} is of version {version} and this onrecord keeps"
                f" version {VERSION}: build a new one from the articles."
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.Error as error:
            remedy = _REMEDIES.get(getattr(error, "sqlite_errorname", ""), _REMEDY)
            raise WorkspaceError(
                f"The workspace {self.path} cannot be used ({error}). {remedy}"
            ) from error


_REMEDY = "See that the file and its folder can be read and written."
_REMEDIES = {
    "SQLITE_BUSY": "Wait until the other onrecord that is writing there is done.",
    "SQLITE_NOTADB": "Choose another path: this file is something else.",
    "SQLITE_CORRUPT": "Delete it and build it anew from the articles.",
    "SQLITE_FULL": "Make room on the disk and try again.",
}


def _digest(article: Article) -> str:
    """Hash of all that the reader is given: the text and what is known of its publication."""
    return hashlib.sha256(article.model_dump_json().encode("utf-8")).hexdigest()
