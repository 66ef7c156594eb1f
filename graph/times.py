"""Times told as precisely as words tell them, in ISO 8601: "2019", "2019-03" or "2019-03-05"."""

from calendar import monthrange
from datetime import date


def first_day(time: str) -> date:
    """The first day that the time may mean."""
    year, month, day = (*map(int, time.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(time: str) -> date:
    """The last day that the time may mean."""
    first = first_day(time)
    month = first.month if "-" in time else 12
    day = first.day if time.count("-") == 2 else monthrange(first.year, month)[1]
    return date(first.year, month, day)
