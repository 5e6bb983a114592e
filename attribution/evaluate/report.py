"""Evaluations in Markdown, as they go into a model card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan

from attribution.evaluate import speakers
from attribution.evaluate.figures import Bin, Share, by_word, calibration_error, reliability
from attribution.evaluate.labelled import FURTHER, OWN
from attribution.evaluate.speakers import Verdict
from attribution.evaluate.stance import Answer, Figure, confusion, coverage_curve, figures

_LONGEST = 160  # characters of a quote in a table of errors
_BY = {
    "source": "source",
    "speaker": "type of speaker",
    "position": "mention stands",
    "kind": "kind",
    "not-quotes": "not-quotes",
}
_NOUNS = {speakers.SPEAKER: "speaker", speakers.MENTION: "mention"}  # what has a confidence
_BROKEN_DOWN = (
    *(speakers.FOUND, speakers.MENTION, speakers.MENTION_EXACT, speakers.CUE, speakers.SPEAKER),
    *(speakers.KEPT_OUT, speakers.NOT_SAID),
)
_LISTED = (  # measures whose errors are listed, those with a confidence first
    *(speakers.SPEAKER, speakers.MENTION, speakers.KEPT_OUT, speakers.PRECISION),
    *(speakers.EXACT, speakers.KIND, speakers.CUE),
)


def speakers_report(title: str, verdicts: Sequence[Verdict], errors: int = 10) -> str:
    """The verdicts in tables: all, by group, calibration, and the `errors` worst errors of each measure."""
    parts = [f"## {title}", _overall(verdicts)]
    parts += filter(None, (_breakdown(verdicts, axis, name) for axis, name in _BY.items()))
    for measure in _NOUNS:
        cases = [
            (v.confidence, v.right) for v in verdicts if v.measure == measure and v.confidence is not None
        ]
        if cases:
            parts.append(_calibration(f"confidence in the {_NOUNS[measure]}", reliability(cases)))
            parts.append(_calibration("the same in words", by_word(cases)))
    if errors:
        parts += filter(None, (_worst(verdicts, measure, errors) for measure in _LISTED))
    return "\n\n".join(parts)


def stance_report(title: str, answers: Sequence[Answer], errors: int = 10) -> str:
    """The answers in tables: F1 by part, confusion, calibration, coverage, and the `errors` worst errors."""
    units = len({answer.gold.unit for answer in answers})
    name = answers[0].stance.model
    parts = [f"## {title}", f"{units} quotes, {len(answers)} labels, model `{name}`.", _f1_table(answers)]
    parts.append(_confusion(answers))
    parts.append(_calibration("confidence in the label", reliability([answer.case for answer in answers])))
    parts.append(_coverage(answers))
    if errors and (wrong := [answer for answer in answers if not answer.right]):
        parts.append(_worst_stances(wrong, errors))
    return "\n\n".join(parts)


# --- speakers --------------------------------------------------------------------------------------


def _overall(verdicts: Sequence[Verdict]) -> str:
    rows = []
    for measure in speakers.MEASURES:
        share = Share.of(v.right for v in verdicts if v.measure == measure)
        if share.total:
            rows.append((measure, share.right, share.total, f"{share.value:.1%}", _range(share)))
    return _table(("what", "right", "of", "share", "95 % interval"), rows)


def _breakdown(verdicts: Sequence[Verdict], axis: str, name: str) -> str:
    """A row a group, a column a measure; empty where the gold has no such groups."""
    grouped = [(group, v) for v in verdicts for at, group in v.groups if at == axis]
    measures = [m for m in _BROKEN_DOWN if any(v.measure == m for _, v in grouped)]
    rows = []
    for group in sorted({group for group, _ in grouped}):
        mine = [v for other, v in grouped if other == group]
        rows.append((group, *(_cell(Share.of(v.right for v in mine if v.measure == m)) for m in measures)))
    return _table((name, *measures), rows) if rows else ""


def _worst(verdicts: Sequence[Verdict], measure: str, errors: int) -> str:
    wrong = [v for v in verdicts if v.measure == measure and not v.right]
    if measure == speakers.PRECISION:  # the rest is listed as not kept out
        known = {v.place for v in verdicts if v.measure == speakers.KEPT_OUT}
        wrong = [v for v in wrong if v.place not in known]
    wrong.sort(key=lambda v: -(v.confidence or 0))
    if not wrong:
        return ""
    rows = [
        (
            "-" if v.confidence is None else f"{v.confidence:.2f}",
            *map(_short, (v.gold, v.ours, v.text)),
            v.place,
        )
        for v in wrong[:errors]
    ]
    heading = f"Wrong in “{measure}”, {min(errors, len(wrong))} of {len(wrong)}, surest first:"
    return f"{heading}\n\n{_table(('confidence', 'gold', 'ours', 'words', 'where'), rows)}"


# --- stance ----------------------------------------------------------------------------------------


def _f1_table(answers: Sequence[Answer]) -> str:
    """A row a measure, a column a part of the gold and one for all."""
    named = [part for part in (OWN, FURTHER) if any(answer.gold.part == part for answer in answers)]
    parts = {part: [answer for answer in answers if answer.gold.part == part] for part in named}
    columns = (parts if len(parts) > 1 else {}) | {"all": list(answers)}
    measured = {f"{name} ({len(rows)})": figures(rows) for name, rows in columns.items()}
    measures = next(iter(measured.values()))
    rows = [(name, *(_figure(found[name]) for found in measured.values())) for name in measures]
    return _table(("what, with 95 % bootstrap interval", *measured), rows)


def _figure(figure: Figure) -> str:
    if isnan(figure.value):
        return "–"
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"


def _confusion(answers: Sequence[Answer]) -> str:
    found = confusion(answers)
    rows = [(gold, *(counts.values())) for gold, counts in found.items()]
    heads = [f"likeliest {label}" for label in found]
    return _table(("gold", *heads, "of them unsure"), rows)


def _coverage(answers: Sequence[Answer]) -> str:
    rows = [
        (f"{point.share:.0%}", point.right.total, f"{point.confidence:.2f}", *_right(point.right))
        for point in coverage_curve(answers)
    ]
    return _table(("surest", "labels", "confidence from", "right", "95 % interval"), rows)


def _worst_stances(wrong: Sequence[Answer], errors: int) -> str:
    ranked = sorted(wrong, key=lambda answer: -answer.stance.confidence)[:errors]
    rows = [
        (
            f"{answer.stance.confidence:.2f}",
            answer.gold.label,
            answer.stance.best + ("" if answer.given else " (unsure)"),
            answer.gold.target.name,
            _short(answer.gold.quote.text),
            answer.gold.place,
        )
        for answer in ranked
    ]
    heading = f"Wrong, {len(ranked)} of {len(wrong)}, surest first:"
    return f"{heading}\n\n{_table(('confidence', 'gold', 'ours', 'toward', 'quote', 'where'), rows)}"


# --- tables ----------------------------------------------------------------------------------------


def _calibration(what: str, bins: Sequence[Bin]) -> str:
    rows = [(b.name, b.share.total, f"{b.confidence:.3f}", *_right(b.share)) for b in bins]
    table = _table((what, "n", "mean confidence", "right", "95 % interval"), rows)
    return f"{table}\n\nExpected calibration error in these {len(bins)} bins: {calibration_error(bins):.1%}."


def _right(share: Share) -> tuple[str, str]:
    return f"{share.value:.1%}", _range(share)


def _range(share: Share) -> str:
    low, high = share.interval
    return f"{low:.1%}–{high:.1%}"


def _cell(share: Share) -> str:
    return f"{share.value:.1%} of {share.total} ({_range(share)})" if share.total else "–"


def _short(text: str) -> str:
    """The words, in the middle of which as many are left out as are too many."""
    text = " ".join(text.split())
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} […] {text[-half:]}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(_plain, line)) + " |" for line in lines)


def _plain(value: object) -> str:
    """A cell whose words cannot end it."""
    return " ".join(str(value).split()).replace("|", "\\|")
