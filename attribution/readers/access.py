"""Whether a web page shows its article at all: behind a pay-wall, or only once a script has run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEW = 25  # words; what a page shows before its script has run is seldom more
_BRIEF = 400  # words; over a longer text a call to subscribe is an advertisement
_NEARLY_ALL = 0.8  # of the words that the page says the article has: what is left are captions and the like
_SAVE = "Where you may read it all, save the page in your browser and add the file."
ASKS = re.compile(
    r"(?i)\b(?:subscribe|sign up|register|log ?in|sign in) (?:now |today )?to "
    r"(?:continue|keep|read|unlock|access)\b|"
    r"\bto (?:continue|keep) reading\b|\balready a (?:subscriber|member)\b|"
    r"\b(?:only|exclusive(?:ly)?|reserved) (?:available )?(?:for|to) (?:\w+ )?(?:subscribers|members)\b|"
    r"\b(?:subscribers|members)[- ]only\b"
)
_SCRIPT = re.compile(r"(?i)\b(?:enable|turn on|activate|allow|needs?|requires?)\b[^.]{0,40}\bjavascript\b")
_ROOTS = frozenset(("root", "app", "__next", "__nuxt", "svelte", "app-root"))  # ids that frameworks fill


@dataclass(frozen=True)
class Access:
    """What a page says of itself: whether its text is `paid` for, how many `words` the article has (0: it
    does not say), and whether it is `scripted`, empty until a script has run."""

    paid: bool
    words: int
    scripted: bool

    def missing(self, text: str) -> str | None:
        """Why there is no article in `text`, which is all that could be read; `None` where there may be one.

        >>> Access(paid=False, words=0, scripted=True).missing("Loading …")
        'it needs a script to show its text'
        """
        if len(text.split()) < _FEW and self.scripted:
            return "it needs a script to show its text"
        return "its text stands behind a pay-wall" if self.paid and not text else None

    def notes(self, text: str) -> list[str]:
        """What to know of `text` where it may be only the beginning of the article.

        >>> Access(paid=True, words=900, scripted=False).notes("Hill said no.")
        ['Gave 3 of about 900 words: the rest is behind a pay-wall. Where you may read it all, save ...']
        """
        count = len(text.split())
        if self.words and count >= self.words * _NEARLY_ALL:
            return []
        if self.paid and self.words:
            return [f"Gave {count:,} of about {self.words:,} words: the rest is behind a pay-wall. {_SAVE}"]
        if self.paid:
            return [f"Gave {count:,} words and calls itself paid for: there may be more. {_SAVE}"]
        if count < _BRIEF and ASKS.search(text):
            return [f"Gave {count:,} words and asks for a subscription: there may be more. {_SAVE}"]
        return []


def access_of(tree: HtmlElement) -> Access:
    """What the page says of who may read it. The tree is the page's own, with its scripts."""
    paid, words = False, 0
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for node in _objects(_loaded(script.text or "")):
                paid = paid or _is_no(node.get("isAccessibleForFree"))
                words = words or _count(node.get("wordCount"))
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip().lower()
        paid = paid or (name == "article:content_tier" and content in ("locked", "metered"))
        paid = paid or (name == "isaccessibleforfree" and _is_no(content))
    return Access(paid, words, _is_scripted(tree))


def _is_scripted(tree: HtmlElement) -> bool:
    if any(_SCRIPT.search(" ".join(element.itertext())[:1000]) for element in tree.iter("noscript")):
        return True
    roots = (element for element in tree.iter("div", "main", "app-root") if element.get("id") in _ROOTS)
    return any(not len(element) and not (element.text or "").strip() for element in roots)


def _loaded(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list) and depth < 8:
        for item in value:
            yield from _objects(item, depth + 1)


def _is_no(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in ("false", "no", "0"))


def _count(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value.strip()):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1_000_000 else 0
