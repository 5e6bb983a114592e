"""Marks that quote nobody: titles of works, nicknames, names of ships, defined terms, markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attribution.cues import CUE_NOUNS, REPORTING
from attribution.marks import Marked, unmarked
from attribution.wordlists import read_lists

_LISTS = read_lists("introductions.txt")


def _any_of(section: str) -> str:
    return "(?:" + "|".join(re.escape(entry) for entry in _LISTS[section]) + ")"


# Right before the mark: the novel “…”; known as “…”; they sang “…”. At the line's start: WATCH: “…”
_WORKS = re.compile(rf"(?i)(?:\b{_any_of('name a work')},?|\bplays \w+ in)\s+(?:the |a )?$")
_NICKNAMES = re.compile(rf"(?i)\b{_any_of('introduce a nickname')}[\s,:]*(?:the )?$")
_INTRODUCES = re.compile(rf"(?i)\b{_any_of('introduce a title')}[\s,:]*(?:the |of |as |for )*$")
_ANNOUNCES = re.compile(rf"(?i)^\W*{_any_of('announce')}\b[^\"“«]{{0,25}}:\s*$")
# Somebody gives somebody a name, and is quoted: called him “…”, what she called “…”, referred to it as “…”.
_GIVES = _any_of("give a name")
_GIVES_NAMES = re.compile(
    rf"(?i)\b{_GIVES}\s+(?!sign\b|the\s+$|(?:by|for|from|on|to)\s)(?:[\w.’'-]+\s+){{1,7}}$"
    rf"|\bwhat (?:[\w.’'-]+ ){{1,4}}{_GIVES}\s+(?:the |an? )?$"
    rf"|\b(?:{_GIVES}|{_any_of('name somebody as')})\b[^.;]*\bas\s+(?:the |an? )?$"
)
_MARKUP = re.compile(r"<[a-zA-Z][^<>]{0,400}=\Z")  # within a tag: <a href="…">
_DEFINES = re.compile(r"\((?:the|a|an|collectively,?|together,?)?\s*$")
_SMALL = frozenset(
    "a amid an and as at but by de for from in into is la le of on or over than that the to und upon vs "
    "with".split()
)
_JOINS = frozenset({"", "or", "and", "or the", "and the"})
_LEADS_AWAY = frozenset("on in at for during to from with by about".split())
_LONGEST = 100  # characters of a title
_SEEN = 120  # characters on either side of a mark that tell what it is


def without_titles(text: str, marks: Sequence[Marked]) -> list[Marked]:
    """The marks that hold somebody's words. What is joined to a title by "or" or "and" is one too."""
    kept: list[Marked] = []
    last_title: Marked | None = None
    for mark in marks:
        joined = last_title is not None and text[last_title.end : mark.start].strip(" ,\u00a0") in _JOINS
        if is_title(text, mark) or joined and len(_words(mark)) <= 5:
            last_title = mark
        else:
            kept.append(mark)
    return kept


def is_title(text: str, mark: Marked) -> bool:
    """Whether the marked words are a title, a nickname, a name, a defined term or markup, not a remark."""
    if _MARKUP.search(text, max(0, mark.start - 400), mark.start):
        return True
    if len(mark.pieces) > 1 or mark.end - mark.start > _LONGEST or not (tokens := _words(mark)):
        return False
    before = re.split(r"[\r\n]", text[max(0, mark.start - _SEEN) : mark.start])[-1]
    after = re.split(r"[\r\n]", text[mark.end : mark.end + _SEEN])[0]
    return (
        _defined(tokens, before, after) or _introduced(tokens, before, after) or _named(tokens, before, after)
    )


def _words(mark: Marked) -> list[str]:
    return unmarked(mark.pieces[0].text).split()


