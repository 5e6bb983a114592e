"""Printed names taken apart and compared: titles, initials, nicknames, misspellings, acronyms."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

Likeness = Literal["same", "misspelt", "different"]
Gender = Literal["female", "male"]

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_QUOTED = re.compile(r"[\"“”‘(]([^\"“”‘’()]{2,20})[\"“”’)]")
_POSSESSIVE = re.compile(r"['’]s?$")


@cache
def words_of(file: str) -> dict[str, str]:
    """The words of `attribution/data/<file>`, each with the note that stands after it ("" where none)."""
    text = files("attribution").joinpath("data", file).read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {words[0]: " ".join(words[1:]) for words in lines}


@cache
def table_of(file: str) -> dict[str, Any]:
    """The JSON object of `attribution/data/<file>`."""
    return json.loads(files("attribution").joinpath("data", file).read_text(encoding="utf-8"))


@cache
def _given_genders() -> dict[str, Gender | None]:
    """Gender of common given names, `None` for those that both bear."""
    lists = {gender: set(names.split()) for gender, names in table_of("given_names.json").items()}
    both = lists["female"] & lists["male"]
    return {n: None if n in both else gender for gender, names in lists.items() for n in names}  # type: ignore[misc]


@cache
def _nickname_roots() -> dict[str, frozenset[str]]:
    """Every given name that has nicknames, and every nickname, with the full names it may stand for."""
    roots: dict[str, set[str]] = {}
    for full, shorts in table_of("nicknames.json").items():
        for name in (full, *shorts.split()):
            roots.setdefault(name, set()).add(full)
    return {name: frozenset(fulls) for name, fulls in roots.items()}


def nickname_roots(given: str) -> frozenset[str]:
    """The full names that a given name may stand for.

    >>> sorted(nickname_roots("ted"))
    ['edward', 'theodore']
    """
    return _nickname_roots().get(given, frozenset())


def is_known_given(given: str) -> bool:
    """Whether the (folded) word is a common given name."""
    return given in _given_genders()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, so that "Årdal" and "ARDAL" meet.

    >>> fold("José Peñarrubia")
    'jose penarrubia'
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A printed name taken apart; all but `titles` and `plain` are folded (see `fold`).

    `plain` is the name as printed without its titles, `given` the given names and initials.
    """

    plain: str
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    suffix: str = ""
    nickname: str = ""

    @property
    def gender(self) -> Gender | None:
        """The gender that an honorific or a common given name tells."""
        for title in self.titles:
            if told := _title_gender(title):
                return told
        return _given_genders().get(self.given[0]) if self.given else None


def _title_gender(title: str) -> Gender | None:
    word = fold(title).rstrip(".")
    return table_of("titles.json")["honorifics"].get(word) or role_gender(word)


def is_title(word: str) -> bool:
    """Whether the word is an honorific, a title or a role that may stand before a name.

    >>> [is_title(w) for w in ("Mr.", "Gov.", "Sheriff", "Jacob")]
    [True, True, True, False]
    """
    folded, titles = fold(word).rstrip("."), table_of("titles.json")
    return folded in titles["honorifics"] or folded in titles["abbreviations"] or is_role(folded)


def is_role(word: str) -> bool:
    """Whether the noun (also in the plural) says what a person is or does: "senator", "nurses"."""
    roles = words_of("roles.txt")
    return any(form in roles for form in singulars(fold(word)))


def role_gender(noun: str) -> Gender | None:
    """The gender that a (folded) role noun gives its bearer.

    >>> role_gender("niece"), role_gender("baker")
    ('female', None)
    """
    note = words_of("roles.txt").get(noun, "").split()
    return "female" if "f" in note else "male" if "m" in note else None


def is_kin(word: str) -> bool:
    """Whether the noun (also in the plural) says whose family somebody is of: "wife", "daughters"."""
    return any("kin" in words_of("roles.txt").get(form, "").split() for form in singulars(fold(word)))


def singulars(word: str) -> tuple[str, ...]:
    """The word and what it may be the plural of.

    >>> singulars("agencies")
    ('agencies', 'agencie', 'agency')
    """
    forms = [word]
    if word.endswith("men"):
        forms.append(word[:-3] + "man")
    if word.endswith("s") and len(word) > 3:
        forms.append(word[:-1])
    if word.endswith("es") and len(word) > 4:
        forms.append(word[:-3] + "y" if word.endswith("ies") else word[:-2])
    if word in {"wives", "children", "people"}:
        forms.append({"wives": "wife", "children": "child", "people": "person"}[word])
    return tuple(forms)


