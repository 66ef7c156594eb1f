"""Which mentions are the same; and that what is not sure is not linked."""

from collections.abc import Callable

import pytest

from onrecord.graph.model import Entity
from onrecord.graph.reading import Reading

Read = Callable[[str], Reading]


def meant(reading: Reading, text: str, words: str, nth: int = 0) -> Entity | None:
    """The entity that the nth occurrence of the words is a mention of."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    spans = {(m.start, m.end): m.entity for m in reading.mentions}
    entity = spans.get((start, start + len(words)))
    return next((e for e in reading.entities if e.id == entity), None)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Governor Ann Lee sued the bank. Lee was angry.", "Lee", "Ann Lee"),
        (
            "The World Trade Forum (WTF) met. The WTF criticised the plan.",
            "WTF",
            "World Trade Forum",
        ),
        (
            "Ann Lee is governor of the bank. The union accused the governor of fraud.",
            "the governor",
            "Ann Lee",
        ),
        (
            "The Teachers Federation sued. The federation criticised the plan.",
            "The federation",
            "Teachers Federation",
        ),
        ("Mary Jones criticised the plan. She said it was cruel.", "She", "Mary Jones"),
        ("Tigo Group Ltd sued. Tigo criticised the bank.", "Tigo", "Tigo Group Ltd"),
        ("Dover Gas & Light Co. sued. DG&L denied it.", "DG&L", "Dover Gas & Light Co."),
        ("The Port Union, also known as the Dell, closed.", "Dell", "Port Union"),
        (
            "Ann Lee met the mayor. The Lee administration sued. Lee's administration denied it.",
            "Lee's administration",
            "Lee administration",
        ),
        (
            "The Lee administration sued. The State Department met. The administration denied it.",
            "The administration",
            "Lee administration",
        ),
        ("The group that owns it all, the Port Union, said no.", "The group", "Port Union"),
        ("France denied it. The union met in Paris. Paris accused the union.", "Paris", "France"),
        (
            "The British Foreign Office sued the bank.",
            "British Foreign Office",
            "Foreign, Commonwealth and Development Office",
        ),
        ("Mr Bo Zelenskiy sued. Mr Zelensky left.", "Zelensky", "Bo Zelenskiy"),
        (
            "Tom Kay was a pilot. Tom Kay was killed. Chris Eng sued because he was angry.",
            "he",
            "Chris Eng",
        ),
        (
            "Rep. Tom Kay, the head of the Port Union, met Rep. Ann Lee."
            " The Ohio congressman criticised the bank.",
            "The Ohio congressman",
            "Tom Kay",
        ),
        (
            "Mary Jones loves the school that her daughter attends. Her daughter sings."
            " That is why she criticised the plan.",
            "she",
            "Mary Jones",
        ),
        (
            "The mayor wrote a letter to the bank. The union criticised the memo.",
            "the memo",
            "letter to the bank",
        ),
        (
            "Critics launched a repair scheme in May. The union opposed the scheme.",
            "the scheme",
            "repair scheme",
        ),
        ("“I oppose the plan,” said Ann Lee.", "I", "Ann Lee"),
        ("Mary Jones sued Ann Lee. Lee, who hired Kim, praised her staff.", "her", "Ann Lee"),
        ("Tom Lee met Mary Jones after she sued the bank.", "she", "Mary Jones"),
        (
            "Rep. Ann Lee sued. The congresswoman criticised the bank.",
            "The congresswoman",
            "Ann Lee",
        ),
        (
            "A Kent panel voted on Monday. The Kent Planning Panel criticised the bank.",
            "A Kent panel",
            "Kent Planning Panel",
        ),
        (
            "Kent panel backs night ferry\n\nA Kent panel voted on Monday."
            " The Kent Planning Panel criticised the bank.",
            "A Kent panel",
            "Kent Planning Panel",
        ),
        (
            "Denmark sued. The Danish government criticised the bank.",
            "The Danish government",
            "Denmark",
        ),
        ("Phillip Lee sued the bank. Philip was angry.", "Philip", "Phillip Lee"),
    ],
)
def test_the_same(text: str, words: str, name: str, reading: Read) -> None:
    found = reading(text)
    last = text.count(words) - 1
    entity = meant(found, text, words, last)
    assert entity is not None
    assert entity.name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ann Lee and Tom Lee sued the bank. Both were angry. Lee criticised the union.",
            "Lee",
        ),
        ("It is clear that the union sued the bank.", "It"),
        ("The union sued the bank. It is a disgrace.", "It"),
        ("The painter met Tom Lee. A cook who said he was ill sued the bank.", "he"),
        ("Ann Lee thanked Mary Jones for her help.", "her"),
        ("The union built a ship. In May it sank.", "it"),
        ("Kent Shows sued. The firm that owns the bank criticised the union.", "The firm"),
        (
            "Mali's foreign ministry sued. Peru's foreign ministry denied it.",
            "Peru's foreign ministry",
        ),
        ("The union met in Paris. Paris is a city.", "Paris"),
        ("Ann Lee called Tom Kay a liar.", "Tom Kay"),
        (
            "The Kim campaign sued. Ann Lee led it. Ann Lee's campaign criticised the bank.",
            "Ann Lee's campaign",
        ),
        ("The Associated Press reported it. Officials sued the agency.", "the agency"),
        (
            "President Lee met Bo Eng. The French president criticised the ban.",
            "The French president",
        ),
        (
            "Ann Lee's office sued. The sheriff's office criticised the bank.",
            "The sheriff's office",
        ),
        ("The Bank of New York sued. Its staff met in New York.", "New York"),
    ],
)
def test_what_is_not_sure_is_not_linked(text: str, words: str, reading: Read) -> None:
    found = reading(text)
    entity = meant(found, text, words, text.count(words) - 1)
    assert entity is None or entity.name in words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The House criticised the plan. Congress met.", "United States House of Representatives"),
        ("India’s Rajya Sabha met. The Bharatiya Janata Party sued. The House left.", "House"),
        ("China met Kenya. China’s Export-Import Bank criticised it.", "Export-Import Bank"),
        ("Vietnam’s Communist Party criticised it. China sued.", "Communist Party"),
        ("China’s Communist Party criticised it. Vietnam sued.", "Communist Party of China"),
    ],
)
def test_a_body_is_none_of_another_country(text: str, name: str, reading: Read) -> None:
    assert name in {e.name for e in reading(text).entities}


def test_people_of_one_surname_stay_two(reading: Read) -> None:
    found = reading("Ann Lee sued Tom Lee. Ann Lee was angry. Tom Lee was not.")
    assert {e.name for e in found.entities if e.kind == "Person"} == {"Ann Lee", "Tom Lee"}


def test_of_one_surname_titles_tell_who_is_who(reading: Read) -> None:
    text = "Mr. Lee sued the bank. Mrs. Lee was angry. The bank accused Mr. Lee of fraud."
    found = reading(text)
    first, second, third = (meant(found, text, "Lee", nth) for nth in range(3))
    assert first == third != second


def test_a_surname_alone_is_not_the_wrong_relative(reading: Read) -> None:
    text = "Ann Lee met Tom Lee. Mr. Lee sued the bank. The bank accused Mrs. Lee of fraud."
    found = reading(text)
    names = [e.name for n in (2, 3) if (e := meant(found, text, "Lee", n)) is not None]
    assert names == ["Tom Lee", "Ann Lee"]


@pytest.mark.parametrize(
    "text",
    [
        "Lee criticised the bank. Lee’s wife, Mary Lee, was angry. Mary Lee sued it.",
        "Lee sold his shares. Lee kept his seat. The union thanked Mary Lee on Monday.",
        "Lee sued the bank. Lee was angry. Tom Kim and his wife, Mary Lee, praised him.",
    ],
)
def test_a_surname_alone_is_not_its_bearers_relative(text: str, reading: Read) -> None:
    found = reading(text)
    lee, mary = meant(found, text, "Lee"), meant(found, text, "Mary Lee")
    assert lee is not None
    assert mary is not None
    assert (lee.name, mary.name) == ("Lee", "Mary Lee")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Lee sues bank\n\nMary Lee, the daughter of Tom Lee, met Mary Lee’s lawyer. Mary Lee"
            " was angry. Lee sued the bank.",
            "Tom Lee",
        ),
        ("Mary Lee, the mother of a soldier, was angry. Lee sued the bank.", "Mary Lee"),
        ("Mary Lee was angry. Lee criticised his plan. Lee sued the bank.", "Mary Lee"),
        (
            "Mary Lee spoke. Mary Lee left. Mary Lee slept. Mrs. Lee was angry. Tom Lee was not."
            " Tom Kim praised his wife, Lee. Lee sued the bank.",
            "Mary Lee",
        ),
    ],
)
def test_a_surname_alone_is_not_somebodys_because_of_little(
    text: str, name: str, reading: Read
) -> None:
    found = reading(text)
    entity = meant(found, text, "Lee", text.count("Lee") - 1)
    assert entity is not None
    assert entity.name == name


def test_a_town_is_not_its_police(reading: Read) -> None:
    text = (
        "Springfield sued. Springfield police criticised the bank. The mayor of Springfield left."
    )
    found = reading(text)
    assert meant(found, text, "Springfield", 2) != meant(found, text, "Springfield police")


def test_another_is_not_the_one_before(reading: Read) -> None:
    text = "The mayor wrote a letter to the bank. The union criticised another letter."
    found = reading(text)
    letters = {m.entity for m in found.mentions if "letter" in text[m.start : m.end]}
    assert len(letters) != 1


def test_a_body_is_not_the_body_whose_name_it_begins_with(reading: Read) -> None:
    found = reading("The Port Police Federation criticised the Port Police on Monday.")
    bodies = {e.name for e in found.entities if e.kind == "Body" and e.named}
    assert {"Port Police Federation", "Port Police"} <= bodies