def _defined(tokens: Sequence[str], before: str, after: str) -> bool:
    """Whether the words are a term (the “Group”), a note, a programme, or a nickname: Dale “Duke” Ferris."""
    if len(tokens) <= 5 and _DEFINES.search(before) and re.match(r"\)| or | and ", after):
        return True
    if tokens[0][0] == "[" and tokens[-1][-1] == "]" or _ANNOUNCES.search(before):
        return True
    between = re.search(r"(?:^|[\s(])[A-ZÀ-Þ][\w.’'-]*\s$", before) and re.match(r"\s[A-ZÀ-Þ][\w’'-]+", after)
    named = len(tokens) <= 3 and tokens[0][0].isupper() and tokens[-1][-1] not in ".,!?"
    return bool(between) and named and not _heads_in_capitals(before, after)


def _introduced(tokens: Sequence[str], before: str, after: str) -> bool:
    """Whether the words right before the mark announce a title, a name or a nickname."""
    capitals, short = _capitalised(tokens), len(tokens) <= 3
    if _GIVES_NAMES.search(before):
        return False
    if capitals and _WORKS.search(before) or capitals and short and _NICKNAMES.search(before):
        return True  # a cue beside it has other words: In her book “Low Water”, Hill said
    if _reported(tokens, before, after) or tokens[-1][-1] in "!?":
        return False
    return bool(capitals and _INTRODUCES.search(before) or short and _NICKNAMES.search(before))


def _named(tokens: Sequence[str], before: str, after: str) -> bool:
    """Whether capitals throughout, in a sentence that otherwise has none, make the words a name."""
    if not _capitalised(tokens) or " ".join(tokens).isupper() or _GIVES_NAMES.search(before):
        return False
    if _leads_in(before) or _heads_in_capitals(before, after):
        return False
    names = sum(token[0].isupper() for token in tokens)
    embedded = before[-1:].isspace() and before.rstrip()[-1:].isalnum()
    if embedded:  # the “Moon Over Corley” tour; the new “Today” anchor
        return names > 1 or tokens[-1][-1] not in "!?" and not _cued(before)
    sentence = tokens[-1][-1] in ".!?" and before.rstrip()[-1:] in '.!?:”"'
    return names > 1 and not sentence and not _reported(tokens, before, after)


def _bare(token: str) -> str:
    return token.strip(".,!?:;…'’\"“”()")


def _capitalised(tokens: Sequence[str]) -> bool:
    content = [bare for token in tokens if (bare := _bare(token)) and bare.casefold() not in _SMALL]
    return bool(content) and all(token[0].isupper() or token[0].isdigit() for token in content)


def _heads_in_capitals(before: str, after: str) -> bool:
    """Whether the line around the mark is in title case itself, so that its capitals tell nothing."""
    words = [word for word in re.findall(r"[^\W\d_][\w’']*", f"{before} {after}") if word not in _SMALL]
    return len(words) >= 3 and all(word[0].isupper() for word in words if len(word) > 3)


def _reported(tokens: Sequence[str], before: str, after: str) -> bool:
    """Whether a cue leads right into the mark, or follows words that end as a remark does."""
    following = re.findall(r"\w+", after)[:4] if tokens[-1].strip("'’\"”")[-1:] in {*",!?…—"} else []
    if following[:1] == ["and"]:  # the next thing somebody did, not the attribution of these words
        following = []
    return _leads_in(before) or any(word.casefold() in REPORTING for word in following)


def _leads_in(before: str) -> bool:
    """Whether a colon or a cue stands right before the mark: “said that”, but not “said on” or “told”."""
    last = re.findall(r"[\w’']+|:", before)[-2:]
    if not last or last[-1].casefold() in _LEADS_AWAY or last[-1].endswith(("’s", "'s")):
        return False
    if last[-1].casefold() in {"told", "tell", "tells", "telling"}:  # whom: told “Early Talk” that
        return False
    if last[-1] == "the" and last[0].casefold() in {"call", "calls", "called"}:  # whom: call the “Quay Line”
        return False
    return any(word == ":" or word.casefold() in REPORTING for word in last)


def _cued(before: str) -> bool:
    """Whether the sentence that leads up to the mark reports what somebody said."""
    sentence = re.split(r"[.!?]\s", before)[-1]
    return any(word in REPORTING or word in CUE_NOUNS for word in re.findall(r"\w+", sentence.casefold()))
