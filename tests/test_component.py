from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import DocBin

import attribution.component  # noqa: F401  (spaCy finds it by itself only where the project is installed)

TEXT = "“We will go,” said Hugh Hill, a doctor. “And soon.” Nobody else spoke."


@pytest.fixture(scope="module")
def nlp(tmp_path_factory):
    """The shipped pipeline, saved and loaded so that it is this module's own, the component at its end."""
    from attribution import load_language

    folder = tmp_path_factory.mktemp("pipeline")
    load_language().to_disk(folder)
    own = spacy.load(folder)
    own.add_pipe("quote_attribution")
    return own


def test_the_component_is_an_entry_point():
    try:
        importlib.metadata.distribution("attribution")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the project is not installed")
    code = "import spacy; print(spacy.blank('en').add_pipe('quote_attribution'))"
    assert "QuoteAttribution" in subprocess.check_output([sys.executable, "-c", code], text=True)


@pytest.mark.parametrize("text", ["“No,” said Hugh Hill.", " "])
def test_a_pipeline_that_does_not_parse_is_told_so(text):
    nlp = spacy.blank("en")
    nlp.add_pipe("quote_attribution")
    with pytest.raises(ValueError, match="quote_attribution: the pipeline has no parser before it"):
        nlp(text)
    assert len(nlp("").spans["quotes"]) == 0


@pytest.mark.model
def test_each_quote_is_a_span_that_knows_its_speaker(nlp):
    doc = nlp(TEXT)
    (span,) = doc.spans["quotes"]
    assert span.text == "“We will go,” said Hugh Hill, a doctor. “And soon.”"
    assert (span._.speaker, span._.speaker_type, span._.kind) == ("Hugh Hill", "person", "direct")
    assert [piece.text for piece in span._.pieces] == ["“We will go,”", "“And soon.”"]
    assert "Hugh Hill" in span._.mention.text and span._.cue.text == "said"
    assert span._.evidence and 0 < span._.confidence <= 1
    assert span.label_ == "direct"


@pytest.mark.model
def test_the_record_has_the_exact_characters_where_a_token_has_not(nlp):
    text = "He was a “no”-man, said Hugh Hill."
    doc = nlp(text)
    for span in doc.spans["quotes"]:
        for piece in span._.record["pieces"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.model
def test_a_text_without_quotes_has_none(nlp):
    assert len(nlp("Hugh Hill, a doctor, left.").spans["quotes"]) == 0
    assert nlp("Hugh Hill left.")[0:2]._.speaker is None


@pytest.mark.model
@pytest.mark.parametrize("n_process", [1, 2])
def test_a_pipe_of_texts_gives_what_each_gives_alone(nlp, n_process):
    texts = [TEXT, "Nothing.", "Ann Jones said: “Stop it.”"]
    piped, alone = (
        [[span._.record for span in doc.spans["quotes"]] for doc in docs]
        for docs in (nlp.pipe(texts, n_process=n_process), map(nlp, texts))
    )
    assert piped == alone and [len(records) for records in piped] == [1, 0, 1]


@pytest.mark.model
def test_a_pipeline_and_its_docs_can_be_saved(nlp, tmp_path):
    doc = nlp(TEXT)
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names[-1] == "quote_attribution"
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (loaded,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    for other in (again(TEXT), loaded):
        (span,) = other.spans["quotes"]
        assert (span._.speaker, span._.cue.text) == ("Hugh Hill", "said")
