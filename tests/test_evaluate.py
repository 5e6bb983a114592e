"""Gold quotes are read, ours are judged against them, and what is printed is what was counted."""

from __future__ import annotations

import gzip
import json

import pytest

from attribution import Article, AttributionError, cli
from attribution.analysis import AttributedQuote
from attribution.article import Span
from attribution.evaluate import evaluate_speakers, read_gold, same_name, speakers, speakers_report
from attribution.evaluate.figures import Share, by_word, calibration_error, reliability
from attribution.evaluate.gold import GoldArticle, GoldQuote
from attribution.evaluate.speakers import judge, position
from attribution.people import Person, Speaker
from attribution.quotes import Quote
from attribution.speakers import Attribution


def write(path, *rows):
    """`rows` as a JSONL file, gzipped where its name says so."""
    lines = "\n".join(json.dumps(row) for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(lines.encode("utf-8")))
    else:
        path.write_text(lines, encoding="utf-8")
    return path


# --- names and arithmetic --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Loretta E. Lynch", "Loretta Lynch", True),
        ("Dr Imogen Falk", "Imogen Falk", True),
        ("José Peña", "Jose Pena", True),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Clinton", "Hillary Clinton", False),
        ("", "", True),
        ("", "Hill", False),
        ("Ann Hill; Bo Reed", "Bo Reed; Ann Hill", True),
        ("Ann Hill; Bo Reed", "Ann Hill", False),
    ],
)
def test_names_are_one_where_nothing_but_titles_middle_names_and_accents_differ(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(9, 10), 0.5958, 0.9821),
        (Share(0, 10), 0.0, 0.2775),
        (Share(45, 50), 0.7864, 0.9565),
        (Share(0, 0), 0, 1),
    ],
)
def test_the_interval_is_wilsons(share, low, high):
    assert share.interval == pytest.approx((low, high), abs=5e-5)


CASES = [(0.95, True), (0.95, False), (0.85, True), (0.05, False)]


def test_reliability_puts_each_answer_into_its_tenth():
    assert [(b.name, b.share, round(b.confidence, 3)) for b in reliability([*CASES, (1.0, True)])] == [
        ("0.0–0.1", Share(0, 1), 0.05),
        ("0.8–0.9", Share(1, 1), 0.85),
        ("0.9–1.0", Share(2, 3), 0.967),
    ]


def test_the_calibration_error_is_the_mean_gap():
    # (2 × |0.95 − 1/2| + |0.85 − 1| + |0.05 − 0|) / 4
    assert calibration_error(reliability(CASES)) == pytest.approx(0.275)
    # (3 × |2.75/3 − 2/3| + |0.05 − 0|) / 4
    assert calibration_error(by_word(CASES)) == pytest.approx(0.2)
    assert calibration_error([]) == 0


# --- gold files ------------------------------------------------------------------------------------

TEXT = "“We go,” said Ann Hill. “Never,” she added."
ROW = {
    "text": TEXT,
    "quotes": [{"pieces": [[0, 8]], "speaker": "Ann Hill", "mention": [14, 22], "cue": "said"}],
}


def test_the_simplest_row_is_an_article_with_its_quotes(tmp_path):
    [item] = read_gold(write(tmp_path / "gold.jsonl.gz", ROW | {"not_quotes": [[24, 32]]}))
    assert item.article.text == TEXT
    assert item.quotes == (
        GoldQuote(((0, 8),), "Ann Hill", ((14, 22),), "Ann Hill", (), "said", source="name"),
    )
    assert item.not_quotes == ((24, 32),)
    assert item.complete and item.joined


