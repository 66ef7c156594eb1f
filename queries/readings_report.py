"""How much of what was read by hand stands in the graph, and how much of the graph it bears out."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from onrecord.graph.errors import InputError
from onrecord.graph.ontology import Ontology, load_ontology
from onrecord.queries.evaluation import Tally
from onrecord.queries.measure import Outcome
from onrecord.queries.readings_gold import load_readings
from onrecord.queries.readings_measure import Compared, Finder, Shown, Sought, compare
from onrecord.queries.sample import EVERYTHING, Sample

type Figure = dict[str, float]
Which = Literal["found", "right"]
NODES = ("people", "bodies", "holds")
STEPS = {"pairs joined": "joined", "right type": "right_type", "right family": "right_family"}

CAVEAT = """\
The share borne out is a lower bound: one reader does not write down all that could be said. What
one wrote bears out 87 % of what a second wrote who knew the same guide, and 72 % where the one is
the older gold."""


@dataclass(frozen=True)
class ReadingsReport:
    """The comparison of some articles, a :class:`Compared` each, and its figures."""

    compared: tuple[Compared, ...]

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Every relation that onrecord shows."""
        return tuple(row for part in self.compared for row in part.shown)

    @property
    def sought(self) -> tuple[Sought, ...]:
        """Every edge of the readings by hand."""
        return tuple(row for part in self.compared for row in part.sought)

    def found(self, step: str, core: bool = False, kind: str | None = None) -> Tally:
        """How many edges by hand are found, so far as the step says (a value of STEPS).

        Of the core ones alone where ``core``, of those whose best type is ``kind`` where told.
        """
        rows = [
            row for row in self.sought if (row.core or not core) and kind in (None, row.types[0])
        ]
        return _tally(getattr(row, step) for row in rows)

    def borne_out(self, step: str, kind: str | None = None) -> Tally:
        """How many edges shown between two nodes by hand the readings bear out, as found does."""
        rows = [row for row in self.shown if row.known and kind in (None, row.type)]
        return _tally(getattr(row, step) for row in rows)

    def outcomes(self, which: Which) -> list[Outcome]:
        """The people, bodies and holds by hand ("found") or that are shown ("right")."""
        return [outcome for part in self.compared for outcome in getattr(part, which)]

    def nodes(self, part: str, which: Which) -> Tally:
        """How many people, bodies or holds by hand are found, or of those shown are right."""
        return _tally(o.found for o in self.outcomes(which) if o.part == part)

    def table(self) -> str:
        """The figures, each share with its 95 % interval, as text."""
        edges = [
            (name, self.found(step), self.found(step, core=True)) for name, step in STEPS.items()
        ]
        nodes = [(p, self.nodes(p, "found"), self.nodes(p, "right")) for p in NODES]
        right = [(name, self.borne_out(step)) for name, step in STEPS.items()]
        types = [
            (kind, self.found("right_type", kind=kind), self.borne_out("right_type", kind=kind))
            for kind in self._types()
        ]
        return "\n".join(
            (
                f"articles: {len(self.compared)}",
                "",
                *_lines("edges by hand", ("all", "core"), edges),
                "",
                *_lines("edges shown", ("between nodes by hand",), right),
                CAVEAT,
                "",
                *_lines("nodes and posts", ("found", "shown and right"), nodes),
                "",
                *_lines("by type", ("found", "borne out"), types),
            )
        )

    def listing(self) -> str:
        """Every edge by hand, missing ones first, and every one shown that is not borne out."""
        sections = {
            "missing": [row.told for row in self.sought if not row.right_type],
            "found": [row.told for row in self.sought if row.right_type],
            "not borne out": [r.told for r in self.shown if r.known and not r.right_type],
            "missing nodes and posts": _missing(self.outcomes("found")),
            "nodes and posts not there by hand": _missing(self.outcomes("right")),
        }
        return "\n\n".join(
            "\n".join((f"{head}: {len(lines)}", *(f"  {line}" for line in lines)))
            for head, lines in sections.items()
        )

    def to_json(self) -> str:
        """The figures, and a row for each edge shown and each by hand, as one line of JSON."""
        figures = {
            "found": {step: _figure(self.found(step)) for step in STEPS.values()},
            "core": {step: _figure(self.found(step, core=True)) for step in STEPS.values()},
            "borne_out": {step: _figure(self.borne_out(step)) for step in STEPS.values()},
            "nodes": {
                part: {which: _figure(self.nodes(part, which)) for which in get_args(Which)}
                for part in NODES
            },
            "types": {
                kind: {
                    "found": _figure(self.found("right_type", kind=kind)),
                    "borne_out": _figure(self.borne_out("right_type", kind=kind)),
                }
                for kind in self._types()
            },
        }
        rows = {
            "shown": [row._asdict() for row in self.shown],
            "sought": [
                row._asdict() | {step: _finder(getattr(row, step)) for step in STEPS.values()}
                for row in self.sought
            ],
        }
        return json.dumps({"figures": figures, **rows}, ensure_ascii=False)

    def _types(self) -> list[str]:
        """The types of the edges, the commonest by hand first."""
        counts = Counter(row.types[0] for row in self.sought)
        counts.update(dict.fromkeys({row.type for row in self.shown if row.known}, 0))
        return sorted(counts, key=lambda kind: (-counts[kind], kind))


def evaluate_readings(
    paths: Sequence[Path],
    gold_path: Path,
    ontology: Ontology | None = None,
    sample: Sample = EVERYTHING,
) -> ReadingsReport:
    """Read the articles that were read by hand, assemble their graph, and compare.

    Raises:
        InputError: the readings by hand are malformed, are of none of the articles, or do not fit
            the text of one.
    """
    ontology = ontology or load_ontology()
    gold = load_readings(gold_path)
    articles = [article for article in sample.articles(paths) if article.id in gold]
    if not articles:
        raise InputError(f"{gold_path} has a reading of none of the articles. Give what was read.")
    pairs = [(article, sample.read(article, ontology)) for article in articles]
    return ReadingsReport(tuple(compare(pairs, gold, ontology)))


def _tally(right: Iterable[object]) -> Tally:
    each = [bool(one) for one in right]
    return Tally(sum(each), len(each))


def _lines(
    title: str, heads: Sequence[str], rows: Iterable[tuple[str, *tuple[Tally, ...]]]
) -> Iterator[str]:
    """A table: what each column is, and a line for each row."""
    yield f"{title:<17}{''.join(f'{head:<29}' for head in heads)}".rstrip()
    for name, *tallies in rows:
        yield f"{name:<17}{''.join(f'{_share(tally):<29}' for tally in tallies)}".rstrip()


def _share(tally: Tally) -> str:
    """How many of how many, and the interval where there is a share."""
    low, high = (100 * bound for bound in tally.interval)
    return f"{tally} ({low:.0f}–{high:.0f})" if tally.total else str(tally)


def _figure(tally: Tally) -> Figure:
    low, high = tally.interval
    return {**tally._asdict(), "low": round(low, 4), "high": round(high, 4)}


def _finder(found: Finder | None) -> dict[str, Any] | None:
    return found and found._asdict()


def _missing(outcomes: Iterable[Outcome]) -> list[str]:
    return [f"[{o.article}] {o.fact}" for o in outcomes if not o.found]
