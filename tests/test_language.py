"""The language pipeline: what it finds in a reporter's sentences, and what it says when it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from attribution.article import AttributionError
from attribution.language import load_language, paragraph_starts, parse
from attribution.paths import model_folder

ODD_TEXT = (
    "Ferry\tpilots walk out\r\n\r\n“We have waited long enough,” said Oduya Brandt, who leads the union.\r\n"
    "\r\nThe port\xa0authority didn't answer.  Talks resume at 7 p.m. on Monday…\n\n\tNobody was hurt.\n"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language()


def starts(text: str) -> list[str]:
    doc = paragraph_starts(spacy.blank("en")(text))
    return [doc[token.i : token.i + 2].text for token in doc if token.is_sent_start]


def test_a_blank_line_starts_a_sentence() -> None:
    assert starts("Ferry strike enters week two\n\nPilots met on Friday.") == ["Ferry strike", "Pilots met"]


def test_a_line_break_starts_a_sentence_where_lines_are_paragraphs() -> None:
    assert starts("Pilots met on Friday.\r\nThey will meet again.") == ["Pilots met", "They will"]


def test_hard_wrapped_lines_run_on() -> None:
    wrapped = (
        "The harbour board met on Friday to hear the pilots and the owners of\n"
        "the ferries, who have not spoken to one another since the strike that\n"
        "closed the port in the spring, and it put the matter off until the\n"
        "autumn session, when a new chair will have been chosen by the members.\n"
    )
    assert starts(wrapped) == ["The harbour"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n\t\xa0", "\u2028", "x"])
def test_hardly_any_text_is_no_trouble(text: str) -> None:
    assert paragraph_starts(spacy.blank("en")(text)).text == text


def test_a_package_that_is_not_there_is_named_with_its_remedy() -> None:
    with pytest.raises(AttributionError, match=r"^en_core_none: not installed\. Run: python -m"):
        load_language("en_core_none")


def test_an_empty_name_is_no_package() -> None:
    with pytest.raises(AttributionError, match=r"^language model: its name is empty\."):
        load_language("")


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(AttributionError, match=r"no spaCy pipeline there"):
        load_language(str(tmp_path))
    with pytest.raises(AttributionError, match=r"nowhere/at/all: no spaCy pipeline there"):
        load_language("nowhere/at/all")


def test_a_pipeline_without_parser_and_names_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(AttributionError, match=r"has no parser and no ner"):
        load_language(str(tmp_path / "blank"))


@pytest.mark.model
def test_a_cut_weights_file_is_one_clear_line(tmp_path: Path) -> None:
    broken = tmp_path / "pipeline"
    shutil.copytree(model_folder("language") / "pipeline", broken)
    weights = broken / "tok2vec" / "model"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(AttributionError, match="broken, it does not load") as told:
        load_language(str(broken))
    assert str(broken) in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.model
def test_text_and_offsets_stay_as_published(nlp: Language) -> None:
    doc = nlp(ODD_TEXT)
    assert doc.text == ODD_TEXT
    assert all(ODD_TEXT[token.idx : token.idx + len(token)] == token.text for token in doc)
    openings = [next(t.text for t in sentence if t.is_alpha) for sentence in doc.sents]
    assert openings == ["Ferry", "We", "The", "Talks", "Nobody"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "speaker", "cue"),
    [
        ("“We have waited long enough,” said Oduya Brandt, who leads the pilots’ union.", "Brandt", "said"),
        ('"The harbour is closed," Mayor Lena Castellane told reporters on Friday.', "Castellane", "told"),
        ("“It will cost us the season,” said Jane Doe, the mayor of Brenholt.", "Doe", "said"),
        ("Tomasz Wierzba, a ferry pilot, said: “Nobody asked us.”", "Wierzba", "said"),
    ],
)
def test_the_speaker_is_the_subject_of_the_cue(nlp: Language, sentence: str, speaker: str, cue: str) -> None:
    doc = nlp(sentence)
    verb = next(token for token in doc if token.text == cue)
    subjects = [token for token in verb.children if token.dep_ == "nsubj"]
    assert [speaker in {word.text for word in subject.subtree} for subject in subjects] == [True]
    assert verb.lemma_ == {"said": "say", "told": "tell"}[cue]
    assert (verb.pos_, verb.tag_) == ("VERB", "VBD")


@pytest.mark.model
def test_people_bodies_and_places_are_found_by_full_name(nlp: Language) -> None:
    doc = nlp("Oduya Brandt met Lena Castellane in London on Friday, the Associated Press reported.")
    found = {ent.text.removeprefix("the "): ent.label_ for ent in doc.ents}
    assert found["Oduya Brandt"] == found["Lena Castellane"] == "PERSON"
    assert found["London"] == "GPE"
    assert found["Associated Press"] == "ORG"


@pytest.mark.model
def test_a_long_text_is_parsed_part_by_part_and_stays_as_it_is(nlp, monkeypatch):
    said = "“We will go,” said Ada Brook.\t\n\n" * 40
    text = f"The mayor spoke.\r\n\r\n{said}{'An end without a stop ' * 30}"
    monkeypatch.setattr("attribution.language._PART", 300)
    doc = parse(nlp, text)
    assert doc.text == text
    assert [token.text for token in doc] == [token.text for token in nlp(text)]
    assert {ent.text for ent in doc.ents} >= {"Ada Brook"}
