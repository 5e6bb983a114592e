"""A draft's quotes against their sources: each verdict, where the words stand, and what differs there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from changed_quotes import Case, cases, in_context
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.article import Article, AttributionError, Span
from attribution.check import VERDICTS, DraftQuote, check_quotes
from attribution.check.draft import quoted_words
from attribution.check.places import Places
from attribution.check.report import to_html
from attribution.check.surroundings import turned_by
from attribution.check.verdicts import PASSING, Finding, find
from attribution.cli import main
from attribution.readers import read_articles

HERE = Path(__file__).parent
SOURCE = (
    "The mayor spoke on Monday. “We will not close the harbour before 2030, and nobody should fear for "
    "a job,” Ada Brook said. “It is our home.”\n\n“The nets are empty,” said Hill, a fisherman. "
    "“If they close it, we leave.”"
)


def finding(words: str, *sources: str) -> Finding:
    """The verdict on the quoted `words`, marks included."""
    places = Places([Article(text, file=f"{i}.txt") for i, text in enumerate(sources or (SOURCE,))])
    return find(quoted_words(words, [(0, len(words))]), places)


def kinds(words: str, *sources: str) -> list[tuple[str, str | None, str | None]]:
    found = finding(words, *sources).differences
    return [(d.kind, d.draft and d.draft.text, d.source and d.source.text) for d in found]


def silent(articles):
    """Extraction that knows no speakers."""
    from attribution.analysis import Analysis

    return Analysis(tuple(articles), (), ())


# --- the verdicts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("“The nets are empty,”", "verbatim"),
        ("'The nets are empty'", "verbatim"),
        ("“the nets are empty”", "typography"),
        ("“The  nets are empty”", "typography"),
        ("“nobody should fear for a job”", "trimmed"),
        ("“We will not close the harbour … and nobody should fear for a job”", "trimmed"),
        ("“We will not close [the port] before 2030, and nobody should fear for a job,”", "trimmed"),
        ("“[N]obody should fear for a job”", "trimmed"),
        ("“The nets are not empty”", "altered"),
        ("“The nets are half empty”", "altered"),
        ("“The NETS are empty”", "altered"),
        ("“The nets are empty?”", "altered"),
        ("“The nets are empty. It is our home.”", "stitched"),
        ("“The council voted twice on Friday evening”", "not found"),
        ("“the empty harbour”", "not found"),
    ],
)
def test_verdict(draft, verdict):
    assert finding(draft).verdict == verdict


@pytest.mark.parametrize(
    ("draft", "difference"),
    [
        ("“We will close the harbour before 2030”", ("negation dropped", None, "not")),
        ("“We will not close the harbour before 2040”", ("number changed", "2040", "2030")),
        ("“The nets aren't empty”", ("negation added", "aren't", "are")),
        ("“The nets are very empty”", ("added", "very", None)),
        ("“We will not close the old harbour before 2030”", ("added", "old", None)),
        ("“nobody should fear a job”", ("dropped", None, "for")),
        ("“The nеts are empty”", ("look-alike letters", "nеts", "nets")),
        ("“The nets are émpty”", ("accent", "émpty", "empty")),
        ("“The nets are empty?”", ("sign", "empty?"[:-1], "empty")),
    ],
)
def test_the_gravest_difference_comes_first(draft, difference):
    assert kinds(draft)[0] == difference


def test_a_changed_negation_and_number_stand_before_other_changes():
    found = [
        kind for kind, _, _ in kinds("“Yes, we will close the harbour before 2040, and all should fear”")
    ]
    assert found[:3] == ["negation dropped", "negation dropped", "number changed"]


def test_currency_and_percent_signs_are_part_of_the_number():
    assert finding("“It cost €40”", "“It cost $40,” he said.").verdict == "altered"
    assert finding("“It fell by 4”", "“It fell by 4%,” he said.").verdict == "altered"
    assert finding("“It cost $1000”", "“It cost $1,000,” he said.").verdict == "typography"


def test_a_number_in_words_and_in_figures_is_one_number():
    source = "“I have nineteen deputies and forty-five dogs,” he said."
    assert finding("“I have 19 deputies and 45 dogs”", source).verdict == "typography"
    assert kinds("“I have 90 deputies and 45 dogs”", source)[0] == ("number changed", "90", "nineteen")


def test_a_sentence_that_no_source_has_is_added_and_not_laid_against_others():
    assert kinds("“Nobody here was ever asked about it. The nets are empty”") == [
        ("added", "Nobody here was ever asked about it", None)
    ]


def test_the_reporters_attribution_inside_a_source_quote_is_no_cut():
    words = "“We will not close the harbour before 2030, and nobody should fear for a job. It is our home.”"
    assert finding(words).verdict == "verbatim"


def test_an_ellipsis_between_two_speakers_quotes_is_stitched():
    assert finding("“It is our home … The nets are empty”").verdict == "stitched"


def test_hidden_characters_are_called_out_and_never_verbatim():
    found = finding("“The nets are em\u200bpty”")
    assert found.verdict == "typography"
    assert found.warnings == ("There are invisible characters in the draft or in the source.",)


def test_look_alike_letters_are_called_out():
    assert finding("“The nеts are empty”").warnings == (
        "“nеts” mixes letters of two scripts that look alike.",
    )


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("«Мы не уйдём отсюда никогда», сказал он.", "«Мы не уйдём отсюда»"),
        ("قال: «لن نغادر هذه المدينة أبدا».", "«لن نغادر هذه المدينة»"),
        ("彼は「私たちは港を閉めない」と言った。", "「港を閉めない」"),
        ("उन्होंने कहा, “हम बंदरगाह बंद नहीं करेंगे।”", "“बंदरगाह बंद नहीं करेंगे”"),
    ],
)
def test_other_scripts_are_found_at_their_place(source, draft):
    found = finding(draft, source)
    place = found.places[0]
    span = place.source.words.span(place.alignment.first, place.alignment.last)
    assert found.verdict in PASSING
    assert span.text == draft[1:-1] == source[span.start : span.end]


def test_a_quote_of_five_thousand_words_is_checked():
    words = [f"word{i % 977}x{i}" for i in range(5000)]
    source = "“" + " ".join(words) + "” he said."
    assert finding("“" + " ".join(words) + "”", source).verdict == "verbatim"
    words[2500] = "never"
    found = finding("“" + " ".join(words) + "”", source)
    assert (found.verdict, [d.kind for d in found.differences]) == ("altered", ["negation added"])


# --- the words around ------------------------------------------------------------------------------


def test_turned_round_by_the_words_around_it():
    draft = "“we leave”"
    place = finding(draft).places[0]
    assert turned_by(place) == [
        "In the source “If they close it,” stands before these words in the same sentence."
    ]


# --- thousands of changed quotes -------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts() -> tuple[list[Article], list[Article]]:
    """The sources, and articles of other matters that are no sources."""
    articles, refused = read_articles([HERE.parent / "seeds", HERE / "data" / "sources"])
    assert not refused
    strange = [a for a in articles if Path(a.file).name.startswith(("10", "16"))]
    return [a for a in articles if a not in strange], strange


def located(case: Case, found: Finding) -> bool:
    """Whether the words were found at their exact place, the marks and stops around them aside."""
    text = case.source.text[case.start : case.end]
    start = case.start + re.search(r"\w", text).start()
    end = case.start + len(re.sub(r"\W+$", "", text))
    for place in found.places:
        words, alignment = place.source.words, place.alignment
        spot = words.starts[alignment.first], words.ends[alignment.last]
        right = spot == (start, end) or case.verdict == "stitched" and start in spot
        if place.source.article.id == case.source.id and right:
            return True
    return case.verdict == "stitched" and bool(found.places)


def test_thousands_of_changed_quotes_get_their_verdicts(texts):
    sources, strange = texts
    places = Places(sources)
    rows = [(c, find(quoted_words(c.text, [(0, len(c.text))]), places)) for c in cases(sources, strange)]
    right = sum(found.verdict == case.verdict for case, found in rows)
    false_verbatim = [c.text for c, f in rows if c.verdict == "altered" and f.verdict == "verbatim"]
    false_alarms = [c.text for c, f in rows if c.verdict == "verbatim" and f.verdict == "altered"]
    findable = [(c, f) for c, f in rows if c.source]
    placed = sum(located(case, found) for case, found in findable)
    print(f"\n{len(rows)} cases, {right / len(rows):.2%} right, {placed / len(findable):.2%} at their place")
    assert len(rows) >= 2000
    assert min(Counter(case.verdict for case, _ in rows).values()) >= 10
    assert not false_verbatim
    assert not false_alarms
    assert right >= 0.97 * len(rows)
    assert placed >= 0.99 * len(findable)


def test_sentences_turned_round_are_told_from_those_that_are_not(texts):
    source, made = in_context([*texts[0], *texts[1]])
    places = Places([source])
    wrong = []
    for case in made:
        found = find(quoted_words(case.text, [(0, len(case.text))]), places)
        verdict = "context" if found.verdict in PASSING and turned_by(found.places[0]) else found.verdict
        if verdict != case.verdict:
            wrong.append((case.kind, case.text, verdict))
    assert not wrong


# --- any text --------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_checked_without_a_crash_and_at_exact_offsets(draft, source):
    found = finding(f"“{draft}”", source)
    assert found.verdict in VERDICTS
    for place in found.places:
        words = place.source.words
        span = words.span(place.alignment.first, place.alignment.last)
        assert source[span.start : span.end] == span.text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from("the port is ours and we will stay here until May 5 or so".split()), min_size=3),
    st.data(),
)
def test_a_changed_word_is_never_verbatim_and_the_same_words_never_altered(words, data):
    source = f"“{' '.join(words)},” she said."
    assert finding(f"“{' '.join(words)}”", source).verdict == "verbatim"
    at = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:at], "marzipan", *words[at + 1 :]]
    assert finding(f"“{' '.join(changed)}”", source).verdict not in PASSING


# --- drafts ----------------------------------------------------------------------------------------


@pytest.mark.model
def test_the_example_draft_gets_one_quote_of_each_verdict():
    sources, _ = read_articles([HERE.parent / "seeds"])
    draft = Article((HERE / "data" / "draft.txt").read_text(encoding="utf-8"), file="draft.txt")
    rows = check_quotes(draft, sources)
    assert [(row.verdict, row.source and row.source.speaker) for row in rows] == [
        ("verbatim", "Tom Homan"),
        ("verbatim", "Tom Homan"),
        ("trimmed", "Jacob Frey"),
        ("typography", "Jacob Frey"),
        ("altered", "Tim Walz"),
        ("stitched", "Jacob Frey"),
        ("misattributed", "Jacob Frey"),
        ("context", "Tom Homan"),
        ("not found", None),
    ]
    for row in rows:
        for piece in row.quote.pieces:
            assert draft.text[piece.start : piece.end] == piece.text
        for passage in (row.source, row.nearest, *row.parts):
            if passage:
                start, end = passage.span.start, passage.span.end
                assert passage.article.text[start:end] == passage.span.text
    assert list(rows[0].as_record()) == [
        *("start", "end", "text", "speaker", "verdict", "likeness", "source", "nearest"),
        *("parts", "differences", "warnings"),
    ]


def quote(text: str, speaker: str | None = None) -> DraftQuote:
    return DraftQuote(text, (Span.of(text, 0, len(text)),), speaker)


def test_a_list_of_quotes_is_checked_in_its_order():
    rows = check_quotes(
        [quote("“It is our home.”"), quote("“We leave.”")], [Article(SOURCE, file="s.txt")], extract=silent
    )
    assert [row.source.span.text for row in rows] == ["It is our home.", "we leave."]


def test_without_sources_or_quotes_the_remedy_is_told():
    draft = Article("Nobody is quoted here.", file="draft.txt")
    with pytest.raises(AttributionError, match="draft.txt: no quotes in it. Put the words"):
        check_quotes(draft, [Article(SOURCE, file="s.txt")], extract=silent)
    with pytest.raises(AttributionError, match="There are no sources to check against. Name the articles"):
        check_quotes([quote("“No.”")], [])


@pytest.mark.model
def test_a_draft_is_no_source_of_its_own():
    draft = Article(SOURCE, file="draft.txt")
    with pytest.raises(AttributionError, match="draft.txt: the only source is the draft itself"):
        check_quotes(draft, [Article(SOURCE, file="copy.txt")])


@pytest.mark.model
def test_a_source_as_long_as_a_book_is_read_only_around_the_passage():
    filler = "\n\n".join(
        f"Chapter {i}. The tide came in and went out again over the sand of bay {i}." for i in range(9000)
    )
    book = Article(f"{filler}\n\n{SOURCE}\n\n{filler}", file="book.txt")
    row = check_quotes([quote("“The nets are empty”", "Ada Brook")], [book])[0]
    assert len(book.text) > 1_000_000
    assert book.text[row.source.span.start : row.source.span.end] == "The nets are empty"
    assert (row.verdict, row.source.speaker) == ("misattributed", "Hill")


# --- the command and the report --------------------------------------------------------------------


@pytest.mark.model
def test_the_command_fails_where_a_quote_does(tmp_path, capfdbinary):
    source, good, bad = tmp_path / "source.txt", tmp_path / "good.txt", tmp_path / "bad.txt"
    source.write_text(SOURCE, encoding="utf-8")
    good.write_text("“The nets are empty,” said Hill.", encoding="utf-8")
    bad.write_text("“The nets are full,” said Hill.", encoding="utf-8")
    for draft, code in ((good, 0), (bad, 1)):
        with pytest.raises(SystemExit) as stopped:
            main(["check", str(draft), "--sources", str(source), "--format", "jsonl"])
        assert stopped.value.code == code
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [(row["verdict"], row["source"]["text"]) for row in rows] == [
        ("verbatim", "The nets are empty,"),
        ("altered", "The nets are empty,"),
    ]
    assert rows[1]["differences"] == [{"draft": "full", "source": "empty", "kind": "changed"}]


@pytest.mark.model
def test_several_sources_may_follow_the_option(tmp_path, capfdbinary):
    for name, text in (
        ("a", "“One is here,” he said."),
        ("b", SOURCE),
        ("draft", "“It is our home,” she said."),
    ):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(
            [
                "check",
                str(tmp_path / "draft.txt"),
                "--sources",
                str(tmp_path / "a.txt"),
                str(tmp_path / "b.txt"),
            ]
        )
    assert stopped.value.code == 0
    assert "1 quotes, 0 to look at" in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"words": "no"}', '{"text": ""}', '{"text": "a", "speaker": 3}']
)
def test_a_bad_line_in_a_list_of_quotes_is_named(line, tmp_path, capfd):
    file, source = tmp_path / "quotes.jsonl", tmp_path / "source.txt"
    file.write_text(f'{{"text": "It is our home."}}\n{line}\n', encoding="utf-8")
    source.write_text(SOURCE, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["check", str(file), "--sources", str(source)])
    assert stopped.value.code == 2
    assert f"{file}, line 2: " in capfd.readouterr().err


def test_the_report_runs_nothing_and_escapes_every_word():
    evil = "“<script>alert(1)</script> The nets are empty,” said <b>Hill</b>."
    rows = check_quotes(
        [quote(evil[: evil.index(",”") + 2], "<img src=x>")], [Article(evil, file="<s>.txt")], extract=silent
    )
    report = to_html(rows, "<draft>", [Article(evil, file="<s>.txt")])
    assert "<script" not in report and "<img" not in report and "<b>Hill" not in report
    assert "default-src 'none'" in report
    assert "&lt;script&gt;" in report
