"""The whole way in order: articles → quotes → speakers → people → stance."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Any

from spacy.tokens import Doc

from attribution.article import Article
from attribution.language import load_language, parse
from attribution.people import (
    ArticleSpeakers,
    Person,
    Speaker,
    build_ledger,
    names_in,
    no_speakers,
    resolve,
)
from attribution.plain import Plain, as_read, plain_words
from attribution.quotes import Quote, find_quotes
from attribution.readers.pages import page_of, time_of
from attribution.speakers import Attribution, attribute
from attribution.stance import (
    MODEL_NAME,
    QUOTE_MARK,
    QuoteInContext,
    Stance,
    StanceClassifier,
    Target,
    check_target,
    load_stance,
)
from attribution.tongue import Tongue, tongue_of

Progress = Callable[[int, int, str], None]


# The two steps doubt the same quotes, so that their product is too modest. The power was fitted on PolNeAR's
# hand-labelled speakers and the invented articles (`attribution evaluate speakers` prints the calibration).
_SHARED_DOUBT = 0.5


@dataclass(frozen=True)
class AttributedQuote:
    """A quote with its article, the words that attribute it, its speaker, and a stance a target.

    `unread` says that the article is in a language that was not read: nothing is known of who speaks.
    """

    article: Article
    quote: Quote
    attribution: Attribution
    speaker: Speaker
    alternatives: tuple[tuple[str, float], ...] = ()
    stances: tuple[Stance, ...] = ()
    unread: bool = False

    @cached_property
    def id(self) -> str:
        """Stable across runs and machines: it depends on the article's bytes and the quote's place."""
        key = f"{self.article.sha256}:{self.quote.start}:{self.quote.end}"
        return hashlib.sha256(key.encode()).hexdigest()[:12]

    @cached_property
    def confidence(self) -> float:
        """How likely the speaker is right: the mention and the step from it to a person."""
        return (self.attribution.confidence * self.speaker.confidence) ** _SHARED_DOUBT

    @property
    def name(self) -> str | None:
        """Who said it: the canonical name, else what the text says of an unnamed speaker."""
        return self.speaker.person.name if self.speaker.person else self.speaker.description

    @property
    def evidence(self) -> str:
        """Why this speaker: the words that attribute the quote, then whom they stand for."""
        if self.attribution.mention is None:
            return self.speaker.evidence if self.speaker.person else self.attribution.evidence
        return f"{self.attribution.evidence} {self.speaker.evidence}".strip()

    def records(self) -> Iterator[dict[str, Any]]:
        """The public record, one a target (one with `"stance": None` where no target was asked for)."""
        mention, cue = self.attribution.mention, self.attribution.cue
        person = self.speaker.person
        record = {
            "article": self.article.id,
            "file": self.article.file,
            "sha256": self.article.sha256,
            "outlet": self.article.outlet,
            "published": self.article.published,
            "quote_id": self.id,
            "start": self.quote.start,
            "end": self.quote.end,
            "page": page_of(self.article.text, self.quote.start),
            "time": time_of(self.article.text, self.quote.start),
            "pieces": [piece.as_record() for piece in self.quote.pieces],
            "text": self.quote.text,
            "kind": self.quote.kind,
            "unclosed": self.quote.unclosed,
            "speaker": person.name if person else None,
            "speaker_id": person.id if person else None,
            "speaker_type": self.speaker.type,
            "speaker_description": self.speaker.description,
            "role": self.speaker.role,
            "mention": mention.as_record() if mention else None,
            "cue": cue.as_record() if cue else None,
            "evidence": self.evidence,
            "confidence": round(self.confidence, 3),
            "alternatives": [{"speaker": name, "confidence": round(p, 3)} for name, p in self.alternatives],
        }
        for stance in self.stances or (None,):
            yield record | {"stance": stance.as_record() if stance else None}


@dataclass(frozen=True)
class Analysis:
    """What the articles say: every quote attributed, the ledger of people, and the files refused and why.

    `notes` are pairs of an article's id and what to know of it: that it is in another language.
    """

    articles: tuple[Article, ...]
    quotes: tuple[AttributedQuote, ...]
    people: tuple[Person, ...]
    refused: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def records(self) -> list[dict[str, Any]]:
        """The public records of all quotes, in reading order, one a quote and target."""
        return [record for quote in self.quotes for record in quote.records()]


# Loaded once: the page calls again and again.
_pipeline = cache(load_language)


def extract(
    articles: Sequence[Article], *, language: str | None = None, progress: Progress | None = None
) -> Analysis:
    """Every quote of the articles with its speaker, before any stance.

    `language` names another spaCy pipeline than the shipped one, which is English. Of an article in another
    language than the pipeline's only the quotes are found; its line in `notes` says so. `progress` is called
    with the number of articles done, their total and the file just read. People are named over all articles
    together.
    """
    found = []
    for done, article in enumerate(articles):
        found.append(read_article(article, language=language))
        if progress:
            progress(done + 1, len(articles), article.file)
    return name_people(found)


def attribute_doc(doc: Doc, article: Article) -> list[AttributedQuote]:
    """The same for one article that is parsed already: `doc.text` is `article.text`."""
    return list(name_people([_read(doc, article)]).quotes)


@dataclass(frozen=True)
class Reading:
    """What one article gives before people are named over all of them; holds nothing of the parse.

    `note` is what to know of the article; `unread` that it is in a language that was not read.
    """

    article: Article
    quotes: tuple[Quote, ...]
    attributions: tuple[Attribution, ...]
    speakers: ArticleSpeakers
    runners_up: ArticleSpeakers
    unread: bool = False
    note: str | None = None


def read_article(article: Article, *, language: str | None = None) -> Reading:
    """The first half of `extract`, which takes nearly all of its time and needs no other article.

    What is kept of it need not be read again when an article is added: `name_people` is the other half.
    """
    nlp = _pipeline(language)
    plain, tongue = as_read(article.text), tongue_of(article)
    doc = parse(nlp, plain.text if plain else article.text)
    readable = tongue is None or tongue.reads(nlp.lang)
    reading = _read(doc, article) if readable else _unread(doc, article, tongue)
    if plain:
        reading = _as_written(reading, plain)
    return replace(reading, note=tongue.note(nlp.lang) or None) if tongue else reading


def _as_written(reading: Reading, plain: Plain) -> Reading:
    """The reading of a text as one reads it, with every span where it stands in the article."""

    def attribution(read: Attribution) -> Attribution:
        mention, cue = (span and plain.as_written(span) for span in (read.mention, read.cue))
        others = tuple((plain.as_written(span), chance) for span, chance in read.alternatives)
        return replace(read, mention=mention, cue=cue, alternatives=others)

    quotes = (replace(q, pieces=tuple(map(plain.as_written, q.pieces))) for q in reading.quotes)
    return replace(reading, quotes=tuple(quotes), attributions=tuple(map(attribution, reading.attributions)))


def _read(doc: Doc, article: Article) -> Reading:
    quotes = find_quotes(doc)
    attributions = attribute(doc, quotes)
    names = names_in(doc, [a.mention for a in attributions if a.mention])
    second = [replace(a, mention=a.alternatives[0][0] if a.alternatives else None) for a in attributions]
    return Reading(
        article,
        tuple(quotes),
        tuple(attributions),
        ArticleSpeakers(article.id, names, tuple(resolve(doc, names, quotes, attributions))),
        ArticleSpeakers(article.id, names, tuple(resolve(doc, names, quotes, second))),
    )


def _unread(doc: Doc, article: Article, tongue: Tongue) -> Reading:
    """The quotes of an article whose language the pipeline does not read, none with a speaker."""
    quotes = find_quotes(doc)
    nobody = no_speakers(article.id, len(quotes))
    unknown = Attribution(None, None, tongue.unread, 0.0)
    return Reading(article, tuple(quotes), (unknown,) * len(quotes), nobody, nobody, unread=True)


def name_people(readings: Sequence[Reading]) -> Analysis:
    """The second half of `extract`: one ledger over all articles, and every quote with its line of it."""
    # The runners-up are named in the same ledger, so that "Frey" is "Jacob Frey" there too.
    ledger = build_ledger([r.speakers for r in readings] + [r.runners_up for r in readings])
    quotes = []
    for number, reading in enumerate(readings):
        speakers, seconds = ledger.speakers[number], ledger.speakers[len(readings) + number]
        rows = zip(
            reading.quotes, reading.attributions, _echoed(reading.quotes, speakers), seconds, strict=True
        )
        quotes += [
            AttributedQuote(
                reading.article,
                quote,
                attribution,
                speaker,
                _runners_up(attribution, speaker, second),
                unread=reading.unread,
            )
            for quote, attribution, speaker, second in rows
        ]
    notes = tuple((reading.article.id, reading.note) for reading in readings if reading.note)
    return Analysis(tuple(r.article for r in readings), tuple(quotes), ledger.people, notes=notes)


def _runners_up(attribution: Attribution, speaker: Speaker, second: Speaker) -> tuple[tuple[str, float], ...]:
    """Who else may have said it, likeliest first: another reading of the mention, another mention."""
    chances: dict[str, float] = {}
    for name, chance in speaker.alternatives:
        chances[name] = chance * attribution.confidence
    if attribution.alternatives and second.person and second.person != speaker.person:
        name, chance = second.person.name, attribution.alternatives[0][1]
        chances[name] = max(chances.get(name, 0.0), chance)
    return tuple(sorted(chances.items(), key=lambda item: -item[1]))


def _echoed(quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, a headline's taken from the body where one person says the same words there."""
    said = [(_bare(quote.text), speaker) for quote, speaker in zip(quotes, speakers, strict=True)]
    resolved = list(speakers)
    for i, quote in enumerate(quotes):
        if quote.kind != "headline" or not (words := _bare(quote.text)):
            continue
        body = [(text, s) for (text, s), q in zip(said, quotes, strict=True) if q.kind != "headline"]
        same = [speaker for text, speaker in body if words in text]
        voices = same or [speaker for text, speaker in body if _nearly(words.split(), text.split())]
        people = {speaker.person for speaker in voices}
        if voices and len(people) == 1:
            words_there = "the same words" if same else "nearly the same words"
            evidence = f"The article quotes {words_there} from this speaker below."
            confidence = min(voices[0].confidence, 1.0 if same else _NEARLY)
            resolved[i] = replace(voices[0], evidence=evidence, confidence=confidence)
    return resolved


