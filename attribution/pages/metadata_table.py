"""The articles loaded with what is known of each, to be seen and mended like a sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from attribution.article import Article, AttributionError
from attribution.pages import analyses, library, mending, view
from attribution.pages.articles_toml import FILE_NAME, to_toml
from attribution.pages.frame import note, part
from attribution.pages.mending import FIELDS
from attribution.pages.words import HELP, count, joined, shorten
from attribution.readers.dates import iso_date
from attribution.tongue import tongue_of

_WIDTHS = {"outlet": 130, "published": 105, "author": 130, "title": 220, "url": 170, "read_as": 105}  # pixels
_TALLEST = 520  # pixels; more articles scroll in it


def show_metadata(loaded: Sequence[Article]) -> None:
    """The sheet, what was wrong with the last change, and the ways to undo, keep and remove."""
    part("The articles")
    if not loaded:
        note("None yet. Drop files above, paste a text or give links: each article will stand here.")
        return
    read = library.as_read()
    st.caption(HELP["metadata"])
    _sheet(dict(zip(read, loaded, strict=True)))
    for line in st.session_state.pop("mend_errors", []):
        note(line, "error")
    _languages(loaded)
    _mended(read)
    _remove()


def _sheet(loaded: Mapping[str, Article]) -> None:
    """One row an article; what is typed into it is checked and kept at once."""
    keys = list(loaded)
    key = _sheet_key(keys)
    found = analyses.at_hand(tuple(loaded.values()))
    quotes = Counter(quote.article.id for quote in found.quotes) if found else None
    folder = library.common_folder()
    rows = [_row(article, key, folder, quotes) for key, article in loaded.items()]
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    fields = {
        label: text(help=HELP.get(f"field_{name}"), width=_WIDTHS[name]) for name, label in FIELDS.items()
    }
    # The same types whatever is known: with others it would be another sheet, and what is typed into it lost.
    table = pd.DataFrame(rows).astype({"Quotes": "Int64"})
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        height=min(_TALLEST, 38 + 35 * len(rows)),
        disabled=library.read_only() or ["File", "Mended", "Words", "Quotes"],
        column_config=fields
        | {
            "File": text(pinned=True, width=170, help=HELP["field_file"]),
            "Mended": text(help=HELP["mended"], width="small"),
            "Words": number(format="localized", width="small"),
            "Quotes": number(format="localized", width="small", help=HELP["quotes_known"]),
        },
        placeholder="",
        on_change=_take_changes,
        args=(key, keys),
        alt="The articles loaded with outlet, date, author, title and link",
    )


def _sheet_key(keys: Sequence[str]) -> str:
    """Another sheet for other articles, or to forget what was typed; else typing goes on in the same."""
    if st.session_state.get("sheet_of") != keys:
        st.session_state["sheet_of"] = list(keys)
        _renew()
    return f"sheet:{st.session_state['sheet_turn']}"


def _renew() -> None:
    st.session_state["sheet_turn"] = st.session_state.get("sheet_turn", 0) + 1


def _row(article: Article, key: str, folder: str, quotes: Mapping[str, int] | None) -> dict[str, Any]:
    said = {label: getattr(article, name) or "" for name, label in FIELDS.items()}
    by_hand = [FIELDS[name].lower() for name in FIELDS if name in mending.fields_mended(key)]
    return {
        "File": f"{'✎ ' if by_hand else ''}{article.file.removeprefix(folder)}",
        **said,
        FIELDS["published"]: iso_date(article.published) or article.published or "",
        FIELDS["read_as"]: _language(article),
        "Mended": ", ".join(by_hand),
        "Words": _words(article.text),
        "Quotes": quotes[article.id] if quotes is not None else None,
    }


def _language(article: Article) -> str:
    tongue = tongue_of(article)
    if tongue is None:
        return ""
    return f"{tongue.name} (not {tongue.declared}, as it says)" if tongue.declared else tongue.name


def _take_changes(key: str, keys: Sequence[str]) -> None:
    """Keep every change that holds; one that does not is told, and what stood there stands there again."""
    view.touch()
    names = {label: name for name, label in FIELDS.items()}
    read, errors = library.as_read(), []
    folder = library.common_folder()
    for row, changes in st.session_state[key]["edited_rows"].items():
        for label, text in changes.items():
            article = read.get(keys[row])
            if article is None:
                continue
            try:
                mending.mend(article, keys[row], names[label], text)
            except AttributionError as error:
                errors.append(f"{shorten(article.file.removeprefix(folder), 60)}, {error}")
    if errors:
        st.session_state["mend_errors"] = errors
        _renew()


def _languages(loaded: Sequence[Article]) -> None:
    """Which articles are in another language than English, and what that means."""
    others = defaultdict(list)
    for article in loaded:
        if (tongue := tongue_of(article)) and not tongue.reads("en"):
            others[tongue.name].append(shorten(article.name, 60))
    for language, names in others.items():
        note(f"In {language}: {joined(names)}. {HELP['other_language']}")


@lru_cache(maxsize=8192)
def _words(text: str) -> int:
    return len(text.split())


def _mended(read: Mapping[str, Article]) -> None:
    """Undo, and the file that keeps the mends."""
    mended = {key: mending.fields_mended(key) for key in read if mending.fields_mended(key)}
    last = mending.last_mend()
    if not (mended or last):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="mended"):
        if last:
            of = read[last.key].name if last.key in read else "an article that is gone"
            what = f"Undo the last: {FIELDS[last.field].lower()}"
            st.button(what, key="mend_undo", icon=":material/undo:", on_click=_undo)
            st.button("Undo all", key="mend_undo_all", on_click=_undo_all)
            was = " to ".join(f"“{said}”" if said else "unknown" for said in (last.before, last.value))
            st.html(f'<span class="line">{escape(shorten(of, 40))}: {escape(shorten(was, 90))}</span>')
        if mended:
            text, lost = to_toml(read, mended)
            st.download_button(
                f"Keep as {FILE_NAME}",
                text,
                FILE_NAME,
                "application/toml",
                icon=":material/download:",
                key="mend_toml",
                help=HELP["articles_toml"],
                on_click="ignore",
            )
            for line in lost:
                note(line)
    fields = count(sum(map(len, mended.values())), "field")
    st.caption(
        f"{fields} in {count(len(mended), 'article')} mended by hand, for you alone, in this browser tab."
    )


def _undo() -> None:
    mending.undo(library.as_read())
    _renew()
    view.touch()


def _undo_all() -> None:
    mending.undo_all()
    _renew()
    view.touch()


def _remove() -> None:
    """A visitor's own articles can be taken away again."""
    own = {
        article.id: article for article in library.articles() if article.id in {a.id for a in library.own()}
    }
    if not own or library.read_only():
        return
    if any(article_id not in own for article_id in st.session_state.get("remove_chosen", ())):
        st.session_state["remove_chosen"] = []
    with st.popover("Remove articles", icon=":material/delete:", key="remove"):
        st.multiselect(
            "Which of your own?",
            list(own),
            key="remove_chosen",
            format_func=lambda article_id: shorten(f"{own[article_id].name} ({own[article_id].file})", 60),
            on_change=view.touch,
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Remove these", key="remove_these", on_click=_take_away, args=(None,))
            everything = f"Remove all {len(own):,} of your own"
            st.button(everything, key="remove_all", on_click=_take_away, args=(frozenset(own),))


def _take_away(ids: frozenset[str] | None) -> None:
    library.remove_own(ids if ids is not None else set(st.session_state["remove_chosen"]))
    view.touch()
