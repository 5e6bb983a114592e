"""Checked quotes to look at: words marked in HTML, and a report that is one file without scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

from attribution.article import Article, Span
from attribution.check.checking import CheckedQuote
from attribution.check.differences import TYPOGRAPHY
from attribution.check.verdicts import PASSING, VERDICTS
from attribution.check.voices import Passage

MEANING = {
    "verbatim": "Every word and mark stands in the source as quoted.",
    "typography": "The same words; only quote marks, dashes, spaces or the case at the start differ.",
    "trimmed": "The same words, cut: at an end, at an ellipsis, or with words replaced in brackets.",
    "altered": "Words were changed, added or dropped without saying so.",
    "stitched": "Words from two places stand as if they had been said in one breath.",
    "misattributed": "The words are in the source, but another speaker says them there.",
    "context": "The words are there, but those around them may turn their meaning round.",
    "not found": "No source has these words. The nearest passage is shown for comparison only.",
}
"""What each verdict means, in a sentence for the reader."""

Style = Literal["small", "grave", "changed"]

_AROUND = 160  # characters of the source shown on either side of a passage


def counted(rows: Iterable[CheckedQuote]) -> dict[str, int]:
    """How many quotes got each verdict, in the order of the verdicts; those that none got are left out."""
    found = Counter(row.verdict for row in rows)
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}


def draft_html(row: CheckedQuote) -> str:
    """The draft's quote as HTML, the words marked that the source has not so."""
    spans = [(d.draft, style_of(d.kind), d.kind) for d in row.differences if d.draft]
    return " ".join(marked(piece, spans) for piece in row.quote.pieces)


def source_html(row: CheckedQuote, passage: Passage) -> str:
    """A passage of a source as HTML with some text around it, the words marked that the draft has not so."""
    text, span = passage.article.text, passage.span
    spans = [(d.source, style_of(d.kind), d.kind) for d in row.differences if d.source]
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    cut_before = cut_after = ""
    if span.start > _AROUND:
        cut_before, before = "… ", before.partition(" ")[2]
    if span.end + _AROUND < len(text):
        cut_after, after = " …", after.rpartition(" ")[0]
    return (
        f'{cut_before}{escape(before)}<mark class="found">{marked(span, spans)}</mark>'
        f"{escape(after)}{cut_after}"
    )


def style_of(kind: str) -> Style:
    """How strongly a kind of difference is marked.

    >>> style_of("negation dropped"), style_of("changed"), style_of("typography")
    ('grave', 'changed', 'small')
    """
    if kind in TYPOGRAPHY:
        return "small"
    return "grave" if kind.split()[0] in ("negation", "number") else "changed"


def marked(piece: Span, spans: Sequence[tuple[Span | None, str, str]]) -> str:
    """The text of `piece`, with those of the spans that stand in it marked and named."""
    at, out = piece.start, []
    for span, style, kind in sorted(spans, key=lambda each: (each[0].start, -each[0].end)):
        if span.start < at or span.end > piece.end:
            continue
        out.append(escape(piece.text[at - piece.start : span.start - piece.start]))
        out.append(f'<mark class="{style}" title="{escape(kind)}">{escape(span.text)}</mark>')
        at = span.end
    return "".join([*out, escape(piece.text[at - piece.start :])])


def differences_html(row: CheckedQuote) -> str:
    """The differences as a list, a line each; typography is told in one line."""
    lines = []
    for difference in row.differences:
        if difference.kind in TYPOGRAPHY:
            continue
        draft, source = (
            f"“{escape(span.text)}”" if span else "nothing" for span in (difference.draft, difference.source)
        )
        lines.append(f"<li><b>{escape(difference.kind)}</b>: {draft} for {source}</li>")
    small = sorted({difference.kind for difference in row.differences if difference.kind in TYPOGRAPHY})
    if small:
        lines.append(f"<li>{escape(', '.join(small))} only</li>" if not lines else "<li>and typography</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def to_html(rows: Sequence[CheckedQuote], draft: str, sources: Sequence[Article]) -> str:
    """All checked quotes as one HTML file: no script, nothing loaded from anywhere, opens offline."""
    failing = sum(not row.passes for row in rows)
    told = ", ".join(f"{number} {verdict}" for verdict, number in counted(rows).items())
    listed = "".join(
        f"<li>{escape(article.name)} <small>{escape(article.file)}</small></li>" for article in sources
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Quotes of {escape(draft)}</title><style>{_CSS}</style></head><body>"
        f"<h1>The quotes of {escape(draft)}</h1>"
        f"<p>{len(rows)} quotes, {failing} to look at: {escape(told)}.</p>"
        f"{''.join(map(_row_html, rows))}"
        f"<h2>Sources</h2><ul>{listed}</ul></body></html>\n"
    )


def _row_html(row: CheckedQuote) -> str:
    state = "pass" if row.verdict in PASSING else "fail"
    parts = row.parts or ([row.source] if row.source else [])
    shown = "".join(_passage_html("Source", row, part) for part in parts)
    if row.nearest:
        shown = _passage_html(f"Nearest passage (likeness {row.likeness:.0%}), not a find", row, row.nearest)
    warnings = "".join(f"<p class=warning>{escape(warning)}</p>" for warning in row.warnings)
    speaker = escape(row.quote.speaker or "nobody named")
    return (
        f'<article><p><span class="verdict {state}">{row.verdict}</span> {escape(MEANING[row.verdict])}</p>'
        f"<blockquote>{draft_html(row)}<footer>{speaker}</footer></blockquote>"
        f"{differences_html(row) if row.verdict != 'not found' else ''}{warnings}{shown}</article>"
    )


def _passage_html(title: str, row: CheckedQuote, passage: Passage) -> str:
    place = f"{passage.article.name}, characters {passage.span.start}–{passage.span.end}"
    speaker = f", said by {passage.speaker}" if passage.speaker else ""
    return (
        f"<section><h3>{escape(title)}: {escape(place)}{escape(speaker)}</h3>"
        f"<p>{source_html(row, passage)}</p></section>"
    )


_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CSS = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8886; padding: .5rem 0; }
blockquote { border-left: 4px solid #8888; margin: .5rem 0; padding: .1rem 1rem; font-size: 1.1rem; }
blockquote footer { font-size: .9rem; opacity: .8; }
section { font-size: .95rem; } h3 { font-size: .9rem; margin: .5rem 0 0; } p { margin: .3rem 0; }
section p { white-space: pre-line; overflow-wrap: anywhere; }
.verdict { border: 2px solid; border-radius: 4px; padding: 0 .5rem; font-weight: 700; }
.verdict.fail { border-style: double; border-width: 3px; }
mark { background: #f5d76e66; color: inherit; } mark.found { background: #8883; }
mark.changed { text-decoration: underline wavy; }
mark.grave { text-decoration: underline double; font-weight: 700; }
mark.small { background: none; border-bottom: 1px dotted; } .warning::before { content: "⚠ "; }
"""
