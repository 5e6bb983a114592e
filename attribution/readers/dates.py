"""Dates as files write them → ISO dates; one that could be two days is left out, not guessed."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from functools import cache

from attribution.wordlists import read_lists

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?=$|[T\s])")
_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[TZ\s,;)+]|\.(?:\s|$))")
_NUMBERS = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d./-])")
_CHINESE = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_WORD = r"(?P<month>[^\W\d_]{3,16})\.?"
_DAY = r"\b(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})\b"
_WORDS = (
    re.compile(rf"(?i){_DAY}(?:st|nd|rd|th|er|\.|º)?[ -](?:de |of )?{_WORD}(?:,? |-)(?:de |del )?{_YEAR}"),
    re.compile(rf"(?i)\b{_WORD} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}"),
)
# A time in a zone of theirs: the month comes first.
_AMERICAN = re.compile(r"(?i:\d ?[ap]\.?m\.?) (?:[ECMP][DS]?T|AK[DS]T)\b")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_FIRST_PAPERS = 1600  # the year; what is older is no date of an article but a date that was left empty


def iso_date(value: object) -> str | None:
    """The day that `value` names, as "2026-02-04"; `None` where it names none, or might name two.

    A number is taken for seconds (or thousandths) since 1970, where that comes to a day of this century.

    >>> iso_date("2026-02-04T10:30:00-06:00"), iso_date("Wed, 04 Feb 2026 10:30:00 GMT")
    ('2026-02-04', '2026-02-04')
    >>> iso_date("February 4, 2026"), iso_date("4 de febrero de 2026"), iso_date("2026年2月4日")
    ('2026-02-04', '2026-02-04', '2026-02-04')
    >>> iso_date("24/02/2026"), iso_date("04/02/2026"), iso_date("2/24/26"), iso_date("24/02/26")
    ('2026-02-24', None, '2026-02-24', None)
    >>> iso_date("02/04/26 9:41 PM ET")
    '2026-02-04'
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_seconds(value)
    if not isinstance(value, str):
        return None
    text = " ".join(value[:200].split())[:80]
    if _SECONDS.fullmatch(text):
        return _of_seconds(float(text))
    if match := _COMPACT.match(text):
        return _day(*map(int, match.groups()))
    if match := _YEAR_FIRST.search(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _CHINESE.search(text):
        return _day(*map(int, match.groups()))
    for pattern in _WORDS:
        for match in pattern.finditer(text):
            if month := month_names().get(match["month"].casefold()):
                return _day(int(match["year"]), month, int(match["day"]))
    if match := _NUMBERS.search(text):
        return _of_numbers(match, american=_AMERICAN.search(text) is not None)
    try:
        date = parsedate_to_datetime(text).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return _day(date.year, date.month, date.day)


@cache
def month_names() -> dict[str, int]:
    """The months by their names in several languages, in small letters: `{"february": 2, "févr": 2, …}`."""
    return {name: int(number) for number, names in read_lists("months.txt").items() for name in names}


def _of_seconds(value: float) -> str | None:
    seconds = value / 1000 if value >= 1e12 else value
    if not 1e9 <= seconds < 4.1e9:  # 2001 to 2099
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _of_numbers(match: re.Match[str], american: bool) -> str | None:
    """24/2/2026 and 2/24/2026 have one meaning, 4.2.2026 is written so in Europe alone, 4/2/2026 has two.

    Of two digits the last are a year where the others are month and day, as Americans write them: 2/24/26.
    In 24/2/26 either end may be the year. What has the time of an `american` zone is written as there.
    """
    first, separator, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if american and separator == "/":
        return _day(year if year > 99 else 2000 + year, first, second)
    if len(match[4]) == 2:
        short = separator == "/" and first <= 12 < second
        return _day(2000 + year if year < 70 else 1900 + year, first, second) if short else None
    if separator == "." or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if year >= _FIRST_PAPERS else None
    except ValueError:
        return None
