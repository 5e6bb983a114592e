"""The same utterance in several articles: which quotes are one, how the wordings differ, who was first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations

import pytest

from attribution.analysis import AttributedQuote
from attribution.variants import Utterance, find_variants

SAME_SPEAKER = "The speaker is Ada Brook in each article that names one."
SAME_WORDS = "All wordings have the same words."
SAME_CUT = "All wordings have the same words, some cut."


def told(utterance: Utterance) -> list[tuple]:
    """The utterance row by row: outlet, relation, and what was changed as (draft, source, kind)."""
    rows = [(utterance.base.article.outlet, "base")]
    for wording in utterance.wordings:
        changes = [tuple(difference.as_record().values()) for difference in wording.changes]
        rows.append((wording.quote.article.outlet, wording.relation, *changes))
    return rows


def only(*quotes: AttributedQuote) -> Utterance:
    """The one utterance that the quotes have."""
    (utterance,) = find_variants(quotes)
    return utterance


def test_the_same_words_in_two_articles_are_one_remark(said):
    found = only(said("Post", "“The harbour will close.”"), said("Wire", "“The harbour will close,”"))
    assert told(found) == [("Post", "base"), ("Wire", "verbatim")]
    assert found.sure
    assert found.reasons == (SAME_SPEAKER, SAME_WORDS)


def test_marks_dashes_and_spaces_are_no_change(said):
    found = only(
        said("Post", "“We’ll close the harbour – all of it.”"),
        said("Wire", '"We\'ll close\u00a0the harbour -- all of it,"'),
    )
    assert told(found) == [("Post", "base"), ("Wire", "verbatim")]
    assert {difference.kind for difference in found.wordings[0].differences} == {"typography"}


def test_a_part_of_a_longer_wording_is_trimmed(said):
    found = only(
        said("Wire", "“the harbour will close”"),
        said("Post", "“On Friday the harbour will close, and nobody asked us.”"),
    )
    assert told(found) == [("Post", "base"), ("Wire", "trimmed")]
    assert found.sure


def test_a_cut_that_is_declared_is_trimmed_and_a_silent_one_is_altered(said):
    whole = said("Post", "“The harbour will close on Friday, whatever the mayor says.”")
    declared = said("Wire", "“The harbour will close … whatever the mayor says.”")
    split = said("Echo", "“The harbour will close,”", "“whatever the mayor says.”")
    silent = said("Bugle", "“The harbour will close, whatever the mayor says.”")
    assert told(only(whole, declared, split, silent)) == [
        ("Post", "base"),
        ("Wire", "trimmed"),
        ("Echo", "trimmed"),
        ("Bugle", "altered", (None, "on Friday", "dropped")),
    ]


@pytest.mark.parametrize(
    ("wording", "change", "reason"),
    [
        ("We can stop the boats at night.", ("can", "can't", "negation dropped"), "“can” for “can't”"),
        ("We can't stop the ships at night.", ("ships", "boats", "changed"), "“ships” for “boats”"),
        ("We can't stop the boats.", None, None),
    ],
)
def test_a_changed_word_makes_it_possibly_the_same_remark_and_is_told(said, wording, change, reason):
    found = only(said("Post", "“We can't stop the boats at night.”"), said("Wire", f"“{wording}”"))
    assert told(found) == [("Post", "base"), ("Wire", "altered", change) if change else ("Wire", "trimmed")]
    assert found.sure is (change is None)
    assert found.reasons == (SAME_SPEAKER, f"Wire has {reason}." if reason else SAME_CUT)


def test_a_changed_number_is_told_as_one(said):
    found = only(
        said("Post", "“They searched 40 warehouses in the harbour.”"),
        said("Wire", "“They searched 400 warehouses in the harbour.”"),
    )
    assert told(found)[1] == ("Wire", "altered", ("400", "40", "number changed"))


def test_a_few_words_of_two_speakers_are_two_remarks(said):
    assert not find_variants(
        [said("Post", "“The harbour will close.”"), said("Wire", "“The harbour will close.”", by="Max Hill")]
    )


def test_many_words_credited_to_two_speakers_are_possibly_one_remark(said):
    words = "“The harbour will close on Friday and the cranes will go to Quendira.”"
    found = only(said("Post", words), said("Wire", words, by="Max Hill"))
    assert told(found) == [("Post", "base"), ("Wire", "verbatim")]
    assert not found.sure
    assert found.reasons == (SAME_WORDS, "The articles name different speakers: Ada Brook and Max Hill.")


def test_a_wording_without_a_named_speaker_belongs_to_it(said):
    found = only(
        said("Post", "“The harbour will close on Friday.”"),
        said("Wire", "“harbour will close on Friday”", by=None, kind="partial"),
    )
    assert told(found) == [("Post", "base"), ("Wire", "trimmed")]
    assert found.sure and found.reasons == (SAME_SPEAKER, SAME_CUT)


def test_wordings_that_a_longer_one_ties_together_are_one_remark(said):
    found = only(
        said("Wire", "“The harbour will close on Friday.”"),
        said("Post", "“The harbour will close on Friday. Nobody asked the crane drivers about it.”"),
        said("Echo", "“Nobody asked the crane drivers about it.”"),
    )
    assert told(found) == [("Post", "base"), ("Wire", "trimmed"), ("Echo", "trimmed")]


def test_a_quote_in_a_transcript_turn_is_its_own_speakers(said):
    turn = 'HILL: Brook wrote to us, "The harbour will close on Friday," and I say let us fight it.'
    inner = said("Record", '"The harbour will close on Friday,"', text=turn, kind="nested")
    outer = said("Record", turn.removeprefix("HILL: "), text=turn, by="Max Hill", kind="transcript")
    report = said("Post", "“The harbour will close on Friday.”")
    assert told(only(outer, inner, report)) == [("Record", "base"), ("Post", "verbatim")]
    fight = said("Wire", "“I say let us fight it.”", by="Max Hill")
    assert [told(found) for found in find_variants([outer, inner, report, fight])] == [
        [("Record", "base"), ("Wire", "trimmed")],
        [("Record", "base"), ("Post", "verbatim")],
    ]


def test_the_same_words_twice_in_one_article_are_no_comparison(said):
    text = "Harbour to close. “The harbour will close,” said Brook. ‘The harbour will close!’"
    once = said("Post", "“The harbour will close,”", text=text)
    again = said("Post", "‘The harbour will close!’", text=text, kind="headline")
    assert not find_variants([once, again])
    assert len(only(once, again, said("Wire", "“The harbour will close.”")).quotes) == 3


def test_words_that_everybody_uses_tie_nothing(said):
    assert not find_variants([said("Post", "“That is what it is.”"), said("Wire", "“It is what it is.”")])


def test_the_first_is_the_one_published_first(said):
    late = said("Post", "“The harbour will close on Friday.”", published="2026-02-04")
    early = said("Wire", "“The harbour will close.”", published="2026-02-01")
    between = said("Echo", "“The harbour will close!”", published="2026-02-02")
    found = only(late, between, early)
    assert found.first is early
    assert told(found) == [("Post", "base"), ("Wire", "trimmed"), ("Echo", "trimmed")]


def test_without_a_date_of_each_article_none_is_first(said):
    found = only(
        said("Post", "“The harbour will close on Friday.”", published="2026-02-04"),
        said("Wire", "“The harbour will close.”"),
    )
    assert found.first is None


def test_remarks_come_in_the_order_of_their_first_quotes(said):
    quotes = [
        said("Post", "“The cranes will go to Quendira.”"),
        said("Wire", "“The harbour will close on Friday.”"),
        said("Post", "“The harbour will close.”"),
        said("Wire", "“the cranes will go”"),
    ]
    assert [found.base.quote.text for found in find_variants(quotes)] == [
        "The cranes will go to Quendira.",
        "The harbour will close on Friday.",
    ]


def test_the_record_is_plain_data(said):
    base = said("Post", "“We can't stop the boats at night.”")
    other = said("Wire", "“We can't stop the ships at night.”")
    record = only(base, other).as_record()
    assert json.loads(json.dumps(record)) == {
        "base": base.id,
        "sure": False,
        "reasons": [SAME_SPEAKER, "Wire has “ships” for “boats”."],
        "first": None,
        "wordings": [
            {
                "quote_id": other.id,
                "relation": "altered",
                "differences": [{"draft": "ships", "source": "boats", "kind": "changed"}],
            }
        ],
    }


@pytest.mark.model
def test_the_seeds_have_one_remark_in_two_wordings(seeds):
    found = only(*seeds.quotes)
    assert [change.as_record() for change in found.wordings[0].changes] == [
        {"draft": "neighbors", "source": "residents", "kind": "changed"}
    ]
    assert {quote.name for quote in found.quotes} == {"Jacob Frey"}
    assert not found.sure


@pytest.mark.data
@pytest.mark.model
def test_the_invented_articles_remarks_are_found(root):
    from attribution import extract, read_articles

    folder = root.parent / "shared" / "data" / "articles"
    if not folder.exists():
        pytest.skip(f"{folder} is missing")
    articles, _ = read_articles(sorted(folder.glob("*.txt")))
    quotes = extract(articles).quotes
    ours = _pairs([_key(quote) for quote in found.quotes] for found in find_variants(quotes))
    rows = (folder / "same_quote.jsonl").read_text(encoding="utf-8").splitlines()
    gold = _pairs(json.loads(row)["members"] for row in rows)
    both = len(ours & gold)
    print(f"\n{both} of {len(gold)} gold pairs found, {both} of our {len(ours)} right")
    assert len(ours & gold) / len(gold) >= 0.85
    assert len(ours & gold) / len(ours) >= 0.9


def _key(quote: AttributedQuote) -> str:
    return f"{quote.article.file.rsplit('/')[-1]}:{quote.quote.start}"


def _pairs(groups: Iterable[list[str]]) -> set[frozenset[str]]:
    """The pairs of each group that stand in two articles."""
    pairs = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    return {pair for pair in pairs if len({key.split(":")[0] for key in pair}) == 2}
