from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.model import Article
from onrecord.queries.view.passages import CONTEXT, Passages

TEXTS = st.text(st.sampled_from("ab é\n.😀"), min_size=1).map(lambda text: f"x{text * 9}")


def utf16(text: str, start: int, end: int) -> str:
    """What JavaScript's ``slice`` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@given(TEXTS, st.data())
def test_a_quote_stands_to_the_letter_in_its_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passages = Passages({"a": Article(id="a", text=text)})
    at = passages.place({"article": "a", "start": start, "end": end, "quote": text[start:end]})
    passage = passages.texts()[at["passage"]]
    assert utf16(passage, at["start"], at["end"]) == text[start:end]
    assert passage in text
    assert len(passage) <= end - start + 2 * CONTEXT


def test_quotes_of_one_paragraph_share_a_passage() -> None:
    text = "Ann Lee spoke.\nThe union struck, and the port closed.\nIt rained."
    passages = Passages({"a": Article(id="a", text=text)})
    places = [
        passages.place(
            {"article": "a", "start": text.index(q), "end": text.index(q) + len(q), "quote": q}
        )
        for q in ("The union struck", "the port closed")
    ]
    assert [place["passage"] for place in places] == [0, 0]
    assert passages.texts() == ["The union struck, and the port closed."]
    assert passages.rows() == [{"article": "a"}]


def test_a_long_paragraph_is_cut_between_words() -> None:
    text = f"{'before ' * 100}HERE{' after' * 100}."
    passages = Passages({"a": Article(id="a", text=text)})
    start = text.index("HERE")
    passages.place({"article": "a", "start": start, "end": start + 4, "quote": "HERE"})
    [passage] = passages.texts()
    assert passage.startswith("before ")
    assert passage.endswith(" after")
    assert 4 + CONTEXT < len(passage) <= 4 + 2 * CONTEXT
    assert passages.rows() == [{"article": "a", "cut": [True, True]}]


def test_page_furniture_glued_to_a_paragraph_is_left_out() -> None:
    words = "The union struck on Monday, and the port closed for the day."
    text = f"{words} Read more: Five walks by the sea\n\nIt rained all night in the harbour."
    passages = Passages({"a": Article(id="a", text=text)})
    passages.place({"article": "a", "start": 0, "end": 16, "quote": "The union struck"})
    assert passages.texts() == [words]


def test_a_quote_that_the_text_does_not_hold_there_stands_alone() -> None:
    passages = Passages({"a": Article(id="a", text="Something else stands here.")})
    for article in ("a", "unknown"):
        passages.place({"article": article, "start": 3, "end": 9, "quote": "a quote"})
    assert passages.texts() == ["a quote", "a quote"]
