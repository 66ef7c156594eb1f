"""How often identity joins two that are two, and leaves two that are one: docs/identity.md.

    python benchmarks/merges.py seesaw_train.jsonl seesaw_valid.jsonl

Pairs of entities of different articles are counted. In SEESAW's articles (a JSON object a line:
``id``, ``text``, ``entities`` by canonical name) the reader's entities are taken for the canonical
name that they alone in their article fit. The hard cases of merges.yaml are readings by themselves.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NamedTuple

import typer
import yaml

from onrecord.graph.identity import Identities
from onrecord.graph.model import Article, Entity
from onrecord.graph.reading import Reading
from onrecord.graph.slugs import folded
from onrecord.graph.workspace import Workspace
from onrecord.loaders.corpus import read_corpus

CASES = Path(__file__).with_name("merges.yaml")
KINDS = {"People", "Organization", "GPE"}
"""SEESAW's kinds that are named actors; topics and events are left out."""

type Gold = dict[tuple[str, str], str]
"""Who an article's entity is."""


class Tally(NamedTuple):
    """Pairs of entities: joined, joined but two, one, one but not joined, of these waiting."""

    joined: int = 0
    false: int = 0
    one: int = 0
    missed: int = 0
    waiting: int = 0

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        return Tally(*map(sum, zip(self, other, strict=True)))

    def __str__(self) -> str:
        false, missed = (100 * n / max(of, 1) for n, of in (self[:2][::-1], self[2:4][::-1]))
        return (
            f"joined {self.joined}, of these false {self.false} ({false:.3f} %);"
            f" one {self.one}, of these missed {self.missed} ({missed:.2f} %),"
            f" {self.waiting} of them waiting"
        )


def tally(identities: Identities, gold: Gold) -> tuple[Tally, list[str]]:
    """Compare with who is who; also return which names of the gold were joined."""
    nodes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, who in gold.items():
        node = identities.of(*key)
        nodes[node][who] += 1
        names[who][node] += 1
    right = sum(_pairs(n) for whos in nodes.values() for n in whos.values())
    joined = sum(_pairs(whos.total()) for whos in nodes.values())
    one = sum(_pairs(there.total()) for there in names.values())
    waits = {
        frozenset((identities.of(*pair.left), identities.of(*pair.right)))
        for pair in identities.waiting
    }
    waiting = sum(
        there[a] * there[b]
        for there in names.values()
        for a, b in combinations(there, 2)
        if {a, b} in waits
    )
    wrong = [f"{node}: {dict(whos)}" for node, whos in sorted(nodes.items()) if len(whos) > 1]
    return Tally(joined, joined - right, one, one - right, waiting), wrong


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def seesaw(files: Iterable[Path], workspace: Path) -> tuple[list[Reading], Gold]:
    """Read SEESAW's articles, and tell which of their entities are which canonical name."""
    rows = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    articles = [
        Article(
            id=row["id"],
            text=row["text"],
            heading=row["title"],
            outlet=row["source"],
            published=date.fromisoformat(row["date"]),
        )
        for row in rows
    ]
    with Workspace(workspace, create=True) as kept:
        read_corpus(articles, kept)
        readings = [reading for _, reading in kept.readings()]
    canonical = {
        row["id"]: [n for n, e in row["entities"].items() if e["type"] in KINDS and n[0].isupper()]
        for row in rows
    }
    return readings, {
        (reading.article.id, entity): name
        for reading in readings
        for entity, name in _aligned(reading, canonical[reading.article.id])
    }


