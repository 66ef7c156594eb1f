"""Gold: what careful readers took from articles, written down to measure a graph against.

A gold file is YAML. ``nodes`` maps keys to kind, name, aliases and ``also`` (a second kind that
would be right); ``holds``, ``edges``, ``statements`` and ``noise`` are rows that quote their
article to the letter. ``article``, on a row or once for the file, names it by its id or by the
part of the id before a separator ("007" is "007_harbour").
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article, Span


class Row(BaseModel):
    """Base of what gold is made of: immutable, and fields that nobody declared are ignored."""

    model_config = ConfigDict(frozen=True)


class GoldNode(Row):
    """A node that should be there, and all that it may be called."""

    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    also: str | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that would be right."""
        return frozenset(filter(None, (self.kind, self.also)))

    @property
    def acts(self) -> bool:
        """Whether it is a person or a body."""
        return self.kind in ("Person", "Body")

    @property
    def named(self) -> bool:
        """Whether its name has a proper name in it, and is not just "industry groups"."""
        return any(letter.isupper() for letter in self.name)


class GoldFact(Row):
    """A fact of one article; it is core where a graph without it would be of little use."""

    article: str
    core: bool = True

    @property
    @abstractmethod
    def quoted(self) -> str:
        """The words of the article that the fact rests on."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the nodes that the fact joins."""
        return frozenset()


class GoldHold(GoldFact):
    """A post held; ``body`` is None where the article does not say at which body."""

    person: str
    title: str
    body: str | None
    evidence: str

    @property
    def quoted(self) -> str:
        return self.evidence

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(filter(None, (self.person, self.body)))


class GoldEdge(GoldFact):
    """A relation; ``any`` lists the types that would be right, best first."""

    source: str
    any: tuple[str, ...] = Field(min_length=1)
    target: str
    evidence: str
    negated: bool = False

    @property
    def quoted(self) -> str:
        return self.evidence

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.source, self.target))


class GoldStatement(GoldFact):
    """Something said; a speaker is a node's key or "unnamed: a ward nurse"."""

    speaker: tuple[str, ...] = Field(min_length=1)
    content: str

    @field_validator("speaker", mode="before")
    @classmethod
    def _one_or_many(cls, speaker: object) -> object:
        return (speaker,) if isinstance(speaker, str) else speaker

    @property
    def quoted(self) -> str:
        return self.content

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(name for name in self.speaker if unnamed(name) is None)


class GoldNoise(GoldFact):
    """Words that must leave no node, edge or statement behind."""

    text: str

    @property
    def quoted(self) -> str:
        return self.text


class Sheet(Row):
    """One gold file."""

    nodes: Mapping[str, GoldNode]
    holds: tuple[GoldHold, ...] = ()
    edges: tuple[GoldEdge, ...] = ()
    statements: tuple[GoldStatement, ...] = ()
    noise: tuple[GoldNoise, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_article(cls, data: object) -> object:
        if not isinstance(data, dict) or "article" not in data:
            return data
        default = {"article": data["article"]}
        rows = {part: [default | row for row in data.get(part) or ()] for part in _PARTS}
        return data | rows

    @model_validator(mode="after")
    def _keys_are_nodes(self) -> Self:
        if unknown := {key for fact in self.facts for key in fact.keys} - set(self.nodes):
            raise ValueError(f"rows name nodes that it does not list: {', '.join(sorted(unknown))}")
        return self

    @property
    def facts(self) -> Iterator[GoldFact]:
        """All that should be found."""
        yield from (*self.holds, *self.edges, *self.statements)

    @property
    def articles(self) -> frozenset[str]:
        """The names of the articles that the file covers."""
        return frozenset(fact.article for fact in (*self.facts, *self.noise))


_PARTS = ("holds", "edges", "statements", "noise")


class Gold(NamedTuple):
    """All gold files of one measurement."""

    sheets: tuple[Sheet, ...]

    def matched(self, articles: Iterable[Article]) -> dict[str, Article]:
        """The articles that the gold covers, by the names it gives them.

        Raises:
            InputError: the gold covers none of the articles, or two of them under one name.
        """
        names = {name for sheet in self.sheets for name in sheet.articles}
        matched: dict[str, Article] = {}
        for article in articles:
            name = max((name for name in names if _names(name, article.id)), key=len, default=None)
            if name is None:
                continue
            if name in matched:
                both = f"{matched[name].id!r} and {article.id!r}"
                raise InputError(
                    f"The gold's {name!r} could be {both}. Name the article by its whole id."
                )
            matched[name] = article
        if not matched:
            raise InputError("The gold covers none of the articles. Give the articles it is about.")
        return matched


def load_gold(path: Path) -> Gold:
    """Read a gold file, or all ``*.yaml`` files of a folder.

    Raises:
        InputError: there is no such file, or it is not laid out as gold.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path} holds no gold. Give a YAML file, or a folder of them.")
    return Gold(tuple(map(_sheet, files)))


def _sheet(path: Path) -> Sheet:
    try:
        return Sheet.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"The gold {path} cannot be read: {error}.") from error
    except ValidationError as error:
        raise InputError(f"The gold {path} is wrong {fault(error)}.") from error


def fault(error: ValidationError) -> str:
    """Where and what the first fault is."""
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"])) or "as a whole"
    return f"at {place}: {first['msg']}"


def unnamed(speaker: str) -> str | None:
    """What an unnamed speaker is called; None where the speaker is a node's key."""
    head, _, rest = speaker.partition(" ")
    return rest if head.rstrip(":") == "unnamed" else None


def places(words: str, text: str) -> list[Span]:
    """Where the words stand in the text, each time they do."""
    found: list[Span] = []
    start = text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _names(name: str, article: str) -> bool:
    rest = article.removeprefix(name)
    return article.startswith(name) and not rest[:1].isalnum()
