"""What the pages share: the view that the address holds, the articles loaded, and their analyses."""

from __future__ import annotations

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from attribution import readers
from attribution.article import Article, AttributionError
from attribution.paths import seeds_folder
from attribution.stance import Target, suggested_targets

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.pages.wordings import Compared
    from attribution.stance import QuoteInContext, StanceClassifier, WeightedSpan

SEEDS_TARGET = "Operation Metro Surge"

# What the address holds: a list is repeated (`?target=A&target=B`), a word stands once. What is said of the
# targets are lists too, one a target in the same order, blank where nothing was said; in the session they
# are dicts by the target's name.
_LISTS = ("target", "speaker", "in", "stance", "kind")
_OF_TARGETS = {"about": "abouts", "alias": "aliases"}
_WORDS = ("shown", "sure", "picture", "wording", "order", "quote", "article", "passage")
_UNSAID = ("any", "dots")  # words that the address leaves out: they are what a page starts with
_LATE = 1.0  # seconds in which a browser under load may not yet know the address that was written
_MOST_ANALYSES = 24  # kept for all visitors together; the oldest unused goes first

Progress = Callable[[int, int, str], None]
_Made = TypeVar("_Made")


# --- the view in the address --------------------------------------------------------------------------


def follow_address(page: str) -> None:
    """Take the view from the address where a person changed it: a link opened, or Back pressed.

    After a click on the page itself the session's own state rules, and `write_address` follows it; the
    browser may still send the address from before for a moment. The menu's links lead to a page without a
    view: the view stays as it was.
    """
    touched = st.session_state.pop("touched", False)
    turned = page != st.session_state.get("page")
    st.session_state["page"] = page
    wanted = {
        key: st.query_params.get_all(key)
        for key in (*_LISTS, *_OF_TARGETS, *_WORDS)
        if key in st.query_params
    }
    written = st.session_state.get("written")
    if written is None:
        _set_defaults()
        if wanted:
            _take(wanted, first=True)
        return
    late = not turned and time.monotonic() - st.session_state["written_at"] < _LATE
    menu = turned and not wanted
    if menu:
        st.session_state["passage"] = None
    if wanted != written and not (touched or late or menu):
        _take(wanted, first=False)


def _set_defaults() -> None:
    for key in _LISTS:
        st.session_state.setdefault(key, [])
    for key in _WORDS:
        st.session_state.setdefault(key, None)
    for told in _OF_TARGETS.values():
        st.session_state.setdefault(told, {})
    st.session_state.setdefault("own", [])
    if not _arguments():
        st.session_state["target"] = [SEEDS_TARGET]


def _take(wanted: Mapping[str, list[str]], first: bool) -> None:
    """Set the view to what the address says. A first address without a target keeps the default one."""
    for key in _LISTS:
        if key in wanted or not (first and key == "target"):
            st.session_state[key] = [value for value in dict.fromkeys(wanted.get(key, ())) if value.strip()]
    for key in _WORDS:
        st.session_state[key] = next(iter(wanted.get(key, ())), None)
    for key in _OF_TARGETS:
        texts = [text.strip() for text in wanted.get(key, ())]
        for name, text in zip_longest(st.session_state["target"], texts[: len(st.session_state["target"])]):
            tell_of_target(name, key, text or "")


def view(**changes: str | None) -> dict[str, list[str]]:
    """The view as the address's parameters, with `changes` made: for a link to another place in it."""
    lists = {key: list(st.session_state.get(key) or ()) for key in _LISTS}
    for key, told in _OF_TARGETS.items():
        texts = [st.session_state[told].get(name, "") for name in lists["target"]]
        lists[key] = texts if any(texts) else []
    if not lists["target"] and not _arguments():
        lists["target"] = [""]  # none, where the seeds would have their own
    words = {key: changes.get(key, st.session_state.get(key)) for key in _WORDS}
    return {key: values for key, values in lists.items() if values} | {
        key: [value] for key, value in words.items() if value and value not in _UNSAID
    }


