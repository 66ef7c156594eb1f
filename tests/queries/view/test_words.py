import pytest

from onrecord.graph.ontology import load_ontology
from onrecord.queries.view.words import denied, phrase


@pytest.mark.parametrize(
    ("name", "says", "denies"),
    [
        ("CRITICISES", "criticises", "does not criticise"),
        ("CO_SIGNS", "co-signs", "does not co-sign"),
        ("PART_OF", "is part of", "is not part of"),
        ("REQUESTS_CHANGE", "requests change", "does not request change"),
        ("DENIES", "denies", "does not deny"),
        ("DISMISSES", "dismisses", "does not dismiss"),
        ("LAUNCHES", "launches", "does not launch"),
        ("PUBLISHES", "publishes", "does not publish"),
        ("LOCATED_IN", "is located in", "is not located in"),
    ],
)
def test_types_in_words(name: str, says: str, denies: str) -> None:
    assert (phrase(name), denied(name)) == (says, denies)


def test_every_type_has_words_of_its_own() -> None:
    names = load_ontology().relations
    assert len({phrase(name) for name in names} | {denied(name) for name in names}) == 2 * len(
        names
    )
