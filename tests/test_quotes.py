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


def test_a_quote_with_an_attribution_of_its_own_is_not_joined_to_the_one_before():
    text = "“You left,” she said. “You lied,” he said. “Often.”"
    assert pieces(read(text)) == [["“You left,”"], ["“You lied,”", "“Often.”"]]


def test_a_sentence_after_doubled_single_marks_parts_two_quotes():
    text = "''We are tired,'' the nurse said. ''We stay.'' The sheriff said: ''They go.''"
    assert pieces(read(text)) == [["''We are tired,''", "''We stay.''"], ["''They go.''"]]


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
        "Speaking on “Early Talk,” the mayor said that she would stay.",
        "The mayor told “Early Talk” that she would stay.",
        "The hacker known as “Lantern,” who is 19, said that he was sorry.",
        "A class called “Perception” was full.",
        "Citizens may call the “Quay Line” at any hour.",
        "The new “Today” anchor left the hall.",
        "Tea is served in the café, “The Anchor”.",
        '<a title="Mayor speaks" href="mayor.html">More</a> on this.',
    ],
)
def test_titles_nicknames_names_and_markup_are_no_quotes(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor called the sheriff “Tin Star” on Monday.",
        "The mayor dismissed the sheriff as a “Tin Star” on Monday.",
        "What the mayor called “Moral Panic” went on for a week.",
        "Mayor Slams Sheriff’s ‘Vanishing Act’ at Rally",
        "The mayor nodded. “Thank God.” Then she left.",
        "“Never Again,” said the mayor.",
    ],
)
def test_capitals_alone_make_no_title_where_somebody_speaks(text):
    assert len(read(text)) == 1


def test_words_in_capitals_on_a_sign_are_a_quote():
    assert pieces(read("One held a placard that read “STOP THE BOATS NOW”.")) == [["“STOP THE BOATS NOW”"]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mayor said: “It was over by noon.”", "direct"),
        ("The mayor said the raid was “over by noon”.", "partial"),
        ("They live near the “ghost port” in the north of the city.", "scare"),
        ("'It is over': Mayor ends harbour raids", "headline"),
        ("The raids are done.\n\n'A quiet night.'\n\nThe mayor slept. “At last.” “Yes.” “Good.”", "headline"),
    ],
)
def test_the_kind_of_a_quote(text, kind):
    assert read(text)[0][1] == kind


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


def test_a_headline_and_a_table_are_no_turns():
    text = "Hill: It Ends at Noon\n\nThe count is in.\n\nHill: 547.\n\nLane: 46.\n\nHill: 12.\n\nLane: 9."
    assert find_turns(text, paragraphs(text)) == []


def test_a_question_and_its_answer_are_turns_though_they_are_but_two():
    text = "Ann Hill spoke to us.\n\nQ. When does it end?\n\nA. At noon."
    assert read(text) == [(["When does it end?"], "transcript"), (["At noon."], "transcript")]


def test_two_labels_that_take_turns_are_speakers():
    text = "Host: When?\n\nHill: At noon.\n\nHost: And then?\n\nHill: We sleep."
    assert [kind for _, kind in read(text)] == ["transcript"] * 4


def test_a_time_makes_a_label_plain_however_few_there_are():
    text = "[00:00:01] Ann Hill: We begin.\n\n[00:00:04] Note: The lamp is lit.\n\n[00:01:02] Lane: When?"
    assert read(text) == [(["We begin."], "transcript"), (["When?"], "transcript")]
    assert read(text.replace("[00:00:01] ", "").replace("[00:01:02] ", "")) == []


def test_a_transcript_in_marks_gives_each_turn_to_its_label_and_leaves_the_marks_out():
    text = 'Transcript:\n\n"LANE: You “knew” it.\n\n"HILL: I did.\n\n"LANE: And then?\n\n"HILL: It rained."'
    assert read(text) == [
        (["You “knew” it."], "transcript"),
        (["“knew”"], "nested"),
        (["I did."], "transcript"),
        (["And then?"], "transcript"),
        (["It rained."], "transcript"),
    ]
    turns = find_turns(text, paragraphs(text))
    assert [turn.label.text for turn in turns] == ["LANE", "HILL", "LANE", "HILL"]
    assert [text[turn.start] for turn in turns] == ['"'] * 4


def test_a_role_after_the_name_is_no_part_of_the_label():
    text = "ANN HILL, MAYOR: We begin.\n\nLANE: When?\n\nHILL: At noon."
    assert [turn.label.text for turn in find_turns(text, paragraphs(text))] == ["ANN HILL", "LANE", "HILL"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "In a letter to staff, Ann Hill wrote:\n\nWe have no money left and I am sorry.\n\nIt shuts.",
            ["We have no money left and I am sorry."],
        ),
        (
            "The statement in full:\n\n    We have no money left now.\n\n    I am sorry.\n\nIt shuts.",
            ["We have no money left now.", "I am sorry."],
        ),
        (
            "Ann Hill was plain.\n\n> We have no money left in May.\n> I am “sorry”.\n\nThe hall closes.",
            ["We have no money left in May.", "I am “sorry”."],
        ),
        (
            "The mayor was plain.\n\nWe have no money left in May. — Ann Hill (@hill) 3 May 2021",
            ["We have no money left in May."],
        ),
    ],
)
def test_words_plainly_set_off_are_a_block_quote(text, pieces):
    assert [found for found, kind in read(text) if kind == "block"] == [pieces]


@pytest.mark.parametrize(
    "text",
    [
        "The poll found that:\n\nMost of the people asked want the hall to stay open.",
        "Ann Hill spoke out against the plan:\n\nThe hall has stood empty since the flood in May.",
        "Ann Hill said:\n\n“We have no money left and I am sorry.”",
        "Ann Hill said:\n\n- We have no money left and I am sorry.",
        "Ann Hill said:\n\nNo money.",
        "Ann Hill left the hall.\n\n    The hall has stood empty since the flood in May.",
        "> Read more about the hall and the flood",
    ],
)
def test_no_block_quote_without_plain_signs(text):
    assert "block" not in [kind for _, kind in read(text)]


def test_marks_inside_a_turn_are_nested():
    text = "ANN HILL: He said, “Leave.”\n\nQ: When?\n\nHILL: At noon."
    assert (["“Leave.”"], "nested") in read(text)


BITS = [*"aQ AB.,:>'\"“”‘’«»\n\r\t\u00a0()", "\n\n", "A: ", "He said:\n\n"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=60).map("".join))
def test_any_text_gives_exact_pieces_each_in_one_quote(text):
    seen: set[tuple[int, int]] = set()
    for quote in find_quotes(NLP(text)):
        for piece in quote.pieces:
            assert text[piece.start : piece.end] == piece.text
            assert (piece.start, piece.end) not in seen
            seen.add((piece.start, piece.end))


def test_names_with_a_reporting_verb_introduce_quotes_and_are_no_labels_of_a_transcript():
    names = ["Hill", "Roe", "Hill", "Roe"]
    lines = [f"{name} said: “The port stays open for {days} days.”" for days, name in enumerate(names)]
    found = read("\n\n".join(lines))
    assert [kind for _, kind in found] == ["direct"] * 4


def test_a_turn_that_is_all_in_marks_is_one_quote():
    text = "HILL: “We go on Monday.”\n\nROE: “We stay here.”\n\nHILL: “Then we go alone.”"
    assert [kind for _, kind in read(text)] == ["transcript"] * 3
