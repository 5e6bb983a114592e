"""Quotation marks: every style and trap, with the spans expected written out."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.article import paragraphs
from attribution.marks import Marked, find_marks, unmarked

MARKS = "\"'“”‘’„‚‟‛«»‹›`´＂＇′″"


def found(text: str) -> list[tuple[int, str]]:
    """Depth and text of every span, its pieces joined by a pilcrow; an unclosed one is marked as such."""
    rows = []
    for marked in find_marks(text):
        words = " ¶ ".join(piece.text for piece in marked.pieces)
        rows.append((marked.depth, words + " [unclosed]" * marked.unclosed))
    return rows


# --- The ten sentences of the design ---------------------------------------------------------------

TEN = {
    "reopened paragraph": (
        "Hill said: “They need it.\n\n“If not they’ll die,” he added.",
        [(0, "“They need it. ¶ “If not they’ll die,”")],
    ),
    "plural possessives": (
        "The workers' union said, \"We will strike.\" The nurses' and teachers' unions agreed.",
        [(0, '"We will strike."')],
    ),
    "headline": ("'We will win': Jones defends budget", [(0, "'We will win'")]),
    "initials": ("“We will go,” said J. R. Smith.", [(0, "“We will go,”")]),
    "nested": (
        "She said, “He told me ‘never again’ and left.”",
        [(0, "“He told me ‘never again’ and left.”"), (1, "‘never again’")],
    ),
    "guillemets": ("«On va gagner», a dit Jones.", [(0, "«On va gagner»")]),
    "two quotes, one speaker": (
        'Hugh Hill, a doctor, said: "They need urgent treatment." The ward was full. "And soon," he added.',
        [(0, '"They need urgent treatment."'), (0, '"And soon,"')],
    ),
    "nickname": (
        "“Senseless killing,” said a homeless man who goes by the name “Shorty.”",
        [(0, "“Senseless killing,”"), (0, "“Shorty.”")],
    ),
    "dash and name": ("“We said no.” -Commissioner Geoffrey Starks", [(0, "“We said no.”")]),
    "accents, line ends, tabs, no-break spaces": (
        "Zoë\u00a0Ågren:\r\n\r\n\t“\u00a0Déjà\tvu\u00a0” — au café\u00a0“naïve”.\r\n\r\nE\u0301: “Oui.”\r\n",
        [(0, "“\u00a0Déjà\tvu\u00a0”"), (0, "“naïve”"), (0, "“Oui.”")],
    ),
}


@pytest.mark.parametrize("case", TEN)
def test_ten_sentences(case: str) -> None:
    text, expected = TEN[case]
    assert found(text) == expected


def test_offsets_are_exact_in_untouched_text() -> None:
    text = "\ufeffZoë\u00a0said:\r\n\r\n\t“Déjà vu,” — and\u00a0“no”.\r\n"
    assert [(m.start, m.end) for m in find_marks(text)] == [(15, 25), (32, 36)]
    assert [text[m.start : m.end] for m in find_marks(text)] == ["“Déjà vu,”", "“no”"]


def test_a_span_over_paragraphs_has_one_piece_each_and_tells_its_bounds() -> None:
    text = "Hill: “One. \n\n“Two.\n\n“Three,” he said. He left."
    (marked,) = find_marks(text)
    assert [(piece.start, piece.end, piece.text) for piece in marked.pieces] == [
        (6, 11, "“One."),
        (14, 19, "“Two."),
        (21, 29, "“Three,”"),
    ]
    assert (marked.start, marked.end) == (6, 29)
    assert (marked.unclosed, marked.depth, marked.single) == (False, 0, False)


# --- One phenomenon each ---------------------------------------------------------------------------

STYLES = {
    "straight double": ('"We go," he said. "Now."', [(0, '"We go,"'), (0, '"Now."')]),
    "curly double": ("“We go,” he said. “Now.”", [(0, "“We go,”"), (0, "“Now.”")]),
    "opens curly, closes straight": ('“We go," he said. “Now."', [(0, '“We go,"'), (0, '“Now."')]),
    "opens straight, closes curly": ('"We go,” he said. "Now.”', [(0, '"We go,”'), (0, '"Now.”')]),
    "opens with a closing mark": ("”We go,” he said. ”Now.”", [(0, "”We go,”"), (0, "”Now.”")]),
    "closes with an opening mark": ("“We go,“ he said. “Now.“", [(0, "“We go,“"), (0, "“Now.“")]),
    "single straight as main style": (
        "'We go,' she said. 'Nobody stays.' It was 'a start'.",
        [(0, "'We go,'"), (0, "'Nobody stays.'"), (0, "'a start'")],
    ),
    "single curly as main style": (
        "‘We go,’ she said. ‘Nobody stays.’ It was ‘a start’.",
        [(0, "‘We go,’"), (0, "‘Nobody stays.’"), (0, "‘a start’")],
    ),
    "guillemets with spaces": ("« On y va », a-t-il dit. « Oui. »", [(0, "« On y va »"), (0, "« Oui. »")]),
    "guillemets turned inward": ("»Wir gehen«, sagte er. »Nein.«", [(0, "»Wir gehen«"), (0, "»Nein.«")]),
    "single guillemets": (
        "‹Oui›, dit-il, «et ‹non› aussi».",
        [(0, "‹Oui›"), (0, "«et ‹non› aussi»"), (1, "‹non›")],
    ),
    "low and high, German": ("„Wir gehen“, sagte er. „Nein.“", [(0, "„Wir gehen“"), (0, "„Nein.“")]),
    "low and high, Polish": ("„Idziemy”, rzekł. „Nie”.", [(0, "„Idziemy”"), (0, "„Nie”")]),
    "low singles": ("Er sagte: „Nie ‚wieder‘, nie.“", [(0, "„Nie ‚wieder‘, nie.“"), (1, "‚wieder‘")]),
    "doubled singles": ("''We go,'' she said. ''Now.''", [(0, "''We go,''"), (0, "''Now.''")]),
    "doubled backquotes": ("``We go,'' she said; then `no'.", [(0, "``We go,''"), (0, "`no'")]),
    "doubled singles around a single": (
        "''He said, 'No.''' she recalled. '''Never' was it,'' he said.",
        [(0, "''He said, 'No.'''"), (1, "'No.'"), (0, "'''Never' was it,''"), (1, "'Never'")],
    ),
    "headline in single marks": (
        'Lawyer slams \'vanishing act\'\n\n"It is one," she said. "Truly."',
        [(0, "'vanishing act'"), (0, '"It is one,"'), (0, '"Truly."')],
    ),
    "headline in capitals": ("MAYOR: 'WE WON'T GO' SAYS BOSS", [(0, "'WE WON'T GO'")]),
}

NESTED = {
    "straight, three deep": (
        '"He told me \'she said "no" to us\' on Monday," Diaz said.',
        [
            (0, '"He told me \'she said "no" to us\' on Monday,"'),
            (1, "'she said \"no\" to us'"),
            (2, '"no"'),
        ],
    ),
    "single outside, three deep": (
        "‘He told me “she said ‘no’ to us” on Monday,’ Diaz said.",
        [(0, "‘He told me “she said ‘no’ to us” on Monday,’"), (1, "“she said ‘no’ to us”"), (2, "‘no’")],
    ),
    "both end together": (
        "“They said, ‘Not this one,’” he said.",
        [(0, "“They said, ‘Not this one,’”"), (1, "‘Not this one,’")],
    ),
    "both begin together": (
        "'\"Never,\" he said,' she recalled.",
        [(0, "'\"Never,\" he said,'"), (1, '"Never,"')],
    ),
    "the same mark inside": (
        '"He called it "odd" today," she said.',
        [(0, '"He called it "odd" today,"'), (1, '"odd"')],
    ),
    "curly inside straight": (
        '"He called it “odd” today," she said.',
        [(0, '"He called it “odd” today,"'), (1, "“odd”")],
    ),
    "inner closing mark missing": (
        "“He said ‘never again and left,” she said.",
        [(0, "“He said ‘never again and left,”"), (1, "‘never again and left, [unclosed]")],
    ),
}

PARAGRAPHS = {
    "reopened twice": ('"One.\n\n"Two.\n\n"Three," he said.', [(0, '"One. ¶ "Two. ¶ "Three,"')]),
    "reopened in single style": ("'One.\n\n'Two,' he said.", [(0, "'One. ¶ 'Two,'")]),
    "reopened with the one inside": (
        "“He said, ‘One.\n\n“‘Two,’ he said.”",
        [(0, "“He said, ‘One. ¶ “‘Two,’ he said.”"), (1, "‘One. ¶ ‘Two,’")],
    ),
    "closed and opened anew": ("“One.”\n\n“Two,” he said.", [(0, "“One.”"), (0, "“Two,”")]),
    "not reopened": ('"One.\n\nTwo," he said.', [(0, '"One. [unclosed]')]),
    "reopened, never closed": ('"One.\n\n"Two.\n\nHe left.', [(0, '"One. ¶ "Two. [unclosed]')]),
    "after carriage returns": ("“One.\r\n\r\n“Two,” he said.\r\n", [(0, "“One. ¶ “Two,”")]),
    "reopened by another mark is another quote": (
        '"The hall was full.\n\n“Sit,” she said.',
        [(0, '"The hall was full. [unclosed]'), (0, "“Sit,”")],
    ),
    "hard-wrapped": (
        "The minister spoke to the press for an hour. “We are turning the lights on in\n"
        "places that have been dark for twenty years,” he said, “and we will not turn\n"
        "them off again because somebody who lives a long way off complains about the\n"
        "glare of it.” Then he left the room by the other door without a further word,\n"
        "as was his habit.",
        [
            (0, "“We are turning the lights on in\nplaces that have been dark for twenty years,”"),
            (
                0,
                "“and we will not turn\nthem off again because somebody who lives a long way off complains "
                "about the\nglare of it.”",
            ),
        ],
    ),
}

ODD_MARKS = {
    "unclosed to the end": ('"We go," he said. "We stay.', [(0, '"We go,"'), (0, '"We stay. [unclosed]')]),
    "unclosed, the next paragraph unharmed": (
        '"We go. \n\nHe left, "sadly", at "noon".',
        [(0, '"We go. [unclosed]'), (0, '"sadly"'), (0, '"noon"')],
    ),
    "a later opening mark ends it": (
        '"We go, said Hill. "We stay," said Jones.',
        [(0, '"We go, said Hill. [unclosed]'), (0, '"We stay,"')],
    ),
    "the same in curly": (
        "“We go, said Hill. “We stay,” said Jones.",
        [(0, "“We go, said Hill. [unclosed]"), (0, "“We stay,”")],
    ),
    "opening mark missing": ('We go," he said. "And we stay."', [(0, '"And we stay."')]),
    "no space before": ('He said,"We go." She said:"No."', [(0, '"We go."'), (0, '"No."')]),
    "no space after": ('"We go,"he said. "No,"she said.', [(0, '"We go,"'), (0, '"No,"')]),
    "no space between": ("“We go.”“We stay,” said Jones.", [(0, "“We go.”"), (0, "“We stay,”")]),
    "space inside": ("Payments are entered as “ light bills ”.", [(0, "“ light bills ”")]),
    "dashes and brackets": (
        'It was "odd"—"very odd"—and ("strange").',
        [(0, '"odd"'), (0, '"very odd"'), (0, '"strange"')],
    ),
    "marks at a dash": ('"I—" she said. "—but no," she said.', [(0, '"I—"'), (0, '"—but no,"')]),
    "dots and brackets inside": (
        'He wrote "the [mayor] lied ... often" and "…then left".',
        [(0, '"the [mayor] lied ... often"'), (0, '"…then left"')],
    ),
    "mark before the stop": ('She said "no". He said "maybe": fine.', [(0, '"no"'), (0, '"maybe"')]),
    "empty marks": ('"" and "real" and “” and \' \'.', [(0, '"real"')]),
    "marks alone": ('"', []),
    "a row of marks is ornament": ('""""""""""\n\n"We go," he said.', [(0, '"We go,"')]),
    "a menu's guillemets": ("Home » News » Politics", []),
    "code": ("Run `make` or ```make test``` first.", []),
}

