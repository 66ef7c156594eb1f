"""How well attributions are found, on a file of articles with PolNeAR's annotation.

    python benchmarks/attribution.py polnear_dev.jsonl

One article a line: ``text`` and ``attributions`` with ``source``, ``cue`` and ``content``, each a
list of offset pairs. docs/attribution.md says what each figure means.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from spacy.tokens import Doc

from onrecord.graph.model import Span
from onrecord.loaders.language import parse
from onrecord.loaders.passages import find_passages
from onrecord.loaders.statements import find_statements

PARTS = ("source", "cue", "content")
QUOTATION_MARKS = "“”‘’\"'«»„`"

type Parts = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]


class Tally(NamedTuple):
    """Counts of what was right, of what was found and of what was to be found.

    ``found`` is 0 where only the share of what was to be found is asked for.
    """

    right: int
    found: int
    gold: int

    def __str__(self) -> str:
        recall = f"{100 * self.right / max(self.gold, 1):5.1f}"
        if not self.found:
            return f"{'':5} {recall}"
        f1 = 2 * self.right / (self.found + self.gold)
        return f"{100 * self.right / self.found:5.1f} {recall} {100 * f1:5.1f}"


def gold_attributions(text: str, rows: Iterable[dict[str, Any]]) -> list[Parts]:
    """The annotated attributions, each span stripped of white space."""

    def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
        return tuple(
            Span(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
            for start, end in pairs
            if text[start:end].strip()
        )

    found = [(spans(r["source"]), spans(r["cue"]), spans(r["content"])) for r in rows]
    return [parts for parts in found if parts[2]]


def read_attributions(doc: Doc) -> list[Parts]:
    """What the reader finds in an article."""
    return [
        ((a.source,) if a.source else (), (a.cue,) if a.cue else (), a.content)
        for a in find_statements(doc)
    ]


def overlap(mine: tuple[Span, ...], theirs: tuple[Span, ...]) -> bool:
    """Whether any of the spans share a character, or both sides are empty."""
    if not mine or not theirs:
        return not mine and not theirs
    return any(a.start < b.end and b.start < a.end for a in mine for b in theirs)


def shared(found: list[Parts], gold: list[Parts]) -> int:
    """How many attributions can be paired, one to one, so that all three parts overlap."""
    partner: dict[int, int] = {}

    def pair(i: int, seen: set[int]) -> bool:
        for j, theirs in enumerate(gold):
            if j in seen or not all(map(overlap, found[i], theirs)):
                continue
            seen.add(j)
            if j not in partner or pair(partner[j], seen):
                partner[j] = i
                return True
        return False

    return sum(pair(i, set()) for i in range(len(found)))


def is_direct(text: str, content: tuple[Span, ...]) -> bool:
    """Whether all of the content stands in quotation marks."""
    return all(
        text[s.start] in QUOTATION_MARKS
        and text[s.end - 1] in QUOTATION_MARKS
        and s.end - s.start > 2
        for s in content
    )


def covered(content: tuple[Span, ...], by: tuple[Span, ...]) -> float:
    """The share of the content's characters that the other spans cover (0 to 1)."""
    inside = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in content for b in by)
    return inside / sum(a.end - a.start for a in content)


def tallies(texts: Iterable[tuple[str, list[Parts], list[Parts]]]) -> Iterator[tuple[str, Tally]]:
    """All figures over articles given as text, found and gold."""
    counts: dict[str, Counter[str]] = {}

    def add(name: str, right: int, found: int, gold: int) -> None:
        counts.setdefault(name, Counter()).update(right=right, found=found, gold=gold)

    for text, found, gold in texts:
        for k, part in enumerate(PARTS):
            mine = {span for parts in found for span in parts[k]}
            theirs = {span for parts in gold for span in parts[k]}
            add(f"{part}, exact", len(mine & theirs), len(mine), len(theirs))
        add("all three overlap", shared(found, gold), len(found), len(gold))
        direct = [g for g in gold if is_direct(text, g[2])]
        right = [g for g in direct if any(covered(g[2], f[2]) >= 0.5 for f in found)]
        add("direct, content", len(right), 0, len(direct))
        right = [
            g
            for g in direct
            if any(covered(g[2], f[2]) >= 0.5 and overlap(f[0], g[0]) for f in found)
        ]
        add("direct, content and source", len(right), 0, len(direct))
    return ((name, Tally(**count)) for name, count in counts.items())


def main(
    file: Annotated[Path, typer.Argument(help="Articles, one JSON object a line.")],
) -> None:
    """Print precision, recall and F1 (all in per cent) of each part, and the time taken."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    started = time.perf_counter()
    docs = [parse(row["text"], find_passages(row["text"])) for row in rows]
    parsed = time.perf_counter()
    found = [read_attributions(doc) for doc in docs]
    read = time.perf_counter()
    texts = [row["text"] for row in rows]
    gold = [gold_attributions(row["text"], row["attributions"]) for row in rows]
    for name, tally in tallies(zip(texts, found, gold, strict=True)):
        print(f"{name:28} {tally}")
    print(
        f"{len(rows)} articles: parse {parsed - started:.1f} s, attributions {read - parsed:.1f} s"
    )


if __name__ == "__main__":
    typer.run(main)
