"""What a stance is toward: names, claims, and the targets that articles offer."""

from __future__ import annotations

import pytest

import attribution.cli as cli
from attribution.stance import Target, hypothesis, is_claim, suggested_targets
from attribution.stance.targets import claim_clause
from attribution.stance_rows import read_row


@pytest.mark.parametrize(
    "name",
    [
        "the surge made the city safer",
        "The harbour is safer now.",
        "raids don’t work",
        "tolls should be abolished",
        "the ceasefire has failed",
        "the blockade harms our children",
        "the ferry company told us nothing",
        "the crackdown backfired",
        "the port belongs to the town",
        "that the benefits outweigh the risks",
    ],
)
def test_a_finite_clause_is_a_claim(name):
    assert is_claim(name)


@pytest.mark.parametrize(
    "name",
    [
        "Operation Clear Quay",
        "the harbour raids",
        "the law that was passed in May",
        "the officers who have left",
        "what the council has done",
        "the right to have a lawyer",
        "goods made in the valley",
        "failed raids",
        "the will of the people",
        "Theresa Moss's May budget",
        "public works",
        "closing the docks",
        "that woman",
        "migrants",
        "",
    ],
)
def test_a_name_is_no_claim(name):
    assert not is_claim(name)


def test_a_claim_stands_in_the_hypothesis_as_a_clause():
    assert claim_clause("That the raids must end.") == "the raids must end"
    assert claim_clause("Lantern must end") == "Lantern must end"
    assert hypothesis("So {target}.", Target("The port is open!")) == "So the port is open."


def suggested(*texts):
    return [target.name for target in suggested_targets(texts)]


def test_operations_laws_and_plans_are_suggested_by_the_articles_that_name_them():
    assert suggested(
        "Operation Clear Quay's cost rose. The Common Roof programme goes on. The Harbour Safety Act.",
        "The mayor's Common Roof programme and Operation Clear Quay. Operation Clear Quay again.",
        "The Common Roof programme. Proposition 12 failed.",
    ) == [
        "the Common Roof programme",
        "Operation Clear Quay",
        "Proposition 12",
        "the Harbour Safety Act",
    ]


def test_policies_in_small_letters_come_after_names_and_only_when_said_twice():
    assert suggested(
        "The travel ban began. She called the new travel ban wrong. A curfew and the fuel tax came. "
        "Operation Lantern followed."
    ) == ["Operation Lantern", "the travel ban"]


def test_bodies_offices_and_people_are_not_suggested():
    assert (
        suggested("The Ministry of Public Order and the Plan Commission met Senator Bill Order Jones.") == []
    )


def test_the_articles_other_names_come_as_aliases():
    (quay,) = suggested_targets(["Operation Bright Sweep began. Bright Sweep, or the sweep, goes on."])
    assert quay == Target("Operation Bright Sweep", aliases=("Bright Sweep", "the sweep"))
    (act,) = suggested_targets(["The Harbour Safety Act (HSA) passed."])
    assert act.aliases == ("HSA",)


def test_longer_and_shorter_forms_are_one_target():
    (plan,) = suggested_targets(
        ["The Clean Harbour Plan began. The Clean Harbour Plan ended. The Brook Clean Harbour Plan."]
    )
    assert (plan.name, plan.aliases) == ("the Clean Harbour Plan", ("the Brook Clean Harbour Plan",))


def test_no_articles_no_suggestions():
    assert suggested() == [] == suggested("")


def test_the_command_line_takes_aliases_of_one_target(monkeypatch, tmp_path):
    (tmp_path / "a.txt").write_text("“We will go,” said Hugh Hill.\n", encoding="utf-8")
    asked = []

    def analyse(articles, *, targets, **_):
        asked.extend(targets)
        raise SystemExit(0)

    monkeypatch.setattr("attribution.analysis.analyse", analyse)
    options = ["--target", "Lantern", "--alias", "the raids", "--alias", "the sweep"]
    with pytest.raises(SystemExit):
        cli.main(["extract", str(tmp_path / "a.txt"), *options])
    assert asked == [Target("Lantern", aliases=("the raids", "the sweep"))]


def test_aliases_need_one_target(capsys):
    with pytest.raises(SystemExit):
        cli.main(["extract", "a.txt", "--target", "a", "--target", "b", "--alias", "c"])
    assert "--alias: names one target, not 2. Give one --target." in capsys.readouterr().err


def test_a_row_of_quotes_may_bring_aliases():
    row, target, _ = read_row(b'{"text": "No.", "target": "Lantern", "aliases": ["the raids"]}')
    assert target == Target("Lantern", aliases=("the raids",)) and row["aliases"] == ["the raids"]
    with pytest.raises(ValueError, match="“aliases” is no list of texts"):
        read_row(b'{"text": "No.", "target": "Lantern", "aliases": "the raids"}')
