"""Any story in any format comes back word for word; any spoilt file is read or refused."""

from __future__ import annotations

import html

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_promises import read
from readers_strategies import PLAIN_ONLY, WRITERS, spoilt, stories

from attribution.article import AttributionError

CAREFUL = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


def check_story(kind: str, story: list[str]) -> None:
    """The words of the story come back from a file of the kind, in order."""
    if kind == "text":
        return
    contents = read(WRITERS[kind](story), kind)
    texts = [document.text for document in contents.documents]
    texts += [member.data.decode() for member in contents.members]
    said = " ".join(" ".join(texts).split())
    if kind == "mbox":
        said = said.replace(">From", "From")
    if kind == "subtitles":
        assert [word for part in story for word in part.split()] == [
            word for word in said.split() if not (word.startswith("[") and word.endswith("]"))
        ]
        return
    place = -1
    for paragraph in story:
        if kind in ("csv", "jsonl", "parquet"):  # whose cells may hold HTML
            paragraph = html.unescape(paragraph)
        found = said.find(paragraph, place + 1)
        assert found > place, (paragraph, said)
        place = found


def check_spoilt(kind: str, data: bytes) -> bool:
    """Whether a spoilt file is read; it is refused in one line where it is not, and nothing else happens."""
    try:
        read(data, kind)
    except AttributionError as error:
        assert "\n" not in str(error)
        return False
    return True


@pytest.mark.parametrize("kind", WRITERS)
def test_the_words_of_any_story_come_back(kind):
    @CAREFUL
    @given(stories(odd=kind not in PLAIN_ONLY))
    def check(story):
        check_story(kind, story)

    check()


@pytest.mark.parametrize("kind", WRITERS)
def test_any_spoilt_file_is_read_or_refused(kind):
    sound = WRITERS[kind](["Story0 said “No,” and all the others said so too. " * 4] * 3)

    @CAREFUL
    @given(st.data())
    def check(data):
        check_spoilt(kind, data.draw(spoilt(sound)))

    check()
