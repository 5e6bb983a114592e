"""A quote's card: the words, who said them and why we think so, the stance with its doubt, the passage."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import Span, passage_bounds
from attribution.pages import analyses, view
from attribution.pages.briefing_choice import basket_button
from attribution.pages.cite import attributed, citation, where
from attribution.pages.copying import copy_buttons
from attribution.pages.others import show_others
from attribution.pages.words import (
    HELP,
    STANCES,
    certainty_of,
    is_unasked,
    joined,
    signed,
    speaker_label,
    stance_label,
    stance_of,
    stance_word,
    target_label,
)
from attribution.stance import WeightedSpan
from attribution.stance.doubt import CLOSE, DISAGREEING, UNTOUCHED

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.stance import Stance


def show_card(
    quote: AttributedQuote,
    target: str | None,
    neighbours: Sequence[AttributedQuote],
    found: Analysis,
    *,
    with_passage: bool = True,
) -> None:
    """The card of `quote`, with buttons to the one before and after it among `neighbours`.

    `found` has the other articles, whose wordings of the same remark stand on it too.
    """
    why = _why(quote, target)
    body = _words(quote, target, why or ()) + _facts(quote, why)
    st.html(f'<article class="card" aria-label="Quote">{body}</article>')
    stance = stance_of(quote, target)
    if stance and not is_unasked(quote, stance):
        _why_button(quote.id)
    if with_passage:
        name, passage = escape(quote.article.name), _passage(quote, target)
        st.html(f'<section class="card passage"><h3>In {name}</h3><p>{passage}</p></section>')
    show_others(found, quote)
    texts = {"Copy quote": attributed(quote), "Copy citation": citation(quote)}
    copy_buttons("card_copy", texts, link="Copy link to this card")
    basket_button(quote.id)
    _buttons(quote.id, [neighbour.id for neighbour in neighbours])
    with st.expander("What these words mean", icon=":material/help:"):
        st.html(f'<div class="card"><dl>{_TERMS}</dl></div>')


_TERMS = "".join(
    f"<dt>{name}</dt><dd>{escape(HELP[key])}</dd>"
    for name, key in (
        ("Stance", "stance"),
        ("Unsure", "unsure"),
        ("Confidence", "stance_confidence"),
        ("Agreement", "agreement"),
        ("Reason", "reason"),
        ("Certainty", "confidence"),
        ("Runner-up", "runner_up"),
        ("Cue", "cue"),
        ("Kind", "kind"),
        ("Not named", "unattributed"),
        ("Not read", "unread"),
        ("Place", "place"),
    )
)


def _why(quote: AttributedQuote, target: str | None) -> Sequence[WeightedSpan] | None:
    """The words that the stance hangs on, where they were asked for; they are worked out only then."""
    if st.session_state.get("why") != quote.id:
        return None
    asked = next((asked for asked in view.targets() if asked.name == target), None)
    stance = stance_of(quote, target)
    if asked is None or stance is None or is_unasked(quote, stance):
        return None
    with st.spinner("Reading the quote again without each of its words …"):
        return analyses.why(quote, asked)


def _why_button(quote_id: str) -> None:
    shown = st.session_state.get("why") == quote_id
    st.button(
        "Hide the marked words" if shown else "Why this stance?",
        key="card_why",
        icon=":material/visibility_off:" if shown else ":material/manage_search:",
        help=None if shown else HELP["why"],
        on_click=_ask_why,
        args=(None if shown else quote_id,),
    )


def _ask_why(quote_id: str | None) -> None:
    st.session_state["why"] = quote_id
    view.touch()


def _buttons(quote_id: str, ids: list[str]) -> None:
    at = ids.index(quote_id) if quote_id in ids else None
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at is not None and at + 1 < len(ids) else None
    with st.container(horizontal=True, gap="small"):
        for label, to, icon in (("Previous", before, "chevron_left"), ("Next", after, "chevron_right")):
            st.button(
                label,
                key=f"card_{label.lower()}",
                icon=f":material/{icon}:",
                icon_position="left" if label == "Previous" else "right",
                disabled=to is None,
                shortcut=KEYS[label],
                on_click=view.choose,
                args=(to,),
            )
        st.button("Close", key="card_close", on_click=view.choose, args=(None,))


KEYS = {"Previous": "Alt+P", "Next": "Alt+N"}
"""The keys of the card's buttons, with Alt: a letter alone could be meant for something else."""


def _words(quote: AttributedQuote, target: str | None, why: Sequence[WeightedSpan]) -> str:
    """The quote, with the words marked that tell why, and its speaker."""
    kind = "" if quote.unread or quote.speaker.type == "person" else quote.speaker.type
    about = [quote.speaker.role or "", kind]
    small = f" <small>{escape(', '.join(fact for fact in about if fact))}</small>" if any(about) else ""
    style = stance_label(quote, target) or "none"
    return (
        f'<blockquote class="{style}">“{marked(quote.quote.text, why)}”</blockquote>'
        f'<div class="who">{escape(speaker_label(quote))}{small}</div>'
    )


