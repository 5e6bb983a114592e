"""What the encoder is shown of an article, and how its answer and the features add up."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.article import AttributionError, Span, paragraphs
from attribution.encoder import BREAK, CLOSES, GAP, LEFT, LONGEST, OPENS, View, view_of
from attribution.linker import Linker, Ranker, Reader, Reading, load_linker
from attribution.mentions import Mention
from attribution.quotes import Quote


@dataclass
class Words:
    ids: list[int]
    offsets: list[tuple[int, int]]


class WordTokenizer:
    """A token a word, with an id beyond those of the signs."""

    def encode_batch(self, input, *, add_special_tokens):
        found = [[m.span() for m in re.finditer(r"\w+|[^\w\s]", text)] for text in input]
        return [Words([1000 + len(spans)] * len(spans), spans) for spans in found]


def seen(text: str, *quotes: str, before: int = 3, after: int = 1) -> tuple[View, list[str]]:
    """The view of a text, and what it shows: words, and signs in capitals."""
    pieces = [Span.of(text, at, at + len(q)) for q in quotes for at in [text.index(q)]]
    view = view_of(text, paragraphs(text), pieces, WordTokenizer(), before, after)
    signs = {BREAK: "BREAK", OPENS: "OPENS", CLOSES: "CLOSES", GAP: "GAP"}
    rows = zip(view.ids.tolist(), view.starts.tolist(), view.ends.tolist(), strict=True)
    return view, [signs.get(i, text[a:b]) for i, a, b in rows]


def test_the_marks_of_a_quote_have_signs_of_their_own():
    view, shown = seen("Hill said: “Go on.”\n\nThe end.", "“Go on.”")
    assert shown == "Hill said : OPENS “ Go on . ” CLOSES BREAK The end . BREAK".split()
    assert view.edges == {(11, 19): (3, 9)}


def test_the_middle_of_a_long_quote_is_left_out():
    quote = "“First words here. " + "middle " * 40 + "and the last words.”"
    _, shown = seen(f"Hill said: {quote} She left.", quote)
    assert "First" in shown and "last" in shown and "GAP" in shown and "left" in shown
    assert shown.count("middle") < 15


def test_paragraphs_far_from_every_quote_are_left_out():
    text = "One.\n\nTwo.\n\nHill said: “Go.”\n\nFour.\n\nFive."
    _, shown = seen(text, "“Go.”", before=1, after=1)
    assert "Two" in shown and "Four" in shown
    assert "One" not in shown and "Five" not in shown


def test_an_article_without_quotes_shows_nothing():
    view, shown = seen("Nobody spoke.")
    assert shown == [] and view.edges == {}


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_every_quote_has_a_window_with_text_around_it(lengths):
    text = "\n\n".join("word " * n + f"“said {i} so”" for i, n in enumerate(lengths))
    view, _ = seen(text, *(f"“said {i} so”" for i in range(len(lengths))))
    starts, length = view.windows
    assert length <= LONGEST
    assert starts[0] == 0 and starts[-1] + length == len(view.ids)
    for opens, closes in view.edges.values():
        start = starts[view.window(opens)]
        assert start <= opens < closes < start + length
        assert opens - start >= min(opens, LEFT)


@given(st.text(alphabet="a .\n“”", max_size=200))
def test_tokens_stand_at_their_characters(text):
    pieces = [Span.of(text, *m.span()) for m in re.finditer("“[^“”\n]*”", text)]
    view = view_of(text, paragraphs(text), pieces, WordTokenizer(), 3, 1)
    assert list(view.starts) == sorted(view.starts)
    assert all(0 <= a <= b <= len(text) for a, b in zip(view.starts, view.ends, strict=True))
    for piece in pieces:
        opens, closes = view.edges[piece.start, piece.end]
        assert view.ids[opens] == OPENS and view.starts[opens] == piece.start
        assert view.ids[closes] == CLOSES and view.ends[closes] == piece.end


class Session:
    """An encoder that says the same of every window, between its two signs."""

    def __init__(self, arrays) -> None:
        self.arrays, self.runs = arrays, 0

    def run(self, _, inputs):
        self.runs += 1
        return [np.pad(array, ((1, 1), (0, 0)))[None] for array in self.arrays]


def linker(temperature: float = 1.0, session: Session | None = None) -> Linker:
    """Knows one feature, "named"."""
    ranker = Ranker({"named": 0}, np.array([[1.0]]), np.zeros(1), np.ones(1), 1.0)
    flat = {"nobody": np.zeros(4), "outside": np.zeros(4), "bias": np.zeros(2), "output": np.zeros(2)}
    return Linker(ranker, Reader(**flat, temperature=1.0), session, WordTokenizer(), temperature)


def asked(
    monkeypatch, opens: float, roe: float, named: str | None = None, temperature: float = 1.0
) -> np.ndarray:
    """The chances of Hill, Roe and nobody, where the encoder gives numbers to the mark and to Roe."""
    text = "Hill met Roe: “Go.”"
    view, shown = seen(text, "“Go.”")
    hidden = tuple(np.zeros((len(shown), 4)) for _ in range(4))
    hidden[0][shown.index("OPENS"), 2], hidden[2][shown.index("Roe"), 2] = opens, roe
    mentions = [Mention(0, 0, 0, 0, 4, "Hill"), Mention(2, 2, 2, 9, 12, "Roe")]
    monkeypatch.setattr(
        "attribution.linker.features", lambda p, q, m, b: ["named"] if m.kind == named else []
    )
    monkeypatch.setattr("attribution.linker.null_features", lambda p, q: [])
    quote = Quote((Span.of(text, 14, 19),), "direct")
    return Reading(linker(temperature, Session(hidden)), view).probabilities(None, quote, mentions, None)


def test_the_encoder_prefers_the_mention_that_answers_the_quote(monkeypatch):
    chances = asked(monkeypatch, opens=3.0, roe=2.0)
    assert chances.sum() == pytest.approx(1)
    assert chances[0] == pytest.approx(chances[2])
    assert chances[1] / chances[0] == pytest.approx(np.exp(6 / np.sqrt(2)))


def test_the_two_judgements_are_multiplied(monkeypatch):
    chances = asked(monkeypatch, opens=1.0, roe=np.sqrt(2), named="Hill")
    assert chances[0] == pytest.approx(chances[1])
    assert chances[0] / chances[2] == pytest.approx(np.e)


def test_the_temperature_cools_them(monkeypatch):
    chances = asked(monkeypatch, opens=1.0, roe=np.sqrt(2), temperature=2.0)
    assert chances[1] / chances[0] == pytest.approx(np.exp(0.5))


def test_a_window_is_read_once_for_all_its_quotes(monkeypatch):
    monkeypatch.setattr("attribution.linker.features", lambda p, q, m, b: [])
    monkeypatch.setattr("attribution.linker.null_features", lambda p, q: [])
    text = "Hill met Roe: “Go.” “No.”"
    view, shown = seen(text, "“Go.”", "“No.”")
    session = Session(tuple(np.zeros((len(shown), 4)) for _ in range(4)))
    reading = Reading(linker(session=session), view)
    for start in (14, 20):
        quote = Quote((Span.of(text, start, start + 5),), "direct")
        chances = reading.probabilities(None, quote, [Mention(0, 0, 0, 0, 4, "PERSON")], None)
        assert chances.sum() == pytest.approx(1.0)
    assert session.runs == 1


def test_no_window_is_read_where_the_features_leave_no_doubt(monkeypatch):
    monkeypatch.setattr("attribution.linker.null_features", lambda p, q: [])
    view, shown = seen("Hill met Roe: “Go.”", "“Go.”")
    session = Session(tuple(np.zeros((len(shown), 4)) for _ in range(4)))
    quote = Quote((Span(14, 19, "“Go.”"),), "direct")
    chances = Reading(linker(session=session), view).probabilities(None, quote, [], None)
    assert (chances.tolist(), session.runs) == ([1.0], 0)


def test_a_broken_model_is_said_to_be_one(tmp_path):
    (tmp_path / "ranker.npz").write_bytes(b"not a model")
    with pytest.raises(AttributionError, match="not a speaker model .* run its recipe"):
        load_linker(tmp_path)
