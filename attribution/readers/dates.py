"""Dates as files write them → ISO dates; one that could be two days is left out, not guessed."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?=$|[T\s])")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORDS = (
    re.compile(rf"(?i)\b{_DAY} {_MONTH},? (?P<year>\d{{4}})\b"),
    re.compile(rf"(?i)\b{_MONTH} {_DAY},? (?P<year>\d{{4}})\b"),
)


def iso_date(value: object) -> str | None:
    """The day that `value` names, as "2026-02-04"; `None` where it names none, or might name two.

    >>> iso_date("2026-02-04T10:30:00-06:00"), iso_date("Wed, 04 Feb 2026 10:30:00 GMT")
    ('2026-02-04', '2026-02-04')
    >>> iso_date("February 4, 2026"), iso_date("24/02/2026"), iso_date("04/02/2026")
    ('2026-02-04', '2026-02-24', None)
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        return None
    text = value.strip()[:80]
    if match := _ISO.match(text):
        return _day(*map(int, match.groups()))
    for pattern in _WORDS:
        if match := pattern.search(text):
            month = _MONTHS.index(match["month"].lower()) + 1
            return _day(int(match["year"]), month, int(match["day"]))
    if match := _NUMBERS.match(text):
        return _of_numbers(match)
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _of_numbers(match: re.Match[str]) -> str | None:
    """24/2/2026 and 2/24/2026 have one meaning, 4.2.2026 is written so in Europe alone, 4/2/2026 has two."""
    first, separator, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if separator == "." or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
