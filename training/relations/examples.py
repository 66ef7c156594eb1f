"""What the classifier of relations learns from: windows of articles, and what readings say there.

    python -m training.relations.examples READINGS.jsonl TOKENIZER.json OUT.pickle ARTICLES.jsonl …
        --without held.txt --without calibrate.txt

``READINGS.jsonl`` is what ``check.py --json`` prints beside the readings; a file of ``--without``
has an article's id on each line.
"""

import json
import pickle
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args

import typer
from spacy.tokens import Doc
from tokenizers import Tokenizer

from onrecord.graph.model import Article, Modality
from onrecord.graph.ontology import load_ontology
from onrecord.loaders.articles import read_articles
from onrecord.loaders.coreference import resolve
from onrecord.loaders.language import parse
from onrecord.loaders.mentions import find_mentions, key
from onrecord.loaders.passages import find_passages
from onrecord.loaders.relations.candidates import KINDS, Candidate, find_candidates
from onrecord.loaders.relations.windows import Window, find_windows
from onrecord.loaders.statements import find_statements

TYPES = tuple(load_ontology().relations)
MODALITIES: tuple[Modality, ...] = get_args(Modality)


class Edge(NamedTuple):
    """An edge of a reading, as the window's own numbers; ``pair`` is a row of its pairs.

    ``about`` and ``voice`` are the ends that may stand for them: None where there is none, empty
    where there is one that no end of the window stands for.
    """

    pair: int
    types: list[int]
    negated: bool
    modality: int
    cue: list[int]
    about: list[int] | None
    voice: list[int] | None
    core: bool


class Example(NamedTuple):
    """A window and what is to be learnt there.

    ``kinds`` are ends with their kinds, ``again`` the pairs that say an edge by other mentions.
    """

    article: str
    window: Window
    edges: list[Edge]
    kinds: list[tuple[int, int]]
    again: list[int]


def main(
    readings: Path,
    tokenizer: Path,
    out: Path,
    articles: list[Path],
    without: Annotated[list[Path], typer.Option(help="Ids of articles to leave out.")],
) -> None:
    """Write the examples of all articles that have a reading."""
    apart = {name for path in without for name in path.read_text("utf-8").splitlines()}
    rows = map(json.loads, readings.read_text("utf-8").splitlines())
    known = {row["id"]: row for row in rows if row["id"] not in apart}
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.no_padding()
    pieces.no_truncation()
    lost: Counter[str] = Counter()
    found = [
        example
        for article in read_articles(articles)
        if article.id in known
        for example in _Labels(article, known[article.id], pieces).examples(lost)
    ]
    out.write_bytes(pickle.dumps(found))
    print(f"{len(found)} windows; edges: {dict(lost)}")


class _Labels:
    """One article, its windows, and the edges of its reading put into them."""

    def __init__(self, article: Article, reading: dict[str, Any], tokenizer: Tokenizer) -> None:
        self.article, self.reading = article, reading
        self.doc: Doc = parse(article.text, find_passages(article.text))
        said = find_statements(self.doc)
        entities = resolve(self.doc, find_mentions(self.doc), said)
        self.candidates = find_candidates(self.doc, entities, said)
        self.windows = list(find_windows(self.doc, self.candidates, tokenizer))
        self.at = {candidate.head.i: place for place, candidate in enumerate(self.candidates)}
        self.standing = {
            name: _standing({key(f) for f in (node["name"], *node["aliases"])}, self.candidates)
            for name, node in reading["nodes"].items()
        }

    def examples(self, lost: Counter[str]) -> Iterator[Example]:
        """The windows with their edges; ``lost`` counts what no pair of ends stands for."""
        examples = [Example(self.article.id, window, [], [], []) for window in self.windows]
        for edge in self.reading["edges"]:
            lost["all"] += 1
            ends = [self._end(edge[side]) for side in ("source_span", "target_span")]
            if None in ends or ends[0] == ends[1]:
                lost["without an end"] += 1
                continue
            cue = edge["cue_span"] or edge["evidence"]
            nearest = sorted(examples, key=lambda e: not _holds(e.window, cue))
            places = ((example, _pair(example.window, ends)) for example in nearest)
            example, pair = next((p for p in places if p[1] is not None), (None, None))
            if example is None or pair is None:
                lost["ends too far apart"] += 1
                continue
            self._add(example, pair, edge)
        yield from examples

    def _add(self, example: Example, pair: int, edge: dict[str, Any]) -> None:
        window = example.window
        local = {int(end): place for place, end in enumerate(window.ends)}
        about, voice = (
            [local[c] for c in self.standing.get(edge[role], ()) if c in local]
            if role in edge
            else None
            for role in ("about", "voice")
        )
        low, high = edge["cue_span"] or (0, 0)
        starts, stops = window.offsets.T
        example.edges.append(
            Edge(
                pair,
                [TYPES.index(name) for name in edge["types"]],
                edge["negated"],
                MODALITIES.index(edge.get("modality", "asserted")),
                ((starts < high) & (stops > low) & (starts >= 0)).nonzero()[0].tolist(),
                about,
                voice,
                edge["core"],
            )
        )
        for side, place in zip(("source", "target"), window.pairs[pair], strict=True):
            kind = self.reading["nodes"][edge[side]]["kind"]
            example.kinds.append((int(place), KINDS.index(kind)))
        example.again.extend(
            row
            for row, other in enumerate(window.pairs)
            if row != pair
            and all(
                self._is_one(window, int(a), int(b))
                for a, b in zip(other, window.pairs[pair], strict=True)
            )
        )

    def _is_one(self, window: Window, one: int, other: int) -> bool:
        """Whether two ends are the same, or mean the same entity."""
        cluster = self.candidates[window.ends[one]].cluster
        same = cluster is not None and cluster is self.candidates[window.ends[other]].cluster
        return one == other or same

    def _end(self, span: list[int] | None) -> int | None:
        """The candidate that a span of a reading is: its head, else the highest within it."""
        start, end = span or (0, 0)
        words = self.doc.char_span(start, end, alignment_mode="expand") if span else None
        if words is None:
            return None
        if words.root.i in self.at:
            return self.at[words.root.i]
        inside = [token for token in words if token.i in self.at]
        highest = min(inside, key=lambda t: len(list(t.ancestors)), default=None)
        return None if highest is None else self.at[highest.i]


def _standing(forms: set[str], candidates: list[Candidate]) -> list[int]:
    """The candidates that stand for what has one of these names."""
    clusters = {
        c.cluster
        for c in candidates
        if c.cluster is not None
        and any(key(m.text) in forms for m in c.cluster.mentions if m.form != "pronoun")
    }
    return [
        place
        for place, c in enumerate(candidates)
        if c.cluster in clusters
        or key(c.head.doc[c.head.left_edge.i : c.head.i + 1].text) in forms
        or key(c.head.text) in forms
    ]


def _holds(window: Window, span: list[int]) -> bool:
    own = window.offsets[window.offsets[:, 0] >= 0]
    return bool(len(own)) and bool(own[0, 0] <= span[0] < own[-1, 1])


def _pair(window: Window, ends: list[int | None]) -> int | None:
    """The row of the window's pairs that these two candidates are, if they are one."""
    places = {int(end): place for place, end in enumerate(window.ends)}
    wanted = [places.get(end) if end is not None else None for end in ends]
    rows = (window.pairs == wanted).all(1).nonzero()[0] if None not in wanted else []
    return int(rows[0]) if len(rows) else None


if __name__ == "__main__":
    typer.run(main)
