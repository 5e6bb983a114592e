"""Who is named so plainly beside a quote that the linker need not be asked: "a sign reading “…”"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from attribution.cues import CLAIMS, CUE_NOUNS, CUE_VERBS, DENYING, NAMING, PORTRAITS
from attribution.linking import Page
from attribution.mentions import SUBJECTS, Mention
from attribution.people.names import singulars, words_of
from attribution.quotes import Quote

SIGNED, SURE, LIKELY = 0.97, 0.9, 0.6  # how likely the three sorts of telling words are right
# What parts a cue from a quote that is not its own.
STOP = re.compile(r"[.!?][”\"]?\s+(?=[A-Z“\"]|\Z)|[;:“”\"]|\n\s*\n")
_TERMS = frozenset("word words term terms phrase phrases expression label slogan".split())
# What may stand between a verb and the quote that it runs into: "called them a “…”", "warned of “…”".
_LEADING = frozenset(
    "it them him her this that these those us me you as a an the simply just of about for against".split()
)
_HELPERS = frozenset("has have had also now once then later since even repeatedly still".split())
_USING = frozenset("use uses used using prefers preferred coined coins".split())
_COINED = frozenset("used coined popularised popularized favoured favored heard printed painted".split())
_TO_MAKER = frozenset("by on in from".split())
_ABOVE = frozenset("of at for in from on".split())
_READING = re.compile(r",? (?:(?:that|which) )?(reading|reads|read|saying|says|said):? ?")
_AS_SAYING = re.compile(r"(?:, [^,;:.]{2,60},)? as (saying|telling|writing|warning|asking|replying)\b")
_QUOTING = frozenset("quoted quotes quoting cited cites citing".split())
_ASIDE = re.compile(r", [A-Z]-[A-Z][\w.]*(?: [A-Z][\w.]*)*, ")
_PRESENTING = re.compile(r"\s*(?:That|This)(?:['’]s| is| was) \Z")


@dataclass(frozen=True)
class Telling:
    """The number of the mention that speaks (`None` for nobody), the cue, the tie and how likely it is."""

    number: int | None
    cue: Token | None
    tie: str
    chance: float


def telling(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """What the words right beside a quote tell of its speaker; `None` where they leave it open."""
    for read in _SORTS:
        if found := read(page, quote, candidates):
            return found
    return None


def may_tell(head: Token) -> bool:
    """Whether the noun is a person's, a body's or a document's."""
    if head.ent_type_ in {"PERSON", "ORG"} or head.pos_ == "PRON":
        return True
    return any(_is_among(file, head) for file in ("roles.txt", "bodies.txt", "documents.txt"))


def _is_among(file: str, noun: Token) -> bool:
    return any(form in words_of(file) for form in singulars(noun.lower_))


