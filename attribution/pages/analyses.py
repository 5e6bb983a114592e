"""The analyses of the articles loaded, each made once for all visitors."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from attribution.article import Article, AttributionError
from attribution.pages import library
from attribution.stance import Target

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.pages.wordings import Compared
    from attribution.stance import QuoteInContext, StanceClassifier, WeightedSpan

_MOST_ANALYSES = 24  # kept for all visitors together; the oldest unused goes first

Progress = Callable[[int, int, str], None]
_Made = TypeVar("_Made")

# The models' libraries take seconds to import: they are imported when first needed, after the page is drawn.


_shelf: OrderedDict[Any, Any] = OrderedDict()  # the analyses made so far, for all visitors
_jobs: dict[Any, _Job] = {}  # those that are being made
_lock = threading.Lock()  # held to look into the two, never while anything is made
_loading = threading.Lock()


@dataclass
class _Job:
    """An analysis that is being made, and how far it is."""

    done: int = 0
    total: int = 0
    finished: threading.Event = field(default_factory=threading.Event)


def _once(key: Any, make: Callable[[Progress], _Made], progress: Progress) -> _Made:
    """What `make` returns, made the first time only; whoever asks meanwhile waits and sees how far it is."""
    while True:
        with _lock:
            if key in _shelf:
                _shelf.move_to_end(key)
                return _shelf[key]
            job = _jobs.get(key)
            if job is None:
                mine = _jobs[key] = _Job()
                break
        while not job.finished.wait(0.1):  # made, or given up: a visitor may leave while it runs
            progress(job.done, job.total, "")

    def tell(done: int, total: int, what: str) -> None:
        mine.done, mine.total = done, total
        progress(done, total, what)

    try:
        made = make(tell)
        with _lock:
            _shelf[key] = made
            while len(_shelf) > _MOST_ANALYSES:
                _shelf.popitem(last=False)
        return made
    finally:
        with _lock:
            del _jobs[key]
        mine.finished.set()


@cache
def _load_classifier() -> StanceClassifier:
    from attribution.stance import load_stance

    return load_stance()


def _classifier() -> StanceClassifier:
    with _loading:
        return _load_classifier()


def _key(articles: tuple[Article, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((article.id, article.file) for article in articles)


def extracted(articles: tuple[Article, ...], progress: Progress) -> Analysis:
    """The quotes and speakers of the articles, found once."""
    from attribution.analysis import extract

    return _once(_key(articles), lambda tell: extract(articles, progress=tell), progress)


def compared(found: Analysis) -> list[Compared]:
    """The remarks that several of the articles quote, wording by wording, found once."""
    from attribution.pages.wordings import compared
    from attribution.variants import find_variants

    def make(tell: Progress) -> list[Compared]:
        return [compared(utterance) for utterance in find_variants(found.quotes)]

    return _once(("compared", _key(found.articles)), make, lambda done, total, what: None)


def is_classified(found: Analysis, target: Target) -> bool:
    """Whether the stances toward `target` are at hand, so that nothing has to run."""
    with _lock:
        return (_key(found.articles), target) in _shelf


def classified(
    found: Analysis, wanted: tuple[Target, ...], progress: Progress, so_far: Callable[[Analysis], None]
) -> Analysis:
    """`found` with the stance of every quote toward every target, each target read once.

    `so_far` gets the quotes whose stances toward the present target are known, more of them each time.
    Raises `AttributionError` for a target that is empty or absurd.
    """
    read = [
        _once((_key(found.articles), target), partial(_read_stances, found, target, so_far), progress)
        for target in wanted
    ]
    if len(read) == 1:
        return read[0]
    return replace(
        found, quotes=tuple(_merged(same) for same in zip(*(one.quotes for one in read), strict=True))
    )


_FIRST, _NEXT = 16, 64  # quotes read before the first are shown, and before more are
_begun: dict[Any, tuple[AttributedQuote, ...]] = {}  # what was read when a visitor clicked something else


def _read_stances(
    found: Analysis, target: Target, so_far: Callable[[Analysis], None], tell: Progress
) -> Analysis:
    """The stances toward one target, in parts; what an interrupted reading has left is not read again."""
    from attribution.analysis import classify

    key, total = (_key(found.articles), target), len(found.quotes)
    read = _begun.pop(key, ())
    try:
        while len(read) < total:
            done = len(read)
            part = replace(found, quotes=found.quotes[done : done + (_NEXT if done else _FIRST)])

            def tell_part(now: int, _: int, what: str, done: int = done) -> None:
                tell(done + now, total, what)

            read += classify(part, [target], classifier=_classifier(), progress=tell_part).quotes
            if len(read) < total:
                so_far(replace(found, quotes=read))
    except BaseException:  # Streamlit stops a script by an exception, in whatever it draws
        _begun[key] = read
        raise
    return replace(found, quotes=read)


def _merged(same: tuple[AttributedQuote, ...]) -> AttributedQuote:
    """One quote with the stances of all its copies."""
    return replace(same[0], stances=tuple(stance for quote in same for stance in quote.stances))


def why(quote: AttributedQuote, target: Target) -> tuple[WeightedSpan, ...]:
    """The words of the quote that its stance hangs on, worked out when first asked for."""
    from attribution.analysis import in_context

    return _why(in_context(quote), target)


@lru_cache(maxsize=1024)
def _why(quote: QuoteInContext, target: Target) -> tuple[WeightedSpan, ...]:
    return _classifier().why(quote, target)


def warm_up() -> None:
    """Do what the first visitor would wait for: load the models, read the articles, rate the seeds."""

    def unseen(done: int, total: int, what: str) -> None:
        pass

    def load_classifier() -> None:
        with suppress(AttributionError):
            _classifier()

    threading.Thread(target=load_classifier, daemon=True).start()
    with suppress(AttributionError):  # the page meets the same error, and has somebody to tell it to
        found = extracted(library.given(), unseen)
        if not library.arguments():
            classified(found, (Target(library.SEEDS_TARGET),), unseen, lambda part: None)
