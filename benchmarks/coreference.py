"""How well the mentions of one text are told to be the same, by the standard scorers and by hand.

    python benchmarks/coreference.py gum_other_coref.jsonl
    python benchmarks/coreference.py --links 100 --seed 1 polnear_dev.jsonl

The first scores people and organisations against a corpus of texts and mentions (``text``, and
``mentions`` with ``entity``, ``span`` and ``etype``); the second lists links of articles, drawn at
random, for a person to read. docs/coreference.md says what each figure means.

The scorers are MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and CEAF-e (Luo 2005),
over mentions that differ, as Pradhan et al. (2014) define them; CoNLL is the mean of their F1.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import networkx as nx
import typer
from spacy.tokens import Doc

from onrecord.graph.model import Article, Mention
from onrecord.graph.reading import Reading
from onrecord.loaders.articles import read_articles
from onrecord.loaders.language import parse
from onrecord.loaders.mentions import key
from onrecord.loaders.passages import find_passages
from onrecord.loaders.reader import read

KINDS = {"Person": "person", "Body": "organization"}
BEFORE, AFTER = 420, 120
"""Characters of an article that a listed link shows around its mention."""

type Clusters = Sequence[frozenset[Hashable]]
"""A partition of the mentions of one text."""


class Score(NamedTuple):
    """Numerators and denominators of recall and precision, which add up over texts."""

    recalled: float = 0
    wanted: float = 0
    right: float = 0
    found: float = 0

    def plus(self, other: "Score") -> "Score":
        """The score of both texts together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """Of what is in the key, the share found."""
        return self.recalled / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """Of what was found, the share that is in the key."""
        return self.right / self.found if self.found else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def mentions_found(gold: Clusters, found: Clusters) -> Score:
    """How many mentions both have."""
    wanted, mine = set[Hashable]().union(*gold), set[Hashable]().union(*found)
    shared = len(wanted & mine)
    return Score(shared, len(wanted), shared, len(mine))


def muc(gold: Clusters, found: Clusters) -> Score:
    """Links: the fewest that each cluster needs, less those that the other side lacks."""
    return Score(*_links(gold, found), *_links(found, gold))


def _links(these: Clusters, others: Clusters) -> tuple[int, int]:
    of = {mention: n for n, cluster in enumerate(others) for mention in cluster}
    parts = (len({of.get(mention, mention) for mention in cluster}) for cluster in these)
    return sum(map(len, these)) - sum(parts), sum(map(len, these)) - len(these)


def b_cubed(gold: Clusters, found: Clusters) -> Score:
    """Mentions: of each one's cluster, the share that is in its other cluster too."""
    return Score(*_shares(gold, found), *_shares(found, gold))


def _shares(these: Clusters, others: Clusters) -> tuple[float, int]:
    shared = sum(len(one & other) ** 2 / len(one) for one in these for other in others)
    return shared, sum(map(len, these))


def ceaf_e(gold: Clusters, found: Clusters) -> Score:
    """Entities: the best one-to-one match of clusters, each pair counting Luo's phi 4."""
    pairs: nx.Graph[tuple[int, int]] = nx.Graph()
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if shared := len(one & other):
                pairs.add_edge((0, i), (1, j), weight=2 * shared / (len(one) + len(other)))
    best = sum(pairs.edges[pair]["weight"] for pair in nx.max_weight_matching(pairs))
    return Score(best, len(gold), best, len(found))


SCORERS: dict[str, Callable[[Clusters, Clusters], Score]] = {
    "MUC": muc,
    "B³": b_cubed,
    "CEAF-e": ceaf_e,
}


def grouped(members: Iterable[tuple[Hashable, Hashable]]) -> list[frozenset[Hashable]]:
    """The clusters of pairs of a mention and its entity."""
    clusters: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, entity in members:
        clusters[entity].add(mention)
    return [frozenset(cluster) for cluster in clusters.values()]


def only(clusters: Clusters, kept: frozenset[Hashable]) -> list[frozenset[Hashable]]:
    """The clusters without any other mentions."""
    return [cluster & kept for cluster in clusters if cluster & kept]


def several(clusters: Clusters) -> list[frozenset[Hashable]]:
    """The clusters of more than one mention: as in CoNLL's task, the rest are no coreference."""
    return [cluster for cluster in clusters if len(cluster) > 1]


class Text(NamedTuple):
    """The clusters of one text: the corpus's, the reader's, and those of equal names alone."""

    gold: list[frozenset[Hashable]]
    reader: list[frozenset[Hashable]]
    baseline: list[frozenset[Hashable]]


def clustered(row: dict[str, Any]) -> Text:
    """Read a text, and put the corpus's mention in the place of the reader's of the same head."""
    article = Article(id=row["id"], text=row["text"])
    doc, reading = parse(article.text, find_passages(article.text)), read(article)
    gold = [
        (tuple(m["span"]), m["entity"]) for m in row["mentions"] if m["etype"] in KINDS.values()
    ]
    by_head: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for span, _ in gold:
        by_head[head(doc, *span)].append(span)
    kinds = {entity.id: entity.kind for entity in reading.entities}
    mine = [m for m in reading.mentions if kinds[m.entity] in KINDS]
    spans: dict[int, tuple[int, int]] = {}
    for n, mention in enumerate(mine):
        same = by_head[head(doc, mention.start, mention.end)]
        own = (mention.start, mention.end)
        spans[n] = min(same, key=lambda s: abs(s[0] - own[0]) + abs(s[1] - own[1]), default=own)
    return Text(
        grouped(gold),
        grouped((spans[n], m.entity) for n, m in enumerate(mine)),
        grouped(
            (spans[n], (kinds[m.entity], key(article.text[m.start : m.end])))
            if m.form == "name"
            else (spans[n], n)
            for n, m in enumerate(mine)
        ),
    )