def write_address() -> None:
    """Let the address say what the page shows, so that it can be sent to a colleague."""
    wanted = view()
    if wanted != st.session_state.get("written"):
        st.session_state["written"], st.session_state["written_at"] = wanted, time.monotonic()
    if {key: st.query_params.get_all(key) for key in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def shown_target() -> str | None:
    """The operation that the pictures are about, of those asked about."""
    names = target_names()
    if st.session_state["shown"] not in names:
        st.session_state["shown"] = names[0] if names else None
    return st.session_state["shown"]


def target_names() -> list[str]:
    """The operations asked about, each once."""
    return list(dict.fromkeys(name.strip() for name in st.session_state["target"] if name.strip()))


def tell_of_target(name: str, key: str, text: str) -> None:
    """Keep what is said `about` a target, or its `alias`es with commas between, and show it in its field."""
    told = _OF_TARGETS[key]
    st.session_state[told] = st.session_state.get(told, {}) | {name: text}
    st.session_state[f"{key}:{name}"] = text


def add_target(target: Target) -> None:
    """Ask about one more operation, with the aliases that come with it, and show it."""
    names = target_names()
    if target.name not in names:
        st.session_state["target"] = [*names, target.name]
        tell_of_target(target.name, "alias", ", ".join(target.aliases))
    st.session_state["shown"] = target.name
    touch()


def touch() -> None:
    """To be called by every widget: the page was used, so its own state rules over the address."""
    st.session_state["touched"] = True


def choose(quote_id: str | None, by: str = "") -> None:
    """Select a quote, for its card and in its source; `by` is the view that it was selected in.

    The other views that can select get a new key: the table to mark the quote's row, the dots to forget
    theirs, or a click on the same dot again would be no news to the browser and never arrive.
    """
    st.session_state["quote"], st.session_state["passage"] = quote_id, None
    if by != "table":
        _renew("table")
    for dots in ("strip", "time"):
        if by != dots and st.session_state.get(widget_key(dots), {}).get("selection", {}).get("points"):
            _renew(dots)
    touch()


def narrow(by: str, speaker: str, articles: Sequence[str] = ()) -> None:
    """Filter the view to a speaker, and to articles where any are given; the same again takes it back.

    `by` is the picture that was clicked: it gets a new key, so that the next click on it is news.
    """
    wanted = {"speaker": [speaker]} | ({"in": list(articles)} if articles else {})
    same = all(st.session_state[key] == values for key, values in wanted.items())
    for key, values in wanted.items():
        st.session_state[key] = [] if same else values
    _renew(by)
    touch()


def widget_key(name: str) -> str:
    """The present key of a view in which quotes can be selected."""
    return f"{name}:{st.session_state.get(f'{name}_turn', 0)}"


def _renew(name: str) -> None:
    st.session_state[f"{name}_turn"] = st.session_state.get(f"{name}_turn", 0) + 1


# --- articles -----------------------------------------------------------------------------------------


def _arguments() -> tuple[str, ...]:
    """The paths given after `--` on the command line."""
    return tuple(sys.argv[1:])


@cache
def _read(paths: tuple[str, ...]) -> tuple[tuple[Article, ...], tuple[tuple[str, str], ...]]:
    articles, refused = readers.read_articles([Path(path) for path in paths] or [seeds_folder()])
    return tuple(articles), tuple(refused)


def articles() -> tuple[Article, ...]:
    """The articles given when the page was started, and this visitor's own."""
    try:
        given, _ = _read(_arguments())
    except AttributionError:
        given = ()
    return (*given, *st.session_state["own"])


def refused() -> list[str]:
    """Why a file given when the page was started is not here, one line each."""
    try:
        return [
            f"{file}: {reason}" if file not in reason else reason for file, reason in _read(_arguments())[1]
        ]
    except AttributionError as error:
        return [str(error)]


def add_own(name: str, data: bytes, *, title: str | None = None) -> str | None:
    """Load a visitor's own text, for this visitor alone; what was wrong with it, in one line, if anything."""
    try:
        article = readers.article_from_upload(name, data)
        article = replace(article, title=title or article.title)
    except AttributionError as error:
        return str(error)
    return None if load_own(article) else f"{name}: this text is already loaded."


def add_files(files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Load every article of a visitor's own files; what was wrong, a line each."""
    read = readers.read_uploads(files)
    told = [f"{file}: {reason}" for file, reason in read.refused]
    return told + [f"{a.name}: this text is already loaded." for a in read.articles if not load_own(a)]


def load_own(article: Article) -> bool:
    """Put a visitor's own text beside the articles; False where it is loaded already."""
    if any(article.id == loaded.id for loaded in articles()):
        return False
    st.session_state["own"] = [*st.session_state["own"], article]
    return True


def remove_own(article_id: str) -> None:
    """Take a visitor's own text away again."""
    st.session_state["own"] = [article for article in st.session_state["own"] if article.id != article_id]
    touch()


def suggestions() -> list[Target]:
    """The operations and policies that the articles name: to choose from, not chosen unasked."""
    return _suggested(articles())


@lru_cache(maxsize=16)
def _suggested(loaded: tuple[Article, ...]) -> list[Target]:
    return suggested_targets([article.text for article in loaded])


# --- analyses -----------------------------------------------------------------------------------------
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


def _key(loaded: tuple[Article, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((article.id, article.file) for article in loaded)


def extracted(loaded: tuple[Article, ...], progress: Progress) -> Analysis:
    """The quotes and speakers of the articles, found once."""
    from attribution.analysis import extract

    return _once(_key(loaded), lambda tell: extract(loaded, progress=tell), progress)


def compared(found: Analysis) -> list[Compared]:
    """The remarks that several of the articles quote, wording by wording, found once."""
    from attribution.pages.wordings import compared
    from attribution.variants import find_variants

    def make(tell: Progress) -> list[Compared]:
        return [compared(utterance) for utterance in find_variants(found.quotes)]

    return _once(("compared", _key(found.articles)), make, lambda done, total, what: None)


def targets() -> tuple[Target, ...]:
    """The operations asked about, the one shown first: its stances are read first."""
    abouts, aliases = st.session_state["abouts"], st.session_state["aliases"]
    shown = shown_target()
    return tuple(
        Target(
            name,
            about=abouts.get(name) or None,
            aliases=tuple(alias.strip() for alias in aliases.get(name, "").split(",") if alias.strip()),
        )
        for name in sorted(target_names(), key=lambda name: name != shown)
    )


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
        found = extracted(_read(_arguments())[0], unseen)
        if not _arguments():
            classified(found, (Target(SEEDS_TARGET),), unseen, lambda part: None)
