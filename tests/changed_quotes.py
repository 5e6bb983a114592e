"""Drafts with known truth: real quotes of the sources, each changed in one way, with the verdict it must get.

Every case says where its words stand. The changes are drawn at random from a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.article import Article
from attribution.marks import find_marks, unmarked

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE = re.compile(r"[^.!?…]+[.!?…]+")
STRANGE = ["marzipan", "quarterly", "gently", "pelican", "notwithstanding", "violet", "harpsichord"]
TIMES = 3  # each random change of a quotation
NEGATIONS = {"not", "never", "no", "nobody", "nothing", "none", "nor", "neither", "without", "cannot"}


@dataclass(frozen=True)
class Case:
    """A draft's quote, marks included, the verdict it must get, and where it stands in which source."""

    kind: str  # what was done
    text: str
    verdict: str
    source: Article | None
    start: int = 0
    end: int = 0


def spoken(article: Article) -> list[tuple[int, int]]:
    """Where the words of each closed quotation of five words and more stand that has no marks inside."""
    found = []
    for mark in find_marks(article.text):
        for piece in mark.pieces:
            words = unmarked(piece.text)
            start = article.text.index(words, piece.start) if words else piece.start
            plain = not re.search(r"[\"“”„«»\[\]…]|\.\.\.|['‘](?=\w)|\s['‘]|\n", words)
            if not mark.depth and not mark.unclosed and plain and len(words.split()) >= 5:
                found.append((start, start + len(words)))
    return found


