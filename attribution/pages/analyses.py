"""The analyses of the articles loaded, each made once for all visitors, beside the pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from attribution.article import Article, AttributionError
from attribution.pages import library
from attribution.pages.mending import dressed
from attribution.pages.shelf import Shelf
from attribution.pages.worker import Job, Pace, Steps, Worker, finished
from attribution.stance import Target, check_target

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.pages.wordings import Compared
    from attribution.stance import QuoteInContext, Stance, StanceClassifier, WeightedSpan

# The models' libraries take seconds to import: they are imported when first needed, after the page is drawn.

Progress = Callable[[int, int, str], None]

_MEGABYTE = 1e6
_shelf = Shelf(most=400 * _MEGABYTE)  # the analyses made so far, by their estimated bytes
_readings = Shelf(most=150 * _MEGABYTE)  # what was read of each article: another set of them is named anew
_stances = Shelf(most=200_000)  # of single quotes: an article more does not read the others' stances again
_QUOTE, _CHARACTER = 3_000, 2  # bytes that a quote takes with its speaker, and a character of its article

_reader = Worker("reading")
_comparer = Worker(
    "comparing"
)  # laying out the wordings cannot be parted into steps: it holds up nobody here
_jobs: dict[Hashable, Job] = {}  # those that are being made
_lock = threading.Lock()  # held to look into the jobs, never while anything is made
_loading = threading.Lock()


def clear() -> None:
    """Forget whatever was made: the next visitor's analyses are all made anew."""
    with _lock:
        for job in _jobs.values():
            job.stopping = True
        _jobs.clear()
    for shelf in (_shelf, _readings, _stances):
        shelf.clear()
    _load_classifier.cache_clear()
    _why.cache_clear()


def _asked(key: Hashable, steps: Callable[[Job], Steps], worker: Worker = _reader) -> Job:
    """The job that makes what belongs to `key`; it is begun where nobody else has asked for the same."""
    with _lock:
        if (made := _shelf.get(key)) is not None:
            return finished(made)
        job = _jobs.get(key)
        if job is None or job.stopping:
            job = _jobs[key] = worker.start(lambda job: _shelved(key, steps, job))
        return job


def _shelved(key: Hashable, steps: Callable[[Job], Steps], job: Job) -> Steps:
    """A job's steps; what they make goes on the shelf, and so does what was ready when they were stopped."""
    try:
        made = yield from steps(job)
        _shelf.put(key, made, weight=_bytes(made))
        return made
    finally:
        with _lock:
            if job.part is not None:
                _shelf.put(("part", key), job.part, weight=_bytes(job.part))
            if _jobs.get(key) is job:
                del _jobs[key]


def _bytes(made: object) -> float:
    """About what an analysis, or a list of remarks, takes of the memory."""
    quotes, articles = getattr(made, "quotes", made), getattr(made, "articles", ())
    return _QUOTE * (1 + len(quotes)) + _CHARACTER * sum(len(article.text) for article in articles)


def _key(articles: tuple[Article, ...]) -> tuple[tuple[str, str, str | None], ...]:
    return tuple((article.id, article.file, article.read_as) for article in articles)


# --- quotes and speakers ---------------------------------------------------------------------------


def extraction(articles: tuple[Article, ...]) -> Job:
    """The job that finds the quotes and speakers of the articles: an `Analysis` of the articles as read.

    Whoever takes it from the job gives it the visitor's own metadata by `dressed`.
    """
    return _asked(_key(articles), partial(_extracting, articles))


def extracted(articles: tuple[Article, ...], progress: Progress) -> Analysis:
    """The quotes and speakers of the articles, found once; waits for them.

    Raises `AttributionError` where somebody else stopped the work.
    """
    return dressed(_waited(extraction(articles), progress), articles)


def at_hand(articles: tuple[Article, ...]) -> Analysis | None:
    """The quotes and speakers of the articles, where they are found already."""
    found = _shelf.get(_key(articles))
    return dressed(found, articles) if found else None


