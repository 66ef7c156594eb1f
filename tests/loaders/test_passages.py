"""Passages: what is the article and what is its page's furniture."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.loaders.language import READABLE
from onrecord.loaders.passages import find_passages

LEAD = (
    "The director of the port accused the union on Friday of spreading a memo that nobody"
    " at the port had written."
)
SEQUEL = "Ann Lee, who heads the union, said that the director had signed it with his own hand."


def told(text: str) -> list[tuple[str, str]]:
    return [(p.role, text[p.start : p.end]) for p in find_passages(text)]


def roles(text: str) -> list[str]:
    return [role for role, _ in told(text)]


def read(text: str) -> str:
    return "\n".join(words for role, words in told(text) if role in READABLE)


# ------------------------------------------------------------------ the article


def test_a_headline_stands_above_and_crossheads_stand_within() -> None:
    text = f"Port director accuses union\n\n{LEAD}\nA memo of two pages\n{SEQUEL}"
    assert roles(text) == ["heading", "body", "heading", "body"]


def test_a_headline_may_have_been_given_a_full_stop() -> None:
    assert roles(f"Port director accuses union over memo.\n\n{LEAD}") == ["heading", "body"]


def test_a_quoted_crosshead_is_a_pull_quote() -> None:
    assert told(f"{LEAD}\n‘It was a disgrace’\n{SEQUEL}")[1] == (
        "pull_quote",
        "‘It was a disgrace’",
    )


def test_a_line_that_announces_speech_stays_in_the_body() -> None:
    assert roles(f"{LEAD}\nLee added:\n“It was a disgrace.”") == ["body"] * 3


def test_a_dateline_stays_in_the_body() -> None:
    text = f"NORTHPORT, Ohio (AP) — {LEAD}"
    assert told(text) == [("body", text)]


def test_a_hard_wrapped_paragraph_is_one_passage() -> None:
    text = (
        "The director of the port accused the union on\n"
        "Friday of spreading a memo that nobody at the\n"
        "port had written. Lee denied it.\n"
        "\n"
        "The inquiry into the memo will go on until the\n"
        "end of May.\n"
    )
    assert [words.count("\n") for _, words in told(text)] == [2, 1]


def test_lines_that_carry_a_sentence_on_are_one_passage() -> None:
    assert len(told("The director accused the union on Friday of\nspreading\na memo.")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday the director had read the memo and burnt it in the yard.",
        "The photo, by a passer-by, shows the director on the quay.",
        "“Subscribe to our newsletter,” the director told the crowd, and left.",
        "She asked him to follow her on the way to the quay, and he did.",
        "The company changed its privacy policy and its use of cookies in May.",
        "He promised to read more books and to share this with the union.",
        "Lee said that the report was written by a judge, as told to Reuters.",
        "The story was first told by Mr. Bloomberg.",
        "The union said in a correction that the memo had two pages.",
        "A poll by The Times/Reuters found that half of them would stay.",
    ],
)
def test_the_articles_own_words_are_read(sentence: str) -> None:
    text = f"{LEAD}\n\n{sentence}\n\n{SEQUEL}"
    assert read(text) == f"{LEAD}\n{sentence}\n{SEQUEL}"


@pytest.mark.parametrize(
    "listed",
    [
        "The plan has three parts:\n- Fewer cranes\n- Longer quays\n- A new gate",
        "The plan has three aims:\nTo have fewer cranes on quays\nTo make the quays longer"
        "\nTo build one more gate",
        "The stops of the tour\n- Northport, 8 November\n- Southport, 9 November",
        "Northport 3, Southport 1\nEastport 0, Westport 2\nLongport 4, Shortport 4",
        "Q: Who wrote it?\nA: The director of the port\nQ: Why?\nA: He would not tell us",
    ],
)
def test_a_list_of_the_articles_own_is_read(listed: str) -> None:
    assert set(roles(f"{LEAD}\n{listed}")) <= READABLE
    assert set(roles(f"{LEAD}\n{listed}\n{SEQUEL}")) <= READABLE


# ------------------------------------------------------------------ pictures


@pytest.mark.parametrize(
    "credit",
    [
        "Picture: Alamy",
        "PICTURE: Alamy.",
        "Photo by Jane Doe/Getty Images",
        "(Jane Doe/PA Wire)",
        "(AP Photo/Jane Doe, File)",
        "(Photo by Jane Doe)",
        "(credit: NASA/Jane Doe)",
        "(Photo courtesy of Jane Doe)",
        "Jane Doe / Reuters",
        "Jane Doe via Getty Images.",
        "Photograph: Jane Doe/The Mercury",
        "© Jane Doe/Example News",
        "(Getty)",
    ],
)
def test_a_caption_ends_in_its_credit(credit: str) -> None:
    caption = "Dockers at the gate on Tuesday."
    assert told(f"{LEAD}\n{caption} {credit}\n{SEQUEL}")[1:3] == [
        ("caption", caption),
        ("credit", credit),
    ]


def test_what_is_glued_to_a_credit_is_told_from_it() -> None:
    text = f"{LEAD}\nThe quay on Tuesday. (Jane Doe/PA Wire)‘It was a disgrace’\n{SEQUEL}"
    assert roles(text) == ["body", "caption", "credit", "pull_quote", "body"]


def test_of_a_long_paragraph_only_the_last_sentence_is_the_caption() -> None:
    text = f"{LEAD} {SEQUEL} He denied it. She laughed. The quay on Tuesday. Picture: Alamy"
    assert told(text)[1:] == [("caption", "The quay on Tuesday."), ("credit", "Picture: Alamy")]


def test_in_a_long_paragraph_a_quotation_is_no_caption() -> None:
    text = f"{LEAD} {SEQUEL} “It was a disgrace,” she said. Picture: Alamy"
    assert roles(text) == ["body", "credit"]


def test_a_news_agency_signs_without_a_caption() -> None:
    assert told(f"{LEAD} (Reuters)") == [("body", LEAD), ("credit", "(Reuters)")]


def test_a_caption_may_stand_above_or_below_its_credit() -> None:
    above = f"{LEAD}\nDockers at the gate\nGetty Images\n{SEQUEL}"
    assert roles(above) == ["body", "caption", "credit", "body"]
    below = f"{LEAD}\nGetty Images\nDockers stood at the gate on Tuesday\n{SEQUEL}"
    assert roles(below) == ["body", "credit", "caption", "body"]


# ------------------------------------------------------------------ promos


def test_a_promo_may_stand_in_mid_paragraph() -> None:
    text = f"{LEAD} Read more: Woman hurt in fall Police look for 'witnesses' after storm\n{SEQUEL}"
    assert roles(text) == ["body", "promo", "body"]
    assert read(text) == f"{LEAD}\n{SEQUEL}"


def test_the_article_goes_on_behind_a_promo() -> None:
    assert read(f"{LEAD} Read more: What did the memo say? {SEQUEL}") == f"{LEAD}\n{SEQUEL}"
    assert read(f"{LEAD} [Related: What the memo said] {SEQUEL}") == f"{LEAD}\n{SEQUEL}"
    glued = f"{LEAD} Also Read: Dockers vote to strike The vote was held in May."
    assert read(glued) == f"{LEAD}\nThe vote was held in May."


@pytest.mark.parametrize("shelf", ["Your next read", "MOST READ", "Related articles:", "Read more"])
def test_headlines_on_a_shelf_are_promos(shelf: str) -> None:
    links = "Woman hurt in fall\nsquare NEWSI’m 73 and trapped\nMan arrested in Northport"
    text = f"{LEAD}\n{shelf}\n{links}\n{SEQUEL}"
    assert roles(text) == ["body", *["promo"] * 4, "body"]


def test_headlines_below_the_last_sentence_are_promos() -> None:
    text = f"{LEAD}\n{SEQUEL}\nWoman hurt in fall at quay\nMan arrested over fire in Northport"
    assert roles(text) == ["body", "body", "promo", "promo"]


def test_headlines_in_a_row_are_promos() -> None:
    links = (
        "Woman hurt in fall at quay\nMan arrested over fire in Northport\nSecond memo found at port"
    )
    assert roles(f"{LEAD}\n{links}\n{SEQUEL}") == ["body", *["promo"] * 3, "body"]


# ------------------------------------------------------------------ bylines, notices, footers


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By Jane Doe and John Roe, political correspondents",
        "Jane Doe",
        "Published: 12:01, 8 November 2025 | Updated: 13:44, 8 November 2025",
        "November 20, 2019 - 11:28 AMT",
        "08/11/2025 14:05",
        "3 hours ago",
        "Example News, 27 January 2020",
    ],
)
def test_names_and_dates_below_the_headline(line: str) -> None:
    assert roles(f"Port director accuses union\n{line}\n{LEAD}") == ["heading", "byline", "body"]


def test_a_date_before_the_first_words() -> None:
    text = f" date 2025-11-08 Director accused of writing memo\n\n{LEAD}"
    assert told(text)[:2] == [
        ("byline", "date 2025-11-08"),
        ("heading", "Director accused of writing memo"),
    ]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Editor’s note: This article has been changed. It named the wrong quay.", "notice"),
        ("Correction: An earlier version of this article named the wrong quay.", "notice"),
        ("This story has been updated with comment from the union.", "notice"),
        ("Sign up for our newsletter to get the day’s news in your inbox.", "notice"),
        ("Follow Jane Doe on Twitter @janedoe.", "notice"),
        ("We use cookies to make this site better.", "notice"),
        ("Share this article", "notice"),
        ("ADVERTISEMENT", "notice"),
        ("* * *", "notice"),
        ("(Reporting by Jane Doe; Editing by John Roe)", "credit"),
        ("Associated Press writer Jane Doe in Northport contributed to this report.", "credit"),
        ("Watch the full interview below:", "promo"),
        ("The post Port director accuses union appeared first on Example Times.", "footer"),
        ("Originally published on Example News.", "footer"),
    ],
)
def test_lines_that_are_furniture(line: str, role: str) -> None:
    assert told(f"{LEAD}\n{SEQUEL}\n{line}")[2:] == [(role, line)]


def test_a_headline_between_notices_is_one() -> None:
    text = (
        f"{LEAD}\nSign up to Morning News\nOur daily look at the port\nEnter your email\n{SEQUEL}"
    )
    assert roles(text) == ["body", *["notice"] * 3, "body"]


def test_an_aggregators_footer_and_its_links() -> None:
    text = (
        f"{LEAD}\n{SEQUEL}\n"
        "Hence then, the article about the port was published today ( ) and is out on Example."
        " You can read and follow the updates of this article from its original source.\n"
        "Read More Details\n"
        "Also on site :\n"
        "- Woman hurt in fall\n"
        "- Man arrested over fire: he laughed\n"
    )
    assert roles(text) == ["body", "body", *["footer"] * 5]


# ------------------------------------------------------------------ what always holds


SCRAPS = st.sampled_from(
    [
        LEAD,
        SEQUEL,
        "Read more: ",
        "Picture: Alamy",
        " (Jane Doe/PA Wire)",
        "By Jane Doe",
        "MOST READ",
        "2025-11-08 ",
        "“",
        "”",
        "\n",
        "\r\n",
        " ",
        "\u2028",
        "\xa0",
        "\ufeff",
        "short line\n",
        ". ",
        "…",
        "A",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(SCRAPS, st.text(max_size=5))).map("".join))


@given(TEXTS)
def test_every_character_but_white_space_is_in_one_passage(text: str) -> None:
    passages = find_passages(text)
    at = 0
    for passage in passages:
        words = text[passage.start : passage.end]
        assert at <= passage.start < passage.end
        assert words == words.strip()
        assert not text[at : passage.start].strip()
        at = passage.end
    assert not text[at:].strip()


@given(TEXTS)
def test_the_same_text_gives_the_same_passages(text: str) -> None:
    assert find_passages(text) == find_passages(text)


def test_time_grows_with_length_and_no_faster() -> None:
    line = "“Yes,” he said. Photo: a. Read more about it (Jane Doe). " * 4000
    started = time.perf_counter()
    find_passages(line)
    assert time.perf_counter() - started < 60, "a fifth of a megabyte takes about a second"