NO_QUOTES = {
    "contractions": ("They don't, can't and won't; she'd've.", []),
    "curly contractions": ("They don’t, can’t and won’t; she‘d.", []),
    "names": ("O'Neill, D’Arcy and Hawai‘i in the fo'c'sle.", []),
    "plural possessives": ("The workers' and nurses' unions; the boss' car.", []),
    "curly possessives": ("The workers’ and nurses’ unions; the boss’ car.", []),
    "decades": ("In the '90s, the ’80s and the ‘70s; the class of '08.", []),
    "elisions": ("'Tis gone. Give 'em 'til noon. ’Twas ’cause of him.", []),
    "rock 'n' roll": ("Rock 'n' roll and fish ’n’ chips; ol' man, nothin' doin'.", []),
    "feet and inches": ("He is 6'3\". The room was 5' 10\" by 7' 2\".", []),
    "curly feet and inches": ("He is 6’3” and she is 5’ 4”.", []),
    "primes": ("He is 6′ 3″ tall at 41° 24′ 12″.", []),
    "screens": ('A gift of 20" and 30" screens, 3.5" disks and 12½" boards.', []),
    "possessive with a decade": ("The '60s were the workers' and nurses' best years.", []),
    "a stray closing mark": ("She went home.” Then it rained.", []),
}