def ready_part(articles: tuple[Article, ...]) -> Analysis | None:
    """What was found of the articles before the work was stopped, or so far; `None` where nothing was."""
    key = _key(articles)
    job = _jobs.get(key)
    found = _shelf.get(key) or (job and job.part) or _shelf.get(("part", key))
    return dressed(found, articles) if found else None


def _waited(job: Job, progress: Progress) -> Analysis:
    made = job.result(lambda done, total: progress(done, total, ""))
    if made is None:
        raise AttributionError("The work was stopped before it was done. Load the page again to go on.")
    return made


def _extracting(articles: tuple[Article, ...], job: Job) -> Steps:
    """Article by article; people are named over all that are read, now and then and in the end."""
    from attribution.analysis import name_people, read_article

    keys = [(article.id, article.text, article.language, article.read_as) for article in articles]
    readings = [_readings.get(key) for key in keys]
    refused: list[tuple[str, str]] = []

    def named() -> Analysis:
        return replace(name_people([r for r in readings if r]), refused=tuple(refused))

    left = [number for number, reading in enumerate(readings) if reading is None]
    job.total = len(articles)
    job.done, pace = job.total - len(left), Pace()
    if left and job.done:  # who has seen them goes on seeing them while others are read
        job.publish(named())
    for number in left:
        yield
        article = articles[number]
        try:
            readings[number] = reading = read_article(article)
            _readings.put(keys[number], reading, weight=_QUOTE + 4 * _CHARACTER * len(article.text))
        except AttributionError:  # of the models: no other article would fare better
            raise
        except Exception as error:  # whatever is wrong with one article, the others are read
            refused.append((article.file, f"its quotes were not found ({type(error).__name__})"))
        job.done += 1
        if job.done < job.total and pace.due():
            yield
            job.publish(named())
            pace.done()
    yield
    return named()


# --- stances ---------------------------------------------------------------------------------------

_FIRST, _NEXT = 16, 32  # quotes read before the first are shown, and in every further step


def rating(found: Analysis, target: Target) -> Job:
    """The job that reads the stance of every quote toward `target`.

    Its parts are the whole analysis, where quotes not read so far have no stance. Its error is
    `AttributionError` for a target that is empty or absurd.
    """
    return _asked((_key(found.articles), target), partial(_rating, found, target))


def _rating(found: Analysis, target: Target, job: Job) -> Steps:
    from attribution.analysis import classify

    check_target(target)
    job.total = len(found.quotes)
    keys = [_stance_key(quote, target) for quote in found.quotes]
    stances: list[Stance | None] = [_stances.get(key) for key in keys]
    left = [number for number, stance in enumerate(stances) if stance is None]
    job.done, size, pace = job.total - len(left), _FIRST, Pace()
    if left and job.done:
        job.publish(_rated(found, stances))
    while left:
        yield
        now, left = left[:size], left[size:]
        asked = replace(found, quotes=tuple(found.quotes[number] for number in now))
        read = classify(asked, [target], classifier=_classifier(), progress=_unseen)
        for number, quote in zip(now, read.quotes, strict=True):
            stances[number] = quote.stances[0]
            _stances.put(keys[number], quote.stances[0])
        job.done += len(now)
        size = _NEXT
        if left and pace.due():
            job.publish(_rated(found, stances))
            pace.done()
    return _rated(found, stances)


def _rated(found: Analysis, stances: Sequence[Stance | None]) -> Analysis:
    rows = zip(found.quotes, stances, strict=True)
    return replace(
        found, quotes=tuple(replace(quote, stances=(stance,) if stance else ()) for quote, stance in rows)
    )


def _stance_key(quote: AttributedQuote, target: Target) -> Hashable:
    return quote.id, quote.name, quote.article.language, quote.article.read_as, target


def with_known_stances(found: Analysis, targets: Sequence[Target]) -> Analysis:
    """`found`, a part, with those stances that were read before: who has seen them goes on seeing them."""
    known = [[_stances.get(_stance_key(quote, target)) for target in targets] for quote in found.quotes]
    if not any(map(any, known)):
        return found
    rows = zip(found.quotes, known, strict=True)
    return replace(
        found, quotes=tuple(replace(quote, stances=tuple(filter(None, row))) for quote, row in rows)
    )