def head(doc: Doc, start: int, end: int) -> int:
    """The head word of a span of the text, by the parse."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None, f"{start}:{end} lies outside the text"
    return span.root.i


def measured(pairs: Sequence[tuple[Clusters, Clusters]]) -> dict[str, Score]:
    """The score of each scorer, over all texts, of clusters of more than one mention."""
    scores = dict.fromkeys(SCORERS, Score())
    for gold, found in pairs:
        for name, scorer in SCORERS.items():
            scores[name] = scores[name].plus(scorer(several(gold), several(found)))
    return scores


def conll(scores: dict[str, Score]) -> float:
    """The mean of the three F1, as the CoNLL task ranks by."""
    return sum(score.f1 for score in scores.values()) / len(scores)


def print_scores(texts: dict[str, Text]) -> None:
    """All mentions of both, then only those that the corpus and the reader share."""
    shared = {
        name: frozenset[Hashable]().union(*text.gold) & frozenset[Hashable]().union(*text.reader)
        for name, text in texts.items()
    }
    for system in ("reader", "baseline"):
        pairs = {name: (text.gold, getattr(text, system)) for name, text in texts.items()}
        both = {n: (only(g, shared[n]), only(s, shared[n])) for n, (g, s) in pairs.items()}
        for what, by_name in (("all mentions", pairs), ("mentions of both", both)):
            print(f"\n{system}, {what}: recall, precision, F1")
            scores = measured(list(by_name.values()))
            noticed = [mentions_found(*pair) for pair in by_name.values()]
            for name, score in {"mentions": total(noticed), **scores}.items():
                print(
                    f"{name:9}{score.recall:7.1%}{score.precision:7.1%}{score.f1:7.1%}", flush=True
                )
            print(f"{'CoNLL':9}{conll(scores):21.1%}")
            if system == "reader":
                genres = sorted({name.split("_")[1] for name in by_name})
                by_genre = (
                    f"{genre} {conll(measured([p for n, p in by_name.items() if genre in n])):.1%}"
                    for genre in genres
                )
                print("CoNLL by genre:", ", ".join(by_genre))


def total(scores: Iterable[Score]) -> Score:
    """The score of all texts together."""
    summed = Score()
    for score in scores:
        summed = summed.plus(score)
    return summed


class Link(NamedTuple):
    """A mention that the reader holds to be of an entity mentioned elsewhere in the article."""

    article: Article
    mention: Mention
    entity: str
    anchor: Mention

    def __str__(self) -> str:
        text, (start, end) = self.article.text, (self.mention.start, self.mention.end)
        before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
        shown = " ".join(f"{before}[[{text[start:end]}]]{after}".split())
        known = " ".join(text[max(0, self.anchor.start - 60) : self.anchor.end + 60].split())
        return (
            f"{self.article.id} {start}:{end} {self.mention.form}"
            f" -> {self.entity}\n  {shown}\n  (first: {known})"
        )


def links(article: Article, reading: Reading) -> Iterator[Link]:
    """The links of an article, but for names equal to the entity's fullest: they prove little.

    An entity's anchor is its first name or, of an unnamed one, its first mention.
    """
    entities = {entity.id: entity for entity in reading.entities}
    of: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        of[mention.entity].append(mention)
    for name, mentions in of.items():
        anchor = next((m for m in mentions if m.form == "name"), mentions[0])
        seen = Counter(article.text[m.start : m.end] for m in mentions if m.form == "name")
        full = entities[name].name
        for mention in mentions:
            words = article.text[mention.start : mention.end]
            equal = mention.form == "name" and (words == full or len(seen) == 1)
            if mention is not anchor and not equal:
                yield Link(article, mention, full, anchor)


def print_links(files: list[Path], number: int, seed: int) -> None:
    """As many links of names and roles as of nouns and pronouns, drawn at random."""
    found = [link for article in read_articles(files) for link in links(article, read(article))]
    for forms in (("name", "role"), ("noun", "pronoun")):
        these = [link for link in found if link.mention.form in forms]
        drawn = random.Random(seed).sample(these, min(number // 2, len(these)))
        print(f"\n# {len(drawn)} of {len(these)} links of a {' or a '.join(forms)}\n")
        for n, link in enumerate(drawn, 1):
            print(f"{n}. {link}\n")


def main(
    files: list[Path],
    to_list: Annotated[int, typer.Option("--links", help="List so many links instead.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the sample of links.")] = 1,
) -> None:
    """Print the scores on a corpus of mentions, or links of articles to be read."""
    if to_list:
        print_links(files, to_list, seed)
        return
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    print_scores({row["id"]: clustered(row) for row in rows})


if __name__ == "__main__":
    typer.run(main)
