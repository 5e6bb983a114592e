"""What changed in the quotes from one version of an article to the next."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.analysis import AttributedQuote
from attribution.versions import compare_versions


@pytest.fixture
def version(said):
    """Makes the quotes of one version: `version(("“We will go.”", "Ada Brook"), …)`, a row a quote."""

    def made(*rows: tuple, name: str = "Post") -> list[AttributedQuote]:
        lines = [
            f"{' '.join(pieces)} {by or 'Somebody'} said so, number {i}."
            for i, (*pieces, by) in enumerate(rows)
        ]
        text = "\n\n".join(lines)
        return [said(name, *pieces, text=text, by=by) for *pieces, by in rows]

    return made


def told(older: Sequence[AttributedQuote], newer: Sequence[AttributedQuote]) -> list[tuple]:
    """The rows: the fate, the words before and after, and each difference as (newer, older, kind)."""
    return [
        (
            row.fate,
            row.older and row.older.quote.text,
            row.newer and row.newer.quote.text,
            *(tuple(difference.as_record().values()) for difference in row.differences),
        )
        for row in compare_versions(older, newer).rows
    ]


def test_each_quote_has_its_fate_in_the_newer_ones_order_with_the_vanished_in_their_place(version):
    older = version(
        ("“The harbour closes on Friday.”", "Ada Brook"),
        ("“Nobody asked the dockers.”", "Max Hill"),
        ("“We will march at dawn.”", "Jo Reed"),
    )
    newer = version(
        ("“The harbour closes on Monday.”", "Ada Brook"),
        ("“We will march at dawn.”", "Jo Reed"),
        ("“I shall sue them all.”", "Max Hill"),
    )
    assert told(older, newer) == [
        (
            "reworded",
            "The harbour closes on Friday.",
            "The harbour closes on Monday.",
            ("Monday", "Friday", "changed"),
        ),
        ("vanished", "Nobody asked the dockers.", None),
        ("unchanged", "We will march at dawn.", "We will march at dawn."),
        ("added", None, "I shall sue them all."),
    ]
    changes = compare_versions(older, newer)
    assert changes.unchanged == 1 and changes.reattributed == ()
    assert [row.newer.id for row in changes.added] == [newer[2].id]
    assert [row.older.id for row in changes.vanished] == [older[1].id]
    assert [row.newer.id for row in changes.reworded] == [newer[0].id]


@pytest.mark.parametrize(
    ("older", "newer", "differences"),
    [
        ("“We can stop it.”", "“We can’t stop it.”", [("can’t", "can", "negation added")]),
        ("“Forty boats sank.”", "“Fourteen boats sank.”", [("Fourteen", "Forty", "number changed")]),
        ("“a gamble with our lives”", "“a gamble”", [(None, "with our lives", "dropped")]),
        ("“a gamble”", "“a gamble with our lives”", [("with our lives", None, "added")]),
        (
            "“The port closes on Friday, come what may.”",
            "“The port closes … come what may.”",
            [(None, "on Friday", "dropped")],
        ),
        (
            "“Well, the port closes, and I am sorry, on Friday.”",
            "“The port closes on Friday.”",
            [(None, "and I am sorry", "dropped"), (None, "Well", "dropped")],
        ),
    ],
)
def test_the_words_that_differ_are_told_and_what_is_left_out_too(version, older, newer, differences):
    ((fate, _, _, *found),) = told(version((older, "Ada Brook")), version((newer, "Ada Brook")))
    assert fate == "reworded"
    assert sorted(found, key=str) == sorted(differences, key=str)


def test_marks_dashes_and_spaces_are_no_change(version):
    older, newer = (
        version(("“It’s over – all of it.”", "Ada Brook")),
        version(('"It\'s over -- all of it,"', "Ada Brook")),
    )
    assert [row.fate for row in compare_versions(older, newer).rows] == ["unchanged"]


def test_words_in_brackets_are_the_reporters_and_no_change(version):
    older = version(("“[T]he port [at Lund] closes on Friday, come what may.”", "Ada Brook"))
    newer = version(("“[T]he port [there] closes on Monday, come what may.”", "Ada Brook"))
    ((fate, _, _, *found),) = told(older, newer)
    assert (fate, found) == ("reworded", [("Monday", "Friday", "changed")])


def test_a_quote_that_was_split_around_its_speaker_is_unchanged(version):
    older = version(("“The port closes on Friday, whatever they say.”", "Ada Brook"))
    newer = version(("“The port closes on Friday,”", "“whatever they say.”", "Ada Brook"))
    assert [row.fate for row in compare_versions(older, newer).rows] == ["unchanged"]
    assert [row.fate for row in compare_versions(newer, older).rows] == ["unchanged"]


def test_differences_stand_at_their_places_in_both_articles(version):
    older = version(
        ("“Nobody knew.”", "Jo Reed"), ("“The port,”", "“I fear, closes on Friday at noon.”", "Ada Brook")
    )
    newer = version(("“The port,”", "“I fear, opens on Friday.”", "Ada Brook"))
    (row,) = compare_versions(older, newer).reworded
    assert [(d.draft and d.draft.text, d.source and d.source.text) for d in row.differences] == [
        ("opens", "closes"),
        (None, "at noon"),
    ]
    for difference in row.differences:
        for span, quote in ((difference.draft, row.newer), (difference.source, row.older)):
            assert span is None or quote.article.text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ("Ada Brook", "Max Hill", "re-attributed"),
        ("Ada Brook", "Brook", "unchanged"),  # the same person by a shorter name
        ("Ada Brook", "A. Brook", "unchanged"),
        ("Ada Brook", "Ann Brook", "re-attributed"),
        (None, None, "unchanged"),
    ],
)
def test_another_speaker_is_told_and_another_form_of_the_name_is_none(version, before, after, fate):
    words = "“Nobody asked the dockers, not once.”"
    assert [row[0] for row in told(version((words, before)), version((words, after)))] == [fate]


def test_a_quote_gains_a_name_where_its_attribution_changed_not_where_it_was_only_read_otherwise(said):
    words, text = "“Nobody asked the dockers, not once.”", "{} the mayor said. {} Ada Brook said."
    text = text.format("“Nobody asked the dockers, not once.”", "“Yes.”")
    unnamed = said("Post", words, text=text, by=None, mention="the mayor")
    read = said("Post", words, text=text, by="Ada Brook", mention="the mayor")
    named = said("Post", words, text=text, by="Ada Brook", mention="Ada Brook")
    assert [row.fate for row in compare_versions([unnamed], [read]).rows] == ["unchanged"]
    assert [row.fate for row in compare_versions([unnamed], [named]).rows] == ["re-attributed"]


def test_a_quote_may_be_reworded_and_re_attributed(version):
    older = version(("“The port closes on Friday, whatever the dockers say about it.”", "Ada Brook"))
    newer = version(("“The port closes on Monday, whatever the dockers say about it.”", "Max Hill"))
    assert told(older, newer)[0][0::3] == ("re-attributed", ("Monday", "Friday", "changed"))


def test_different_remarks_of_one_speaker_are_not_one_reworded(version):
    older, newer = (
        version(("“The port closes on Friday.”", "Ada Brook")),
        version(("“The school opens soon.”", "Ada Brook")),
    )
    assert [row.fate for row in compare_versions(older, newer).rows] == ["vanished", "added"]


def test_the_same_words_said_twice_are_matched_each_with_its_own_speaker(version):
    words = "“Never again.”"
    older, newer = (
        version((words, "Ada Brook"), (words, "Max Hill")),
        version((words, "Max Hill"), (words, "Ada Brook")),
    )
    # `said` finds a piece by its words: both rows of a version stand at one place, which is enough here.
    assert compare_versions(older, newer).unchanged == 2


def test_a_row_is_plain_data(version):
    older, newer = version(("“a gamble with our lives”", "Ada Brook")), version(("“a gamble”", "Ada Brook"))
    (row,) = compare_versions(older, newer).rows
    assert row.as_record() == {
        "fate": "reworded",
        "older": {"quote_id": older[0].id, "text": "a gamble with our lives", "speaker": "Ada Brook"},
        "newer": {"quote_id": newer[0].id, "text": "a gamble", "speaker": "Ada Brook"},
        "differences": [{"draft": None, "source": "with our lives", "kind": "dropped"}],
    }


def test_no_quotes_are_no_rows(version):
    assert compare_versions([], []).rows == ()
    assert [row.fate for row in compare_versions([], version(("“Yes.”", "Ada Brook"))).rows] == ["added"]


# --- whatever the quotes ---------------------------------------------------------------------------

_WORDS = st.lists(
    st.sampled_from("the port will not close on Friday … [the] 40 dockers, we can’t “march” at dawn".split()),
    min_size=1,
    max_size=9,
).map(" ".join)
_ROWS = st.lists(st.tuples(_WORDS, st.sampled_from(["Ada Brook", "Max Hill", None])), max_size=5)


@settings(max_examples=150, deadline=None)
@given(_ROWS, _ROWS)
def test_each_quote_of_both_versions_stands_in_one_row_and_every_difference_at_its_place(said, older, newer):
    versions = []
    for rows in (older, newer):
        pieces = [f"«{i} {words}»" for i, (words, _) in enumerate(rows)]
        text = "\n".join(f"{piece}, somebody said." for piece in pieces)
        versions.append([said("Post", p, text=text, by=by) for p, (_, by) in zip(pieces, rows, strict=True)])
    changes = compare_versions(*versions)
    for side, quotes in zip(("older", "newer"), versions, strict=True):
        found = [quote.id for row in changes.rows if (quote := getattr(row, side))]
        assert sorted(found) == sorted(quote.id for quote in quotes)
    assert [row.newer.id for row in changes.rows if row.newer] == [quote.id for quote in versions[1]]
    for row in changes.rows:
        assert (row.older is None) == (row.fate == "added") and (row.newer is None) == (
            row.fate == "vanished"
        )
        assert row.fate not in {"added", "vanished", "unchanged"} or not row.differences
        for d in row.differences:
            assert d.draft or d.source
            for span, quote in ((d.draft, row.newer), (d.source, row.older)):
                assert span is None or quote.article.text[span.start : span.end] == span.text


@settings(max_examples=50, deadline=None)
@given(_ROWS)
def test_a_version_beside_itself_is_unchanged(said, rows):
    pieces = [f"«{i} {words}»" for i, (words, _) in enumerate(rows)]
    text = "\n".join(f"{piece}, somebody said." for piece in pieces)
    quotes = [said("Post", piece, text=text, by=by) for piece, (_, by) in zip(pieces, rows, strict=True)]
    changes = compare_versions(quotes, quotes)
    assert changes.unchanged == len(quotes) == len(changes.rows)
    assert all(row.older is row.newer for row in changes.rows)
