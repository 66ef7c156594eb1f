"""Make the confidence of edges a probability, on articles that nothing has learnt from.

    python -m training.relations.calibrate draw READINGS.jsonl NAMES.txt ARTICLES.jsonl …
    python -m training.relations.calibrate fit READINGS.jsonl NAMES.txt VERDICTS.tsv ARTICLES.jsonl

One reader's notes do not hold all that could be said. So of the edges that they do not bear out
``draw`` gives some at random, to be read by hand, and ``fit`` counts the others as right in the
share in which those were, given their score. ``VERDICTS.tsv`` has below its head an edge's article,
start, end and type, where its source and target stand, and 1 or 0. What is fitted goes into the
classifier's card: the weights of a logistic curve over the evidence of an edge (Platt 1999).
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import typer
from numpy.typing import NDArray

from onrecord.graph.ontology import load_ontology
from onrecord.loaders.articles import read_articles
from onrecord.loaders.reader import drafted
from onrecord.loaders.relations.classifier import CARD, FOLDER, Calibration, Evidence, classifier
from onrecord.queries.readings_gold import load_readings
from onrecord.queries.readings_measure import compare

RAW = Calibration(0.0, 1.0, 1.0, 4.0)
"""The curve by which edges are kept that are looked at."""
LEAST = 0.2
"""The least confidence by that curve."""
DRAWN = 100
SHOULD_BE_RIGHT = 0.75
"""The share of the edges shown that the default of --sure is to give."""

type Floats = NDArray[np.float64]
app = typer.Typer(help=__doc__)


class Row(NamedTuple):
    """An edge, the evidence for it, and whether the reading by hand bears it out.

    ``source`` and ``target`` are where the words of its ends begin in the article.
    """

    article: str
    start: int
    end: int
    type: str
    source: int
    target: int
    seen: Evidence
    right: bool
    told: str
    context: str


def _rows(readings: Path, names: Path, articles: Sequence[Path]) -> list[Row]:
    classifier().calibration = RAW
    wanted = set(names.read_text("utf-8").split("\n"))
    ontology = load_ontology()
    found = [article for article in read_articles(articles) if article.id in wanted]
    drafts = [drafted(article, ontology, LEAST) for article in found]
    pairs = [(draft.article, draft.reading()) for draft in drafts]
    rows = []
    for draft, compared in zip(
        drafts, compare(pairs, load_readings(readings), ontology), strict=True
    ):
        for shown in compared.shown:
            edge = draft.edges[int(shown.relation.removeprefix("r")) - 1]
            start, end = edge.evidence
            context = draft.article.text[max(0, start - 300) : end + 100]
            ends = (edge.source_token.idx, edge.target_token.idx)
            place = (shown.article, start, end, shown.type, *ends)
            rows.append(Row(*place, edge.seen, shown.right_type, shown.told, context))
    return sorted(rows)


@app.command()
def draw(readings: Path, names: Path, articles: list[Path], seed: int = 1) -> None:
    """Print edges that the readings do not bear out, to be read by hand."""
    wrong = [row for row in _rows(readings, names, articles) if not row.right]
    for row in sorted(random.Random(seed).sample(wrong, min(DRAWN, len(wrong)))):
        print(json.dumps(row._asdict(), ensure_ascii=False))


@app.command()
def fit(
    readings: Path,
    names: Path,
    verdicts: Path,
    articles: list[Path],
    write: Annotated[bool, typer.Option(help="Write the curve into the card.")] = False,
) -> None:
    """Fit the curve, and print how it holds and where the default of --sure comes to stand."""
    rows = _rows(readings, names, articles)
    lines = (line.split("\t") for line in verdicts.read_text("utf-8").splitlines()[1:])
    read_by_hand = {tuple(place): float(verdict) for *place, verdict in lines}
    places = [tuple(map(str, row[: Row._fields.index("seen")])) for row in rows]
    seen = np.array([row.seen for row in rows], dtype=float)
    numbers = [n for n, row in enumerate(rows) if not row.right and places[n] in read_by_hand]
    share = np.array([read_by_hand[places[n]] for n in numbers])
    missed = _curve(seen, _logistic(seen[numbers], share))
    right = np.array([1.0 if row.right else m for row, m in zip(rows, missed, strict=True)])
    right[numbers] = share
    weights = _logistic(seen, right)
    confidence = _curve(seen, weights)
    order = np.argsort(-confidence)
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    least = min(confidence[order][running >= SHOULD_BE_RIGHT], default=1.0)
    print(f"{len(rows)} edges, borne out {np.mean([row.right for row in rows]):.3f},")
    print(f"of {len(numbers)} read by hand that are not {share.mean():.3f} are right")
    for low in np.arange(0, 1, 0.1):
        inside = (confidence >= low) & (confidence < low + 0.1)
        if inside.any():
            there = f"{confidence[inside].mean():.2f}, right {right[inside].mean():.2f}"
            print(f"  {low:.1f} to {low + 0.1:.1f}: {inside.sum():5}, mean {there}")
    shown = confidence >= least
    print(f"--sure {least:.2f}: {shown.sum()} shown, right {right[shown].mean():.3f}")
    if write:
        path = Path(str(FOLDER / CARD))
        card: dict[str, Any] = json.loads(path.read_text("utf-8"))
        fitted = Calibration(*(round(float(weight), 4) for weight in weights))
        card["calibration"] = fitted._asdict()
        path.write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def _curve(seen: Floats, weights: Floats) -> Floats:
    return 1 / (1 + np.exp(-(weights[0] + seen @ weights[1:])))


def _logistic(seen: Floats, right: Floats) -> Floats:
    """The weights of most likelihood, by Newton's method; ``right`` may be shares."""
    inputs = np.insert(seen, 0, 1.0, axis=1)
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        found = _curve(seen, weights)
        slope = inputs.T @ (right - found) - 0.1 * weights
        curvature = (inputs * (found * (1 - found))[:, None]).T @ inputs
        weights += np.linalg.solve(curvature + 0.1 * np.eye(len(weights)), slope)
    return weights


if __name__ == "__main__":
    app()
