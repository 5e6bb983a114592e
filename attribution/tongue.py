"""The language that an article is written in: what its source declares, mended where the text says otherwise.

What a person says of it goes before both. Only the reporter's own words tell: an English article may quote in
French. The commonest English words settle it for nearly every English article; only where they are missing is
a language identifier asked (py3langid, a naive Bayes classifier over runs of bytes: Lui and Baldwin 2011),
which has to be sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from attribution.article import Article, AttributionError
from attribution.marks import find_marks

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Words that English sentences can hardly do without, and that other languages hardly have.
_ENGLISH = frozenset(
    "about and been from had has its said she that the their there they this were which who with would "
    "you".split()
)
_ENOUGH_ENGLISH = 0.05  # of the words; in news it is 0.12 and more, half of that where half is a translation
# So much, or so little, that it is the same where the quotes are cut out roughly.
_PLAINLY_ENGLISH, _PLAINLY_NOT = 2 * _ENOUGH_ENGLISH, _ENOUGH_ENGLISH / 5
_QUOTED = re.compile(r"“[^”\n]*”?|‘[^’\n]*’?|«[^»\n]*»?|„[^“”\n]*[“”]?|\"[^\"\n]*\"?")
_LETTERS = 60  # counted in bytes: a Chinese letter tells as much as three Latin ones; fewer tell too little
_READ = 6_000  # characters that are enough to tell
_SURE = 0.5  # the least probability of another language than English,
_POSSIBLE = 0.01  # and the most of English; the least for the declared one, so that it is not contradicted
# Codes of one language, or of standards of it that a news text hardly tells apart.
_ONE = ({"no", "nb", "nn"}, {"hr", "sr", "bs", "sh"}, {"he", "iw"}, {"id", "in", "ms"}, {"tl", "fil"})


@dataclass(frozen=True)
class Tongue:
    """The language of an article: its ISO 639 `code` ("fr"), and the one `declared` where that is wrong."""

    code: str
    declared: str | None = None

    @property
    def name(self) -> str:
        """The language's English name; its code where it has none that is known.

        >>> Tongue("fr").name, Tongue("zz").name
        ('French', 'zz')
        """
        return _name(self.code)

    def reads(self, code: str) -> bool:
        """Whether a model of the language `code` ("xx": of many) reads this one.

        >>> Tongue("nn").reads("nb"), Tongue("fr").reads("en"), Tongue("fr").reads("xx")
        (True, False, True)
        """
        return code == "xx" or _same(self.code, code)

    @property
    def unread(self) -> str:
        """What a reader has to know of an article whose language no model at hand reads.

        >>> Tongue("fr").unread
        'This article is in French: its quotes are found, but who says them is not read.'
        """
        return f"This article is in {self.name}: its quotes are found, but who says them is not read."

    def note(self, code: str) -> str:
        """What to know of the article where the model at hand reads the language `code`; empty if nothing.

        >>> Tongue("en", declared="de").note("en")
        'This article is in English and read so, though its source declares it to be in German.'
        """
        declared = f", though its source declares it to be in {_name(self.declared)}" if self.declared else ""
        if self.reads(code):
            return f"This article is in {self.name} and read so{declared}." if declared else ""
        return f"{self.unread[:-1]}{declared}."


def tongue_of(article: Article) -> Tongue | None:
    """The language of `article`; None where its text is too short to tell and its source declares none.

    What a person says (`Article.read_as`) holds. A text whose first pages are English at least by half is
    English, and what stands in quotation marks does not count. A declared language holds unless the text
    shows another one for sure. The same text always gives the same.

    >>> tongue_of(Article("«On va gagner», a dit Jones.", file="note.txt", language="fr-CA"))
    Tongue(code='fr', declared=None)
    """
    if article.read_as:
        return Tongue(article.read_as)
    declared = _base(article.language)
    found = _found(article.text[:_READ], declared)
    if found is None or declared and _same(found, declared):
        return Tongue(declared) if declared else None
    return Tongue(found, declared)


def language_code(said: str) -> str:
    """The ISO 639-1 code of the language that a person names: by its code, or by its English name.

    Raises `AttributionError` where there is none.

    >>> language_code("FR"), language_code(" french ")
    ('fr', 'fr')
    """
    plain = " ".join(said.split()).casefold()
    if len(plain) == 2 and plain in _names():
        return plain
    for code, name in _names().items():
        if len(code) == 2 and name.casefold() == plain:
            return code
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", " ".join(said.split()))[:40]
    raise AttributionError(f"“{shown}” is no language. Write its ISO 639-1 code, as in en, fr or es.")


@lru_cache(maxsize=8192)  # a page asks for all its articles each time that it is drawn
def _found(text: str, declared: str | None) -> str | None:
    """The code of the language that `text` shows for sure, if any."""
    # To find the exact quotes takes ten times as long, and of most articles they decide nothing.
    roughly = _QUOTED.sub(" ", text)
    if _letters(roughly) >= _LETTERS:
        if _english(roughly) >= _PLAINLY_ENGLISH:
            return "en"
        if _english(text) <= _PLAINLY_NOT:
            return _identified(roughly, declared)
    return _identified(_narration(text), declared)


def _narration(text: str) -> str:
    """The text outside of quotation marks; the whole of it where that is too little to tell."""
    parts, at = [], 0
    for mark in find_marks(text):
        for piece in mark.pieces if not mark.depth else ():
            parts.append(text[at : piece.start])
            at = max(at, piece.end)
    own = " ".join([*parts, text[at:]])
    return own if _letters(own) >= _LETTERS else text


def _identified(text: str, declared: str | None) -> str | None:
    """The same of the reporter's own words alone."""
    if _letters(text) < _LETTERS:
        return None
    if _english(text) >= _ENOUGH_ENGLISH:
        return "en"
    chances = dict(_identifier().rank(text))
    if any(declared and _same(code, declared) and chances[code] >= _POSSIBLE for code in chances):
        return declared
    code = max(chances, key=chances.__getitem__)
    return code if code == "en" or chances[code] >= _SURE and chances["en"] < _POSSIBLE else None


def _english(text: str) -> float:
    """How many of the words are such as English alone has, from 0 to 1."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return sum(word in _ENGLISH for word in words) / max(1, len(words))


def _letters(text: str) -> int:
    return len("".join(filter(str.isalpha, text)).encode("utf-8", "surrogatepass"))


def _base(tag: str | None) -> str | None:
    """The language of a tag as sources write it.

    >>> _base("fr-CA"), _base("EN_us"), _base("und"), _base("")
    ('fr', 'en', None, None)
    """
    code = re.split(r"[-_]", (tag or "").strip().casefold())[0]
    return code if re.fullmatch("[a-z]{2,3}", code) and code not in {"und", "mul", "mis", "zxx"} else None


def _same(one: str, other: str) -> bool:
    return one == other or any({one, other} <= codes for codes in _ONE)


def _name(code: str) -> str:
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    """English names of languages, by their codes."""
    from babel import Locale

    return dict(Locale("en").languages.items())


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded when first needed: it takes half a second and 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
