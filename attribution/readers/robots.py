"""What a site's robots.txt lets this program fetch (RFC 9309)."""

from __future__ import annotations

import re

from protego import Protego

from attribution.article import AttributionError
from attribution.readers.addresses import Link
from attribution.readers.fetch import PRODUCT, Visit

_MOST_BYTES = 500_000  # of a longer file the rest is left out, as RFC 9309 has it
_AGENT = re.compile(r"(?i)[ \t]*user[- ]?agent[ \t]*[:\s][ \t]*([^#]*)")
_SAVE = "Open the page in your browser, save it and add the file."


class Robots:
    """The rules of each site that was asked, kept for its further links."""

    def __init__(self) -> None:
        self._rules: dict[str, Protego | AttributionError] = {}

    def check(self, visit: Visit, link: Link) -> None:
        """Raise `AttributionError` where the site of `link` does not let this program fetch it."""
        if link.origin not in self._rules:
            self._rules[link.origin] = _rules(visit, link)
        rules = self._rules[link.origin]
        if isinstance(rules, AttributionError):
            raise rules
        if not rules.can_fetch(str(link), PRODUCT):
            raise AttributionError(f"its site lets no programs read it (robots.txt). {_SAVE}")


def _rules(visit: Visit, link: Link) -> Protego | AttributionError:
    """The rules of a site: none where it has no such file, an error where it does not say."""
    file = Link(link.scheme, link.host, link.port, "/robots.txt")
    try:
        answer = visit.follow(file, wanted=None, cut=_MOST_BYTES)
    except AttributionError as error:
        return error
    if answer.status >= 500:
        what = f"robots.txt answers with {answer.status}"
        return AttributionError(f"its site does not say what programs may read ({what}). {_SAVE}")
    return parse_rules(answer.data)


def parse_rules(data: bytes) -> Protego:
    r"""The rules in a robots.txt.

    >>> rules = parse_rules(b"User-agent: *\nDisallow: /members/")
    >>> rules.can_fetch("https://news.example/members/1", "attribution")
    False
    """
    # Rules for other programs are of no account, and thousands of names over thousands of rules would take
    # minutes: they become one.
    text = data.decode("utf-8-sig", "replace")
    return Protego.parse("\n".join(_for_us(line) for line in text.splitlines()))


def _for_us(line: str) -> str:
    match = _AGENT.match(line)
    if not match:
        return line
    token = re.match(r"[\w-]*", match[1].lower())[0]  # type: ignore[index]
    name = "*" if match[1].strip() == "*" else token if token == PRODUCT else "other"
    return f"User-agent: {name}"
