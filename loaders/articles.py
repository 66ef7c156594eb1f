"""Files, folders and standard input become articles; what cannot be read is named and left out.

    .txt          the text, unchanged; the article's id is the file's name without its extension
    .html, .htm   the article on the page and its metadata (trafilatura), the id likewise
    .jsonl        an article a line: id, text and, where known, heading (or title), outlet (or
                  publisher), published (or date), byline and url; other fields are ignored
    -             JSON Lines from standard input

A folder stands for the files of these kinds in it and below it, in the order of their names;
hidden ones are left out. A ``sources.yaml`` beside a .txt or .html file tells what is known of its
publication: a mapping whose values have ``file`` and any of heading, outlet, published, byline and
url. What nobody tells stays None. Text files are UTF-8; a byte-order mark is the encoding's and no
part of the text.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import trafilatura
import yaml
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from trafilatura.settings import Document

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article
from onrecord.loaders.language import LONGEST

STANDARD_INPUT = "-"
SOURCES = "sources.yaml"
PAGES = frozenset({".html", ".htm"})
KINDS = frozenset({".txt", ".jsonl"}) | PAGES

OnError = Callable[[InputError], None]


def _day(value: object) -> object:
    """The day of an ISO date or time of day; the zone is the publisher's and stays out of it."""
    if isinstance(value, datetime):
        return value.date()
    return datetime.fromisoformat(value).date() if isinstance(value, str) else value


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Blankable = BeforeValidator(_none_if_blank)


class Facts(BaseModel):
    """What is known of an article's publication."""

    model_config = ConfigDict(extra="ignore")

    heading: Annotated[str | None, Blankable] = Field(
        None, validation_alias=AliasChoices("heading", "title")
    )
    outlet: Annotated[str | None, Blankable] = Field(
        None, validation_alias=AliasChoices("outlet", "publisher")
    )
    published: Annotated[date | None, BeforeValidator(_day), Blankable] = Field(
        None, validation_alias=AliasChoices("published", "date")
    )
    byline: Annotated[str | None, Blankable] = None
    url: Annotated[str | None, Blankable] = None


