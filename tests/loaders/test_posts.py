"""Posts held, as news says them."""

from collections.abc import Callable

import pytest

from onrecord.graph.reading import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("text", "title", "body", "former"),
    [
        ("Deputy Governor Ann Lee resigned.", "Deputy Governor", None, False),
        (
            "Ann Lee, general secretary of the Port Union, resigned.",
            "general secretary",
            "Port Union",
            False,
        ),
        (
            "Ann Lee, the Port Union's general secretary, resigned.",
            "general secretary",
            "Port Union",
            False,
        ),
        ("Former Port Union president Ann Lee resigned.", "president", "Port Union", True),
        ("Ann Lee is the director of the Port Union.", "director", "Port Union", False),
        (
            "A second pilot at the Port Union was sacked on Monday."
            " Captain Ann Lee was dismissed for sleeping.",
            "Captain",
            "Port Union",
            False,
        ),
        ("Ann Lee heads the Port Union.", "head", "Port Union", False),
        ("Ann Lee took over as chair of the Port Union.", "chair", "Port Union", False),
        ("Ann Lee stepped down as chair of the Port Union.", "chair", "Port Union", True),
        ("Tom Kim replaced Ann Lee as chair of the Port Union.", "chair", "Port Union", True),
        ("Ann Lee, who served as chair of the Port Union, sued.", "chair", "Port Union", True),
        ("Ann Lee, the ex-chair of the Port Union, sued.", "chair", "Port Union", True),
        ("Ann Lee, acting chair of the Port Union, sued.", "acting chair", "Port Union", False),
        ("Ann Lee was appointed chair of the Port Union.", "chair", "Port Union", False),
        (
            "Rep. Ann Lee (D-Ohio) resigned.",
            "representative",
            "United States House of Representatives",
            False,
        ),
        ("Tom Kim and Ann Lee, the club's manager, left.", "manager", "club", False),
        ("Facebook agreed, a spokeswoman, Ann Lee, said.", "spokeswoman", "Facebook", False),
        (
            "House Speaker Ann Lee left the White House. Congress met.",
            "Speaker",
            "United States House of Representatives",
            False,
        ),
        ("Ann Lee is a civil rights attorney.", "civil rights attorney", None, False),
        (
            "Democratic National Committee Chair Rep. Ann Lee left.",
            "Chair",
            "Democratic National Committee",
            False,
        ),
        ("Ohio state Reps. Ann Lee and Tom Kim left.", "state representative", "Ohio", False),
        ("Ohio state Senate candidate Ann Lee left.", "candidate", "state Senate", False),
        (
            "Ann Lee, the Health and Human Services secretary, left.",
            "secretary",
            "Department of Health and Human Services",
            False,
        ),
        ("Lt. Col. Ann Lee resigned.", "lieutenant colonel", None, False),
        ("Kent Bank's founder and former chair, Ann Lee, resigned.", "chair", "Kent Bank", True),
        ("Ann Lee, the Port Union's chair, left. Lee quit as chair.", "chair", "Port Union", True),
        ("Former White House Russia adviser Ann Lee resigned.", "adviser", "White House", True),
        ("Mali's ambassador to Peru Ann Lee resigned.", "ambassador", "Mali", False),
        ("Ann Lee, the Malian ambassador to Peru, resigned.", "ambassador", "Mali", False),
        ("A deal of Tom Kim and minister Ann Lee was signed.", "minister", None, False),
        ("The UK Home Secretary, Ann Lee, resigned.", "Home Secretary", "Home Office", False),
        ("The Belgian Prime Minister Ann Lee resigned.", "Prime Minister", "Belgium", False),
        ("Republican Gov. Ann Lee resigned.", "governor", None, False),
        ("Republican leader Ann Lee resigned.", "leader", "Republican Party", False),
        (
            "The Deputy Foreign Minister for Political Affairs Ann Lee left.",
            "Deputy Foreign Minister",
            None,
            False,
        ),
        (
            "The US Ambassador to the European Union Ann Lee left.",
            "Ambassador",
            "United States",
            False,
        ),
        (
            "Mali's interior minister left. Interior Minister Ann Lee met Tom Kim.",
            "Interior Minister",
            "Mali",
            False,
        ),
        (
            "U.S. Defense Secretary Ann Lee left.",
            "Defense Secretary",
            "Department of Defense",
            False,
        ),
        ("The BJP president Ann Lee left.", "president", "Bharatiya Janata Party", False),
        ("Prime Minister Ann Lee met Malians in Mali.", "Prime Minister", None, False),
        ("Ann Lee, a fellow with the Port Institute, left.", "fellow", "Port Institute", False),
        ("Ann Lee, the Port Union's epidemiologist, left.", "epidemiologist", "Port Union", False),
    ],
)
def test_a_post(text: str, title: str, body: str | None, former: bool, reading: Read) -> None:
    found = reading(text)
    names = {e.id: e.name for e in found.entities}
    held = [(names[p.person], p.title, p.body and names[p.body], p.former) for p in found.posts]
    assert ("Ann Lee", title, body, former) in held
    assert all("Lee" in text[p.start : p.end] for p in found.posts)