def marked(text: str, why: Sequence[WeightedSpan]) -> str:
    """`text` as HTML, the spans of `why` marked: the line for the side they pull to, bold by their weight.

    >>> marked("a < bad", [WeightedSpan(4, 7, "bad", -0.9)])
    'a &lt; <mark class="why oppose strong">bad</mark>'
    """
    most = max((abs(span.weight) for span in why), default=0.0)
    at, out = 0, []
    for span in sorted(why, key=lambda span: span.start):
        side = "support" if span.weight > 0 else "oppose"
        strong = " strong" if abs(span.weight) >= most / 2 else ""
        out += [escape(text[at : span.start]), f'<mark class="why {side}{strong}">{escape(span.text)}</mark>']
        at = span.end
    return "".join([*out, escape(text[at:])])


def _facts(quote: AttributedQuote, why: Sequence[WeightedSpan] | None) -> str:
    """Stance, reason, doubt and everything else that lets a reader judge the attribution."""
    facts = []
    for stance in quote.stances:
        facts.append(("Stance", _stance(quote, stance)))
        if not is_unasked(quote, stance):
            facts.append(("Agreement", escape(agreement(stance))))
    if why is not None:
        facts.append(("Why", _WHY if why else _NO_WHY))
    facts.append(("Reason", escape(" ".join(_reasons(quote)))))
    number = "" if quote.unread else f" ({quote.confidence:.2f})"
    facts.append(("Certainty", f"{certainty_of(quote)}{number}"))
    if quote.alternatives:
        facts.append(
            ("Runner-up", escape(joined([f"{name} ({p:.2f})" for name, p in quote.alternatives[:2]])))
        )
    mention, cue = quote.attribution.mention, quote.attribution.cue
    if mention:
        facts.append(("In the text", escape(f"“{mention.text}”" + (f", cue “{cue.text}”" if cue else ""))))
    if spelt := misspelt(quote):
        facts.append(("Spelling", escape(spelt)))
    missing = ", its closing mark is missing" if quote.quote.unclosed else ""
    facts.append(("Kind", f"{escape(quote.quote.kind)}, {quote.quote.words} words{missing}"))
    facts.append(("Place", escape(where(quote.article, quote.quote.start, quote.quote.end))))
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in facts) + "</dl>"


_WHY = (
    "The stance would change most without the words marked above, the bold ones first: "
    '<mark class="why oppose">wavy</mark> pulls towards critical, <mark class="why support">straight</mark> '
    "towards supportive."
)
_NO_WHY = "No single word or phrase carries the stance: without any of them the score hardly moves."


def _reasons(quote: AttributedQuote) -> list[str]:
    reasons = [quote.attribution.evidence.strip(), quote.speaker.evidence.strip()]
    return [reason for reason in dict.fromkeys(reasons) if reason] or ["No speaker was found near the quote."]


def misspelt(quote: AttributedQuote) -> str | None:
    """That the speaker's name is spelt another way somewhere, a reason to look twice."""
    person = quote.speaker.person
    if not person or not person.misspellings:
        return None
    return f"The name is also spelt {joined([f'“{name}”' for name in person.misspellings])}."


def _stance(quote: AttributedQuote, stance: Stance) -> str:
    on = f"on {escape(target_label(stance.target))}"
    if is_unasked(quote, stance):
        told = f"{on}: {escape(joined(stance.doubts))}"
        return f'<span class="chip unsure">{stance_word(quote, stance)}</span> <small>{told}</small>'
    leaning = f", leaning {STANCES[stance.best].lower()}" if stance.label == "unsure" else ""
    doubt = f"confidence {stance.confidence:.2f}"
    if stance.doubts:
        doubt += f": {joined(stance.doubts)}"
    return (
        f'<span class="chip {escape(stance.label)}">{STANCES[stance.label]}{leaning}</span> '
        f"{signed(stance.score)} <small>{on}, {escape(doubt)}; "
        f"read by {escape(stance.model)}</small>"
    )


def agreement(stance: Stance) -> str:
    """Whether the model's readings of the quote agree, in plain words.

    >>> from attribution.stance import Stance
    >>> agreement(Stance("the raids", "support", "support", 0.9, 0.9, "by hand"))
    'The readings agree: no other stance comes near.'
    """
    told = [words for doubt, words in _DISAGREEMENTS.items() if doubt in stance.doubts]
    return " ".join(told) or "The readings agree: no other stance comes near."


_DISAGREEMENTS = {
    DISAGREEING: "Asked in other words, the model answers otherwise.",
    CLOSE: "Two readings are nearly level: another stance is almost as likely.",
    UNTOUCHED: "The words do not name what was asked about, so the reading rests on little.",
}


def _passage(quote: AttributedQuote, target: str | None) -> str:
    """The paragraphs of the quote, one before and one after, with the quote marked."""
    start, end = passage_bounds(quote.article, quote.quote.start, quote.quote.end)
    text, at, out = quote.article.text, start, []
    for piece in quote.quote.pieces:
        out += [escape(text[at : piece.start]), _mark(piece, stance_label(quote, target))]
        at = piece.end
    return "".join([*out, escape(text[at:end])])


def _mark(piece: Span, label: str | None) -> str:
    return f'<mark class="{label or "none"}">{escape(piece.text)}</mark>'
