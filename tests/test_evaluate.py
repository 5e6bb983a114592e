"""Gold files are read, compared and told honestly."""

from __future__ import annotations

import json

import pytest

from attribution import Article, AttributionError
from attribution.evaluate import Share, evaluate_speakers, interval, read_gold, same_name, table


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
    ],
)
def test_names_are_one_where_nothing_but_titles_middle_names_and_accents_differ(one, other, same):
    assert same_name(one, other) is same


def test_the_interval_holds_the_share_and_narrows_with_more_cases():
    few, many = interval(Share(9, 10)), interval(Share(900, 1000))
    assert few[0] < many[0] < 0.9 < many[1] < few[1] < 1


def test_the_table_counts_and_lists_failures():
    share = Share()
    share.count(True, "never told")
    share.count(False, "a.txt:3: missed")
    text = table({"speaker": share}, errors=5)
    assert "| speaker | 1 | 2 | 50.0% |" in text
    assert "- a.txt:3: missed" in text and "never told" not in text


@pytest.mark.parametrize("content", ["{", '{"other": 1}\n'])
def test_a_file_that_is_no_gold_is_refused_by_name(tmp_path, content):
    file = tmp_path / "gold.jsonl"
    file.write_text(content)
    with pytest.raises(AttributionError, match=r"gold\.jsonl: "):
        read_gold(file)


def test_a_gold_file_whose_article_is_missing_names_it(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(
        json.dumps(
            {"file": "gone.txt", "pieces": [[0, 1]], "speaker": None, "mention": None, "kind": "direct"}
        )
    )
    with pytest.raises(AttributionError, match=r"gone\.txt"):
        read_gold(file)


@pytest.mark.model
def test_right_and_wrong_quotes_are_told_apart(tmp_path):
    text = "“We begin now,” said Dana Whitlock. The gates stood open. “We end here,” said Owen Hart."
    (tmp_path / "a.txt").write_text(text)
    rows = [
        {"pieces": [[0, 15]], "speaker": "Dana Whitlock"},
        {"pieces": [[58, 72]], "speaker": "Somebody Else"},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        "\n".join(json.dumps({"file": "a.txt", "mention": None, "kind": "direct"} | row) for row in rows)
    )
    shares = evaluate_speakers(read_gold(gold))
    assert (shares["pieces exact"].right, shares["pieces exact"].total) == (2, 2)
    assert (shares["speaker"].right, shares["speaker"].total) == (1, 2)
    assert "Somebody Else" in shares["speaker"].wrong[0]


def test_articles_of_a_set_keep_their_own_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b'One\r\n\r\n"Two," said Hill.')
    row = {"file": "a.txt", "pieces": [[7, 13]], "speaker": None, "mention": None, "kind": "direct"}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row))
    [item] = read_gold(gold)
    assert item.article == Article('One\r\n\r\n"Two," said Hill.', "a.txt")
    assert item.article.text[7:13] == '"Two,"'
