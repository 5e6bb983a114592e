"""Markdown: read without its markup, with every span where it stands in the text as written."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import check_quotes, read_articles
from attribution.analysis import extract, in_context
from attribution.article import Article, Span
from attribution.check.words import words_of
from attribution.markdown import plain_words, without_markup

STORY = (
    "# Port *stays* open\n\n"
    '> **“We *will* stay [open](https://quay.example/a_(b) "May\'s plan"),”** said [Ada Brook](/people/ada), '
    "the __mayor__.[^1]\n\n"
    '![“Not this,” said a caption](pier.jpg "x") _“No,”_ said [[people/bo|Bo Hill]].\n'
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("said [Ada Brook](https://a.example/x_y).", "said Ada Brook."),
        ("said [Ada [née Lund] Brook](http://a.example).", "said Ada [née Lund] Brook."),
        ("[![x](/a.png)](https://a.example) Ada", " Ada"),
        ("*one* **two** ***three*** _four_ __five__", "one two three four five"),
        ("**[Ada](https://a.example)** and _“No,”_", "Ada and “No,”"),
        ("## Port\n> # “No,”\n> said Ada", "Port\n> “No,”\n> said Ada"),
        ("[[Ada Brook]] and [[people/bo|Bo]]", "Ada Brook and Bo"),
        ("It ends.[^2] [^2]: A note", "It ends.  A note"),
        ("a *first\nline* of two", "a first\nline of two"),
    ],
)
def test_markup_is_left_out(written, plain):
    assert plain_words(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        "He said it [sic] was closed [the port] (see page 3).",
        "f**k and s**t, 5 * 3 * 2, snake_case_name, a_b and c_d, * a list\n* of two",
        "It cost $5* a head.\n\n* Without tax.",
        "***\n\n____ said ____\n\n#MeToo and #1, 3 > 2\n> so he said",
        "[Ada](ph) and [link] (https://a.example)",
        "an *emphasis that\n\nnever* ends here",
        r"\*not this\* and \_not that\_",
    ],
)
def test_what_only_looks_like_markup_stays(text):
    assert without_markup(text) is None


@given(st.text('ab *_[]()!#>|\n\\"“”./:h', max_size=80))
def test_every_character_left_stands_where_it_is_said_to(text):
    plain = without_markup(text)
    if plain is None:
        return
    assert len(plain.text) == len(plain.places) < len(text)
    assert "".join(text[place] for place in plain.places) == plain.text
    assert list(plain.places) == sorted(set(plain.places))
    for place, at in enumerate(plain.places):
        assert plain.before(at) == place
        span = plain.as_written(Span.of(plain.text, place, len(plain.text)))
        assert text[span.start : span.end] == span.text and span.start == at


@pytest.mark.parametrize(
    "part", ["[", "[[", "[a](", "![", "*a ", "_a *", "> ", "# ", "[a[b]", "[a](http://x (", "***a"]
)
def test_text_made_to_be_slow_is_not(part):
    text = part * (300_000 // len(part))
    began = time.monotonic()
    without_markup(text)
    assert time.monotonic() - began < 5


@pytest.mark.model
def test_speakers_are_read_through_links_and_emphasis_and_every_offset_is_of_the_file():
    article = Article(STORY, file="port.md")
    found = extract([article])
    told = [(quote.quote.text, quote.name) for quote in found.quotes]
    assert told == [("We will stay open,", "Ada Brook"), ("No,", "Bo Hill")]
    for quote in found.quotes:
        spans = [*quote.quote.pieces, quote.attribution.mention, quote.attribution.cue]
        spans += [span for span, _ in quote.attribution.alternatives]
        for span in filter(None, spans):
            assert STORY[span.start : span.end] == span.text
    first = found.quotes[0]
    assert first.quote.pieces[0].text.startswith("“We *will* stay [open](") and first.attribution.mention
    assert first.attribution.mention.text == "Ada Brook"
    assert "Ada Brook" in in_context(first).context and "https" not in in_context(first).context


@pytest.mark.data
@pytest.mark.model
def test_articles_whose_names_are_linked_are_read_as_without_the_links(root):
    folder = root.parent / "shared" / "data" / "articles"
    if not folder.exists():
        pytest.skip(f"{folder} is missing")
    articles, _ = read_articles(sorted(folder.glob("*.txt")))
    same = quotes = 0
    for article in articles:
        bare = extract([article])
        text = article.text
        for name in sorted((person.name for person in bare.people), key=len, reverse=True):
            link = f"[{name}](https://wiki.example/{name.replace(' ', '_')})"
            text = re.sub(rf"(?<![\w\[/]){re.escape(name)}(?!\w)", lambda _, link=link: link, text, count=1)
        linked = extract([Article(text, file="linked.md")])
        assert len(linked.quotes) == len(bare.quotes) and text != article.text
        quotes += len(bare.quotes)
        same += sum(a.name == b.name for a, b in zip(bare.quotes, linked.quotes, strict=True))
    print(f"\n{same} of {quotes} quotes have the speaker that they have without the links")
    assert same >= 0.99 * quotes


@pytest.mark.model
def test_a_draft_is_checked_through_the_markup_of_both_sides():
    source = Article(STORY, file="port.md")
    draft = Article(
        "[Ada Brook](https://a.example) said: “We will **stay** [open](https://b.example).”\n\n"
        "Ada Brook said: “We *will not* stay open.”\n",
        file="draft.md",
    )
    rows = check_quotes(draft, [source])
    assert [row.verdict for row in rows] == ["verbatim", "altered"]
    assert [difference.kind for difference in rows[1].differences] == ["negation added"]
    passage = rows[0].source
    assert passage and STORY[passage.span.start : passage.span.end] == passage.span.text
    assert passage.span.text.startswith("We *will* stay [open")


def test_words_keep_their_places_and_markup_is_no_gap():
    words = words_of("We **will** [stay](https://a.example) put.")
    assert words.keys == ("we", "will", "stay", "put")
    assert [words.gap(number) for number in range(4)] == ["", " ", " ", " "]
    assert words.span(1, 3).text == "will** [stay](https://a.example) put"
