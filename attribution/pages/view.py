"""The view: what the pages show, as the address holds it, and the quote selected in it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import zip_longest

import streamlit as st

from attribution.pages import library
from attribution.stance import Target

# What the address holds: a list is repeated (`?target=A&target=B`), a word stands once. What is said of the
# targets are lists too, one a target in the same order, blank where nothing was said; in the session they
# are dicts by the target's name.
_LISTS = ("target", "speaker", "in", "stance", "kind", "without")
_OF_TARGETS = {"about": "abouts", "alias": "aliases"}
_WORDS = ("shown", "sure", "picture", "wording", "order", "quote", "article", "passage", "briefing", "alone")
_UNSAID = ("any", "dots")  # words that the address leaves out: they are what a page starts with
_LATE = 1.0  # seconds in which a browser under load may not yet know the address that was written


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
    if not library.arguments():
        st.session_state["target"] = [library.SEEDS_TARGET]


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


def parameters(**changes: str | None) -> dict[str, list[str]]:
    """The view as the address's parameters, with `changes` made: for a link to another place in it."""
    lists = {key: list(st.session_state.get(key) or ()) for key in _LISTS}
    for key, told in _OF_TARGETS.items():
        texts = [st.session_state[told].get(name, "") for name in lists["target"]]
        lists[key] = texts if any(texts) else []
    if not lists["target"] and not library.arguments():
        lists["target"] = [""]  # none, where the seeds would have their own
    words = {key: changes.get(key, st.session_state.get(key)) for key in _WORDS}
    return {key: values for key, values in lists.items() if values} | {
        key: [value] for key, value in words.items() if value and value not in _UNSAID
    }


def write_address() -> None:
    """Let the address say what the page shows, so that it can be sent to a colleague."""
    wanted = parameters()
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
        renew("table")
    for dots in ("strip", "time"):
        if by != dots and st.session_state.get(widget_key(dots), {}).get("selection", {}).get("points"):
            renew(dots)
    touch()


def narrow(by: str, speaker: str | None, articles: Sequence[str] = ()) -> None:
    """Filter the view to a speaker and to articles, where they are given; the same again takes it back.

    `by` is the picture that was clicked: it gets a new key, so that the next click on it is news.
    """
    wanted = ({"speaker": [speaker]} if speaker else {}) | ({"in": list(articles)} if articles else {})
    same = all(st.session_state[key] == values for key, values in wanted.items())
    for key, values in wanted.items():
        st.session_state[key] = [] if same else values
    renew(by)
    touch()


def widget_key(name: str) -> str:
    """The present key of a view in which quotes can be selected."""
    return f"{name}:{st.session_state.get(f'{name}_turn', 0)}"


def renew(name: str) -> None:
    """Give a view in which quotes can be selected a new key: it starts without a selection of its own."""
    st.session_state[f"{name}_turn"] = st.session_state.get(f"{name}_turn", 0) + 1
