"""Marked spans become quotes: what is one quote, of what kind, and what is none."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.article import paragraphs
from attribution.quotes import find_quotes
from attribution.transcripts import find_turns

# Grouping needs words and sentence starts, no model.
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def read(text: str) -> list[tuple[list[str], str]]:
    """Pieces and kind of each quote of a text."""
    found = find_quotes(NLP(text))
    for quote in found:
        for piece in quote.pieces:
            assert text[piece.start : piece.end] == piece.text
    return [([piece.text for piece in quote.pieces], quote.kind) for quote in found]


def pieces(quotes):
    return [found for found, _ in quotes]


def test_an_attribution_between_two_pieces_makes_one_quote():
    text = "“We left at dawn,” the nurse said. “Nobody stopped us.”"
    assert pieces(read(text)) == [["“We left at dawn,”", "“Nobody stopped us.”"]]


def test_a_sentence_of_narration_parts_two_quotes():
    text = "“We left at dawn,” she said. The gates stood open. “Nobody stopped us.”"
    assert pieces(read(text)) == [["“We left at dawn,”"], ["“Nobody stopped us.”"]]


def test_fragments_under_one_cue_are_one_quote():
    assert pieces(read("The mayor called the plan “costly” and “late”.")) == [["“costly”", "“late”"]]


def test_two_cues_in_one_sentence_make_two_quotes():
    text = "The mayor called it “a costly mistake” and the sheriff called it “a fresh start”."
    assert pieces(read(text)) == [["“a costly mistake”"], ["“a fresh start”"]]


def test_a_cue_that_leads_in_is_not_shared_with_the_next_sentence():
    text = "The mayor said: “It costs too much.” The sheriff said: “It works.”"
    assert pieces(read(text)) == [["“It costs too much.”"], ["“It works.”"]]


def test_a_new_paragraph_with_closed_marks_is_a_new_quote():
    text = "“We left at dawn,” she said.\n\n“Nobody stopped us.”"
    assert pieces(read(text)) == [["“We left at dawn,”"], ["“Nobody stopped us.”"]]


def test_a_reopened_mark_carries_one_quote_over_paragraphs():
    text = "“We left at dawn.\n\n“Nobody stopped us,” she said."
    assert pieces(read(text)) == [["“We left at dawn.", "“Nobody stopped us,”"]]


@pytest.mark.parametrize(
    "text",
    [
        "He read aloud from the novel “Winter at Sea” all night.",
        "Pat “Moose” Delgado left the hall.",
        "The choir sang “Over the Hills” twice.",
        "The Harbour Transport Group (“the Group”) left the hall.",
        "WATCH: “Inside the harbour,” our film at ten.",
        "The cat, nicknamed “Admiral”, sleeps in the hall.",
    ],
)
def test_titles_and_nicknames_are_no_quotes(text):
    assert read(text) == []


def test_words_in_capitals_on_a_sign_are_a_quote():
    assert pieces(read("One held a placard that read “STOP THE BOATS NOW”.")) == [["“STOP THE BOATS NOW”"]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mayor said: “It was over by noon.”", "direct"),
        ("The mayor said the raid was “over by noon”.", "partial"),
        ("They live near the “ghost port” in the north of the city.", "scare"),
        ("'It is over': Mayor ends harbour raids", "headline"),
    ],
)
def test_the_kind_of_a_quote(text, kind):
    assert [found for _, found in read(text)] == [kind]


def test_the_turns_of_a_transcript_are_quotes_without_their_labels():
    text = "ANN HILL: We begin.\n\nQ: When does it end?\n\nHILL: At noon.\n\nAnd not before.\n\nQ: Thank you."
    assert read(text) == [
        (["We begin."], "transcript"),
        (["When does it end?"], "transcript"),
        (["At noon.", "And not before."], "transcript"),
        (["Thank you."], "transcript"),
    ]


def test_captions_and_corrections_are_no_turns():
    text = "PHOTO: The harbour.\n\nCORRECTION: It was noon.\n\nPHOTO: The gate.\n\nWATCH: The film."
    assert find_turns(text, paragraphs(text)) == []


def test_marks_inside_a_turn_are_nested():
    text = "ANN HILL: He said, “Leave.”\n\nQ: When?\n\nHILL: At noon."
    assert (["“Leave.”"], "nested") in read(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab AB.,:'\"“”‘’«»\n\r\t\u00a0()")), max_size=80))
def test_any_text_gives_exact_pieces_each_in_one_quote(text):
    seen: set[tuple[int, int]] = set()
    for quote in find_quotes(NLP(text)):
        for piece in quote.pieces:
            assert text[piece.start : piece.end] == piece.text
            assert (piece.start, piece.end) not in seen
            seen.add((piece.start, piece.end))
