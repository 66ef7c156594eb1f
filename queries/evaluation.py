"""How much of what careful readers found stands in the graph, and how much of the graph is right.

A node answers to a gold node when its name, or else an alias, is one of the gold's (case, articles
and titles aside); an issue or a document, which has no settled name, when they share a longer word.
A person or body whose name is a proper one counts again, as "one node each", where exactly one node
is it. A hold is found when person, title and body are right and its quote overlaps the gold's
evidence; an edge when its ends, article and negation are right, its type is one of those allowed
and its quote overlaps; a statement when it covers half of the content and somebody right is its
source.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from onrecord.graph.assemble import Graph, assemble
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology, load_ontology
from onrecord.queries.gold import Gold, load_gold
from onrecord.queries.measure import Edge, Measure, Outcome
from onrecord.queries.sample import EVERYTHING, Sample

PARTS = ("people", "bodies", "other nodes", "one node each", "holds", "edges", "edges, family",
         "statements")  # fmt: skip
FACTS = ("holds", "edges", "statements")
DERIVED = ("one node each", "edges, family")
"""The parts that look at facts of the others again."""

NORMAL = 1.96
"""Within how many standard deviations 95 % of a normal distribution lie."""


class EdgeLine(NamedTuple):
    """An edge of the graph as a person reads it."""

    article: str
    source: str
    type: str
    target: str
    quote: str
    negated: bool
    modality: str
    voice: str

    def __str__(self) -> str:
        marks = ["not"] * self.negated + [mark for mark in (self.modality, self.voice) if mark]
        aside = f" ({', '.join(marks)})" if marks else ""
        return (
            f"[{self.article}] {self.source} {self.type}{aside} {self.target}:"
            f" “{' '.join(self.quote.split())}”"
        )


class Tally(NamedTuple):
    """How many of how many."""

    found: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share that these are a sample of (Wilson's)."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.found / self.total, NORMAL**2 / self.total
        middle = share + square / 2
        half = sqrt(share * (1 - share) * square + square**2 / 4)
        low, high = ((middle + way * half) / (1 + square) for way in (-1, 1))
        return max(0.0, low), min(1.0, high)

    def __str__(self) -> str:
        return f"{self.found} / {self.total}" + (
            f"  {100 * self.found / self.total:3.0f} %" if self.total else ""
        )


@dataclass(frozen=True)
class Report:
    """Found and missing facts, edges that gold does not bear out, and noise left behind.

    ``borne_out`` counts the edges between two gold nodes that gold bears out with the exact type,
    ``borne_out_family`` with a type of the same family. Gold is not all that could be said, so
    ``spurious`` edges are to be read, not just counted. ``duplicates`` are gold people and bodies
    that more than one node answers to.
    """

    outcomes: tuple[Outcome, ...]
    borne_out: Tally
    borne_out_family: Tally
    spurious: tuple[EdgeLine, ...]
    duplicates: tuple[str, ...]
    noise: tuple[str, ...]
    noise_strings: int

    def tally(self, *parts: str, core: bool = False) -> Tally:
        """Found and total of these parts, of the core facts alone where ``core``."""
        mine = [o for o in self.outcomes if o.part in parts and (o.core or not core)]
        return Tally(sum(o.found for o in mine), len(mine))

    def table(self) -> str:
        """The figures, as text."""
        rows = [(part, self.tally(part, core=True), self.tally(part)) for part in PARTS]
        rows.append(("all facts", self.tally(*FACTS, core=True), self.tally(*FACTS)))
        lines = [f"{'':<16}{'core':<20}{'all':<20}".rstrip()]
        lines += [f"{part:<16}{core!s:<20}{every!s:<20}".rstrip() for part, core, every in rows]
        lines += [
            "",
            f"edges between gold nodes that gold bears out: {self.borne_out}",
            f"                         in their family: {self.borne_out_family}",
            f"people and bodies with more than one node: {len(self.duplicates)}",
            f"noise strings that left something behind: {len(self.noise)} / {self.noise_strings}",
        ]
        return "\n".join(lines)

    def listing(self) -> str:
        """Every fact, missing ones first, and all that should not be there, as text."""
        sections = {
            "missing": [_outcome_line(o) for o in self._facts() if not o.found],
            "found": [_outcome_line(o) for o in self._facts() if o.found],
            "not borne out": list(map(str, self.spurious)),
            "more than one node": list(self.duplicates),
            "noise": list(self.noise),
        }
        return "\n\n".join(
            "\n".join((f"{head}: {len(lines)}", *(f"  {line}" for line in lines)))
            for head, lines in sections.items()
        )

    def to_json(self) -> str:
        """Figures and lists as one line of JSON."""
        figures = {
            part: {"core": self.tally(part, core=True)._asdict(), "all": self.tally(part)._asdict()}
            for part in PARTS
        }
        lists = {
            "missing": [o._asdict() for o in self._facts() if not o.found],
            "found": [o._asdict() for o in self._facts() if o.found],
            "spurious": [edge._asdict() for edge in self.spurious],
            "duplicates": self.duplicates,
            "noise": self.noise,
        }
        right = {
            "exact": self.borne_out._asdict(),
            "family": self.borne_out_family._asdict(),
        }
        return json.dumps({"figures": figures, "borne_out": right, **lists}, ensure_ascii=False)

    def _facts(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.part not in DERIVED]


def evaluate_graph(
    paths: Sequence[Path],
    gold_path: Path,
    ontology: Ontology | None = None,
    sample: Sample = EVERYTHING,
) -> Report:
    """Read the articles that the gold covers, assemble their graph, and measure it.

    Raises:
        InputError: the gold is malformed, covers none of the articles, or misquotes one.
    """
    ontology = ontology or load_ontology()
    gold = load_gold(gold_path)
    articles = list(gold.matched(sample.articles(paths)).values())
    pairs = [(article, sample.read(article, ontology)) for article in articles]
    graph = assemble(pairs, Identities(r for _, r in pairs), ontology, sure=sample.sure)
    return evaluate(graph, articles, gold, ontology)


def evaluate(
    graph: "Graph[str]", articles: Iterable[Article], gold: Gold, ontology: Ontology | None = None
) -> Report:
    """Measure a graph of these articles against the gold for them; other articles are ignored.

    Raises:
        InputError: the gold covers none of the articles, or quotes words that one does not have.
    """
    matched = gold.matched(articles)
    parts = [Measure(graph, matched, s, ontology or load_ontology()) for s in gold.sheets]
    parts = [part for part in parts if part.articles]
    edges = [judged for part in parts for judged in part.judged()]
    return Report(
        outcomes=tuple(outcome for part in parts for outcome in part.outcomes()),
        borne_out=Tally(sum(edge.exact for edge in edges), len(edges)),
        borne_out_family=Tally(sum(edge.family for edge in edges), len(edges)),
        spurious=tuple(_line(graph, judged.edge) for judged in edges if not judged.exact),
        duplicates=tuple(line for part in parts for line in part.duplicates()),
        noise=tuple(line for part in parts for line in part.noise()),
        noise_strings=sum(len(part.facts(part.sheet.noise)) for part in parts),
    )


def _line(graph: "Graph[str]", edge: Edge) -> EdgeLine:
    source, target = (graph.nodes[end]["name"] for end in (edge.source, edge.target))
    data = edge.data
    voice = graph.nodes[data["voice"]]["name"] if "voice" in data else ""
    return EdgeLine(
        data["article"],
        source,
        data["type"],
        target,
        data["quote"],
        data.get("negated", False),
        data.get("modality", ""),
        voice,
    )


def _outcome_line(outcome: Outcome) -> str:
    note = f" ({outcome.note})" if outcome.note else ""
    core = "core" if outcome.core else "    "
    return f"{outcome.part:<15}{core} [{outcome.article}] {outcome.fact}{note}"