def rated_part(found: Analysis, target: Target) -> Analysis:
    """`found` with the stances that are known, all or those before the work was stopped."""
    key = (_key(found.articles), target)
    job = _jobs.get(key)
    known = _shelf.get(key) or (job and job.part) or _shelf.get(("part", key))
    return dressed(known, found.articles) if known else found


def together(found: Analysis, rated: Sequence[Analysis]) -> Analysis:
    """One analysis of several, each with the stances toward another target; the same for the same ones."""
    if len(rated) == 1:
        return rated[0]
    key = ("together", *map(id, rated))
    kept = _shelf.get(key)
    if kept is None or any(one is not other for one, other in zip(kept.parts, rated, strict=True)):
        kept = _Together(found, rated)
        _shelf.put(key, kept, weight=_bytes(found))
    return kept.merged


class _Together:
    """Analyses with different stances, and the one made of them; its parts stay."""

    def __init__(self, found: Analysis, parts: Sequence[Analysis]) -> None:
        self.parts = tuple(parts)
        self.quotes, self.articles = found.quotes, found.articles
        rows = zip(*(part.quotes for part in parts), strict=True)
        self.merged = replace(found, quotes=tuple(map(_merged, rows)))


def _merged(same: tuple[AttributedQuote, ...]) -> AttributedQuote:
    """One quote with the stances of all its copies."""
    return replace(same[0], stances=tuple(stance for quote in same for stance in quote.stances))


@cache
def _load_classifier() -> StanceClassifier:
    from attribution.stance import load_stance

    return load_stance()


def _classifier() -> StanceClassifier:
    with _loading:
        return _load_classifier()


def why(quote: AttributedQuote, target: Target) -> tuple[WeightedSpan, ...]:
    """The words of the quote that its stance hangs on, worked out when first asked for."""
    from attribution.analysis import in_context

    return _why(in_context(quote), target)


@lru_cache(maxsize=1024)
def _why(quote: QuoteInContext, target: Target) -> tuple[WeightedSpan, ...]:
    return _classifier().why(quote, target)


# --- the rest --------------------------------------------------------------------------------------


def comparison(found: Analysis) -> Job:
    """The job that finds the remarks that several of the articles quote, wording by wording."""
    # By the articles with their metadata: the outlets' names stand in what is told of a remark.
    return _asked(("compared", found.articles), partial(_comparing, found), _comparer)


def compared(found: Analysis) -> list[Compared]:
    """The remarks that several of the articles quote, found once; waits for them."""
    return comparison(found).result() or []


def _comparing(found: Analysis, job: Job) -> Steps:
    from attribution.pages.wordings import compared
    from attribution.variants import find_variants

    def tell(done: int, total: int) -> None:
        job.done, job.total = done, total
        time.sleep(0.002)  # the pages' threads get their turn: nothing else here lets go for long

    yield
    return [compared(utterance) for utterance in find_variants(found.quotes, progress=tell)]


def grouping(articles: tuple[Article, ...]) -> Job:
    """The job that finds which of the articles are one text: a list of `DuplicateGroup`."""
    return _asked(("groups", articles), partial(_grouping, articles), _comparer)


def _grouping(articles: tuple[Article, ...], job: Job) -> Steps:
    from attribution.duplicates import group_duplicates

    yield
    return group_duplicates(articles)


def warm_up() -> None:
    """Do what the first visitor would wait for: load the models, read the articles, rate the seeds."""

    def load_classifier() -> None:
        with suppress(AttributionError):
            _classifier()

    threading.Thread(target=load_classifier, daemon=True).start()
    with suppress(AttributionError):  # the page meets the same error, and has somebody to tell it to
        found = extracted(library.given(), _unseen)
        if not library.arguments():
            rating(found, Target(library.SEEDS_TARGET)).result()


def _unseen(done: int, total: int, what: str) -> None:
    """Progress that nobody looks at."""
