"""Markdown: read without its markup, with every span where it stands in the text as written."""

from __future__ import annotations

import re
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import check_quotes, read_articles
from attribution.analysis import extract, in_context
from attribution.article import Article, Span
from attribution.check.words import words_of
from attribution.plain import as_read, plain_words, without_markup

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


@given(st.text('ab *_[]()!#>|\n\\"“”./:h', max_size=80), st.sampled_from([without_markup, as_read]))
def test_every_character_left_stands_where_it_is_said_to(text, read):
    plain = read(text)
    if plain is None:
        return
    assert len(plain.text) == len(plain.places) <= len(text) and plain.text != text
    for place, character in zip(plain.places, plain.text, strict=True):
        assert text[place] == character or (character == " " and text[place].isspace())
    assert list(plain.places) == sorted(set(plain.places))
    for place, at in enumerate(plain.places):
        assert plain.before(at) == place
        span = plain.as_written(Span.of(plain.text, place, len(plain.text)))
        assert text[span.start : span.end] == span.text and span.start == at


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "[[",
        "[a](",
        "![",
        "*a ",
        "_a *",
        "> ",
        "# ",
        "[a[b]",
        "[a](http://x (",
        "***a",
        " ",
        ">a\n",
        "a \n",
    ],
)
def test_text_made_to_be_slow_is_not(part):
    text = part * (300_000 // len(part))
    began = time.process_time()  # of this process alone, however busy the machine is
    as_read(text)
    assert time.process_time() - began < 5


def test_the_lines_of_a_forwarded_letter_are_joined():
    said = "The harbour board met on Monday and closed two of its five berths. " * 4
    letter = forwarded(f"{said}\n\nIt ended.", ())
    plain = as_read(letter)
    assert plain and plain.text == f"{said.strip()}\n\nIt ended."
    at = letter.index("\n")
    span = Span.of(plain.text, plain.before(at) - 3, plain.before(at) + 4)
    assert "\n" not in span.text and "\n> " in plain.as_written(span).text
    assert as_read("Hill said:\n\n> It ends at noon\n\nShe left.\nHe stayed.") is None


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


def linked(text, names):
    """Every name a link where it stands first, as a clipped web page has it."""
    for name in sorted(names, key=len, reverse=True):
        link = f"[{name}](https://wiki.example/{name.replace(' ', '_')})"
        text = re.sub(rf"(?<![\w\[/]){re.escape(name)}(?!\w)", lambda _, link=link: link, text, count=1)
    return text


def wrapped(text, names):
    """As in a mail: no line over 72 characters."""
    parts = (textwrap.fill(part, 72, break_on_hyphens=False) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(parts)


def forwarded(text, names):
    """As in a mail that was sent on."""
    return "\n".join(f"> {line}".rstrip() for line in wrapped(text, names).split("\n"))


@pytest.mark.data
@pytest.mark.model
@pytest.mark.parametrize("change", [linked, wrapped, forwarded])
def test_articles_are_read_the_same_however_they_are_set(root, change):
    folder = root.parent / "shared" / "data" / "articles"
    if not folder.exists():
        pytest.skip(f"{folder} is missing")
    articles, _ = read_articles(sorted(folder.glob("*.txt")))
    same = quotes = 0
    for article in articles:
        bare = extract([article]).quotes
        text = change(article.text, {quote.name for quote in bare if quote.speaker.person})
        set_anew = extract([Article(text, file="anew.md")]).quotes
        assert len(set_anew) == len(bare)
        quotes += len(bare)
        pairs = zip(bare, set_anew, strict=True)
        same += sum(" ".join(str(a.name).split()) == " ".join(str(b.name).split()) for a, b in pairs)
    print(f"\n{change.__name__}: {same} of {quotes} quotes have the same speaker")
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