def test_a_title_in_the_plural_is_that_of_all_whose_names_follow(reading: Read) -> None:
    found = reading("Sens. Tom Kim and Ann Lee met Presidents Bo Eng and Mary Jones.")
    names = {e.id: e.name for e in found.entities}
    assert {names[p.person]: p.title for p in found.posts} == {
        "Tom Kim": "senator",
        "Ann Lee": "senator",
        "Bo Eng": "president",
        "Mary Jones": "president",
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("President Ann Lee sued Congress. The State Department met.", "United States"),
        ("President Ann Lee sued the House of Commons. The House of Lords met.", None),
        ("President Ann Lee met in Mali. Mali is poor, Malians said. The US Congress met.", None),
        ("President Ann Lee met President Tom Kim. The State Department left.", None),
        ("President Ann Lee met US President Tom Kim. Congress met.", None),
    ],
)
def test_the_country_of_a_president_is_the_articles_own_or_unknown(
    text: str, body: str | None, reading: Read
) -> None:
    found = reading(text)
    names = {e.id: e.name for e in found.entities}
    held = {names[p.person]: p.body and names[p.body] for p in found.posts}
    assert held["Ann Lee"] == body


def test_who_succeeds_whom(reading: Read) -> None:
    found = reading("Ann Lee succeeded Tom Kim as chair of the Port Union.")
    names = {e.id: e.name for e in found.entities}
    held = {names[p.person]: (p.title, p.body and names[p.body], p.former) for p in found.posts}
    assert held == {
        "Ann Lee": ("chair", "Port Union", False),
        "Tom Kim": ("chair", "Port Union", True),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee is not the director of the Port Union.",
        "Ann Lee criticised the director of the Port Union.",
        "Ann Lee, a fan of the Port Union, cheered.",
        "They read a private Lee email. Ann Lee sued.",
        "No governor, not Ann Lee, not the greatest governor, can win.",
    ],
)
def test_no_post(text: str, reading: Read) -> None:
    found = reading(text)
    named = {e.id for e in found.entities if e.named}
    assert not [p for p in found.posts if p.person in named]


@pytest.mark.parametrize(
    "before",
    [
        "The second pilot at the Port Union was sacked.",
        "A second pilot at the Port Union was praised.",
        "A crane at the Port Union was sacked.",
    ],
)
def test_who_is_not_announced_has_no_body(before: str, reading: Read) -> None:
    found = reading(f"{before} Captain Ann Lee was dismissed for sleeping.")
    assert [(p.title, p.body) for p in found.posts] == [("Captain", None)]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("The Port Union sued. The commissioner criticised it.", "commissioner", None),
        ("The Port Union commissioner sued the bank.", "commissioner", "Port Union"),
        ("The head of the Port Union sued the bank.", "head", "Port Union"),
        ("The Port Union sued. The union's chief criticised the bank.", "chief", "Port Union"),
        ("The home secretary criticised the bank.", "home secretary", "Home Office"),
    ],
)
def test_a_post_that_points_at_its_holder(
    text: str, title: str, body: str | None, reading: Read
) -> None:
    found = reading(text)
    entities = {e.id: e for e in found.entities}
    (post,) = found.posts
    assert not entities[post.person].named
    assert (post.title, post.body and entities[post.body].name) == (title, body)


@pytest.mark.parametrize(
    "who",
    [
        "A commissioner",
        "One Port Union director",
        "A commissioner said no. The commissioner",
        "The deputy commissioner",
        "The former commissioner",
        "The next mayor",
        "His boss",
        "The secretary",
        "The commissioners",
        "A spokesman for the Port Union",
    ],
)
def test_whoever_may_be_one_of_many_is_not_pointed_at(who: str, reading: Read) -> None:
    assert not reading(f"{who} criticised the bank.").posts
