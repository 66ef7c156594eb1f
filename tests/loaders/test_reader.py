"""The whole reading: golden for the seeds, and never without its words, whatever the text."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.graph.confidence import surer
from onrecord.graph.errors import InputError
from onrecord.graph.model import Article
from onrecord.graph.reading import Reading
from onrecord.loaders.articles import read_articles
from onrecord.loaders.reader import read

SEEDS = Path(__file__).parents[2] / "seeds"
GOLDEN = Path(__file__).parents[1] / "golden"
PIECES = (
    "Ann Lee",
    "the union",
    " criticised ",
    "said",
    " “",
    "” ",
    "\n",
    "\n\n",
    ", ",
    ". ",
    " (WTF) ",
    "Sir ",
    "’s ",
    "he ",
    "a letter",
    "by ",
    "of ",
    "Picture: Alamy",
    "Read more: ",
    "D-Ohio",
    "—",
    "🙂",
    "é",
    "\u2028",
    "(",
    ")",
    "'",
    '"',
    "who ",
    "the plan",
    "not ",
    "it ",
)


@pytest.mark.parametrize("article", list(read_articles([SEEDS])), ids=lambda a: a.id[:3])
def test_a_seed_is_read_as_before(article: Article) -> None:
    """Run with ONRECORD_GOLDEN=write after a wanted change, and read the difference.

    The confidence may differ a little, as processors add floats in different orders.
    """
    golden = GOLDEN / f"{article.id}.json"
    now = read(article)
    if os.environ.get("ONRECORD_GOLDEN") == "write":
        golden.write_text(now.to_json() + "\n", encoding="utf-8")
    before = Reading.model_validate_json(golden.read_text(encoding="utf-8"))
    assert _without_confidence(now) == _without_confidence(before)
    for one, other in zip(now.relations, before.relations, strict=True):
        assert one.confidence == pytest.approx(other.confidence, abs=0.02)


def _without_confidence(reading: Reading) -> Reading:
    bare = tuple(r.model_copy(update={"confidence": 0.0}) for r in reading.relations)
    return reading.model_copy(update={"relations": bare})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join))
def test_any_text_is_read_and_every_span_quotes_it(text: str) -> None:
    article = Article(id="a", text=text)
    found = read(article)
    found.check(text)
    assert Reading.model_validate_json(found.to_json()) == found
    assert read(article).to_json() == found.to_json()


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    read(Article(id="a", text=text)).check(text)


@pytest.mark.parametrize("article", list(read_articles([SEEDS])), ids=lambda a: a.id[:3])
@pytest.mark.parametrize("sure", [0.65, 0.75, 1])
def test_a_reading_cut_later_is_the_reading_that_was_kept_so(article: Article, sure: float) -> None:
    def without_ids(reading: Reading) -> str:
        names = {e.id: f"{n}" for n, e in enumerate(reading.entities)}
        names |= {r.id: f"{n}" for n, r in enumerate(reading.relations)}
        text = re.sub(r'"([er]\d+)"', lambda found: names[found[1]], reading.to_json())
        return re.sub(r'"about":\[([^\]]*)\]', lambda found: str(sorted(found[1])), text)

    cut = surer(read(article), sure)
    assert without_ids(cut) == without_ids(read(article, kept=sure))


def test_an_article_without_people_has_a_reading(reading: Callable[[str], Reading]) -> None:
    found = reading("Rain fell all day, and then it fell all night.")
    assert found.passages
    assert not found.entities


def test_an_article_too_long_to_parse_is_refused() -> None:
    with pytest.raises(InputError):
        read(Article(id="a", text="word " * 300_000))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A group of angry parents sued the bank.", "group of angry parents"),
        ("A spokesman for the bank sued Ann Lee.", "spokesman for the bank"),
        ("One Oslo-based expert criticised Ann Lee.", "Oslo-based expert"),
    ],
)
def test_the_unnamed_are_called_by_what_tells_who_they_are(
    text: str, name: str, reading: Callable[[str], Reading]
) -> None:
    assert name in {e.name for e in reading(text).entities}


def test_whoever_is_only_mentioned_in_passing_and_unnamed_is_left_out(
    reading: Callable[[str], Reading],
) -> None:
    found = surer(reading("Ann Lee sued the bank while a neighbour watched."))
    assert "neighbour" not in {e.name for e in found.entities}