MIXED = {
    "apostrophes inside single marks": (
        "'The '90s were kind to rock 'n' roll and the workers' clubs,' O'Neill said. 'Weren't they?'",
        [(0, "'The '90s were kind to rock 'n' roll and the workers' clubs,'"), (0, "'Weren't they?'")],
    ),
    "possessive inside single marks": (
        "'Our members' patience isn't a budget line,' Prewitt said.",
        [(0, "'Our members' patience isn't a budget line,'")],
    ),
    "a plural ends the quote": (
        "‘We hit the brakes’ he said. ‘Hard.’",
        [(0, "‘We hit the brakes’"), (0, "‘Hard.’")],
    ),
    "possessives beside single marks": (
        "The pupils' families wished the parents' council 'a restful Christmas'.",
        [(0, "'a restful Christmas'")],
    ),
    "a quote that begins with an elision": (
        "‘’Tis a shame,’ she said. ''Twas always so,' he said.",
        [(0, "‘’Tis a shame,’"), (0, "''Twas always so,'")],
    ),
    "single marks in an article of double ones": (
        '"We go," he said of the \'ghost jets\', the workers\' name for them. "Now."',
        [(0, '"We go,"'), (0, "'ghost jets'"), (0, '"Now."')],
    ),
    "inches inside a quote": (
        '"He is 6\'3" tall," she said. "Or so."',
        [(0, '"He is 6\'3" tall,"'), (0, '"Or so."')],
    ),
    "inches beside quotes": ('The 7" single "Tide" and the 12" mix of "Ebb".', [(0, '"Tide"'), (0, '"Ebb"')]),
    "numbers in marks": ('He scored "10" in "1984" and "9".', [(0, '"10"'), (0, '"1984"'), (0, '"9"')]),
    "nickname that drops a letter": (
        "Go, ‘Little Marco’ and ‘Lyin’ Ted.’",
        [(0, "‘Little Marco’"), (0, "‘Lyin’ Ted.’")],
    ),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(*row, id=name)
        for rows in (STYLES, NESTED, PARAGRAPHS, ODD_MARKS, NO_QUOTES, MIXED)
        for name, row in rows.items()
    ],
)
def test_marks(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text) == expected