def _signed(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """“We will win.” — Ann Jones"""
    for i, mention in enumerate(candidates):
        if page.text[quote.end : mention.start].strip() in {"-", "–", "—", "―", "--"}:
            return Telling(i, None, "signed", SIGNED)
    return None


def _presented(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """A quote alone in its paragraph, and "That's Ann Jones of the river police." after it."""
    start, end = page.layout.paragraphs[page.layout.paragraph(quote.start)]
    if len(quote.pieces) > 1 or quote.start > start or quote.end < end:
        return None
    for i, mention in enumerate(candidates):
        named = mention.start > quote.end and mention.kind not in {"PRON", "NOUN"}
        if named and _PRESENTING.fullmatch(page.text, quote.end, mention.start):
            return Telling(i, None, "presented", SURE)
    return None


def _written(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """ "WHARF: a boy with a placard reading “…”": the placard's words, whoever holds it."""
    for i, mention in enumerate(candidates):
        reading = _READING.fullmatch(page.text, mention.end, quote.start)
        if reading and _is_among("documents.txt", page.doc[mention.last]):
            verb = page.doc[page.between(reading.start(1), reading.start(1))[0]]
            return Telling(i, verb, "noun", SURE)
    return None


def _as_saying(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """ "The Post quoted Ann Jones as saying that it was “…”": Jones, not the Post."""
    for i, mention in enumerate(candidates):
        saying = _AS_SAYING.match(page.text, mention.end, quote.start)
        before = page.doc[mention.first - 1].lower_ if mention.first else ""
        between = page.text[mention.end : quote.start].rstrip(" :")
        if saying and before in _QUOTING and not STOP.search(between):
            verb = page.doc[page.between(saying.start(1), saying.start(1))[0]]
            return Telling(i, verb, "subject", SURE)
    return None


def _made_by(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """ "The office pointed to a post by Ann Jones: “…”": whoever made what the colon introduces."""
    for i, mention in enumerate(candidates):
        if mention.first < 2 or page.text[mention.end : quote.start].strip() != ":":
            continue
        before, made = page.doc[mention.first - 1], page.doc[mention.first - 2]
        if before.lower_ in {"by", "from"} and (made.lower_ in CUE_NOUNS or _is_among("documents.txt", made)):
            return Telling(i, made, "noun", SURE)
    return None


def _denied(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """ "The mill rejects the claim that it is “a cage”": the words of whoever claims it, not the mill's."""
    doc, last = page.doc, page.between(quote.start, quote.start)[0] - 1
    nouns = (i for i in range(last, max(0, last - 30), -1) if doc[i].lower_ in CLAIMS | PORTRAITS)
    at = next((i for i in nouns if _disputes(doc[max(0, i - 5) : i])), None)
    if at is None or not page.beside(at, quote) or STOP.search(page.text, doc[at].idx, quote.start):
        return None
    between = [doc[i].lower_ for i in range(at + 1, last + 1)]
    # "…, saying it was “a smear”", "dismissed the claim that … as “a smear”"
    own = any(word in CUE_VERBS and word.endswith("ing") for word in between)
    if doc[at].lower_ in CLAIMS:
        own = own or "that" not in between or "as" in between[-2:]
    elif "as" not in between:
        return None
    if own:
        return None
    for i, mention in enumerate(candidates):
        before = doc[mention.first - 1].lower_ if mention.first else ""
        made = at < mention.first <= last and before in {"by", "from"}
        owned = mention.last + 2 == at and doc[mention.last + 1].lower_ in {"'s", "’s", "'", "’"}
        if made or owned:
            return Telling(i, doc[at], "noun", LIKELY)
    return Telling(None, None, "none", LIKELY)


def _disputes(words: Sequence[Token]) -> bool:
    """Whether the words before a claim turn it down: "denied", "did not accept", "hit back at"."""
    lower = [word.lower_ for word in words]
    if {"back", "at"} <= set(lower) or not DENYING.isdisjoint(lower):
        return True
    return "accept" in lower[1:] and lower[lower.index("accept", 1) - 1] in {"not", "n't", "n’t", "never"}


def _subject_before(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """The subject of the reporting verb that runs into the quote: "the mayor called it “…”"."""
    doc = page.doc
    at = page.between(quote.start, quote.start)[0] - 1
    at -= quote.kind == "nested" and at > 0 and doc[at].text == ","  # “My father told me, ‘Go home’ …”
    term = False
    for _ in range(4):
        if at < 1 or doc[at].lower_ not in _LEADING | _TERMS:
            break
        term, at = term or doc[at].lower_ in _TERMS, at - 1
    verb = doc[max(at, 0)]
    if at < 1 or not page.beside(at, quote) or verb.lower_ not in (_USING if term else CUE_VERBS):
        return None
    if _passive(verb):
        return None
    number = _subject(verb, candidates)
    if number is None:
        number = _before_aside(page, verb, candidates)
    if number is None:
        number = _right_before(page, verb, quote, candidates)
    if number is None:
        return None
    mention = candidates[number]
    before = doc[mention.first - 1].lower_ if mention.first else ""
    if mention.kind == "NOUN" and verb.dep_ == "ccomp" and not may_tell(doc[mention.head]):
        return None  # "she said the evidence showed “…”"
    if mention.kind == "PRON" and before == "what":
        return None  # "denounced what he calls “…”": either word names him
    if doc[mention.head].lower_ in {"that", "which"}:  # "a placard that read"
        number = next((i for i, m in enumerate(candidates) if m.last == mention.first - 1), number)
    return Telling(number, verb, "subject", SURE)


def _passive(verb: Token) -> bool:
    be = {"is", "are", "was", "were", "be", "been", "being"}
    return any(c.dep_ in {"aux:pass", "auxpass"} for c in verb.children) or verb.nbor(-1).lower_ in be


def _subject(verb: Token, candidates: Sequence[Mention]) -> int | None:
    """The mention that the parse gives the verb as its subject."""
    for child in verb.lefts:
        if child.dep_ in SUBJECTS and not child.dep_.endswith("pass"):
            return next((i for i, m in enumerate(candidates) if m.first <= child.i <= m.last), None)
    return None


def _before_aside(page: Page, verb: Token, candidates: Sequence[Mention]) -> int | None:
    """The name before an aside and the verb: "Rep. Bo Hill[, R-Texas,] called"."""
    for i, mention in enumerate(candidates):
        named = mention.kind not in {"NOUN", "PRON"} and mention.end < verb.idx
        if named and _ASIDE.fullmatch(page.text, mention.end, verb.idx):
            return i
        apposed = mention.first and page.doc[mention.first - 1].text == ","
        if named and apposed and page.text[mention.end : verb.idx] == ", ":
            return i  # "the union's president, Ann Roe, called"
    return None


def _right_before(page: Page, verb: Token, quote: Quote, candidates: Sequence[Mention]) -> int | None:
    """The mention that ends right before the verb, whatever the parse says: "a sign [reading]"."""
    doc, at = page.doc, verb.i - 1
    while at > 0 and (doc[at].lower_ in _HELPERS or doc[at].pos_ == "ADV"):
        at -= 1
    ends = {mention.last: i for i, mention in enumerate(candidates)}
    number = ends.get(at)
    if number is None:
        return None
    written = _is_among("documents.txt", doc[candidates[number].head])
    while not written and doc[max(0, candidates[number].first - 1)].lower_ in _ABOVE:
        above = ends.get(candidates[number].first - 2)  # "the mayor of its largest town"
        if above is None or not may_tell(doc[candidates[above].head]):
            break
        number = above
    if verb.text.endswith("ing"):
        return number if written and verb.lower_ not in NAMING else None
    if verb.lower_ in NAMING and (written or quote.words < 2 and quote.text[1:2].isupper()):
        return None  # "a film called “Tide”"
    return number if may_tell(doc[candidates[number].head]) else None


def _subject_after(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """“No house will fall,” the Coastal Plan states: the verb was read as a noun."""
    doc = page.doc
    for i, mention in enumerate(candidates):
        behind = mention.start >= quote.end and page.text[quote.end : mention.start].strip() in {"", "the"}
        if not behind or mention.last + 2 >= len(doc):
            continue
        verb, mark = doc[mention.last + 1], doc[mention.last + 2]
        if verb.pos_ == "NOUN" and verb.lower_ in CUE_VERBS and mark.is_punct:
            return Telling(i, verb, "subject", SURE)
    return None


def _coined(page: Page, quote: Quote, candidates: Sequence[Mention]) -> Telling | None:
    """“land grab”, the phrase on the league's leaflets; “land grab”, a term coined by the league."""
    doc, at = page.doc, page.between(quote.end, quote.end)[0]
    at += at < len(doc) and doc[at].text == ","
    if at + 2 >= len(doc):
        return None
    named = doc[at].lower_ in {"the", "a"} and doc[at + 1].lower_ in _TERMS
    if not named and doc[at].lower_ not in _COINED:
        return None
    starts = {mention.first: i for i, mention in enumerate(candidates)}
    for i in range(at + 1, min(at + 8, len(doc) - 1)):
        if doc[i].text in {".", ",", ";"} or not page.beside(i, quote):
            return None
        if doc[i].lower_ in _TO_MAKER and i + 1 in starts:
            return Telling(starts[i + 1], doc[at], "noun", LIKELY)
    return None


_SORTS = (
    *(_signed, _presented, _written, _as_saying, _made_by),
    *(_denied, _subject_before, _subject_after, _coined),
)
