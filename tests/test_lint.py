"""Article lint: each kind of remark at its exact place, with its message, and none without a reason."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.analysis import AttributedQuote, extract
from attribution.article import Article, Span
from attribution.lint import KINDS, Remark, find_remarks
from attribution.people import Person, Speaker
from attribution.quotes import Quote, find_quotes
from attribution.speakers import Attribution

BROOK = Person("p1", "Ann Brook", "person", role="mayor")
HILL = Person("p2", "Hugh Hill", "person")


def said(
    article: Article,
    *pieces: str,
    by: Person | None = None,
    mention: str | None = None,
    kind: str = "direct",
    described: str | None = None,
    sure: float = 1.0,
    unclosed: bool = False,
    others: tuple[tuple[str, float], ...] = (),
) -> AttributedQuote:
    """A quote made by hand: `mention` is found behind the quote, else before it."""
    spans = tuple(place(article, piece) for piece in pieces)
    named = place(article, mention, spans[0].end) if mention else None
    return AttributedQuote(
        article,
        Quote(spans, kind, unclosed),
        Attribution(named, None, "By hand.", 0.95),
        Speaker(by, by.type if by else "unnamed", described, confidence=sure),
        others,
    )


def place(article: Article, words: str, start: int = 0) -> Span:
    at = article.text.find(words, start)
    at = at if at >= 0 else article.text.index(words)
    return Span.of(article.text, at, at + len(words))


def rows(article: Article, *quotes: AttributedQuote) -> list[tuple[str, str, str]]:
    """Kind, text and message of each remark, its place checked."""
    remarks = find_remarks(article, quotes)
    ids = {quote.id for quote in quotes}
    for remark in remarks:
        assert article.text[remark.span.start : remark.span.end] == remark.span.text
        assert remark.kind in KINDS and (remark.quote_id in ids or remark.quote_id is None)
    assert [r.span.start for r in remarks] == sorted(r.span.start for r in remarks)
    return [(remark.kind, remark.span.text, remark.message) for remark in remarks]


def note(text: str) -> Article:
    return Article(text, file="note.txt")


def test_a_well_made_article_gets_no_remark():
    article = note(
        "Ferry ‘will stay’\r\n\r\n“The ferry will\u00a0stay,” Mayor Ann Brook said.\r\n\r\n"
        "“It pays for itself,” she said. The bridge, she said, was “a costly toy for the few”.\r\n"
    )
    headline = said(article, "‘will stay’", kind="headline", by=BROOK)
    first = said(article, "“The ferry will\u00a0stay,”", by=BROOK, mention="Mayor Ann Brook")
    second = said(article, "“It pays for itself,”", by=BROOK, mention="she")
    third = said(article, "“a costly toy for the few”", kind="partial", by=BROOK, mention="she")
    assert rows(article, headline, first, second, third) == []


def test_a_record_is_one_flat_row():
    remark = Remark("no source", Span(2, 7, "“No.”"), "Name the speaker.", "1f")
    assert remark.as_record() == {
        "kind": "no source",
        "start": 2,
        "end": 7,
        "text": "“No.”",
        "message": "Name the speaker.",
        "quote_id": "1f",
    }


def test_quotes_of_other_articles_are_passed_over():
    article, other = note("Nobody spoke on Monday."), note("“We never left.”")
    assert find_remarks(article, [said(other, "“We never left.”")]) == []


# --- unclosed marks ------------------------------------------------------------------------------------


def test_a_missing_closing_mark():
    article = note("Ann Brook said: “The ferry will stay.\n\nNobody asked her why.")
    quote = said(article, "“The ferry will stay.", by=BROOK, mention="Ann Brook", unclosed=True)
    message = "“The ferry will stay” has no closing mark: set it where the speaker’s words end."
    assert rows(article, quote) == [("unclosed marks", "“The ferry will stay.", message)]


def test_the_piece_without_its_mark_is_the_one_shown():
    article = note("“The ferry will stay,” Ann Brook said. “It pays for itself.\n\nNobody asked her why.")
    pieces = ("“The ferry will stay,”", "“It pays for itself.")
    [row] = rows(article, said(article, *pieces, by=BROOK, mention="Ann Brook", unclosed=True))
    assert row[:2] == ("unclosed marks", "“It pays for itself.")


def test_a_quote_that_runs_on_unopened_is_one_remark():
    article = note("“The ferry will stay.\n\nIt pays for itself,” Ann Brook said.")
    message = (
        "“The ferry will stay” has no closing mark: the next paragraph has one, so open that paragraph "
        "with a mark too."
    )
    assert rows(article, said(article, "“The ferry will stay.", unclosed=True)) == [
        ("unclosed marks", "“The ferry will stay.", message)
    ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("The ferry will stay,” Ann Brook said.", "”"),
        ('The ferry will stay," Ann Brook said.', '"'),
        ("“The ferry will stay.” It pays for itself,” Ann Brook said.", "”"),
    ],
)
def test_a_closing_mark_without_an_opening_one(text, mark):
    message = "Nothing opens the quote that this mark closes: set the opening mark, or delete this one."
    article = note(f"It was cold.\r\n\r\n{text}")
    assert rows(article) == [("unclosed marks", mark, message)]
    assert find_remarks(article, [])[0].span.start == article.text.rindex(mark)


@pytest.mark.parametrize(
    "text",
    [
        "The board was 6’2” long, and 4” wide.",
        'The board was 6\'2" long, and 4" wide.',
        "”Färjan blir kvar,” sade hon.",
        "„Die Fähre bleibt”, sagte sie.",
        "“The ferry will stay.\n\n“It pays for itself,” she said.",
        "The book “Winter at Sea” was read aloud.",
    ],
)
def test_inches_and_other_styles_are_no_stray_marks(text):
    assert rows(note(text)) == []


# --- far attribution -----------------------------------------------------------------------------------


def test_a_mention_with_a_paragraph_between_is_far_and_told_once():
    article = note(
        "Mayor Ann Brook opened the pier.\n\nThe ferry has run since 1911.\n\n“It pays for itself.”\n\n"
        "“It will stay here.”"
    )
    first = said(article, "“It pays for itself.”", by=BROOK, mention="Mayor Ann Brook")
    second = said(article, "“It will stay here.”", by=BROOK, mention="Mayor Ann Brook")
    told = "Only “Mayor Ann Brook”, more than a paragraph before, tells who says"
    remedy = "name the speaker beside “It pays for itself”."
    place = ("far attribution", "“It pays for itself.”")
    assert rows(article, first) == [(*place, f"{told} this quote: {remedy}")]
    assert rows(article, first, second) == [(*place, f"{told} these 2 quotes: {remedy}")]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ann Brook spoke.\n\n“It pays for itself.”",
        "Mayor Ann Brook spoke.\r\n\r\nA long history\r\n\r\n“It pays for itself.”",
        "Mayor Ann Brook gave her reasons:\n\n“The river is wide.”\n\n“It pays for itself.”",
    ],
)
def test_the_next_paragraph_a_subhead_between_and_a_list_are_near(text):
    article = note(text)
    assert rows(article, said(article, "“It pays for itself.”", by=BROOK, mention="Mayor Ann Brook")) == []


def test_an_inferred_speaker_whom_nothing_near_names():
    article = note("The pier opened.\n\n“It pays for itself.”")
    message = (
        "No words near tell who says this quote, and Ann Brook is only inferred: name the speaker beside "
        "“It pays for itself”."
    )
    assert rows(article, said(article, "“It pays for itself.”", by=BROOK)) == [
        ("far attribution", "“It pays for itself.”", message)
    ]


# --- unnamed and no source -----------------------------------------------------------------------------


def test_an_unnamed_source_is_one_remark_for_all_its_quotes():
    article = note("“They told us nothing,” a nurse said.\n\n“We were never asked,” the nurse said.")
    first = said(article, "“They told us nothing,”", mention="a nurse", described="a nurse")
    second = said(article, "“We were never asked,”", mention="the nurse", described="a nurse")
    message = (
        "The source of 2 quotes is not named, only called “a nurse”, and the text does not say why: give "
        "the name or the reason."
    )
    assert rows(article, first, second) == [("unnamed source", "a nurse", message)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("who asked not to be named, left.", "asked not to be named"),
        ("who didn’t want to be identified, left.", "didn’t want to be identified"),
        ("who spoke on\u00a0condition of anonymity, left.", "on condition of anonymity"),
        ("who has three children, left.", None),
        ("who was not authorised to speak, left.", "not authorised to speak"),
    ],
)
def test_the_reason_that_the_text_gives_is_told(words, reason):
    article = note(f"A nurse, {words}\n\n“They told us nothing,” the nurse said.")
    [row] = rows(article, said(article, "“They told us nothing,”", mention="the nurse", described="a nurse"))
    told = f"the text says “{reason}”, so check" if reason else "the text does not say why"
    assert row[:2] == ("unnamed source", "the nurse") and told in row[2]


def test_papers_and_misread_words_are_no_unnamed_people():
    article = note("“Nobody was warned of it,” the report said. “We were never asked,” the calls said.")
    report = said(article, "“Nobody was warned of it,”", mention="the report", described="the report")
    calls = said(article, "“We were never asked,”", mention="the calls", described="the surge calls")
    assert rows(article, report, calls) == []


def test_words_that_nobody_says():
    article = note("The clinic closed.\n\n“It was the saddest day of my life here.”\n\nIt is for sale.")
    message = "Nothing tells who says “It was the saddest day of …”: name the speaker beside the quote."
    assert rows(article, said(article, "“It was the saddest day of my life here.”")) == [
        ("no source", "“It was the saddest day of my life here.”", message)
    ]


def test_terms_headlines_and_inner_quotes_need_no_source():
    article = note(
        "The ‘carried interest’ rule\n\nThe “carried interest” of a “targeted employment area” grew."
    )
    headline = said(article, "‘carried interest’", kind="headline")
    term = said(article, "“targeted employment area”", kind="partial")
    assert rows(article, headline, said(article, "“carried interest”", kind="scare"), term) == []


# --- pronouns ------------------------------------------------------------------------------------------

PIER = (
    "Mayor Ann Brook opened the pier.\n\nThe wind was cold.\n\n“We keep the ferry,” she said.\n\n"
    "“It pays for itself,” she said.\n\n“Nobody wants a bridge,” {} said."
)
PIECES = ("“We keep the ferry,”", "“It pays for itself,”", "“Nobody wants a bridge,”")


def test_three_quotes_under_a_pronoun_alone():
    article = note(PIER.format("she"))
    quotes = [said(article, piece, by=BROOK, mention="she") for piece in PIECES]
    message = "3 quotes in a row have only “she” for Ann Brook: put the name here."
    assert rows(article, *quotes) == [("pronoun only", "she", message)]
    assert rows(article, *quotes[:2]) == []


def test_a_name_that_stands_between_ends_the_row():
    article = note(PIER.format("Brook"))
    quotes = [said(article, piece, by=BROOK, mention="she") for piece in PIECES[:2]]
    assert rows(article, *quotes, said(article, PIECES[2], by=BROOK, mention="Brook")) == []


def test_a_pronoun_that_may_be_somebody_else():
    article = note("Ann Brook met Una Hill on the pier. “We keep the ferry,” she said.")
    quote = said(
        article, "“We keep the ferry,”", by=BROOK, mention="she", sure=0.4, others=(("Una Hill", 0.3),)
    )
    message = "“she” could be Ann Brook or Una Hill: put the name in its place."
    assert rows(article, quote) == [("pronoun only", "she", message)]


# --- fragments -----------------------------------------------------------------------------------------


def test_fragments_of_a_paragraph_are_one_remark():
    article = note("Ann Brook called it “mad”, and Hugh Hill “late” and “too\u00a0dear”.")
    quotes = [
        said(article, "“mad”", kind="scare", by=BROOK, mention="Ann Brook"),
        said(article, "“late”", "“too\u00a0dear”", kind="partial", by=HILL, mention="Hugh Hill"),
    ]
    message = "Only “mad” and “late” and “too dear” are quoted: quote more, or drop the marks."
    assert rows(article, *quotes) == [("fragment", "“mad”", message)]
    message = "Only “mad” is quoted from Ann Brook: quote more, or drop the marks."
    assert rows(article, quotes[0]) == [("fragment", "“mad”", message)]


def test_a_fragment_without_attribution_or_with_its_quote_below_is_none():
    article = note("Ann Brook called it “mad”.\n\n“It is a mad plan for a small town,” she said.")
    term = said(article, "“mad”", kind="scare")
    assert rows(article, term) == []
    fragment = said(article, "“mad”", kind="scare", by=BROOK, mention="Ann Brook")
    whole = said(article, "“It is a mad plan for a small town,”", by=BROOK, mention="she")
    assert rows(article, fragment, whole) == []


def test_a_fragment_beside_a_long_quote_of_its_speaker_is_none():
    article = note("“We will keep the ferry for good,” Ann Brook said of the “mad” plan.")
    whole = said(article, "“We will keep the ferry for good,”", by=BROOK, mention="Ann Brook")
    assert rows(article, whole, said(article, "“mad”", kind="scare", by=BROOK, mention="Ann Brook")) == []


# --- headlines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quoted", "remedy"),
    [
        ("‘must never close’", ", the nearest are “must not close”: quote these, or drop the marks."),
        ("‘a vanity project’", ": give the whole quote there, or drop the marks."),
    ],
)
def test_words_that_only_the_headline_has(quoted, remedy):
    article = note(f"Ferry {quoted}\n\nAnn Brook said: “The ferry must\u00a0not close, ever.”")
    message = f"The text does not have the headline’s words “{quoted[1:-1]}”{remedy}"
    quote = said(article, quoted, kind="headline", by=BROOK)
    assert rows(article, quote) == [("headline only", quoted, message)]


@pytest.mark.parametrize(
    "quoted", ["‘MUST NOT CLOSE’", "‘must … ever’", "‘[It] must not close’", "‘don’t ask’"]
)
def test_case_cuts_and_other_apostrophes_are_no_difference(quoted):
    article = note(f"Ferry {quoted}\n\nAnn Brook said: “The ferry must\u00a0not close, ever; don't ask.”")
    assert rows(article, said(article, quoted, kind="headline", by=BROOK)) == []


# --- names ---------------------------------------------------------------------------------------------


def frey(*misspellings: str) -> Person:
    return Person("p3", "Jacob Frey", "person", misspellings=misspellings)


def test_a_name_spelt_two_ways_in_one_article():
    article = note("Jacob Frey opened it. “It stays open,” Jaocb\u00a0Frey said. Jaocb Frey left.")
    quote = said(article, "“It stays open,”", by=frey("Jaocb Frey"), mention="Jaocb\u00a0Frey")
    message = "“Jaocb Frey” is spelt “Jacob Frey” elsewhere in this article: check which is right."
    assert rows(article, quote, quote) == [("name spelt two ways", "Jaocb\u00a0Frey", message)]


def test_a_name_spelt_otherwise_in_another_article_and_only_its_fullest_form():
    article = note("“It stays open,” Jacob Freyy said. Freyy left.")
    quote = said(article, "“It stays open,”", by=frey("Freyy", "Jacob Freyy"), mention="Jacob Freyy")
    message = "“Jacob Freyy” is spelt “Jacob Frey” in another article: check which is right."
    assert rows(article, quote) == [("name spelt two ways", "Jacob Freyy", message)]


def test_a_misspelling_of_other_articles_and_an_apostrophe_are_none():
    article = note("“It stays open,” O'Neill said.")
    person = Person("p4", "James O’Neill", "person", misspellings=("O'Neill", "Jams O’Neill"))
    assert rows(article, said(article, "“It stays open,”", by=person, mention="O'Neill")) == []


# --- any text ------------------------------------------------------------------------------------------

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
PARTS = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "she",
    " said",
    "Ann Brook",
    ".",
    ",",
    " ",
    "\u00a0",
    "\r\n\r\n",
    "ferry",
    "6",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), max_size=40).map("".join), st.sampled_from(["she", "Ann Brook", None])
)
def test_no_text_fails_and_every_place_is_exact(text, mention):
    article = note(text)
    named = place(article, mention) if mention and mention in text else None
    speaker = Speaker(BROOK if named else None, "person" if named else "unnamed", None, confidence=0.4)
    quotes = [
        AttributedQuote(article, quote, Attribution(named, None, "By hand.", 0.9), speaker)
        for quote in find_quotes(NLP(text))
    ]
    rows(article, *quotes)


# --- with the shipped models ---------------------------------------------------------------------------


@pytest.mark.model
def test_the_seeds_remarks(seeds):
    found = [
        (remark.kind, remark.span.start, remark.span.text[:20], remark.message)
        for article in seeds.articles
        for remark in find_remarks(article, seeds.quotes)
    ]
    assert found == [
        (
            "fragment",
            3563,
            '"zero tolerance"',
            "Only “zero tolerance” is quoted from Tom Homan: quote more, or drop the marks.",
        ),
        (
            "name spelt two ways",
            4124,
            "Jaocb Frey",
            "“Jaocb Frey” is spelt “Jacob Frey” in another article: check which is right.",
        ),
        (
            "unclosed marks",
            992,
            '"We have made signif',
            "“We have made significant progress under …” has no closing mark: set it where the speaker’s "
            "words end.",
        ),
    ]


@pytest.mark.model
def test_every_remark_of_real_looking_articles_stands_at_its_place(root):
    articles = [
        Article(path.read_bytes().decode().replace("\n", "\r\n"), file=path.name)
        for path in sorted((root / "tests" / "data" / "sources").glob("*.txt"))
    ]
    analysis = extract(articles)
    found = [rows(article, *analysis.quotes) for article in articles]
    assert max(map(len, found)) <= 3
    assert sum(map(len, found)) >= 5


@pytest.mark.model
def test_an_article_as_it_is_read():
    article = note(
        "Ferry stays\r\n\r\n“We keep the ferry,” Mayor Ann\u00a0Brook said on Monday. “It pays for itself.”"
        "\r\n\r\nSheriff Hugh Hill called the plan “mad”.\r\n\r\nNobody was hurt,” Hill said.\r\n"
    )
    assert rows(article, *extract([article]).quotes) == [
        ("fragment", "“mad”", "Only “mad” is quoted from Hugh Hill: quote more, or drop the marks."),
        (
            "unclosed marks",
            "”",
            "Nothing opens the quote that this mark closes: set the opening mark, or delete this one.",
        ),
    ]