def test_what_a_row_does_not_say_is_not_judged(tmp_path):
    rows = {"text": TEXT, "quotes": [{"pieces": [[0, 8]]}, {"pieces": [[24, 32]], "speaker": None}]}
    [item] = read_gold(write(tmp_path / "gold.jsonl", rows))
    assert [(q.speaker, q.source) for q in item.quotes] == [(None, None), ("", "unnamed")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        (json.dumps(ROW | {"quotes": [{"speaker": "Ann Hill"}]}), "has no “pieces”"),
        (json.dumps(ROW | {"quotes": [{"pieces": []}]}), "a quote has no pieces"),
        (json.dumps(ROW | {"quotes": [{"pieces": [[0, 99]]}]}), "is no span of a text of 43 characters"),
        (json.dumps(ROW | {"quotes": [{"pieces": [[0, 8]], "speaker": 3}]}), "speaker 3 is no text"),
        (json.dumps({"quotes": []}), "has no “file”"),
        (json.dumps({"file": "gone.txt", "quotes": []}), "gone.txt is not there"),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(tmp_path, row, what):
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(ROW)}\n\n{row}\n")
    with pytest.raises(AttributionError, match=r"gold\.jsonl, line 3: .*") as error:
        read_gold(file)
    assert what in str(error.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b'{"other": 1}\n', "line 1: has neither"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_file_that_is_no_gold_is_refused_by_name(tmp_path, content, what):
    file = tmp_path / "gold.jsonl"
    file.write_bytes(content)
    with pytest.raises(AttributionError, match=r"gold\.jsonl") as error:
        read_gold(file)
    assert what in str(error.value)


def test_records_of_extract_are_gold(tmp_path):
    text = 'One\r\n\r\n"Two," said Hill.'
    (tmp_path / "a.txt").write_bytes(text.encode())
    record = {
        "file": "a.txt",
        "pieces": [{"start": 7, "end": 13, "text": '"Two,"'}],
        "text": "Two,",
        "speaker": "Ann Hill",
        "speaker_type": "person",
        "mention": {"start": 19, "end": 23, "text": "Hill"},
        "cue": None,
        "kind": "direct",
    }
    targets = [record | {"stance": {"target": name}} for name in ("the march", "the mayor")]
    [item] = read_gold(write(tmp_path / "gold.jsonl", *targets))
    assert item.article == Article(text, "a.txt")
    [quote] = item.quotes
    assert (quote.pieces, quote.mentions, quote.source, quote.kind) == (
        ((7, 13),),
        ((19, 23),),
        "name",
        "direct",
    )


def fragment(start, end, **values):
    empty = {
        "n_words": 6,
        "mark": "curly",
        "attribution": "E1",
        "parts": [[start, end]],
        "attr_kind": "direct",
    }
    empty |= {"source_spans": [[14, 22]], "cue_spans": [[9, 13]], "source_type": "name_person"}
    return {"start": start, "end": end} | empty | {"partial_attributions": []} | values


def test_of_polnears_fragments_the_longer_ones_with_a_source_are_judged(tmp_path):
    row = {
        "id": "a",
        "text": TEXT,
        "fragments": [
            fragment(0, 8),
            fragment(24, 32, n_words=1, source_type="pronoun"),
            fragment(33, 36, attribution=None, n_words=1),
            fragment(37, 42, attribution=None, partial_attributions=[["E1", 0.2]]),
            fragment(24, 28, mark="single"),
            fragment(28, 32, source_spans=[]),
        ],
    }
    [item] = read_gold(write(tmp_path / "gold.jsonl", row))
    assert item.quotes == (
        GoldQuote(((0, 8),), None, ((14, 22),), None, ((9, 13),), None, "name", kind="direct"),
    )
    assert item.not_quotes == ((33, 36),)
    assert item.others == ((24, 32), (37, 42), (24, 28), (28, 32))
    assert item.complete and not item.joined


def test_labelled_speakers_find_their_texts_beside_them(tmp_path):
    write(tmp_path / "polnear-dev.jsonl.gz", {"id": "a", "text": TEXT})
    row = {"doc": "a", "start": 24, "end": 32, "source_spans": [[33, 36]], "source_type": "pronoun"}
    row |= {"speaker": "Ann Hill", "type": "person", "mention_ok": True}
    rows = [row, row | {"speaker": None, "type": "unnamed"}, row | {"mention_ok": False}]
    [item] = read_gold(write(tmp_path / "gold.jsonl", *rows))
    assert [(q.speaker, q.source, q.mentions) for q in item.quotes] == [
        ("Ann Hill", "pronoun", ((33, 36),)),
        ("", "unnamed", ((33, 36),)),
        ("Ann Hill", "pronoun", ()),
    ]
    assert not item.complete
    with pytest.raises(AttributionError, match=r"gold\.jsonl, line 2: b is not in polnear-dev"):
        read_gold(write(tmp_path / "gold.jsonl", row, row | {"doc": "b"}))


# --- judging ---------------------------------------------------------------------------------------

STORY = (
    "Mayor Ann Hill said: “We go now.”\n\n“It is over,” she said. “Go home.”\n\n"
    "A docker in “Blue Moon” called it “a very bad joke”.\n\n“Nobody knows,” said Bo Reed."
)


def at(words: str, start: int = 0) -> tuple[int, int]:
    """Where `words` stand in the story."""
    begin = STORY.index(words, start)
    return begin, begin + len(words)


def ours(article, pieces, name, mention, sure, kind="direct", cue=None):
    def span(words):
        return words and Span(*at(words), words)

    person = Person(name, name, "person") if name else None
    return AttributedQuote(
        article,
        Quote(tuple(map(span, pieces)), kind),
        Attribution(span(mention), span(cue), "Because.", sure),
        Speaker(person, "person" if person else "unnamed", confidence=0.5),
    )


@pytest.fixture
def verdicts():
    """Five gold quotes and a title, of which ours are right in parts."""
    article = Article(STORY, "story.txt")
    gold = [
        GoldQuote(
            (at("“We go now.”"),), "Ann Hill", (at("Mayor Ann Hill"),), cues=(at("said"),), source="name"
        ),
        GoldQuote(
            (at("“It is over,”"), at("“Go home.”")), "Ann Hill", mention="she", cue="said", source="pronoun"
        ),
        GoldQuote((at("“a very bad joke”"),), "", (at("A docker"),), source="unnamed", kind="partial"),
        GoldQuote((at("“Nobody knows,”"),), "Bo Reed", (at("Bo Reed"),), source="name"),
    ]
    found = [
        ours(article, ["“We go now.”"], "Ann Hill", "Ann Hill", 0.9, cue="said"),
        ours(article, ["“It is over,”"], "Bo Reed", "she", 0.8),
        ours(article, ["“Blue Moon”"], None, None, 0.3, kind="scare"),
        ours(article, ["“a very bad joke”"], None, "docker", 0.6),
    ]
    item = GoldArticle(article, tuple(gold), "all", (at("“Blue Moon”"),))
    return list(judge(item, found))


def shares(verdicts, group=None) -> dict[str, tuple[int, int]]:
    made = {}
    for measure in speakers.MEASURES:
        mine = [v for v in verdicts if v.measure == measure and (group is None or group in v.groups)]
        if mine:
            made[measure] = (sum(v.right for v in mine), len(mine))
    return made


def test_every_answer_is_counted_where_it_belongs(verdicts):
    assert shares(verdicts) == {
        "quote pieces found": (3, 5),  # “Go home.” and “Nobody knows,” are not
        "quote pieces exact": (3, 5),
        "our pieces that are quotes": (3, 4),  # “Blue Moon” is none
        "quotes with all pieces exact": (2, 4),
        "kind": (0, 1),  # direct for partial
        "mention overlaps": (3, 4),
        "mention exact": (1, 4),  # "she" alone
        "cue overlaps": (1, 2),
        "cue exact": (1, 2),
        "canonical speaker": (2, 4),
        "unnamed recognised": (1, 1),
        "our unnamed that are unnamed": (1, 1),
        "not-quotes kept out": (0, 1),
        "not-quotes kept out or given to nobody": (1, 1),
    }


def test_answers_count_under_their_groups(verdicts):
    assert shares(verdicts, ("source", "name"))["canonical speaker"] == (1, 2)
    assert shares(verdicts, ("source", "unnamed"))["mention overlaps"] == (1, 1)
    assert shares(verdicts, ("position", "before"))["mention overlaps"] == (2, 2)
    assert shares(verdicts, ("position", "between pieces"))["mention overlaps"] == (1, 1)
    assert shares(verdicts, ("position", "after"))["mention overlaps"] == (0, 1)
    assert shares(verdicts, ("kind", "partial"))["quote pieces found"] == (1, 1)


def test_the_report_holds_the_counts_the_calibration_and_the_errors(verdicts):
    report = speakers_report("gold.jsonl", verdicts, errors=1).splitlines()
    assert report[0] == "## gold.jsonl"
    assert "| quote pieces found | 3 | 5 | 60.0% | 23.1%–88.2% |" in report
    assert any(line.startswith("| source | quote pieces found | mention overlaps |") for line in report)
    # Speakers, square roots of products: 0.45 right, 0.4 wrong, 0.3 right; what was not found has none.
    assert "| 0.6–0.7 | 2 | 0.652 | 50.0% | 9.5%–90.5% |" in report
    assert "| 0.5–0.6 | 1 | 0.548 | 100.0% | 20.7%–100.0% |" in report
    assert "Expected calibration error in these 2 bins: 25.2%." in report
    place = f"story.txt:{at('“It is over,”')[0]}"
    assert f"| 0.63 | Ann Hill | Bo Reed (she) | “It is over,” … “Go home.” | {place} |" in report
    assert "Wrong in “canonical speaker”, 1 of 2, surest first:" in report
    assert not [line for line in speakers_report("gold", verdicts, errors=0).splitlines() if "Wrong" in line]


def test_words_of_an_article_cannot_break_a_table():
    verdict = speakers.Verdict(
        speakers.SPEAKER, False, gold="a | b", ours="c\nd", text="x" * 500, place="p:1"
    )
    [line] = [row for row in speakers_report("gold", [verdict]).splitlines() if row.endswith("| p:1 |")]
    assert line.startswith("| - | a \\| b | c d | xxx")
    assert len(line) < 230


@pytest.mark.parametrize(
    ("quote", "mention", "place"),
    [
        ("“We go now.”", "Mayor Ann Hill", "before"),
        ("“Nobody knows,”", "Bo Reed", "after"),
        ("“Nobody knows,”", "A docker", "other paragraph"),
        ("“It is over,”", "It", "inside"),
    ],
)
def test_a_mention_stands(quote, mention, place):
    gold = GoldQuote((at(quote),), "", (at(mention),))
    assert position(Article(STORY, "story.txt"), gold) == place


def test_words_alone_are_looked_for_next_to_the_quote():
    text = "He left.\n\n“He came,” he said. “So,” he said.\n\nHe went."
    article = Article(text, "a.txt")
    assert position(article, GoldQuote(((10, 20),), mention="he")) == "after"
    assert position(article, GoldQuote(((10, 20),), mention="He")) == "other paragraph"
    assert position(article, GoldQuote(((10, 20),), mention="she")) is None


# --- the command -----------------------------------------------------------------------------------


@pytest.mark.model
def test_right_and_wrong_quotes_are_told_apart(tmp_path):
    text = "“We begin now,” said Dana Whitlock. The gates stood open. “We end here,” said Owen Hart."
    (tmp_path / "a.txt").write_text(text)
    rows = [
        {"file": "a.txt", "pieces": [[0, 15]], "speaker": "Dana Whitlock"},
        {"file": "a.txt", "pieces": [[58, 72]], "speaker": "Somebody Else"},
    ]
    found = evaluate_speakers(read_gold(write(tmp_path / "gold.jsonl", *rows)))
    assert shares(found)["quotes with all pieces exact"] == (2, 2)
    [wrong] = [v for v in found if v.measure == speakers.SPEAKER and not v.right]
    assert (wrong.gold, wrong.ours, wrong.place) == ("Somebody Else", "Owen Hart (Owen Hart)", "a.txt:58")


@pytest.mark.model
def test_the_command_prints_a_report_a_file(tmp_path, capsysbinary):
    file = write(tmp_path / "own.jsonl", ROW)
    with pytest.raises(SystemExit) as end:
        cli.main(["evaluate", "speakers", str(file)])
    out = capsysbinary.readouterr().out.decode()
    assert not end.value.code
    assert out.startswith("## own.jsonl\n\n| what | right | of |")
    assert "| canonical speaker | 1 | 1 | 100.0% |" in out


def test_the_command_names_a_broken_row(tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["evaluate", "speakers", str(write(tmp_path / "own.jsonl", {"text": "No."}))])
    assert end.value.code == 2
    assert "own.jsonl, line 1: has neither" in capsys.readouterr().err