def _aligned(reading: Reading, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The entities that fit one canonical name that fits no other entity as well."""
    fitting = []
    for name in names:
        fits = {e.id: fit for e in reading.entities if e.named and (fit := _fit(e, name))}
        fitting += [(e, name) for e, fit in fits.items() if fit == max(fits.values())]
    entities, called = Counter(e for e, _ in fitting), Counter(name for _, name in fitting)
    return ((e, name) for e, name in fitting if entities[e] == called[name] == 1)


def _fit(entity: Entity, name: str) -> int:
    """2 where the entity goes by the name, 1 where surname and first letter fit, 0 otherwise."""
    if folded(name) in map(folded, (entity.name, *entity.aliases)):
        return 2
    own, other = folded(entity.name).split(), folded(name).split()
    alike = own[-1] == other[-1] and (len(own) == 1 or own[0][0] == other[0][0])
    return int(entity.kind == "Person" and alike)


def hard_case(case: dict[str, Any]) -> tuple[list[Reading], Gold]:
    """The readings of a made-up case, and who is who in them."""
    articles: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, entity in enumerate(case["entities"]):
        articles[entity.get("in", f"{number:02}")].append(entity)
    gold: Gold = {}
    readings = []
    for article, told in articles.items():
        draft = _Draft()
        for entity in told:
            who, name = next(iter(entity.items()))
            key = draft.entity(name, entity)
            gold[article, key] = who
        readings.append(draft.reading(article, told[0].get("date")))
    return readings, gold


class _Draft:
    """Builds the reading of an article that only names some and says what posts they hold."""

    def __init__(self) -> None:
        self._entities: list[dict[str, Any]] = []
        self._posts: list[dict[str, Any]] = []
        self._mentions: list[dict[str, Any]] = []

    def entity(self, name: str, told: dict[str, Any]) -> str:
        key = self._add(name, told.get("kind", "Person"), told)
        for title, body in told.get("posts", ()):
            at = self._add(body, "Body", {})
            self._posts.append({"person": key, "title": title, "body": at, "start": 0, "end": 4})
        if "holder" in told:
            holder, title = told["holder"]
            person = self._add(holder, "Person", {})
            self._posts.append(
                {"person": person, "title": title, "body": key, "start": 0, "end": 4}
            )
        for other in told.get("with", ()):
            self._add(other, "Person", {})
        if "scene" in told:
            place = self._add(told["scene"], "Place", {})
            self._mentions.append({"start": 0, "end": 4, "entity": place, "form": "name"})
        return key

    def reading(self, article: str, published: date | None) -> Reading:
        empty: dict[str, Any] = dict.fromkeys(("passages", "statements", "relations"), ())
        return Reading.build(
            Article(id=article, text="text", published=published),
            entities=self._entities,
            mentions=self._mentions,
            posts=self._posts,
            **empty,
        )

    def _add(self, name: str, kind: str, told: dict[str, Any]) -> str:
        key = f"e{len(self._entities)}"
        aliases, named = tuple(told.get("aliases", ())), told.get("named", True)
        self._entities.append(
            {"id": key, "kind": kind, "name": name, "aliases": aliases, "named": named}
        )
        return key


def hard_cases(say: Callable[[str], None]) -> Tally:
    """All of merges.yaml; each case in which something is false or missed is said."""
    total = Tally()
    for case in yaml.safe_load(CASES.read_text("utf-8")):
        readings, gold = hard_case(case)
        found, _ = tally(Identities(readings), gold)
        if found.false or found.missed:
            say(f"  {case['case']}: {found}")
        total += found
    return total


def main(
    files: Annotated[list[Path] | None, typer.Argument(help="SEESAW's files.")] = None,
    workspace: Annotated[
        Path | None, typer.Option(help="A file that keeps the readings for the next time.")
    ] = None,
) -> None:
    """Print both rates on the hard cases and, where its files are given, on SEESAW."""
    print("hard cases")
    print(f"all: {hard_cases(print)}")
    if files:
        with TemporaryDirectory() as folder:
            readings, gold = seesaw(files, workspace or Path(folder) / "readings.sqlite")
        found, wrong = tally(Identities(readings), gold)
        print(f"SEESAW, {len(readings)} articles, {len(gold)} entities\nall: {found}")
        print("joined under several canonical names:", *wrong, sep="\n  ")


if __name__ == "__main__":
    typer.run(main)
