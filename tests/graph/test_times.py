"""Times of a year, a month or a day."""

from datetime import date

import pytest

from onrecord.graph.times import first_day, last_day


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-03-05", date(2019, 3, 5), date(2019, 3, 5)),
    ],
)
def test_first_and_last_day(time: str, first: date, last: date) -> None:
    assert (first_day(time), last_day(time)) == (first, last)
