"""Ten sentences that other extractors break on: every one with its quotes, pieces and speakers."""

from __future__ import annotations

import pytest

from attribution import Article, extract

pytestmark = pytest.mark.model


def quoted(text: str) -> list[tuple[list[str], str, str | None]]:
    """Pieces, kind and speaker of each quote of a text."""
    analysis = extract([Article(text, file="sentence.txt")])
    for quote in analysis.quotes:
        for piece in quote.quote.pieces:
            assert text[piece.start : piece.end] == piece.text
    return [
        (
            [piece.text for piece in quote.quote.pieces],
            quote.quote.kind,
            quote.speaker.person.name if quote.speaker.person else None,
        )
        for quote in analysis.quotes
    ]


def test_a_quote_over_two_paragraphs_is_one_with_two_pieces():
    text = "Ann Hill said: “They need it.\n\n“If not they’ll die,” she added."
    assert quoted(text) == [(["“They need it.", "“If not they’ll die,”"], "direct", "Ann Hill")]


def test_plural_possessives_are_no_quotation_marks():
    text = "The workers' union said, \"We will strike.\" The nurses' and teachers' unions agreed."
    [quote] = extract([Article(text, file="sentence.txt")]).quotes
    assert [piece.text for piece in quote.quote.pieces] == ['"We will strike."']
    assert quote.name is not None and quote.name.endswith("workers' union")
    assert quote.speaker.type in {"organisation", "group"}


def test_a_headline_in_single_marks():
    assert quoted("'We will win': Jones defends budget") == [(["'We will win'"], "headline", "Jones")]


def test_initials_belong_to_the_name():
    assert quoted("“We will go,” said J. R. Smith.") == [(["“We will go,”"], "direct", "J. R. Smith")]


def test_a_quote_inside_a_quote_is_nested():
    outer, inner = quoted("Mary Lane was tired. She said, “He told me ‘never again’ and left.”")
    assert outer == (["“He told me ‘never again’ and left.”"], "direct", "Mary Lane")
    assert inner[:2] == (["‘never again’"], "nested")


def test_guillemets_are_found():
    [(pieces, _, _)] = quoted("«On va gagner», a dit Jones.")
    assert pieces == ["«On va gagner»"]


def test_an_apposition_between_name_and_cue():
    text = 'Hugh Hill, a doctor, said: "They need urgent treatment." The ward was full. "And soon," he added.'
    assert quoted(text) == [
        (['"They need urgent treatment."'], "direct", "Hugh Hill"),
        (['"And soon,"'], "direct", "Hugh Hill"),
    ]


def test_an_unnamed_speaker_stays_unnamed_and_his_nickname_is_no_quote():
    text = "“Senseless killing,” said a homeless man who goes by the name “Shorty.”"
    [quote] = extract([Article(text, file="sentence.txt")]).quotes
    assert [piece.text for piece in quote.quote.pieces] == ["“Senseless killing,”"]
    assert (quote.speaker.person, quote.speaker.type) == (None, "unnamed")
    assert quote.speaker.description is not None and "homeless man" in quote.speaker.description


def test_a_name_after_a_dash_signs_the_quote():
    text = "“The rule protects every caller in the country.” -Commissioner Geoffrey Starks"
    assert quoted(text) == [
        (["“The rule protects every caller in the country.”"], "direct", "Geoffrey Starks")
    ]


def test_offsets_are_exact_in_a_text_of_mixed_line_ends_tabs_and_spaces():
    text = 'José Peña\u00a0said:\t“Ça suffit.”\r\n\r\n"It’s over,"\u00a0he added.\r\n'
    assert [pieces for pieces, _, _ in quoted(text)] == [["“Ça suffit.”"], ['"It’s over,"']]
