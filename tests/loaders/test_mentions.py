"""What is a mention, and of what kind."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from onrecord.loaders.mentions import find_mentions, key
from onrecord.loaders.mentions.kinds import told_places

Parsed = Callable[[str], Doc]


def mentions(doc: Doc) -> dict[str, tuple[str, str]]:
    return {m.text: (m.form, m.kind) for m in find_mentions(doc)}


@pytest.mark.parametrize(
    ("text", "mention", "form", "kind"),
    [
        ("Governor Ann Lee resigned.", "Ann Lee", "name", "Person"),
        ("On Monday Mr Quillfeather resigned.", "Quillfeather", "name", "Person"),
        ("Ann Lee resigned. Lee, 40, was tired.", "Lee", "name", "Person"),
        (
            "Staff at the Hill Road police station were sacked.",
            "Hill Road police station",
            "name",
            "Body",
        ),
        ("The Clinton campaign complained.", "Clinton campaign", "name", "Body"),
        ("She told The Jordan Times that he had resigned.", "The Jordan Times", "name", "Body"),
        ("The Fair Roads Bill was opposed by all.", "Fair Roads Bill", "name", "Document"),
        (
            "On The Steve Bell Morning Show on Tuesday, the senator said no.",
            "Steve Bell Morning Show",
            "name",
            "Document",
        ),
        ("Staff of the Hill Friends College (Kafuco) left.", "Kafuco", "name", "Body"),
        ("Staff of the World Food Programme left.", "World Food Programme", "name", "Body"),
        ("He sent a photo of Mr Kim’s wife, Odessa, a former model.", "Odessa", "name", "Person"),
        ("Many African-Americans agreed.", "African-Americans", "name", "Body"),
        ("The Ohio Treaty was signed in Nairobi.", "Ohio Treaty", "name", "Document"),
        ("Zelt agreed. Zelt’s founder, Ann Lee, resigned.", "Zelt", "name", "Body"),
        ("The founder of Zelt, Ann Lee, resigned.", "Zelt", "name", "Body"),
        ("Hamad Bin Khalifa University denied it.", "Hamad Bin Khalifa University", "name", "Body"),
        ("It fills the Grand Nile Dam (GND). The GND leaks.", "GND", "name", "Place"),
        ("Dick Clark Productions denied it.", "Dick Clark Productions", "name", "Body"),
        ("Voters in Ohio, Iowa and Texas agreed.", "Ohio", "name", "Place"),
        ("US Trade Representative Ann Lee resigned.", "US", "name", "Body"),
        ("The Australian Prime Minister resigned.", "Australian", "name", "Body"),
        ("Ohio Democratic Party Chairman Ann Lee left.", "Ohio Democratic Party", "name", "Body"),
        ("Deputy chairman Harivansh agreed.", "Harivansh", "name", "Person"),
        ("Aides of President Bill Lee agreed.", "Bill Lee", "name", "Person"),
        ("Juan Manriquez of Oakland agreed.", "Juan Manriquez", "name", "Person"),
        ("One Oslo-based expert said no.", "One Oslo-based expert", "role", "Person"),
        ("One serving inspector said no.", "One serving inspector", "role", "Person"),
        ("Protesters filled the square.", "Protesters", "noun", "Body"),
        ("She signed an uncompromising letter.", "an uncompromising letter", "noun", "Document"),
        ("He launched a voluntary repair scheme.", "a voluntary repair scheme", "noun", "Issue"),
        ("He went home.", "He", "pronoun", "Person"),
    ],
)
def test_a_mention_and_its_kind(
    text: str, mention: str, form: str, kind: str, parsed: Parsed
) -> None:
    found = {m.text: m for m in find_mentions(parsed(text))}
    assert mention in found or f"{mention}" in {k.strip() for k in found}
    assert found[mention].kind == kind
    assert found[mention].form in ({form} if form != "noun" else {"noun", "role"})


def test_the_words_before_a_name_are_its_title(parsed: Parsed) -> None:
    (name,) = (
        m
        for m in find_mentions(parsed("Former Bank Governor Ann Lee resigned."))
        if m.form == "name" and m.kind == "Person"
    )
    assert [t.text for t in name.title][-1] == "Governor"


def test_one_name_has_one_kind(parsed: Parsed) -> None:
    text = "Ann Lee, the mayor, resigned. Lee was tired. Critics of Lee cheered."
    kinds = {m.kind for m in find_mentions(parsed(text)) if m.text == "Lee"}
    assert kinds == {"Person"}


def test_a_name_that_only_colours_a_noun_is_nobody(parsed: Parsed) -> None:
    assert "Al Capone" not in mentions(
        parsed('She called it an "Al Capone" tactic for rooting out fraud.')
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ghana won the FIFA World Cup on Sunday in Lagos.", "FIFA"),
        ("Chief Election Commissioner Ann Lee resigned.", "Election"),
        ("Police in Lagos said that Sunni militants had fled.", "Sunni"),
        ("They said that Islam had spread to Lagos.", "Islam"),
        ("It was a Franco-German idea, the minister said.", "Franco"),
        ("It was a Syrian-U.S. idea, the minister said.", "Syrian-U.S."),
        ("Joe Biden denied it. He meant the Bidens.", "Bidens"),
    ],
)
def test_a_part_or_an_adjective_is_no_name(text: str, part: str, parsed: Parsed) -> None:
    assert part not in mentions(parsed(text))


def test_an_undertaking_is_no_body(parsed: Parsed) -> None:
    text = "The minister praised the Fintech Accelerator Program on Monday."
    assert "Fintech Accelerator Program" not in mentions(parsed(text))


@pytest.mark.parametrize(
    ("text", "name", "category"),
    [
        ("Lagos police said that nobody was hurt.", "Lagos police", "unnamed"),
        ("Many Muslims stayed in Lagos.", "Muslims", "people"),
        ("The Labour Party opposed it.", "Labour Party", "name"),
    ],
)
def test_what_sort_of_name_it_is(text: str, name: str, category: str, parsed: Parsed) -> None:
    assert {m.text: m.category for m in find_mentions(parsed(text))}[name] == category


def test_what_something_is_in_is_a_place_but_not_who_is_believed_or_speaks(parsed: Parsed) -> None:
    doc = parsed(
        "We met in Pang. We believe in Kim. We hid in Lee. Lee said that Mr Eng hid in Eng."
    )
    names = [token for token in doc if token.text in {"Pang", "Kim", "Lee", "Eng"}]
    assert told_places((doc[t.i : t.i + 1], "Person") for t in names) == {"pang"}


def test_key_forgets_what_does_not_tell_names_apart() -> None:
    assert key("The U.S. Senate’s") == key("US Senate") == "us senate"
