"""Quotation marks: which words they enclose, however they are set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.loaders.statements.quotes import Quote, find_quotes


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "no" and "never".', ['"no"', '"never"']),
        ("She said “no” and “never”.", ["“no”", "“never”"]),
        ("She said ''no, never,'' and left.", ["''no, never,''"]),
        ("He called it ‘the crew’s own fault’ at once.", ["‘the crew’s own fault’"]),
        ("He called it 'a sham' at once.", ["'a sham'"]),
        ('“It is over," she said.', ['“It is over,"']),
        ("“No threats of ‘reform,’ or ‘exits.'”", ["“No threats of ‘reform,’ or ‘exits.'”"]),
        ("“What “leadership” means,” he said, is open.", ["“What “leadership” means,”"]),
        ('A crew (the "night watch") left.', ['"night watch"']),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The crews' boats and the '90s quay weren't theirs.",
        "It is the port’s own; the crews’ boats aren’t.",
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_are_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_a_quotation_that_goes_on_in_the_next_paragraph_reaches_to_the_end_of_this_one() -> None:
    text = "“We will not stand by. We never did. "
    assert find_quotes(text) == [Quote(0, len(text) - 1, closed=False)]


def test_a_quotation_that_is_never_closed_ends_with_the_last_mark_inside() -> None:
    text = "“We hear of “efficiency” and “standards.” That was all"
    assert quoted(text) == ["“We hear of “efficiency” and “standards.”"]


def test_only_the_given_part_of_the_text_is_read() -> None:
    text = '"One" and "two" and "three"'
    assert find_quotes(text, 6, 16) == [Quote(10, 15)]


@given(st.text(alphabet="ab .,“”‘’\"'\n«»`"))
def test_quotations_are_in_order_apart_and_within_the_text(text: str) -> None:
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.start < quote.end <= len(text)
        end = quote.end
