"""What became of each thing that a visitor brought: read, there already, or refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from attribution.pages import library, view
from attribution.pages.columns_form import choose_columns
from attribution.pages.frame import part
from attribution.pages.intake import Fate, Intake, counted, sentence
from attribution.pages.words import count

_OFTEN = 0.5  # seconds between two looks while something is being read
_MOST = 300  # rows drawn, unless more were not read: of those each is told
_ORDER = ("refused", "duplicate", "read")
_WORDS = {"read": "✓ Read", "duplicate": "= There already", "refused": "✕ Not read"}


def show_fates() -> None:
    """The table, which fills by itself while files are read and stays until it is dismissed."""
    intake = library.intake()
    if not (intake.total or intake.fates):
        return
    part("What became of it")
    if intake.running:
        st.fragment(_running, run_every=_OFTEN)()
    else:
        _finished(intake)
        choose_columns(intake)


def _running() -> None:
    """Progress, the way to stop it, and what is read so far."""
    intake = library.intake()
    if not intake.running:
        _finished(intake)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="reading"):
        done = intake.done / max(intake.total, 1)
        st.progress(min(done, 1.0), text=f"Reading: {intake.done:,} of {intake.total:,} done")
        st.button("Stop", key="add_stop", icon=":material/stop:", on_click=_stop)
    _table(intake.fates, _told(intake))


def _finished(intake: Intake) -> None:
    _table(intake.fates, _told(intake))
    with st.container(horizontal=True, gap="small"):
        if intake.left:
            label = f"Read the other {count(intake.left, 'file')} too"
            st.button(label, key="add_go_on", icon=":material/play_arrow:", on_click=_go_on)
        st.button("Clear this list", key="add_dismiss", icon=":material/close:", on_click=_dismiss)


def show_given() -> None:
    """What is to be known of the files that the server was started with: what is not loaded, and why."""
    folder = library.common_folder()
    missing = [Fate(file, "refused", sentence(reason)) for file, reason in library.refused()]
    noted = [Fate(file, "read", note) for file, note in library.notes()]
    told = [f"{len(missing):,} not loaded"] if missing else []
    told += [count(len(noted), "note")] if noted else []
    if told:
        with st.expander(f"Given at the start: {', '.join(told)}", key="given"):
            _table([replace(fate, name=fate.name.removeprefix(folder)) for fate in missing + noted])


def _told(intake: Intake) -> str:
    """How many there are of each kind."""
    numbers = counted(intake.fates)
    told = [f"{numbers[what]:,} {_WORDS[what][2:].lower()}" for what in _ORDER if numbers[what]]
    if intake.left and not intake.running:
        told.append(f"stopped: {intake.left:,} not begun")
    return " · ".join(told)


def _table(fates: Sequence[Fate], told: str = "") -> None:
    """The fates, what needs a hand first."""
    rows = sorted(fates, key=lambda fate: _ORDER.index(fate.what))
    drawn = max(_MOST, sum(fate.what != "read" for fate in fates))
    more = f"<p>… and {len(rows) - drawn:,} more, all of them read.</p>" if len(rows) > drawn else ""
    body = "".join(map(_row, rows[:drawn]))
    head = (
        "<thead><tr><th>File, text or link</th><th>Fate</th><th>What was read, or why not</th></tr></thead>"
    )
    st.html(
        f'<section class="fates"><p role="status">{escape(told)}</p>'
        '<div tabindex="0" role="region" aria-label="What became of each">'
        f"<table>{head}<tbody>{body}</tbody></table>{more}</div></section>"
    )


def _row(fate: Fate) -> str:
    notes = "".join(f"<small>{escape(note)}</small>" for note in fate.notes)
    return (
        f"<tr><td><bdi>{escape(fate.name)}</bdi></td>"
        f'<td><span class="chip {fate.what}">{_WORDS[fate.what]}</span></td>'
        f"<td>{escape(fate.told)}{notes}</td></tr>"
    )


def _stop() -> None:
    library.intake().stop()
    view.touch()


def _go_on() -> None:
    library.intake().go_on()
    view.touch()


def _dismiss() -> None:
    library.intake().dismiss()
    view.touch()