def sentences(article: Article, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of five words and more in a quotation."""
    text = article.text[start:end]
    whole = [m.span() for m in SENTENCE.finditer(text)]
    return [
        (start + a + (len(text[a:b]) - len(text[a:b].lstrip())), start + b)
        for a, b in whole
        if len(text[a:b].split()) >= 5
    ]


def cases(articles: list[Article], strangers: list[Article], seed: int = 7) -> Iterator[Case]:
    """Every kind of change of every quotation of `articles`; quotations of `strangers` stand nowhere."""
    rng = random.Random(seed)
    quotes = [(article, *span) for article in articles for span in spoken(article)]
    for article, start, end in quotes:
        text = article.text[start:end]
        yield Case("whole", f"“{text}”", "verbatim", article, start, end)
        yield Case("straight marks", f'"{text}"', "verbatim", article, start, end)
        for a, b in sentences(article, start, end)[:2]:
            yield Case("a sentence", f"“{article.text[a:b]}”", "verbatim", article, a, b)
        yield from _typography(article, start, end)
        for _ in range(TIMES):
            yield from _trimmed(article, start, end, rng)
            yield from _altered(article, start, end, rng)
    yield from _stitched(quotes, rng)
    for stranger in strangers:
        for start, end in spoken(stranger):
            yield Case("of another text", f"“{stranger.text[start:end]}”", "not found", None)


def _typography(article: Article, start: int, end: int) -> Iterator[Case]:
    text = article.text[start:end]
    swapped = text.replace("’", "'") if "’" in text else text.replace("'", "’")
    if swapped != text:
        yield Case("apostrophes", f"“{swapped}”", "verbatim", article, start, end)
    yield Case("two spaces", f"“{text.replace(' ', '  ', 1)}”", "typography", article, start, end)
    yield Case("hard space", f"“{_last(text, ' ', chr(0xA0))}”", "typography", article, start, end)
    for dash, other in (("—", " – "), ("–", "—"), (" - ", "—")):
        if dash in text:
            yield Case("dash", f"“{text.replace(dash, other)}”", "typography", article, start, end)
            break
    first = text[0]
    if first.isalpha() and first.swapcase() != first and not text.split()[0].isupper():
        yield Case("case at the start", f"“{first.swapcase()}{text[1:]}”", "typography", article, start, end)


def _trimmed(article: Article, start: int, end: int, rng: random.Random) -> Iterator[Case]:
    text = article.text[start:end]
    words = [m.span() for m in re.finditer(r"[^\W_]+(?:['’.,:-][^\W_]+)*", text)]
    inner = range(2, len(words) - 2)
    if len(inner) < 3:
        return
    # A cut in the middle of a clause: nothing but a space stands at it.
    clean = [i for i in inner if text[words[i - 1][1] : words[i][0]] == " "]
    if not clean:
        return
    i = rng.choice(clean)
    if i >= 3:
        a, b = words[0][0], words[i - 1][1]
        yield Case("cut at the end", f"“{text[a:b]},”", "trimmed", article, start + a, start + b)
    if len(words) - i >= 3:
        a, b = words[i][0], words[-1][1]
        yield Case("cut at the start", f"“{text[a:b]}”", "trimmed", article, start + a, start + b)
        yield Case("ellipsis at the start", f"“…{text[a:b]}”", "trimmed", article, start + a, start + b)
    for mark in ("…", " … ", " . . . ", " [...] "):
        first = rng.choice(inner[:-1])
        last = min(first + rng.randrange(1, 6), len(words) - 2)
        joined = text[: words[first - 1][1]] + mark + text[words[last][0] :]
        if last > first:
            yield Case("ellipsis", f"“{joined}”", "trimmed", article, start, end)
    a, b = words[rng.choice(inner)]
    yield Case("bracket", f"“{text[:a]}[the plan]{text[b:]}”", "trimmed", article, start, end)


def _altered(article: Article, start: int, end: int, rng: random.Random) -> Iterator[Case]:
    text = article.text[start:end]
    words = [m.span() for m in WORD.finditer(text)]
    if len(words) < 5:
        return

    def case(kind: str, changed: str) -> Case:
        return Case(kind, f"“{changed}”", "altered", article, start, end)

    a, b = rng.choice(words)
    strange = rng.choice(STRANGE)
    yield case("a word changed", text[:a] + strange + text[b:])
    a, b = words[rng.randrange(1, len(words) - 1)]
    yield case("a word dropped", text[:a] + text[b:].lstrip())
    a, b = words[rng.randrange(1, len(words))]
    yield case("a word added", f"{text[:a]}{strange} {text[a:]}")
    for a, b in words[1:-1]:
        if text[a:b].lower() in NEGATIONS:
            yield case("negation dropped", text[:a] + text[b:].lstrip())
        elif text[a:b].endswith(("n’t", "n't")):
            yield case("negation dropped", text[: b - 3] + text[b:])
        elif re.match(r"(?:is|are|was|were|will|can)\s(?!not|no|never)", text[a:]):
            yield case("negation added", f"{text[:b]} not{text[b:]}")
        else:
            continue
        break
    for number in re.finditer(r"\d+", text):
        changed = str(int(number.group()) + rng.randrange(1, 9))
        yield case("number changed", text[: number.start()] + changed + text[number.end() :])
        break
    if cyrillic := re.search(r"[oae]", text):
        other = {"o": "о", "a": "а", "e": "е"}[cyrillic.group()]
        yield case("look-alike letter", text[: cyrillic.start()] + other + text[cyrillic.end() :])
    a, b = words[len(words) // 2]
    if text[a:b].islower():
        yield case("case inside", text[:a] + text[a:b].upper() + text[b:])


def _stitched(quotes: list[tuple[Article, int, int]], rng: random.Random) -> Iterator[Case]:
    """Two quotations of one article, of different paragraphs, as if they were said in one breath."""
    for article in dict.fromkeys(article for article, _, _ in quotes):
        spans = [(a, b) for other, a, b in quotes if other is article and len(article.text[a:b].split()) >= 5]
        rng.shuffle(spans)
        for (a, b), (c, d) in zip(spans, spans[1:], strict=False):
            between = article.text[min(b, d) : max(a, c)]
            if "\n\n" not in between and "\r\n\r\n" not in between:
                continue
            joined = f"{article.text[a:b].rstrip(',.')}. {article.text[c:d]}"
            yield Case("two places joined", f"“{joined}”", "stitched", article, a, b)
            joined = f"{article.text[a:b].rstrip(',.')} … {article.text[c:d]}"
            yield Case("joined over an ellipsis", f"“{joined}”", "stitched", article, a, b)


# How a speaker can turn a sentence round by the words around it, and how not.
TURNED = (
    "It would be wrong to say that {low}.",
    "I never said that {low}.",
    "I do not think that {low}.",
    "If {low}, we will have to think again.",
    "Our critics claim that {low}.",
    "Nobody here believes that {low}.",
    "{high}, if the council agrees.",
    "{high}. But that is not true.",
    "{high}. That was wrong.",
    "{high}. I do not believe that.",
)
STRAIGHT = (
    "I am glad that {low}.",
    "We have always known that {low}.",
    "The report confirms that {low}.",
    "{high}. That is the truth.",
    "{high}. We will go on.",
    "We are not afraid, and {low}.",
)


def in_context(articles: list[Article]) -> tuple[Article, list[Case]]:
    """A source in which sentences of `articles` are turned round, or not, by the words around them."""
    said = [article.text[a:b].rstrip(".!?, ") for article in articles for a, b in _clauses(article)]
    text, made = "", []
    ways = [(way, "context") for way in TURNED] + [(way, "") for way in STRAIGHT]
    for i, sentence in enumerate(said):
        way, verdict = ways[i % len(ways)]
        low = sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]
        whole = way.format(low=low, high=sentence)
        shown = sentence if "{high}" in way else low
        start = len(text) + whole.index(shown) + 1
        text += f"“{whole}” the speaker said.\n\n"
        made.append((way, shown, verdict, start))
    source = Article(text, file="contexts.txt")
    return source, [
        Case(
            way,
            f"“{shown}”",
            verdict or ("verbatim" if "{high}" in way else "trimmed"),
            source,
            at,
            at + len(shown),
        )
        for way, shown, verdict, at in made
    ]


def _clauses(article: Article) -> Iterator[tuple[int, int]]:
    """Sentences that begin with a pronoun or an article and say no "not" themselves."""
    for start, end in spoken(article):
        for a, b in sentences(article, start, end):
            text = article.text[a:b]
            if re.match(r"(?:We|They|He|She|It|The|This|These|I) ", text) and not re.search(
                r"[;:—–]|\bif\b|\bor\b", text
            ):
                yield a, b


def _last(text: str, old: str, new: str) -> str:
    at = text.rfind(old)
    return text[:at] + new + text[at + len(old) :]
