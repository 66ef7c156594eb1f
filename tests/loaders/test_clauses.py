"""Who does what to whom, however the clause turns it."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from onrecord.loaders.clauses import clauses

Parsed = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("text", "verb", "who", "whom"),
    [
        ("The union criticised the plan.", "criticised", {"union"}, {"plan"}),
        ("The plan was criticised by the union.", "criticised", {"union"}, {"plan"}),
        (
            "The union and the party criticised the plan.",
            "criticised",
            {"union", "party"},
            {"plan"},
        ),
        ("The union met and criticised the minister.", "criticised", {"union"}, {"minister"}),
        ("The union wants to sue the bank.", "sue", {"union"}, {"bank"}),
        ("The union urged the bank to sue the minister.", "sue", {"bank"}, {"minister"}),
        ("The union left, condemning the plan.", "condemning", {"union"}, {"plan"}),
        ("The letter signed by the mayor came.", "signed", {"mayor"}, {"letter"}),
        ("The mayor, who signed the letter, left.", "signed", {"mayor"}, {"letter"}),
        ("The minister blamed the bank for hiding the report.", "hiding", {"bank"}, {"report"}),
        ("The minister drew fire by hiding the report.", "hiding", {"minister"}, {"report"}),
        (
            "It was signed by the Dockers' Union of Ohio and Lee.",
            "signed",
            {"Union", "Lee"},
            {"It"},
        ),
        ("Lee and Kim, represented by the union, left.", "represented", {"union"}, {"Lee", "Kim"}),
        ("The union called on the mayor to sue the bank.", "sue", {"mayor"}, {"bank"}),
        ("Most of the members sued some of the banks.", "sued", {"members"}, {"banks"}),
        ("The mayor wrote to the union accusing the bank.", "accusing", {"mayor"}, {"bank"}),
        ("The mayor posted on Twitter accusing the bank.", "accusing", {"mayor"}, {"bank"}),
    ],
)
def test_agents_and_patients(
    text: str, verb: str, who: set[str], whom: set[str], parsed: Parsed
) -> None:
    clause = next(c for c in clauses(parsed(text)) if c.verb.text == verb)
    assert {t.text for t in clause.subjects} == who
    assert {t.text for t in clause.objects} == whom


@pytest.mark.parametrize(
    ("text", "verb", "negated", "modality"),
    [
        ("The union backed the plan.", "backed", False, "asserted"),
        ("The union never backed the plan.", "backed", True, "asserted"),
        ("No union backed the plan.", "backed", True, "asserted"),
        ("The union refused to back the plan.", "back", True, "asserted"),
        ("The union reportedly backed the plan.", "backed", False, "reported"),
        ("The union allegedly attacked the plan.", "attacked", False, "alleged"),
        ("The union plans to back the plan.", "back", False, "intended"),
        ("The union will back the plan.", "back", False, "intended"),
        ("The union looks forward to backing the plan.", "backing", False, "intended"),
        ("The union could back the plan.", "back", False, "conditional"),
        ("The union refused to meet or back the plan.", "back", True, "asserted"),
        ("The union no longer backs the plan.", "backs", True, "asserted"),
        ("The mayor praised efforts to get the union to back it.", "back", False, "intended"),
        ("The mayor was accused of backing the plan.", "backing", False, "alleged"),
        ("The law would allow the union to back the plan.", "back", False, "conditional"),
    ],
)
def test_negation_and_modality(
    text: str, verb: str, negated: bool, modality: str, parsed: Parsed
) -> None:
    clause = next(c for c in clauses(parsed(text)) if c.verb.text == verb)
    assert (clause.negated, clause.modality) == (negated, modality)
