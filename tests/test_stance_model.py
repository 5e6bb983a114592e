"""The shipped stance model on plain quotes of our own."""

import pytest

from attribution.paths import model_folder
from attribution.stance import QuoteInContext, Target, load_stance
from attribution.stance.loading import MODEL_NAME

pytestmark = pytest.mark.model

FERRY = Target("Operation Clear Quay", about="police raids on the ferry harbour")
SPEAKER = "Ines Calder"
SUPPORT = (
    "Operation Clear Quay has made this harbour safer and I am grateful for it.",
    "These raids are exactly what the harbour had been waiting for, and they should be extended.",
    "I fully back the raids. The officers know what they are doing.",
)
OPPOSE = (
    "Operation Clear Quay is a scandal, and the minister should call it off tonight.",
    "These raids have terrorised dockers and their children, and nothing was found.",
    "The raids are cruel, and they waste our money.",
)
NEUTRAL = (
    "The ferry to the island leaves at six on weekdays.",
    "Operation Clear Quay began on Monday at three piers.",
)
ALL = (SUPPORT[0], *OPPOSE[:2], *NEUTRAL)


@pytest.fixture(scope="module")
def classifier():
    return load_stance()


def stances(classifier, texts):
    return classifier.classify([QuoteInContext(text, speaker=SPEAKER) for text in texts], FERRY)


@pytest.mark.parametrize("text", SUPPORT)
def test_plain_praise_is_support(classifier, text):
    (found,) = stances(classifier, [text])
    assert found.best == "support" and found.score > 0.1


@pytest.mark.parametrize("text", OPPOSE)
def test_plain_criticism_is_opposition(classifier, text):
    (found,) = stances(classifier, [text])
    assert found.best == "oppose" and found.score < -0.1


@pytest.mark.parametrize("text", NEUTRAL)
def test_dates_and_timetables_take_no_side(classifier, text):
    (found,) = stances(classifier, [text])
    assert found.label == "neutral" and abs(found.score) < 0.1


@pytest.mark.parametrize(
    ("target", "best"),
    [("the raids", "oppose"), ("the protesters", "support")],
)
def test_the_same_words_turn_with_the_target(classifier, target, best):
    quote = QuoteInContext("The protesters are right: these raids have to stop.", speaker=SPEAKER)
    assert classifier.classify([quote], Target(target))[0].best == best


def test_a_quote_gets_the_same_stance_alone_and_among_others(classifier):
    together = stances(classifier, ALL)
    alone = [stances(classifier, [text])[0] for text in ALL]
    assert together == alone


def test_the_same_call_gives_the_same_answer_twice(classifier):
    assert stances(classifier, ALL) == stances(classifier, ALL)


def test_the_record_names_the_model(classifier):
    (record,) = [stance.as_record() for stance in stances(classifier, ALL[:1])]
    assert list(record) == ["target", "label", "best", "score", "confidence", "model"]
    assert record["model"] == MODEL_NAME


def test_the_shipped_folder_stays_small():
    sizes = {file.name: file.stat().st_size for file in model_folder("stance").iterdir() if file.is_file()}
    assert sizes["model.onnx"] < 30e6 and sum(sizes.values()) < 32e6
