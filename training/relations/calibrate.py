"""Make the classifier's confidence a probability, on articles that it has not learnt from.

    python -m training.relations.calibrate draw READINGS.jsonl NAMES.txt ARTICLES.jsonl …
    python -m training.relations.calibrate fit READINGS.jsonl NAMES.txt VERDICTS.tsv ARTICLES.jsonl

One reader's notes do not hold all that could be said. So of the edges that they do not bear out
``draw`` gives some at random, to be read by hand, and ``fit`` counts the others as right in the
share in which those were, given their score. ``VERDICTS.tsv`` has on each line an edge's number as
drawn and 1 or 0. What is fitted goes into the classifier's card: a logistic curve over the sum of
the logit of existence and the logarithm of the type's share (Platt 1999).
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
from onrecord.loaders.reader import read
from onrecord.loaders.relations.classifier import CARD, FOLDER, Calibration, classifier
from onrecord.queries.readings_gold import load_readings
from onrecord.queries.readings_measure import compare

LEAST = 0.05
"""The least raw score of what is looked at."""
DRAWN = 100
SHOULD_BE_RIGHT = 0.75
"""The share of the edges shown that the default of --sure is to give."""

type Floats = NDArray[np.float64]
app = typer.Typer(help=__doc__)


class Row(NamedTuple):
    """An edge as the classifier scores it, and whether the reading by hand bears it out."""

    article: str
    score: float
    right: bool
    told: str
    context: str


def _rows(readings: Path, names: Path, articles: Sequence[Path]) -> list[Row]:
    classifier().calibration = Calibration(0.0, 1.0, 1.0)
    wanted = set(names.read_text("utf-8").split("\n"))
    ontology = load_ontology()
    found = [article for article in read_articles(articles) if article.id in wanted]
    pairs = [(article, read(article, ontology, kept=LEAST)) for article in found]
    texts = {article.id: article.text for article in found}
    spans = {
        (reading.article.id, r.id): r.evidence for _, reading in pairs for r in reading.relations
    }
    rows = []
    for compared in compare(pairs, load_readings(readings), ontology):
        for shown in compared.shown:
            start, end = spans[shown.article, shown.relation]
            context = texts[shown.article][max(0, start - 300) : end + 100]
            score = float(np.clip(shown.confidence, 0.005, 0.995))
            logit = float(np.log(score / (1 - score)))
            rows.append(Row(shown.article, logit, shown.right_type, shown.told, context))
    return sorted(rows)


@app.command()
def draw(readings: Path, names: Path, articles: list[Path], seed: int = 1) -> None:
    """Print edges that the readings do not bear out, to be read by hand."""
    wrong = [(n, row) for n, row in enumerate(_rows(readings, names, articles)) if not row.right]
    chosen = random.Random(seed).sample(wrong, min(DRAWN, len(wrong)))
    for number, row in sorted(chosen):
        print(json.dumps({"number": number, **row._asdict()}, ensure_ascii=False))


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
    lines = (line.split("\t") for line in verdicts.read_text("utf-8").splitlines())
    read_by_hand = {int(number): float(verdict) for number, verdict, *_ in lines}
    scores = np.array([row.score for row in rows])
    right = np.array([float(row.right) for row in rows])
    numbers = sorted(read_by_hand)
    share = np.array([read_by_hand[n] for n in numbers])
    bias, slope = _logistic(scores[numbers], share)
    right = np.where(right > 0, 1.0, _curve(scores, bias, slope))
    right[numbers] = share
    bias, slope = _logistic(scores, right)
    confidence = _curve(scores, bias, slope)
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
        card["calibration"] = {"bias": round(bias, 4)} | dict.fromkeys(
            ("exists", "type"), round(slope, 4)
        )
        path.write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def _curve(scores: Floats, bias: float, slope: float) -> Floats:
    return 1 / (1 + np.exp(-(bias + slope * scores)))


def _logistic(scores: Floats, right: Floats) -> tuple[float, float]:
    """Bias and slope of most likelihood, by Newton's method; ``right`` may be shares."""
    inputs = np.stack([np.ones_like(scores), scores], 1)
    weights = np.zeros(2)
    for _ in range(30):
        found = _curve(scores, *weights)
        slope = inputs.T @ (right - found) - 0.01 * weights
        curvature = (inputs * (found * (1 - found))[:, None]).T @ inputs + 0.01 * np.eye(2)
        weights += np.linalg.solve(curvature, slope)
    return float(weights[0]), float(weights[1])


if __name__ == "__main__":
    app()
