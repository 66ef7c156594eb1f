"""When posts are held, as far as the words say: the article is of Thursday, 12 June 2025."""

from datetime import date

import pytest

from onrecord.graph.model import Article, Holding
from onrecord.loaders.reader import read


def held(text: str, published: date | None = date(2025, 6, 12)) -> Holding:
    article = Article(id="a", text=text, published=published)
    reading = read(article)
    (lee,) = (e.id for e in reading.entities if e.name == "Ann Lee")
    (post,) = (p for p in reading.posts if p.person == lee)
    return post


@pytest.mark.parametrize(
    ("text", "since", "until", "at", "former"),
    [
        ("Ann Lee has been chair of the Port Union since 2019.", "2019", None, None, False),
        ("Ann Lee, chair of the Port Union since March, sued.", "2025-03", None, None, False),
        ("Ann Lee, chair of the Port Union since July, sued.", "2024-07", None, None, False),
        ("Ann Lee, chair of the Port Union from 2010 to 2014, sued.", "2010", "2014", None, True),
        ("Ann Lee, chair of the Port Union (2010-14), sued.", "2010", "2014", None, True),
        ("Ann Lee was chair of the Port Union until last year.", None, "2024", None, True),
        ("Ann Lee headed the Port Union between 2010 and 2014.", "2010", "2014", None, True),
        ("Ann Lee has headed the Port Union since 2 May 2018.", "2018-05-02", None, None, False),
        ("Ann Lee was appointed chair of the Port Union in March 2019.", "2019-03", None, None,
         False),
        ("In 2019, Ann Lee was named director of the Port Union.", "2019", None, None, False),
        ("Ann Lee was appointed chair of the Port Union on Monday.", "2025-06-09", None, None,
         False),
        ("Ann Lee became director of the Port Union two years ago.", "2023", None, None, False),
        ("Ann Lee took over as chair of the Port Union last month.", "2025-05", None, None, False),
        ("Ann Lee stepped down as chair of the Port Union on March 5, 2019.", None, "2019-03-05",
         None, True),
        ("Ann Lee resigned as chair of the Port Union yesterday.", None, "2025-06-11", None, True),
        ("Tom Kim replaced Ann Lee as chair of the Port Union last year.", None, "2024", None,
         True),
        ("Ann Lee served as chair of the Port Union in 2016.", None, None, "2016", True),
        ("Ann Lee, the 2012 Port Union nominee, sued the bank.", None, None, "2012", True),
        ("Ann Lee was elected chair of the Port Union in May.", None, None, None, False),
        ("Ann Lee, the chair of the Port Union, sued in 2016.", None, None, None, False),
        ("Ann Lee, chair of the Port Union, which sank in 2019, sued.", None, None, None, False),
        ("Ann Lee, chair of the Port Union from 2014 to 2010, sued.", None, None, None, False),
        ("Ann Lee, chair of the Port Union until March, sued.", None, "2025-03", None, True),
        ("Ann Lee was appointed chair of the Port Union on February 30.", None, None, None, False),
    ],
)  # fmt: skip
def test_when_a_post_is_held(
    text: str, since: str | None, until: str | None, at: str | None, former: bool
) -> None:
    post = held(text)
    assert (post.since, post.until, post.at, post.former) == (since, until, at, former)
    quote = text[post.start : post.end]
    assert all(time[:4] in quote for time in (since, at) if time and time[:4] in text)


def test_what_is_told_from_the_articles_day_needs_it() -> None:
    until = held("Ann Lee was chair of the Port Union until last year.", None)
    assert (until.until, until.former) == (None, True)
    since = held("Ann Lee has been chair of the Port Union since March.", None)
    assert (since.since, since.former) == (None, False)
    whole = held("Ann Lee has been chair of the Port Union since March 2019.", None)
    assert whole.since == "2019-03"
