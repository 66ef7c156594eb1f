"""Who said what: source, cue, content and kind of each statement."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord.graph.model import Passage
from onrecord.loaders.language import parse
from onrecord.loaders.statements import Attribution, find_statements

type Parse = Callable[[str], Doc]

PIECES = (
    *("Ann Lee", "said", "that", "the port", "according to", "he", "called it", "would close"),
    *("the union", "asked", "“", "”", "‘", "’", '"', ",", ".", ":", " \t", "\n", "\n\n"),
)


def told(doc: Doc) -> list[tuple[str | None, str | None, list[str], str]]:
    text = doc.text
    return [
        (
            text[slice(*said.source)] if said.source else None,
            text[slice(*said.cue)] if said.cue else None,
            [text[slice(*span)] for span in said.content],
            said.kind,
        )
        for said in find_statements(doc)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Lee said the port would close in May.",
            ("Ann Lee", "said", ["the port would close in May"], "indirect"),
        ),
        (
            "“The plan is reckless,” said Tom Okoro, secretary of the Harbour Union.",
            (
                "Tom Okoro, secretary of the Harbour Union",
                "said",
                ["“The plan is reckless,”"],
                "direct",
            ),
        ),
        (
            "According to the report, the port lost a million dollars.",
            ("the report", "According to", ["the port lost a million dollars"], "indirect"),
        ),
        (
            "The union’s leader described the plan as “a sham”.",
            ("The union’s leader", "described", ["the plan as “a sham”"], "mixed"),
        ),
        (
            "The port, she said, would never close.",
            ("she", "said", ["The port", "would never close"], "indirect"),
        ),
        (
            "The letter warned that the quay was unsafe.",
            ("The letter", "warned", ["that the quay was unsafe"], "indirect"),
        ),
        (
            "The union criticised the plan, calling it “a thinly veiled threat.”",
            ("The union", "calling", ["it “a thinly veiled threat.”"], "mixed"),
        ),
        (
            "“We lost,” Ms Lee told reporters. “It was not even close.”",
            ("Ms Lee", "told", ["“We lost,”", "“It was not even close.”"], "direct"),
        ),
    ],
)
def test_ways_of_saying(
    parsed: Parse, text: str, expected: tuple[str, str, list[str], str]
) -> None:
    assert expected in told(parsed(text))


def test_a_quotation_goes_on_in_the_next_paragraph(parsed: Parse) -> None:
    doc = parsed(
        "Tom Okoro, secretary of the union, told the Gazette: “The letter is an insult to people"
        " who gave this port their lives.\n\n“We will not stand by while our members are"
        " threatened.”\n\nThe port has two quays.\n"
    )
    [(source, cue, content, kind)] = told(doc)
    assert source is not None
    assert source.startswith("Tom Okoro")
    assert cue is not None
    assert cue.startswith("told")
    assert content[0].startswith("“The letter is")
    assert content[-1] == "“We will not stand by while our members are threatened.”"
    assert kind == "direct"


def test_the_head_of_a_source_is_its_head_in_the_parse(parsed: Parse) -> None:
    heads = {
        said.source_head.text
        for said in find_statements(
            parsed(
                "The union’s leader said the port would close.\n"
                "Sen. Tom Okoro (D-Maine), head of the committee, said it would not.\n"
                "She said nothing would change."
            )
        )
        if said.source_head is not None
    }
    assert heads == {"leader", "Okoro", "She"}


def test_what_nobody_says_is_no_statement(parsed: Parse) -> None:
    assert told(parsed("The port has two quays and a crane. A ship came in on Monday.")) == []


def test_a_passage_that_is_not_the_article_says_nothing() -> None:
    text = "Ann Lee said the port would close.\nTom Okoro said the quay was unsafe.\n"
    cut = text.index("\n")
    passages = [
        Passage(start=0, end=cut, role="caption"),
        Passage(start=cut + 1, end=len(text) - 1, role="body"),
    ]
    assert [source for source, *_ in told(parse(text, passages))] == ["Tom Okoro"]


def inside(said: Attribution, text: str) -> bool:
    spans = [*said.content, *filter(None, (said.source, said.cue))]
    return all(
        0 <= start < end <= len(text) and text[start:end] == text[start:end].strip()
        for start, end in spans
    )


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=25,
    )
)
def test_spans_are_of_the_text_and_bare_of_white_space(parsed: Parse, words: list[str]) -> None:
    text = " ".join(words) or "."
    found = find_statements(parsed(text))
    assert all(inside(said, text) for said in found)
    assert all(said.content and said.cue for said in found)
    assert found == sorted(found, key=lambda said: said.cue or (0, 0))


def test_the_kind_follows_the_quotation_marks(parsed: Parse) -> None:
    for said in find_statements(parsed('Ann Lee said "no". Ann Lee said the plan was dead.')):
        assert said.kind == ("indirect" if said.cue and said.cue.start > 18 else "direct")
