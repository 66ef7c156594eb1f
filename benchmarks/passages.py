"""What is taken for the article's own words, and what is lost by it.

    python benchmarks/passages.py pages boilerplate_zyte.jsonl
    python benchmarks/passages.py gold ../shared/gold/seeds.yaml seeds
    python benchmarks/passages.py attributions polnear_dev.jsonl

docs/passages.md says what each figure means.
"""

import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import trafilatura
import typer
import yaml

from onrecord.graph.model import Passage
from onrecord.loaders.language import READABLE
from onrecord.loaders.passages import find_passages

SHINGLE = 4
"""Words in a row that are compared, as in the measure that the pages were published with."""

app = typer.Typer(add_completion=False)


class Page(NamedTuple):
    """Precision and recall of the text of one page, and whether there is none.

    The data set's own measure leaves a page without text out of the mean precision.
    """

    precision: float
    recall: float
    empty: bool

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def readable(text: str, *, opening: bool = True) -> str:
    """The article's own words as passages give them; without what opens it, no headline either."""
    passages = find_passages(text)
    first = next((i for i, p in enumerate(passages) if p.role == "body"), 0)
    kept = [
        passage
        for place, passage in enumerate(passages)
        if passage.role in READABLE and (opening or place >= first)
    ]
    return "\n".join(text[passage.start : passage.end] for passage in kept)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Each run of SHINGLE words and how often it comes; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = range(max(1, len(words) - SHINGLE + 1)) if words else ()
    return Counter(tuple(words[i : i + SHINGLE]) for i in runs)


def score(true: str, found: str) -> Page:
    """How well a text matches the true one, by shingles."""
    gold, mine = shingles(true), shingles(found)
    right = (gold & mine).total()
    return Page(right / max(1, mine.total()), right / max(1, gold.total()), not mine)


@app.command()
def pages(
    file: Annotated[Path, typer.Argument(help="Pages: text, and html_file beside this file.")],
) -> None:
    """Print precision, recall and F1 of the article's text on web pages."""
    rows = _rows(file)
    for name, options in EXTRACTIONS.items():
        texts = [trafilatura.extract(_html(file, row), **options) or "" for row in rows]
        alone: list[Page] = []
        for step, change in STEPS.items():
            found = [
                score(row["text"], change(text)) for row, text in zip(rows, texts, strict=True)
            ]
            alone = alone or found
            changes = [mine.f1 - before.f1 for mine, before in zip(found, alone, strict=True)]
            precision = statistics.mean(page.precision for page in found if not page.empty)
            recall = statistics.mean(page.recall for page in found)
            print(
                f"{name:12} {step:33}"
                f" {precision:.4f} {recall:.4f} {harmonic(precision, recall):.4f}"
                f"  better {sum(change > 0 for change in changes):3}"
                f"  worse {sum(change < 0 for change in changes):3}"
                f"  empty {sum(page.empty for page in found)}"
            )


EXTRACTIONS: dict[str, dict[str, Any]] = {
    "default": {},
    "no comments": {"include_comments": False},
    "precision": {"favor_precision": True, "include_comments": False},
}

STEPS: dict[str, Callable[[str], str]] = {
    "trafilatura alone": lambda text: text,
    "+ passages": readable,
    "+ passages, without the headline": lambda text: readable(text, opening=False),
}


@app.command()
def gold(
    file: Annotated[Path, typer.Argument(help="A gold file, or a folder of them.")],
    articles: Annotated[Path, typer.Argument(help="A folder of .txt files, or JSON Lines.")],
) -> None:
    """Print how much of the gold's noise is out, and how much of its evidence is still read."""
    texts = _texts(articles)
    passages = {name: find_passages(text) for name, text in texts.items()}
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for kind, name, words in _gold_strings(file):
        places = [m.start() for m in re.finditer(re.escape(words), texts[name])]
        shares = [_read(passages[name], start, start + len(words)) for start in places]
        found = max(shares) == 0 if kind == "noise" else max(shares) == 1
        total[kind] += 1
        right[kind] += found
        if not found:
            print(f"{kind} {name}: {words}")
    for kind in total:
        print(f"{kind:9} {right[kind]} of {total[kind]} right")


@app.command()
def attributions(
    file: Annotated[Path, typer.Argument(help="Articles with attributions, one a line.")],
) -> None:
    """Print how many annotated attributions, and sentences with one, are not read."""
    lost = total = 0
    for row in _rows(file):
        passages = find_passages(row["text"])
        for found in row["attributions"]:
            spans = [span for part in ("source", "cue", "content") for span in found[part]]
            total += 1
            if any(_read(passages, *span) < 1 for span in spans):
                lost += 1
                quote = row["text"][spans[-1][0] : spans[-1][1]]
                print(f"{row['id']}: {quote[:100]!r}")
    print(f"{lost} of {total} attributions are not read in full ({100 * lost / total:.2f} %)")


def _read(passages: list[Passage], start: int, end: int) -> float:
    """The share of a span's characters (but white space between passages) that is read."""
    overlaps = [(p.role, min(p.end, end) - max(p.start, start)) for p in passages]
    kept = sum(length for role, length in overlaps if length > 0 and role in READABLE)
    return kept / sum(length for _, length in overlaps if length > 0)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _html(file: Path, row: dict[str, Any]) -> str:
    return gzip.decompress((file.parent / row["html_file"]).read_bytes()).decode("utf-8", "replace")


def _texts(articles: Path) -> dict[str, str]:
    if articles.is_dir():
        return {p.name[:3]: p.read_text(encoding="utf-8") for p in sorted(articles.glob("*.txt"))}
    return {row["id"]: row["text"] for row in _rows(articles)}


def _gold_strings(path: Path) -> Iterator[tuple[str, str, str]]:
    """Kind (noise or evidence), article and words of every string in gold files."""
    keys = {"holds": "evidence", "edges": "evidence", "statements": "content", "noise": "text"}
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for part, key in keys.items():
            for row in data.get(part) or ():
                kind = "noise" if part == "noise" else "evidence"
                yield kind, row.get("article", data.get("article")), row[key]


if __name__ == "__main__":
    app()
