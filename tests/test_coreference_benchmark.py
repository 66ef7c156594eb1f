"""The scorers of the coreference benchmark give what their papers give; links are what they say."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.model import Article
from onrecord.loaders.reader import read


def load() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks/coreference.py"
    spec = importlib.util.spec_from_file_location("coreference_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = load()


def clusters(*words: str) -> list[frozenset[str]]:
    return [frozenset(word) for word in words]


@pytest.mark.parametrize(
    ("scorer", "recall", "precision", "f1"),
    [("MUC", 0.40, 0.40, 0.40), ("B³", 0.42, 0.50, 0.455), ("CEAF-e", 0.65, 0.43, 0.52)],
)
def test_the_example_of_pradhan_et_al(
    scorer: str, recall: float, precision: float, f1: float
) -> None:
    score = bench.SCORERS[scorer](clusters("abc", "defg"), clusters("ab", "cd", "fghi"))
    found = (score.recall, score.precision, score.f1)
    assert found == pytest.approx((recall, precision, f1), abs=0.005)


@pytest.mark.parametrize(
    ("found", "muc", "b_cubed"),
    [(("12345", "6789abc"), 0.9, 0.76), (("1234589abc", "67"), 0.9, 0.58)],
)
def test_the_example_of_bagga_and_baldwin(
    found: tuple[str, ...], muc: float, b_cubed: float
) -> None:
    gold = clusters("12345", "67", "89abc")
    assert bench.muc(gold, clusters(*found)).precision == pytest.approx(muc)
    assert bench.b_cubed(gold, clusters(*found)).precision == pytest.approx(b_cubed, abs=0.005)
    assert bench.b_cubed(gold, clusters(*found)).recall == 1


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 5), min_size=2))
def test_a_partition_is_itself(of: dict[int, int]) -> None:
    partition = bench.grouped(of.items())
    for name, scorer in bench.SCORERS.items():
        score = scorer(partition, partition)
        assert score.f1 == pytest.approx(1 if name != "MUC" or bench.several(partition) else 0)


@given(
    st.dictionaries(st.integers(0, 20), st.integers(0, 5), min_size=1),
    st.dictionaries(st.integers(0, 20), st.integers(0, 5), min_size=1),
)
def test_recall_of_one_is_precision_of_the_other(
    one: dict[int, int], other: dict[int, int]
) -> None:
    gold, found = bench.grouped(one.items()), bench.grouped(other.items())
    for scorer in bench.SCORERS.values():
        here, there = scorer(gold, found), scorer(found, gold)
        assert here.recall == pytest.approx(there.precision)
        assert 0 <= here.recall <= 1


def test_mentions_meet_by_their_heads() -> None:
    text = "Ann Lee, the chair of the Port Union, sued the bank. She was angry."
    spans = [(0, 7), (9, 36), (53, 56)]
    row = {
        "id": "a",
        "text": text,
        "mentions": [{"span": list(s), "entity": "1", "etype": "person"} for s in spans],
    }
    found = bench.clustered(row)
    assert found.gold == [frozenset(spans)]
    assert frozenset(spans) in found.reader
    assert frozenset(spans) not in found.baseline


def test_links_leave_out_what_is_equal_letter_by_letter() -> None:
    article = Article(id="a", text="Ann Lee sued. Ann Lee was angry. Lee said she won.")
    links = [str(link) for link in bench.links(article, read(article))]
    assert [link.splitlines()[0] for link in links] == [
        "a 33:36 name -> Ann Lee",
        "a 42:45 pronoun -> Ann Lee",
    ]
    assert "[[she]]" in links[1]
