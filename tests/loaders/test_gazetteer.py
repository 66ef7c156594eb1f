"""The lists of names and titles: what they know, what they leave open, and what a user may add."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.errors import GazetteerError
from onrecord.loaders.gazetteer import Gazetteer, gazetteer

WORDS = gazetteer()


def _body(words: str, **how: object) -> str | None:
    entry = WORDS.lookup(words, **how)  # type: ignore[arg-type]
    return entry.name if entry and entry.identity else None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Scotland Yard", "Metropolitan Police Service"),
        ("the Yard", "Metropolitan Police Service"),
        ("The Met", "Metropolitan Police Service"),
        ("Downing Street", "Prime Minister's Office"),
        ("No 10", "Prime Minister's Office"),
        ("the White House", "White House"),
        ("Capitol Hill", "United States Congress"),
        ("F.B.I.", "Federal Bureau of Investigation"),
        ("National Police Chiefs’ Council", "National Police Chiefs' Council"),
        ("the Guardian", "The Guardian"),
    ],
)
def test_a_name_is_found_however_it_is_written(words: str, name: str) -> None:
    assert _body(words) == name


@pytest.mark.parametrize(
    "words", ["Met", "Yard", "House", "Labour", "Guardian", "yard", "nice", ""]
)
def test_a_common_word_is_no_name_by_itself(words: str) -> None:
    assert WORDS.lookup(words) is None


def test_a_common_word_that_something_vouches_for_is_a_name() -> None:
    assert _body("Yard", vouched=True) == "Metropolitan Police Service"
    assert _body("yard", vouched=True) is None


def test_a_name_of_several_keeps_its_kind_and_loses_its_identity() -> None:
    senate = WORDS.lookup("the Senate")
    assert senate is not None
    assert (senate.kind, senate.category, senate.identity) == ("Body", "legislature", False)
    federation = WORDS.lookup("the Federation")
    assert federation is not None
    assert not federation.identity


def test_the_country_of_the_article_decides() -> None:
    assert _body("the Supreme Court", country="India") == "Supreme Court of India"
    assert _body("the Treasury", country="United Kingdom") == "HM Treasury"
    assert _body("CBI", country="India") == "Central Bureau of Investigation"
    assert _body("the Home Office", country="United States") == "Home Office"


def test_words_of_two_kinds_are_nothing_known() -> None:
    assert WORDS.lookup("ECHR") is None  # the court and the convention


@pytest.mark.parametrize(
    ("words", "name", "body"),
    [
        ("Rep.", "representative", "United States House of Representatives"),
        ("U.S. Sen.", "senator", "United States Senate"),
        ("MP", "member of parliament", "House of Commons"),
        ("Home Secretary", "home secretary", "Home Office"),
        ("Det Ch Insp", "detective chief inspector", None),
        ("Vice-President", "vice president", None),
        ("co-founder", "founder", None),
        ("Lt. Col.", "lieutenant colonel", None),
    ],
)
def test_a_title_has_its_full_form_and_its_body(words: str, name: str, body: str | None) -> None:
    title = WORDS.title(words)
    assert title is not None
    assert (title.name, title.body) == (name, body)


@pytest.mark.parametrize("words", ["pc", "gen", "del", "Sir", "ms", "chief sausage", ""])
def test_what_is_no_title(words: str) -> None:
    assert WORDS.title(words) is None


def test_bodies_that_titles_imply_are_known() -> None:
    unknown = {t.body for t in WORDS.titles if t.body and _body(t.body) is None}
    assert not unknown


def test_demonyms_and_nouns() -> None:
    french = WORDS.demonym("French")
    assert french is not None
    assert french.name == "France"
    assert "memo" in WORDS.documents
    assert "scheme" in WORDS.issues
    assert {"Sir", "Baroness"} <= WORDS.honorifics


@given(st.sampled_from(WORDS.entries))
def test_every_entry_is_found_by_its_name_and_a_spelling_is_one_kind_or_none(entry: object) -> None:
    name, kind, _, country = entry[:4]  # type: ignore[index]
    found = WORDS.lookup(f"the {name}", country=country)
    assert found is None or found.kind == kind
    assert found is None or not found.identity or name in (found.name, *found.weak, *found.aliases)


def test_a_list_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "source: the parish magazine\ncountry: United Kingdom\nentries:\n  council:\n"
        "    Ambridge Parish Council: {acronyms: [APC], weak: [Council]}\n"
        "    Home Office: {aliases: [the Ministry of Home Affairs]}\n",
        encoding="utf-8",
    )
    mine: Gazetteer = gazetteer(own)
    found = mine.lookup("the Council")
    assert found is not None
    assert found.name == "Ambridge Parish Council"
    office = mine.lookup("Ministry of Home Affairs")
    assert office is not None
    assert (office.name, office.category) == ("Home Office", "council")
    assert WORDS.lookup("APC", country="United Kingdom") != mine.lookup(
        "APC", country="United Kingdom"
    )


@pytest.mark.parametrize(
    "text", ["entries: {}", "source: x\nentrys: {}", "source: [", "source: x\nkind: Thing", "- a"]
)
def test_a_bad_list_is_refused_in_two_sentences(tmp_path: Path, text: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"bad\.yaml .*\. Write it like"):
        gazetteer(bad)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        gazetteer(tmp_path / "none.yaml")
