"""A reading is checked against its article when it is built."""

from typing import Any

import pytest

from onrecord.graph.errors import ReadingError
from onrecord.graph.model import Article
from onrecord.graph.reading import Reading

ARTICLE = Article(id="a", text="Ann Lee sued the bank. ")
PARTS: dict[str, Any] = {
    "passages": [{"start": 0, "end": 22, "role": "body"}],
    "entities": [{"id": "e1", "kind": "Person", "name": "Ann Lee"}],
    "mentions": [{"start": 0, "end": 7, "entity": "e1", "form": "name"}],
    "posts": [],
    "statements": [],
    "relations": [],
}


def test_a_reading_round_trips_as_json() -> None:
    reading = Reading.build(ARTICLE, **PARTS)
    assert Reading.model_validate_json(reading.to_json()) == reading
    assert reading.to_json().startswith('{"schema":"onrecord.reading/1","article":{"id":"a"')


@pytest.mark.parametrize(
    "wrong",
    [
        {"mentions": [{"start": 0, "end": 99, "entity": "e1", "form": "name"}]},
        {"mentions": [{"start": 7, "end": 7, "entity": "e1", "form": "name"}]},
        {"mentions": [{"start": 7, "end": 12, "entity": "e1", "form": "name"}]},
        {"mentions": [{"start": 0, "end": 7, "entity": "e2", "form": "name"}]},
        {"entities": PARTS["entities"] * 2},
    ],
    ids=["beyond the text", "empty", "starts on a space", "nobody's", "two of one id"],
)
def test_what_quotes_nothing_or_nobody_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ReadingError):
        Reading.build(ARTICLE, **PARTS | wrong)