_NEARLY = 0.85  # how likely nearly the same words in the body are the headline's


def _nearly(words: Sequence[str], text: Sequence[str]) -> bool:
    """Whether most of at least four words stand in `text` in a row, with a few others between."""
    blocks = [
        block
        for block in SequenceMatcher(None, words, text, autojunk=False).get_matching_blocks()
        if block.size > 1
    ]
    if len(words) < 4 or not blocks or sum(block.size for block in blocks) < 0.7 * len(words):
        return False
    return blocks[-1].b + blocks[-1].size - blocks[0].b <= 1.5 * len(words)


def _bare(text: str) -> str:
    """The words alone, in lower case, each between spaces."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold().replace("’", "'"))) + " "


def classify(
    analysis: Analysis,
    targets: Sequence[Target],
    *,
    classifier: StanceClassifier | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """The same analysis with a stance of every quote toward every target, the shipped model's by default.

    That model reads English: it is not asked about the quotes of an article in another language, which are
    `unsure`. What another classifier reads is not known, and it is asked. `progress` is called with the
    number of stances done, their total and the target. Raises `AttributionError` for a target that is empty
    or absurd, before any is classified.
    """
    for target in targets:
        check_target(target)
    if not targets or not analysis.quotes:
        return analysis
    classifier = classifier or load_stance()
    foreign = _foreign(analysis.quotes) if classifier.name == MODEL_NAME else {}
    asked = [in_context(quote) for quote in analysis.quotes if quote.article.id not in foreign]
    total = len(analysis.quotes) * len(targets)
    rows: list[list[Stance]] = [[] for _ in analysis.quotes]
    for number, target in enumerate(targets):
        stances = classifier.stream(asked, target)
        for done, quote in enumerate(analysis.quotes):
            tongue = foreign.get(quote.article.id)
            rows[done].append(_unasked(target, tongue) if tongue else next(stances))
            if progress:
                progress(number * len(rows) + done + 1, total, target.name)
    quotes = tuple(replace(q, stances=tuple(s)) for q, s in zip(analysis.quotes, rows, strict=True))
    return replace(analysis, quotes=quotes)


def _foreign(quotes: Sequence[AttributedQuote]) -> dict[str, Tongue]:
    """The languages of those articles that are not in English, by article."""
    articles = {quote.article.id: quote.article for quote in quotes}
    tongues = {article: tongue_of(text) for article, text in articles.items()}
    return {article: tongue for article, tongue in tongues.items() if tongue and not tongue.reads("en")}


def _unasked(target: Target, tongue: Tongue) -> Stance:
    doubt = f"The article is in {tongue.name}, and the model reads English: it was not asked."
    return Stance(target.name, "unsure", "neutral", 0.0, 0.0, MODEL_NAME, (doubt,))


def analyse(
    articles: Sequence[Article],
    *,
    targets: Sequence[Target | str] = (),
    language: str | None = None,
    stance_model: str | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """The whole way in one call: the quotes of the articles, their speakers, their stance toward each target.

    `language` and `stance_model` name other models than the shipped ones. Raises `AttributionError`
    for a target that is empty or absurd and for a model that cannot be loaded.
    """
    named = [Target(target) if isinstance(target, str) else target for target in targets]
    for target in named:
        check_target(target)
    analysis = extract(articles, language=language, progress=progress)
    if not named:
        return analysis
    return classify(analysis, named, classifier=load_stance(stance_model), progress=progress)


_AROUND = 400  # characters of the article that the classifier may see on either side of a quote


def in_context(quote: AttributedQuote) -> QuoteInContext:
    """The quote with the text around it, as `StanceClassifier.classify` and `why` take it."""
    text, start, end = quote.article.text, quote.quote.start, quote.quote.end
    before = plain_words(text[max(0, start - _AROUND) : start])
    after = plain_words(text[end : end + _AROUND])
    context = f"{before}{QUOTE_MARK}{after}".replace("\n", " ")
    return QuoteInContext(quote.quote.text, context, quote.name)
