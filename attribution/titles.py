"""Marks that quote nobody: titles of works, nicknames, names of ships, defined terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attribution.cues import REPORTING
from attribution.marks import Marked, unmarked
from attribution.wordlists import read_lists

_LISTS = read_lists("introductions.txt")


def _any_of(section: str) -> str:
    return "(?:" + "|".join(re.escape(entry) for entry in _LISTS[section]) + ")"


# "the song “…”", "nicknamed “…”", "who plays Madge in “…”", "WATCH: “…”"
_INTRODUCES = re.compile(rf"(?i)\b(?:{_any_of('introduce a title')}|plays \w+ in)\b[\s,:]*(?:the |of |as )*$")
_NICKNAMES = re.compile(rf"(?i)\b{_any_of('introduce a nickname')}[\s,:]*(?:the )?$")
_ANNOUNCES = re.compile(rf"(?i)^\W*{_any_of('announce')}\b[^\"“«]{{0,25}}:\s*$")
_SMALL = frozenset("a an and as at but by de for from in is la le of on or over the to und with".split())


def without_titles(text: str, marks: Sequence[Marked]) -> list[Marked]:
    """The marks that hold somebody's words. What is joined to a title by "or" or "and" is one too."""
    kept: list[Marked] = []
    last_title: Marked | None = None
    for mark in marks:
        joined = last_title is not None and text[last_title.end : mark.start].strip(" ,\u00a0") in {
            "or",
            "and",
            "or the",
            "",
        }
        if (
            is_title(text, mark)
            and not _reported(text, mark)
            or joined
            and len(unmarked(mark.pieces[0].text).split()) <= 5
        ):
            last_title = mark
        else:
            kept.append(mark)
    return kept


def is_title(text: str, mark: Marked) -> bool:
    """Whether the marked words look like a title, a nickname, a name or a defined term, not like a remark."""
    words = unmarked(mark.pieces[0].text)
    tokens = words.split()
    if len(mark.pieces) > 1 or not 0 < len(tokens) <= 9:
        return False
    before = re.split(r"[\r\n]", text[max(0, mark.start - 60) : mark.start])[-1]
    after = text[mark.end : mark.end + 40]
    if re.search(r"\((?:the|a|an|collectively,?|together,?)?\s*$", before) and re.match(
        r"\)| or | and ", after
    ):
        return True
    if re.fullmatch(r"\[.*\]", words) or len(tokens) <= 3 and _nickname(before, after, words):
        return True
    capitals = _capitalised(tokens)
    if _ANNOUNCES.search(before):
        return True
    if capitals and _INTRODUCES.search(before) or len(tokens) <= 3 and _NICKNAMES.search(before):
        return words[-1:] not in "!?"
    # "Moon Over Corley": several words with capitals throughout.
    return capitals and _content(tokens) > 1 and not words.isupper()


def _nickname(before: str, after: str, words: str) -> bool:
    """Whether the mark stands between a first name and a surname: Dale “Duke” Ferris."""
    first = re.search(r"(?:^|[\s(])[A-ZÀ-Þ][\w.’'-]*\s$", before)
    surname = re.match(r"\s[A-ZÀ-Þ][\w’'-]+", after)
    return (
        bool(first and surname and words[:1].isupper() and words[-1:] not in ".,!?") and not before.isupper()
    )


def _capitalised(tokens: Sequence[str]) -> bool:
    bare = [token.strip(".,!?:;…'’\"“”()") for token in tokens]
    content = [token for token in bare if token and token.casefold() not in _SMALL]
    return bool(content) and all(token[0].isupper() or token[0].isdigit() for token in content)


def _content(tokens: Sequence[str]) -> int:
    return sum(token.strip(".,!?:;…'’").casefold() not in _SMALL for token in tokens)


def _reported(text: str, mark: Marked) -> bool:
    """Whether a cue leads right into the mark, or follows words that end as a remark does."""
    lead = re.split(r"[\r\n]", text[max(0, mark.start - 25) : mark.start])[-1]
    tail = re.split(r"[\r\n]", text[mark.end : mark.end + 40])[0]
    before = re.findall(r"\w+|[:]", lead)[-2:]
    after = re.findall(r"\w+", tail)[:4] if re.search(r"[,.!?…]\W*$", mark.pieces[-1].text) else []
    if after[:1] == ["and"]:  # the next thing somebody did, not the attribution of these words
        after = []
    return any(word.casefold() in REPORTING for word in [*before, *after])
