"""Who said it: mention, cue, reason and doubt, one phenomenon a test."""

from __future__ import annotations

import pytest

from attribution import Article, extract

pytestmark = pytest.mark.model


def only(text: str):
    """The one quote of a text."""
    [quote] = extract([Article(text, file="sentence.txt")]).quotes
    return quote


@pytest.mark.parametrize(
    ("text", "mention", "cue"),
    [
        ("“The gates stayed shut all night,” Dana Whitlock said.", "Dana Whitlock", "said"),
        (
            "“The gates stayed shut all night,” said Dana Whitlock, the harbour master.",
            "Dana Whitlock",
            "said",
        ),
        ("Dana Whitlock said: “The gates stayed shut all night.”", "Dana Whitlock", "said"),
        ("According to Dana Whitlock, “the gates stayed shut all night.”", "Dana Whitlock", "According to"),
        ("“The gates stayed shut,” Dana Whitlock told reporters. “Nobody left.”", "Dana Whitlock", "told"),
        ("The ministry said the raid was “lawful and calm from start to finish”.", "The ministry", "said"),
    ],
)
def test_mention_and_cue(text, mention, cue):
    quote = only(text)
    assert quote.attribution.mention is not None and quote.attribution.mention.text == mention
    assert quote.attribution.cue is not None and quote.attribution.cue.text == cue


def test_the_reason_names_the_cue_and_where_it_stands():
    quote = only("“The gates stayed shut,” Dana Whitlock told reporters. “Nobody left.”")
    assert quote.evidence.startswith("Subject of “told” between the two pieces.")


def test_a_pronoun_is_the_person_named_before_it():
    text = "Dana Whitlock closed the harbour on Monday. “It had to be done quickly,” she said."
    quote = only(text)
    assert quote.attribution.mention is not None and quote.attribution.mention.text == "she"
    assert quote.name == "Dana Whitlock"
    assert "“she” is Dana Whitlock" in quote.evidence


def test_a_later_paragraph_without_a_cue_leans_on_the_speaker_before():
    text = "“It had to be done quickly,” Dana Whitlock said.\n\n“Nobody was hurt and nobody was lost.”"
    first, second = extract([Article(text, file="sentence.txt")]).quotes
    assert first.name == second.name == "Dana Whitlock"
    assert second.evidence.startswith("No cue of its own; carried on from the quote before.")
    assert second.attribution.cue is None


def test_scare_words_belong_to_nobody():
    quote = only("They live near the “ghost port” in the north of the city.")
    assert quote.attribution.mention is None
    assert (quote.speaker.person, quote.speaker.type) == (None, "unnamed")
    assert quote.evidence == "Nothing around the quote says whose words they are."


def test_the_inner_speaker_of_a_nested_quote():
    text = "“A guard told me, ‘Stay in the yard,’ and left,” Dana Whitlock said."
    outer, inner = extract([Article(text, file="sentence.txt")]).quotes
    assert outer.name == "Dana Whitlock"
    assert inner.attribution.mention is not None and inner.attribution.mention.text == "A guard"


def test_a_transcript_turn_belongs_to_its_label():
    text = "DANA WHITLOCK: We begin now.\n\nQ: When does it end?\n\nWHITLOCK: At noon.\n\nQ: Thank you."
    names = [quote.name for quote in extract([Article(text, file="sentence.txt")]).quotes]
    assert names[0] == names[2] == "Dana Whitlock"
    assert all(quote.speaker.person is None for quote in extract([Article(text, file="t.txt")]).quotes[1::2])


def test_a_headline_speaker_is_found_in_the_body():
    text = "'A gift to smugglers': harbour plan attacked\n\n“It is a gift to smugglers,” Dana Whitlock said."
    headline, body = extract([Article(text, file="sentence.txt")]).quotes
    assert headline.quote.kind == "headline"
    assert headline.name == body.name == "Dana Whitlock"


def test_people_are_named_over_all_articles_together():
    one = Article("“We begin,” said Dana Whitlock.", file="one.txt")
    two = Article("“We end,” said Whitlock.", file="two.txt")
    first, second = extract([one, two]).quotes
    assert first.speaker.person == second.speaker.person
    assert first.id != second.id


def test_an_article_without_quotes_gives_none():
    assert extract([Article("Nobody spoke.", file="quiet.txt")]).quotes == ()