@lru_cache(maxsize=65536)
def parse_name(printed: str) -> NameParts:
    """Take a person's name as printed apart.

    >>> parts = parse_name("Minneapolis Mayor Jacob Frey's")
    >>> parts.titles, parts.given, parts.surname
    (('Minneapolis', 'Mayor'), ('jacob',), 'frey')
    >>> parse_name("Gov. Walz").plain
    'Walz'
    """
    text = _POSSESSIVE.sub("", " ".join(printed.split()).strip(" ,;:"))
    nickname, bare = "", text
    if quoted := _QUOTED.search(text):
        nickname = fold(quoted.group(1)).strip(" ,.")
        bare = " ".join((text[: quoted.start()] + " " + text[quoted.end() :]).split())
    words, suffix = bare.split(), ""
    if len(words) > 1 and is_suffix(words[-1]):
        suffix, words = fold(words[-1]).strip(".,"), words[:-1]
    count = _count_titles(words)
    rest = [fold(word).strip(",") for word in words[count:]]
    given, surname = _split(rest)
    if surname and not given and count and fold(words[count - 1]) in {"sir", "dame"}:
        given, surname = (surname,), ""  # "Sir Alwyn" is called by his given name
    return NameParts(_without(bare, count), tuple(words[:count]), given, surname, suffix, nickname)


def is_suffix(word: str) -> bool:
    """Whether the word may follow a surname: "Jr.", "III"."""
    return fold(word).strip(".,").replace(".", "") in table_of("titles.json")["suffixes"]


def _count_titles(words: list[str]) -> int:
    """How many words before the name are titles: all up to the last one that is."""
    count = 0
    for i, word in enumerate(words[:-1]):
        if fold(word) in _given_genders() and (i == count):
            break  # "Dean Smith", "Mary Baker Eddy": a given name opens the name, roles after it are names
        if is_title(word) and not is_initials(word):
            count = i + 1
    return count


def _without(text: str, count: int) -> str:
    """The text without its first `count` words."""
    return text.split(maxsplit=count)[-1] if count else text


def is_initials(word: str) -> bool:
    """Whether the word is initials: "J.", "J.R.", "J"."""
    return len(word) == 1 or bool(re.fullmatch(r"(?:\w\.-?){1,3}", word))


def _split(words: list[str]) -> tuple[tuple[str, ...], str]:
    """Given names and surname; particles ("de", "van") belong to the surname."""
    particles = set(table_of("titles.json")["particles"])
    if not words:
        return (), ""
    start = len(words) - 1
    while start > 0 and words[start - 1].rstrip(".") in particles:
        if start == 1 and is_known_given(words[0]):
            break  # "Ben Hill"
        start -= 1
    given: list[str] = []
    for word in words[:start]:
        # "J.R." and "J. R." are the same two initials
        given += [c for c in re.split(r"[.]", word) if c] if is_initials(word) else [word]
    if len(words) == 1 and is_initials(words[0]) and "." in words[0]:
        return tuple(c for c in words[0].split(".") if c), ""
    return tuple(given), " ".join(words[start:])


def compare_names(a: NameParts, b: NameParts) -> Likeness:
    """Whether two persons' names can be one name, and if so whether one is misspelt.

    "same" also holds for a short form ("Frey") beside a long one: whether it is that person is
    for the caller to decide. Cousins, spouses and namesakes ("Nadia Oakes", "Ruben Oakes") differ.

    >>> compare_names(parse_name("Jaocb Frey"), parse_name("Mayor Jacob Frey"))
    'misspelt'
    >>> compare_names(parse_name("Nadia Oakes"), parse_name("Ruben Oakes"))
    'different'
    """
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return "different"
    genders = {_title_gender(t) for t in a.titles} - {None}, {_title_gender(t) for t in b.titles} - {None}
    if genders[0] and genders[1] and not genders[0] & genders[1]:
        return "different"
    given = _compare_given(a, b)
    surname: Likeness = "same"
    if a.surname and b.surname:
        surname = _compare_words(a.surname, b.surname, floor=4 if a.given and b.given else 5)
    if "different" in (surname, given):
        return "different"
    if surname == "misspelt":
        if not a.given and not b.given:
            return "misspelt"
        shared = a.given and b.given and a.given[0] == b.given[0] and len(a.given[0]) > 1
        return "misspelt" if shared or not (a.given and b.given) else "different"
    return given


