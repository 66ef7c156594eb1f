"""Input: what each kind of file gives, and what each kind of bad file says."""

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article
from onrecord.loaders.articles import read_articles

PAGE = """<html lang="en"><head><title>Council sells the pier | The Daily Gull</title>
<meta property="og:title" content="Council sells the pier">
<meta property="og:site_name" content="The Daily Gull">
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-05-06T07:08:09Z">
<link rel="canonical" href="https://gull.example/pier"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Council sells the pier</h1>
<p>The council has sold the pier to a company, its leader Bo Chen said after a long meeting.</p>
<p>“It was the only way to keep the pier open for the people of the town,” he told reporters.</p>
<p>The Pier Society criticised the sale, and its chair Di Eng called it a betrayal of all.</p>
</article><footer>Subscribe to our newsletter. Cookie settings.</footer></body></html>"""


def lines(*rows: str) -> io.BytesIO:
    return io.BytesIO("\n".join(rows).encode())


def read(*paths: Path) -> tuple[list[Article], list[str]]:
    """What could be read, and what was said of the rest."""
    said: list[str] = []
    return list(read_articles(paths, on_error=lambda e: said.append(str(e)))), said


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_text_file_is_the_article_unchanged(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("in") / "one.txt"
    file.write_bytes(text.encode())
    articles, said = read(file)
    if text.removeprefix("\ufeff").strip():
        assert [(a.id, a.text) for a in articles] == [("one", text.removeprefix("\ufeff"))]
        assert not said
    else:
        assert len(said) == 1
        assert "has no text" in said[0]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_line_of_json_is_the_article_unchanged(text: str) -> None:
    article = Article(id="é", text=text)
    if text.strip():
        assert list(read_articles(["-"], stdin=lines(article.model_dump_json()))) == [article]


def test_folders_are_read_in_the_order_of_names_and_below(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden/d.txt", ".e.txt", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    articles, said = read(tmp_path)
    assert [a.id for a in articles] == ["a", "b", "c"]
    assert not said


def test_sources_tell_what_is_known_and_the_rest_stays_unknown(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("Words.")
    (tmp_path / "sources.yaml").write_text(
        "x: {file: a.txt, outlet: The Gull, heading: Pier sold, byline: Ann Lee,"
        " published: 2024-05-06, url: 'https://gull.example/a', via: Somebody}\n"
        "y: {file: b.txt, outlet: , published: '', byline: ' '}\n"
    )
    known, unknown, untold = read(tmp_path)[0]
    assert known.model_dump(exclude={"id", "text"}) == {
        "heading": "Pier sold",
        "outlet": "The Gull",
        "published": date(2024, 5, 6),
        "byline": "Ann Lee",
        "url": "https://gull.example/a",
    }
    for article in (unknown, untold):
        assert set(article.model_dump(exclude={"id", "text"}).values()) == {None}


def test_sources_count_for_a_file_named_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "sources.yaml").write_text("x: {file: a.txt, outlet: The Gull}")
    assert next(read_articles([tmp_path / "a.txt"])).outlet == "The Gull"


@pytest.mark.parametrize(
    ("sources", "word"),
    [
        ("x: [", "not valid YAML"),
        ("- a\n- b", "needs a `file`"),
        ("x: {outlet: The Gull}", "needs a `file`"),
        ("x:", "needs a `file`"),
        ("x: {file: a.txt, published: yesterday}", "published"),
    ],
)
def test_faulty_sources_are_named_once_and_the_texts_are_read(
    tmp_path: Path, sources: str, word: str
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Words.")
    (tmp_path / "sources.yaml").write_text(sources)
    articles, said = read(tmp_path)
    assert [a.id for a in articles] == ["a", "b"]
    assert len(said) == 1
    assert word in said[0]


def test_a_page_gives_its_article_and_what_it_tells_of_it(tmp_path: Path) -> None:
    (tmp_path / "pier.html").write_text(PAGE)
    (article,) = read_articles([tmp_path])
    assert article.id == "pier"
    assert "The Pier Society criticised the sale" in article.text
    assert "newsletter" not in article.text
    assert "Sport" not in article.text
    assert article.model_dump(exclude={"id", "text"}) == {
        "heading": "Council sells the pier",
        "outlet": "The Daily Gull",
        "published": date(2024, 5, 6),
        "byline": "Ann Lee",
        "url": "https://gull.example/pier",
    }


def test_sources_outrank_what_the_page_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "pier.html").write_text(PAGE)
    (tmp_path / "sources.yaml").write_text("x: {file: pier.html, outlet: The Gull}")
    (article,) = read_articles([tmp_path])
    assert (article.outlet, article.byline) == ("The Gull", "Ann Lee")


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    assert "holds no article" in read(tmp_path)[1][0]


def test_json_lines_take_either_name_of_a_field_and_ignore_the_rest() -> None:
    rows = (
        '{"id": "a", "text": "Words.", "heading": "H", "outlet": "O", "published": "2024-05-06"}',
        "",
        '{"id": 7, "text": "Words.", "title": "H", "publisher": "O", "split": "dev", "byline": "",'
        ' "date": "2024-05-06T23:00:00-05:00"}',
    )
    first, second = read_articles(["-"], stdin=lines(*rows))
    assert (first.id, second.id) == ("a", "7")
    assert first.model_dump(exclude={"id"}) == second.model_dump(exclude={"id"})
    assert first.published == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("{not json", "JSON"),
        ("[1, 2]", "object"),
        ('{"text": "Words."}', "id"),
        ('{"id": "", "text": "Words."}', "id"),
        ('{"id": "a"}', "text"),
        ('{"id": "a", "text": " "}', "no text"),
        ('{"id": "a", "text": "W", "published": "May"}', "published"),
        ('{"id": "a", "text": "\\ud800"}', "is no article"),
        ('{"id": "good", "text": "Again."}', "has the id"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(row: str, word: str) -> None:
    said: list[str] = []
    source = lines('{"id": "good", "text": "W."}', row, '{"id": "other", "text": "W."}')
    articles = list(read_articles(["-"], stdin=source, on_error=lambda e: said.append(str(e))))
    assert [a.id for a in articles] == ["good", "other"]
    assert len(said) == 1
    assert said[0].startswith("standard input:2 ")
    assert word in said[0]


def test_every_bad_file_gets_one_message_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("Words.")
    (tmp_path / "in/b.txt").write_bytes("Caf\xe9".encode("latin-1"))
    (tmp_path / "in/c.txt").write_text("x" * 5_000_000)
    (tmp_path / "in/d.txt").write_text("")
    (tmp_path / "in/e.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "in/f.jsonl").write_text("")
    (tmp_path / "in/sub").mkdir()
    (tmp_path / "in/sub/a.txt").write_text("Other words.")
    (tmp_path / "in/z.txt").write_text("Last words.")
    paths = (tmp_path / "nothing", tmp_path / "gone", tmp_path / "a.docx", tmp_path / "in")
    (tmp_path / "a.docx").write_text("Words.")
    articles, said = read(*paths)
    assert [a.id for a in articles] == ["a", "z"]
    expected = "holds no article|There is no|is no article|UTF-8|5,000,000|no text|cannot be read"
    for message, word in zip(said, (*expected.split("|"), "is empty", "rename one"), strict=True):
        assert word in message


def test_one_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    articles, said = read(tmp_path, tmp_path / "a.txt")
    assert len(articles) == 1
    assert not said


def test_without_a_handler_the_first_error_is_raised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no article"):
        list(read_articles([tmp_path]))