class _Line(Facts):
    """One line of JSON Lines."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str = Field(min_length=1)
    text: str


def read_articles(
    paths: Iterable[str | Path],
    *,
    on_error: OnError | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article]:
    """The articles of files, folders and (``-``) standard input, in the order given.

    Each failure goes to ``on_error`` and reading goes on; without it the first is raised.

    Raises:
        InputError: a path that is not there or holds no article, a file that cannot be read, is not
            UTF-8, is empty, malformed or too long, or an id that another article has already.
    """
    return _Reading(on_error or _raise, stdin).all(paths)


def _raise(error: InputError) -> None:
    raise error


class _Reading:
    """One pass over the input: which files are done, where each id was seen, what sources tell."""

    def __init__(self, on_error: OnError, stdin: BinaryIO | None) -> None:
        self.on_error, self.stdin = on_error, stdin
        self.seen: dict[str, str] = {}
        self.done: set[Path] = set()
        self.sources: dict[Path, dict[str, Facts]] = {}

    def all(self, paths: Iterable[str | Path]) -> Iterator[Article]:
        for path in paths:
            if str(path) == STANDARD_INPUT:
                yield from self._lines(self.stdin or sys.stdin.buffer, "standard input")
            else:
                yield from self._path(Path(path))

    def _path(self, path: Path) -> Iterator[Article]:
        try:
            found = [file for file in _files(path) if file.resolve() not in self.done]
        except InputError as error:
            self.on_error(error)
            return
        self.done.update(file.resolve() for file in found)
        for file in found:
            try:
                if file.suffix.lower() == ".jsonl":
                    with file.open("rb") as lines:
                        yield from self._lines(lines, str(file))
                    continue
                text, known = _content(file)
                told = self._sources(file.parent).get(file.name, Facts())
                facts = known.model_dump() | told.model_dump(exclude_none=True)
                article = self._checked(file.stem, text, facts, str(file))
            except InputError as error:
                self.on_error(error)
            except OSError as error:
                self.on_error(InputError(f"{file} cannot be read: {error.strerror or error}."))
            else:
                yield article

    def _lines(self, lines: BinaryIO, name: str) -> Iterator[Article]:
        empty = True
        for number, raw in enumerate(lines, 1):
            where = f"{name}:{number}"
            if not raw.strip():
                continue
            empty = False
            try:
                line = _line(_decoded(raw, where), where)
                facts = line.model_dump(exclude={"id", "text"})
                article = self._checked(line.id, line.text, facts, where)
            except InputError as error:
                self.on_error(error)
            else:
                yield article
        if empty:
            self.on_error(InputError(f"{name} is empty: give it an article a line, as JSON."))

    def _checked(self, name: str, text: str, facts: dict[str, Any], where: str) -> Article:
        first = self.seen.setdefault(name, where)
        if first != where:
            raise InputError(
                f"{where} has the id {name!r} of {first}: rename one of them, the first was read."
            )
        if not text.strip():
            raise InputError(f"{where} has no text: leave it out, or put the article into it.")
        if len(text) > LONGEST:
            raise InputError(
                f"{where} is {len(text):,} characters long and an article may have {LONGEST:,}:"
                " split it into its articles."
            )
        return Article(id=name, text=text, **facts)

    def _sources(self, folder: Path) -> dict[str, Facts]:
        """What the folder's sources.yaml tells, by file name; a faulty one is reported once."""
        if folder not in self.sources:
            self.sources[folder] = {}
            try:
                self.sources[folder] = _read_sources(folder / SOURCES)
            except InputError as error:
                self.on_error(error)
        return self.sources[folder]


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or the articles' files of a folder."""
    if not path.exists():
        raise InputError(f"There is no {path}: give a file, a folder, or - for standard input.")
    if not path.is_dir():
        if path.suffix.lower() not in KINDS:
            raise InputError(f"{path} is no article: onrecord reads {', '.join(sorted(KINDS))}.")
        yield path
        return
    found = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in KINDS
        and not file.is_dir()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not found:
        raise InputError(
            f"The folder {path} holds no article: put {', '.join(sorted(KINDS))} files into it."
        )
    yield from found


def _content(file: Path) -> tuple[str, Facts]:
    """The text of a .txt or .html file and what the page itself tells of its publication."""
    raw = file.read_bytes()
    if file.suffix.lower() not in PAGES:
        return _decoded(raw, str(file)), Facts()
    page = trafilatura.bare_extraction(
        raw,
        favor_precision=True,
        include_comments=False,
        include_images=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document):
        raise InputError(f"{file} holds no article that could be told from the page around it.")
    return page.text or "", Facts(
        heading=page.title,
        outlet=page.sitename,
        published=page.date,
        byline=page.author,
        url=page.url,
    )


def _decoded(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where} is not UTF-8 (byte {error.start}): convert it, for example with"
            " `iconv -f WINDOWS-1252 -t UTF-8`."
        ) from error


def _line(text: str, where: str) -> _Line:
    try:
        return _Line.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{where} is no article: {_fault(error)}.") from error


def _read_sources(path: Path) -> dict[str, Facts]:
    """Facts by file name; none where there is no such file."""
    if not path.is_file():
        return {}
    try:
        entries = yaml.safe_load(_decoded(path.read_bytes(), str(path))) or {}
        return {str(entry["file"]): Facts.model_validate(entry) for entry in entries.values()}
    except yaml.YAMLError as error:
        raise InputError(f"{path} is not valid YAML and is left aside: {error}") from error
    except ValidationError as error:
        raise InputError(f"{path} is left aside: {_fault(error)}.") from error
    except (AttributeError, KeyError, TypeError) as error:
        raise InputError(f"{path} is left aside: each of its entries needs a `file`.") from error


def _fault(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