def _compare_given(a: NameParts, b: NameParts) -> Likeness:
    """Compare given names: initials, nicknames and a dropped first name agree."""
    if not a.given or not b.given:
        return "same"
    first = _compare_first(a.given[0], b.given[0])
    if len(a.given) > 1 and len(b.given) > 1 and first != "different":
        return first if _initials_agree(a.given[1], b.given[1]) else "different"
    firsts = [first]
    for one, other in ((a, b), (b, a)):
        # known by a nickname or by the second given name
        firsts += [
            _compare_first(one.given[0], name) if len(one.given[0]) > 1 else "different"
            for name in (*other.given[1:], other.nickname)
            if len(name) > 1
        ]
    return "same" if "same" in firsts else "misspelt" if firsts[0] == "misspelt" else "different"


def _initials_agree(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[:1] == b[:1]) or _compare_words(a, b, floor=5) == "misspelt"


def _compare_first(a: str, b: str) -> Likeness:
    if a == b or (1 in (len(a), len(b)) and a[:1] == b[:1]):
        return "same"
    roots = _nickname_roots()
    if roots.get(a, frozenset()) & roots.get(b, frozenset()):
        return "same"
    genders = _given_genders()
    if a in genders and b in genders:
        return "different"  # two names in their own right: Maria is not Marie misspelt
    return _compare_words(a, b, floor=4)


def _compare_words(a: str, b: str, *, floor: int) -> Likeness:
    """The same word, one a slip of the pen away (in words of `floor` letters or more), or another."""
    if a == b or a.replace("-", " ") == b.replace("-", " "):
        return "same"
    if min(len(a), len(b)) < floor or abs(len(a) - len(b)) > 1 + (min(len(a), len(b)) > 8):
        return "different"
    allowed = 1 + (min(len(a), len(b)) > 8)
    if a[0] != b[0] and allowed < 2 and sorted(a[:2]) != sorted(b[:2]):
        return "different"  # slips at the first letter are rare, another name is likelier: Baker, Laker
    if min(len(a), len(b)) < 5 and len(a) == len(b) and sorted(a) != sorted(b):
        return "different"  # in a short name another letter makes another name: Hall, Hill
    return "misspelt" if slips(a, b) <= allowed else "different"


def slips(a: str, b: str) -> int:
    """Slips of the pen between two words: letters left out, put in, changed or swapped with the next.

    The optimal string alignment distance (Damerau 1964).

    >>> slips("jaocb", "jacob"), slips("stanick", "stannick")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


_SMALL = {"of", "the", "and", "for", "on", "in", "at", "to", "&", "de", "a"}


def acronyms(name: str) -> frozenset[str]:
    """The acronyms that a body's name gives, folded.

    >>> "dhs" in acronyms("the Department of Homeland Security")
    True
    """
    words = [w for w in re.split(r"[\s\-–]+", fold(name).replace("'s", "")) if w]
    plain = [w for w in words if w not in _SMALL]
    if len(plain) < 2:
        return frozenset()
    without_country = plain[1:] if plain[0] in {"u.s.", "us", "uk", "u.k.", "federal"} else plain
    choices = (plain, without_country, [w for w in words if w != "the"])
    letters = {"".join(w[0] for w in some) for some in choices}
    return frozenset(letters - {""})


@lru_cache(maxsize=16384)
def body_key(name: str) -> str:
    """A body's name for comparison: folded, without its article, dots and possessive.

    >>> body_key("The U.S. Senate's")
    'us senate'
    """
    key = _POSSESSIVE.sub("", fold(" ".join(name.split())).strip(" ,;:"))
    key = re.sub(r"^(the|a|an|its|their|his|her|our)\s+", "", key)
    return key.replace(".", "").replace("&", "and")


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same last name, and first names that go together.

    >>> [names_agree(name, "Jacob Frey") for name in ("Frey", "J. Frey", "Ann Frey")]
    [True, True, False]
    """
    names = [re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name.casefold()) for name in (one, other)]
    if not all(names) or names[0][-1] != names[1][-1]:
        return False
    firsts = [given[0] for given in (names[0][:-1], names[1][:-1]) if given]
    return len(firsts) < 2 or firsts[0].startswith(firsts[1]) or firsts[1].startswith(firsts[0])