def test_single_tells_the_style_of_each_span() -> None:
    spans = find_marks("'He said \"no\",' and «a ‹b›» and ''c'' and ‚d‘.")
    assert [(span.pieces[0].text, span.single) for span in spans] == [
        ("'He said \"no\",'", True),
        ('"no"', False),
        ("«a ‹b›»", False),
        ("‹b›", True),
        ("''c''", False),
        ("‚d‘", True),
    ]


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("“We will go,”", "We will go,"),
        ('"We will go,”', "We will go,"),
        ("‘We will go", "We will go"),
        ("« On va gagner »", "On va gagner"),
        ("''He said, 'No.'''", "He said, 'No.'"),
        ("“He told me ‘never again’", "He told me ‘never again’"),
        ("'the workers' clubs'", "the workers' clubs"),
        ("No marks at all", "No marks at all"),
        ('"Yes," I said. "No."', '"Yes," I said. "No."'),
        ('"', ""),
        ("", ""),
    ],
)
def test_unmarked_takes_off_a_pieces_own_marks_only(piece: str, words: str) -> None:
    assert unmarked(piece) == words


# --- What holds for any text -----------------------------------------------------------------------

BITS = [
    *MARKS,
    *MARKS,
    "''",
    "``",
    " ",
    " ",
    "\n\n",
    "\r\n",
    "\n",
    "\t",
    "\u00a0",
    "a",
    "We go",
    "s",
    "said",
    "6",
    "'90s",
]
BITS += [",", ".", "?", ":", "—", "-", "…", "(", "]", "é", "\u0301", "\u200b", "\U0001f600", "\u2028"]
any_text = st.one_of(st.text(), st.lists(st.sampled_from(BITS), max_size=60).map("".join))


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_exact_well_nested_spans(text: str) -> None:
    spans = find_marks(text)
    assert spans == sorted(spans, key=lambda span: span.start)
    pieces = [piece for span in spans for piece in span.pieces]
    assert all(piece.text and text[piece.start : piece.end] == piece.text for piece in pieces)
    assert len({piece.start for piece in pieces}) == len(pieces)
    assert all(piece.text[0] in MARKS and not piece.text[-1].isspace() for piece in pieces)
    for span in spans:
        assert span.pieces == tuple(sorted(span.pieces))
        assert span.depth == 0 or any(_holds(outer, span) for outer in spans if outer.depth == span.depth - 1)
    for depth in {span.depth for span in spans}:
        level = sorted(piece for span in spans if span.depth == depth for piece in span.pieces)
        assert all(a.end <= b.start for a, b in zip(level, level[1:], strict=False))


