"""Whether the words around a passage turn it round: it is denied, conditional, or what others say.

A rule of thumb over the sentence that a quote was cut from and its neighbours, as `data/check.txt` lists the
words: it points an editor at the place, it does not judge.
"""

from __future__ import annotations

from functools import cache

import regex

from attribution.check.places import Place, Source
from attribution.wordlists import read_lists

_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)]*(?=\s|$)|\n\s*\n|[\r\n]\s*[\r\n]")
_CLAUSE_END = regex.compile(
    r"[;:—–]|,?\s(?:and|but|so|yet|because|or)\s(?=\p{L}+\s)|,\s(?=(?:and|but|so|yet|he|she|it|they|we|i)\b)",
    regex.I,
)
_CONDITION = regex.compile(r"^\W*(?:and |but |so |because )?(?:if|unless|suppose|even if)\b", regex.I)
_FAR = 400  # characters on either side that are looked at


def turned_by(place: Place) -> list[str]:
    """Why the words around `place` may turn its meaning round, a sentence each; empty where nothing does."""
    source = place.source
    words = source.words
    first, last = place.alignment.first, place.alignment.last
    start, end = words.starts[first], words.ends[last]
    begins, ends = source.edges
    low, high = _speech(source, first, last)
    reasons = []
    if not begins[first] and (cue := _before(words.text[max(low, start - _FAR) : start])):
        reasons.append(f"In the source “{cue}” stands before these words in the same sentence.")
    if begins[first] and (cue := _sentence_before(words.text[max(low, start - _FAR) : start])):
        reasons.append(f"The sentence before leads into these words with “{cue}”.")
    if cue := _reported(words.text[max(0, start - _FAR) : start], low, start):
        reasons.append(f"The source’s own words before the quote are “{cue}”.")
    following = words.text[end : min(high, end + _FAR)]
    if not ends[last] and (cue := _after(following)):
        reasons.append(f"In the source the sentence goes on “{cue}”.")
    if ends[last] and (cue := _next_sentence(following)):
        reasons.append(f"The next sentence in the source begins “{cue}”.")
    return reasons


def _speech(source: Source, first: int, last: int) -> tuple[int, int]:
    """The characters of the quotation that holds the words; of the whole text where none does."""
    quotes, words = source.quote_of, source.words
    low, high = first, last
    if quotes[first] >= 0:
        while low and quotes[low - 1] == quotes[first]:
            low -= 1
    if quotes[last] >= 0:
        while high + 1 < len(words) and quotes[high + 1] == quotes[last]:
            high += 1
    start = words.starts[low] if quotes[first] >= 0 else 0
    end = words.ends[high] + 1 if quotes[last] >= 0 else len(words.text)
    return start, end


def _before(text: str) -> str | None:
    """The cue in the clause that leads up to the span, or the condition that its sentence opens with."""
    sentence = _SENTENCE_END.split(text)[-1]
    clause = _CLAUSE_END.split(_straight(sentence))[-1]
    for pattern in _patterns("harmless before"):
        clause = pattern.sub(" ", clause)
    if condition := _CONDITION.search(_straight(sentence)):
        return _shown(sentence[condition.start() :])
    for pattern in _patterns("denied before"):
        if found := pattern.search(clause):
            return _shown(clause[found.start() :])
    return None


def _sentence_before(text: str) -> str | None:
    text = _straight(text).rstrip().rstrip("“\"'‘ ")
    if text.endswith((".", "!", "?", "…")):
        return None
    sentence = _SENTENCE_END.split(text)[-1]
    for pattern in _patterns("denied by the sentence before"):
        if found := pattern.search(sentence):
            return _shown(sentence[found.start() :])
    return None


def _reported(text: str, low: int, start: int) -> str | None:
    """A denial in the narration right before the opening mark of the piece that the span begins."""
    outside = _straight(text).rstrip()
    if low == 0 or start - low > 1 or not outside or outside[-1] not in "\"'“‘«„":
        return None
    sentence = _SENTENCE_END.split(outside[:-1])[-1]
    for pattern in _patterns("reported as denied"):
        if found := pattern.search(sentence):
            return _shown(sentence[found.start() :])
    return None


def _after(text: str) -> str | None:
    rest = regex.sub(r"^[\s,;:—–-]+", "", _straight(text))
    sentence = _SENTENCE_END.split(rest)[0]
    return next((_shown(sentence) for p in _patterns("denied after") if p.match(sentence)), None)


def _next_sentence(text: str) -> str | None:
    rest = regex.sub(r"^[\s.!?…\"'”’»)]+", "", _straight(text))
    sentence = _SENTENCE_END.split(rest)[0]
    found = (p for p in _patterns("denied by the next sentence") if p.match(sentence))
    return _shown(sentence) if next(found, None) else None


@cache
def _patterns(name: str) -> list[regex.Pattern[str]]:
    return [regex.compile(line, regex.I) for line in read_lists("check.txt")[name]]


def _straight(text: str) -> str:
    return text.replace("’", "'")


def _shown(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 8 else " ".join(words[:8]) + " …"