def _holds(outer: Marked, inner: Marked) -> bool:
    """Whether every piece of `inner` lies in a piece of `outer`."""
    return all(
        any(around.start < piece.start and piece.end <= around.end for around in outer.pieces)
        for piece in inner.pieces
    )


@given(any_text)
@settings(max_examples=150, deadline=None)
def test_any_span_keeps_to_its_paragraphs(text: str) -> None:
    bounds = paragraphs(text)
    ends = {end for _, end in bounds}
    for span in find_marks(text):
        for piece in span.pieces:
            assert any(start <= piece.start and piece.end <= end for start, end in bounds)
        assert all(piece.end in ends for piece in span.pieces[:-1])
        assert all(
            piece.start in {start for start, _ in bounds} for piece in span.pieces[1:] if not span.depth
        )


@given(any_text)
@settings(max_examples=100, deadline=None)
def test_unmarked_takes_any_text(text: str) -> None:
    assert unmarked(text) in text


@pytest.mark.parametrize(
    "bit", ['"', '"a ', '" ', "“‘a", "'a ", "«“‘a ", '"a\n\n', '"' + " " * 40, "a'\"", "workers' "]
)
def test_time_grows_linearly(bit: str) -> None:
    def seconds(length: int) -> float:
        text = (bit * (length // len(bit) + 1))[:length]
        start = process_time()
        find_marks(text)
        return process_time() - start

    small = min(seconds(1_000) for _ in range(3))
    large = min(seconds(10_000) for _ in range(2))
    assert large < 40 * max(small, 0.001)
