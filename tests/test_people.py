"""People: printed names compared, one article's names and references, the ledger over articles."""

from __future__ import annotations

import pytest

from attribution.article import Span
from attribution.people import ArticleSpeakers, Ledger, Speaker, build_ledger, names_in, person_id, resolve
from attribution.people import entries as entries_module
from attribution.people.named import ArticleNames, Name
from attribution.people.names import NameParts, acronyms, compare_names, parse_name, slips
from attribution.people.nominals import description_of
from attribution.people.readings import Resolution
from attribution.quotes import Quote
from attribution.speakers import Attribution


def likeness(a: str, b: str) -> str:
    return compare_names(parse_name(a), parse_name(b))


# Names, without a model


@pytest.mark.parametrize(
    ("printed", "titles", "given", "surname"),
    [
        ("Gov. Walz", ("Gov.",), (), "walz"),
        ("Minneapolis Mayor Jacob Frey", ("Minneapolis", "Mayor"), ("jacob",), "frey"),
        (
            "White House Press Secretary Karoline Leavitt",
            ("White", "House", "Press", "Secretary"),
            ("karoline",),
            "leavitt",
        ),
        ("J. R. Smith", (), ("j", "r"), "smith"),
        ("J.R. Smith's", (), ("j", "r"), "smith"),
        ("Maarten van der Berg", (), ("maarten",), "van der berg"),
        ("CLLR OKORO", ("CLLR",), (), "okoro"),
        ("Dean Whitlock", (), ("dean",), "whitlock"),
        ("Oona Reyes-Lund Jr.", (), ("oona",), "reyes-lund"),
    ],
)
def test_a_printed_name_is_taken_apart(
    printed: str, titles: tuple[str, ...], given: tuple[str, ...], surname: str
) -> None:
    parts = parse_name(printed)
    assert (parts.titles, parts.given, parts.surname) == (titles, given, surname)


def test_the_name_never_holds_its_title() -> None:
    assert parse_name("Gov. Walz").plain == "Walz"
    assert parse_name("Dale “Duke” Marlow").plain == "Dale Marlow"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jaocb Frey", "Jacob Frey"),
        ("Greta Halvorsen", "Greta Halvorson"),
        ("José Muñarriz", "Jose Munariz"),
        ("Imelda Faulk", "Imelda Falk"),
    ],
)
def test_a_slip_of_the_pen_is_a_misspelling(a: str, b: str) -> None:
    assert likeness(a, b) == "misspelt"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tom Homan", "Border Czar Tom Homan"),
        ("J. R. Smith", "Joan Smith"),
        ("Bill Tanner", "William J. Tanner"),
        ("Zoë Årdal", "Zoe Ardal"),
        ("MR P. OKORO", "Peter Okoro"),
        ("Okoro", "Peter Okoro"),
    ],
)
def test_initials_nicknames_accents_and_short_forms_agree(a: str, b: str) -> None:
    assert likeness(a, b) == "same"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nadia Oakes", "Ruben Oakes"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Maria Lopez", "Mario Lopez"),
        ("John A. Reed", "John B. Reed"),
        ("Tom Hall", "Tom Hill"),
        ("Mr. Pym", "Ms. Pym"),
        ("Paul Baker Jr.", "Paul Baker Sr."),
    ],
)
def test_namesakes_stay_apart(a: str, b: str) -> None:
    assert likeness(a, b) == "different"


def test_a_swap_of_neighbours_is_one_slip() -> None:
    assert slips("jaocb", "jacob") == 1
    assert slips("kitten", "sitting") == 3


def test_acronyms_of_a_body() -> None:
    assert "dhs" in acronyms("Department of Homeland Security")
    assert "imf" in acronyms("International Monetary Fund")


def test_a_description_is_the_texts_own_words() -> None:
    assert description_of("A Trump confidant,") == "a Trump confidant"


# The ledger, without a model


def name(printed: str, *forms: str, type: str = "person", roles: tuple[str, ...] = ()) -> Name:
    """A name of an article whose text does not matter."""
    spans = tuple(Span(100 * i, 100 * i + len(form), form) for i, form in enumerate((printed, *forms)))
    return Name(
        printed, type, spans, tuple(Span(0, len(role), role) for role in roles), parse_name(printed).gender
    )


def said_by(*numbers: int) -> Resolution:
    return Resolution("person", "", 0.9, tuple(numbers))


def ledger_of(*articles: tuple[Name, ...]) -> Ledger:
    """The ledger of articles in which every name says one quote."""
    return build_ledger(
        [
            ArticleSpeakers(f"a{i}", ArticleNames(names), tuple(said_by(n) for n in range(len(names))))
            for i, names in enumerate(articles)
        ]
    )


def speakers(ledger: Ledger) -> list[list[str | None]]:
    return [[s.person.name if s.person else None for s in article] for article in ledger.speakers]


def test_a_misspelt_name_is_one_person_and_is_noted() -> None:
    ledger = ledger_of((name("Jaocb Frey"),), (name("Jacob Frey"),))
    assert speakers(ledger) == [["Jacob Frey"], ["Jacob Frey"]]
    assert ledger.people[0].misspellings == ("Jaocb Frey",)


def test_likely_slips_with_unlike_roles_stay_two_people() -> None:
    ledger = ledger_of(
        (name("Rosa Harper", roles=("judge",)),), (name("Rosa Harker", roles=("goalkeeping coach",)),)
    )
    assert speakers(ledger) == [["Rosa Harper"], ["Rosa Harker"]]


def test_the_spelling_that_most_articles_use_is_canonical() -> None:
    ledger = ledger_of((name("Greta Halvorsen"),), (name("Greta Halvorson"),), (name("Greta Halvorson"),))
    assert speakers(ledger) == [["Greta Halvorson"]] * 3


def test_a_surname_joins_the_one_full_name_that_bears_it() -> None:
    assert speakers(ledger_of((name("Frey"),), (name("Jacob Frey"),))) == [["Jacob Frey"], ["Jacob Frey"]]


def test_a_surname_that_two_people_bear_joins_neither() -> None:
    ledger = ledger_of((name("Oakes"),), (name("Nadia Oakes"), name("Ruben Oakes")))
    assert speakers(ledger)[0] == ["Oakes"]


def test_a_role_tells_which_of_two_namesakes_is_meant() -> None:
    ledger = ledger_of(
        (name("Oakes", roles=("sheriff",)),),
        (name("Nadia Oakes", roles=("a lawyer",)), name("Ruben Oakes", roles=("county sheriff",))),
    )
    assert speakers(ledger)[0] == ["Ruben Oakes"]


def test_a_surname_alone_stays_a_surname() -> None:
    ledger = ledger_of((name("Walz", roles=("Gov.",)),))
    assert speakers(ledger) == [["Walz"]]
    assert ledger.people[0].role == "governor"


def test_a_person_keeps_the_same_id_on_every_run() -> None:
    ledger = ledger_of((name("Tom Homan"),))
    assert (
        ledger.people[0].id
        == person_id("Tom Homan", "person")
        == ledger_of((name("Tom Homan"),)).people[0].id
    )


def test_an_acronym_joins_its_body_across_articles() -> None:
    ledger = ledger_of(
        (name("DHS", type="organisation"),), (name("Department of Homeland Security", type="organisation"),)
    )
    assert speakers(ledger) == [["Department of Homeland Security"]] * 2


def test_joint_speakers_are_one_group() -> None:
    names = ArticleNames((name("Bea Wimmer"), name("Flo Wimmer")))
    ledger = build_ledger([ArticleSpeakers("a", names, (Resolution("group", "", 0.9, (0, 1)),))])
    assert speakers(ledger) == [["Bea Wimmer; Flo Wimmer"]]
    assert ledger.speakers[0][0].type == "group"


def test_an_unnamed_speaker_stays_unnamed() -> None:
    names = ArticleNames((name("Tom Homan"),))
    resolution = Resolution("unnamed", "", 0.8, description="a homeless man")
    speaker = build_ledger([ArticleSpeakers("a", names, (resolution,))]).speakers[0][0]
    assert speaker == Speaker(None, "unnamed", "a homeless man", None, 0.8, "")


def test_another_articles_role_names_an_unnamed_speaker() -> None:
    told = ArticleNames((name("Rosa Quint", roles=("a cannery worker",)),))
    bare = ArticleNames((name("Rosa Quint"),))
    unnamed = Resolution("unnamed", "", 0.6, description="the cannery worker")
    ledger = build_ledger([ArticleSpeakers("a", told, ()), ArticleSpeakers("b", bare, (unnamed,))])
    assert speakers(ledger) == [[], ["Rosa Quint"]]
    assert ledger.speakers[1][0].evidence.startswith("“the cannery worker” is Rosa Quint: another article")


def test_a_merge_says_why() -> None:
    ledger = ledger_of((name("Jaocb Frey", roles=("mayor",)),), (name("Jacob Frey", roles=("mayor",)),))
    assert ledger.people[0].reasons == (
        "“Jacob Frey” is spelt almost like “Jaocb Frey” and has the same role.",
    )


def test_what_keeps_two_people_apart_is_told() -> None:
    ledger = ledger_of(
        (name("Rosa Harper", roles=("judge",)),), (name("Rosa Harker", roles=("goalkeeping coach",)),)
    )
    assert [person.reasons for person in ledger.people if person.name == "Rosa Harker"] == [
        ("“Rosa Harker” is spelt almost like “Rosa Harper”, but no role of theirs is the same: kept apart.",)
    ]


def test_a_surname_that_fits_two_says_so() -> None:
    ledger = ledger_of((name("Oakes"),), (name("Nadia Oakes"), name("Ruben Oakes")))
    assert [person.reasons for person in ledger.people if person.name == "Oakes"] == [
        ("“Oakes” could be “Nadia Oakes” or “Ruben Oakes”: kept apart, as nothing tells which.",)
    ]


def test_a_surname_that_one_bears_says_so() -> None:
    ledger = ledger_of((name("Frey"),), (name("Jacob Frey"),))
    assert ledger.people[0].reasons == ("“Frey” alone: nobody else in the articles is called so.",)


def test_a_role_is_told_with_its_article() -> None:
    ledger = ledger_of(
        (name("Tom Homan", roles=("border czar",)),), (name("Tom Homan", roles=("director",)),)
    )
    assert ledger.people[0].roles == (("border czar", "a0"), ("director", "a1"))


def test_a_shortened_document_joins_its_full_name() -> None:
    ledger = ledger_of(
        (name("Environmental Statement", type="document"),),
        (name("Third Pier Environmental Statement", type="document"),),
    )
    assert speakers(ledger) == [["Third Pier Environmental Statement"]] * 2


def test_many_names_are_compared_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "bdfgklmnprst"
    surnames = [f"{a}ar{b}on{a}{b}e".capitalize() for a in letters for b in letters]
    calls: list[tuple[str, str]] = []
    compare = entries_module.compare_names

    def counted(a: NameParts, b: NameParts) -> str:
        calls.append((a.plain, b.plain))
        return compare(a, b)

    monkeypatch.setattr(entries_module, "compare_names", counted)
    ledger_of(*((name(f"{given} {surname}"),) for surname in surnames for given in ("Ada", "Boris")))
    assert len(calls) < 5 * 2 * len(surnames)


# References, with the trained pipeline


@pytest.fixture(scope="session")
def nlp():
    from attribution.language import load_language

    return load_language()


def read(nlp, text: str, *mentions: str) -> list[str | None]:
    """Who the `mentions` of `text` are; "^" before a mention means its last place, else its first."""
    quotes, attributions = [], []
    pieces = _pieces(text)
    for piece in pieces:
        quotes.append(Quote((piece,), "direct"))
        attributions.append(Attribution(None, None, "", 1.0))
    for mention in mentions:
        start = text.rindex(mention[1:]) if mention.startswith("^") else text.index(mention)
        span = Span.of(text, start, start + len(mention.lstrip("^")))
        quotes.append(Quote((Span.of(text, 0, 1),), "nested"))
        attributions.append(Attribution(span, None, "", 1.0))
    doc = nlp(text)
    names = names_in(doc, [a.mention for a in attributions if a.mention])
    resolutions = resolve(doc, names, quotes, attributions)
    ledger = build_ledger([ArticleSpeakers("a", names, tuple(resolutions))])
    return [s.person.name if s.person else None for s in ledger.speakers[0][len(pieces) :]]


def _pieces(text: str) -> list[Span]:
    from attribution.marks import find_marks

    return [piece for mark in find_marks(text) for piece in mark.pieces]


CASES = {
    "a title before a surname": (
        "Mayor Ines Calloway opened the bridge. “It will hold,” Calloway said.",
        {"^Calloway": "Ines Calloway"},
    ),
    "a pronoun is the subject before it": (
        "Victor Lang spoke to Peter Moss on Friday. “We are ready,” he said.",
        {"^he": "Victor Lang"},
    ),
    "a pronoun agrees in gender": (
        "Susan Bright met Mark Dole at the harbour. “He was late,” she said.",
        {"^she": "Susan Bright"},
    ),
    "a nominal by its apposition": (
        "Paul Renner, the county sheriff, met Alice Dunn, a baker. “We need help,” the sheriff said.",
        {"^the sheriff": "Paul Renner"},
    ),
    "a nominal by its title": (
        "Gov. Laura Stein signed the bill. Mike Hart opposed it. “It is law now,” the governor said.",
        {"^the governor": "Laura Stein"},
    ),
    "a state in brackets": (
        "Sen. Anna Cole (R-Fla.) met Sen. John Webb (D-Ohio). “We agree,” the Florida senator said.",
        {"the Florida senator": "Anna Cole"},
    ),
    "an indefinite nominal stays unnamed": (
        "Tom Barker left early. “Nobody told us,” said a homeless man.",
        {"a homeless man": None},
    ),
    "an unnamed one met again stays unnamed": (
        "A freight loader, who asked not to be named, watched Karl Ebner. “It was quiet,” the loader said.",
        {"the loader": None},
    ),
    "a body's confidant is not the person": (
        "Karl Ebner resigned. “He is tired,” said an Ebner confidant.",
        {"an Ebner confidant": None},
    ),
    "the agency is the body of that name": (
        "The Federal Harbour Office closed the port. “It is not safe,” the office said.",
        {"the office": "Federal Harbour Office"},
    ),
    "namesakes are told apart by title": (
        "Nora Fenn, a lawyer, sued. Sheriff Otto Fenn, no relation, laughed. “Come on,” said Sheriff Fenn.",
        {"^Sheriff Fenn": "Otto Fenn"},
    ),
    "a couple shares a surname": (
        "“We heard it,” said Owen and Clara Birk, who live nearby.",
        {"Owen and Clara Birk": "Owen Birk; Clara Birk"},
    ),
    "twins share a surname": (
        "Twins Bea and Flo Wimmer watched. “About time,” the sisters said.",
        {"the sisters": "Bea Wimmer; Flo Wimmer"},
    ),
    "a couple of whom one is cut off": (
        "“We heard it,” said Owen and Clara Birk, who live nearby.",
        {"Owen": "Owen Birk; Clara Birk", "Clara Birk": "Owen Birk; Clara Birk"},
    ),
    "initials stay whole": ("“We will go,” said J. R. Smith.", {"J. R. Smith": "J. R. Smith"}),
    "a name given just after": (
        "“I want my son,” the woman at the gate told us. Her name is Clara Boll.",
        {"the woman at the gate": "Clara Boll"},
    ),
    "a relative pronoun follows its name": (
        "Peter Lund, who called the plan “a joke”, walked out.",
        {"who": "Peter Lund"},
    ),
    "a former post before the name": (
        "“I was wrong,” said former police chief Dana Marsh.",
        {"former police chief Dana Marsh": "Dana Marsh"},
    ),
    "a dash before the signature": (
        "“It protects everyone.” -Commissioner Ida Brandt",
        {"Commissioner Ida Brandt": "Ida Brandt"},
    ),
    "a headline's surname": ("‘We will win’: Jones defends budget", {"Jones": "Jones"}),
    "a report by two bodies": (
        "A study released by the Harbour League and the Coastal Trust shook the port. “The fleet is ageing,” "
        "the study says. The mayor shrugged. “It will shrink,” the report adds.",
        {
            "^the study": "Harbour League and Coastal Trust study",
            "the report": "Harbour League and Coastal Trust study",
        },
    ),
    "a body's own rules": (
        "The Labour Party met on Monday. A vote needs “two thirds of all members”, the party’s rules say.",
        {"the party’s rules": "Labour Party rules"},
    ),
    "a video taken up as the clip": (
        "A web video by the Harbour League attacks Mayor Ines Calloway. The clip says she “sold the pier”.",
        {"The clip": "Harbour League web video"},
    ),
    "a document that nobody is named for": (
        "An internal memo went round on Friday. “Say nothing,” the memo advised.",
        {"the memo": None},
    ),
    "a court's ruling": (
        "The Corley County Court threw out the case on Friday. “The law is plain,” said the ruling.",
        {"the ruling": "Corley County Court ruling"},
    ),
    "a report named only further down": (
        "“Prices will fall,” the report says. The report by the Harbour League came out on Monday.",
        {"the report": "Harbour League report"},
    ),
    "it is the report that spoke": (
        "A Harbour League report came out. “The fleet is ageing,” the report says. "
        "“It will shrink,” it adds.",
        {"^it": "Harbour League report"},
    ),
    "the authors of a report": (
        "The authors of the report, which include the Harbour League and the Coastal Trust, "
        "call it “a start”.",
        {"The authors of the report": "Harbour League; Coastal Trust"},
    ),
    "a statement is its giver's words": (
        "“We regret it,” a statement by the Harbour League said.",
        {"a statement": "Harbour League"},
    ),
    "a wife named after the comma": (
        "Dennis Okoro left the court in silence. His wife, Rosalind, wept. “He is innocent,” she said.",
        {"^she": "Rosalind Okoro"},
    ),
    "a niece with a title and a nickname": (
        "Peter Lang stood by. “He will win,” said Lang’s niece, state Sen. Martha “Mimi” Price.",
        {"Lang’s niece": "Martha Price"},
    ),
    "a writer's father named later": (
        "By Clara Boll\n\n“Trust nobody,” my father often said.\n\nMy parents, Anton and Vera Boll, "
        "kept goats. “Trust the goats,” my mother said.",
        {"my father": "Anton Boll", "my mother": "Vera Boll"},
    ),
    "another one's father is not mine": (
        "Anton Boll, a father of two, fell ill. “Trust nobody,” my father often said.",
        {"my father": None},
    ),
    "the writer by the byline": (
        "By Clara Boll\n\nThe ferry was late again. I told the captain “never mind”.",
        {"I": "Clara Boll"},
    ),
    "the writer by the note at the end": (
        "The ferry was late again. I told the captain “never mind”.\n\n"
        "Clara Boll is a columnist for the Courant.",
        {"I": "Clara Boll"},
    ),
    "a letter's signature": (
        "LETTERS\n\nThe ferry is late. I say “enough”.\n\nClara Boll, Corley\n\nThe ferry is fine. "
        "I say “more”.\n\nOtto Fenn, Haddow",
        {"I": "Clara Boll", "^I": "Otto Fenn"},
    ),
    "a writer without a byline stays unnamed": (
        "The ferry was late again. I told the captain “never mind”.",
        {"I": None},
    ),
    "a mention cut short of its name": (
        "“It was cold,” said harbour widow Nelda Strand.",
        {"harbour widow": "Nelda Strand"},
    ),
    "a title cut short of its name": (
        "Secretary of State Helen Rowe called it “a start”.",
        {"Secretary": "Helen Rowe"},
    ),
    "a given name without a label in a list": (
        "The singers were Patti Lane and Stevie Bloom, who joked of “an empty hall”.",
        {"who": "Stevie Bloom"},
    ),
    "a relative pronoun after a noun": (
        "Karl Ebner looked on. A shop owner who did not want to be named spoke of “ruin”.",
        {"who": None},
    ),
    "a relative pronoun after a party": (
        "Peter Lund (D-Ohio), who called the plan “a joke”, walked out.",
        {"who": "Peter Lund"},
    ),
    "they are the two named together": (
        "Critics like Senators Ann Grady, Democrat of Ohio, and Paul Lerner, Republican of Iowa, wrote to "
        "the Senate. “It must end,” they wrote.",
        {"^they": "Ann Grady; Paul Lerner"},
    ),
    "the vice nominee is not the nominee": (
        "The Democratic nominee, Carl Dunn, rested. Vice presidential nominee Rolf Stein spoke. "
        "“We will win,” the vice presidential nominee said.",
        {"the vice presidential nominee": "Rolf Stein"},
    ),
    "a panel's chairman is no panel": (
        "“Summons are not optional,” said panel Chairman Rep. Jason Marsh (R-Utah).",
        {"Rep. Jason Marsh": "Jason Marsh"},
    ),
    "a dateline is no speaker": (
        "CORLEY, June 2 (Sea Wire) - Tom Barker resigned. “I am tired,” Barker said.",
        {"^Barker": "Tom Barker"},
    ),
    "a possessive that looks ahead": (
        "Vera Moss wept. In her book, Clara Boll was calm. “I had no fear,” she wrote.",
        {"^she": "Clara Boll"},
    ),
    "a reader who gives a name": (
        "“Can I bring my goat?” asked a reader who signed off as Duke. Mayor Ines Calloway laughed.",
        {"a reader": "Duke"},
    ),
    "a numbered channel is no person": (
        "Channel 6 was there at dawn. “My son is sixteen,” the woman at the gate said.",
        {"the woman": None},
    ),
    "an editor's headline in capitals": (
        "MINISTRY OF WORKS DENIES DELAY\n\nThe Ministry of Works denied it. “Nonsense,” the ministry said.",
        {"the ministry": "Ministry of Works"},
    ),
    "the one introduced last speaks": (
        "While Dunn had many songs sung about him, that worries Henry Castell, president of the "
        "Coastal Club. “Nobody sings now,” he said.",
        {"^he": "Henry Castell"},
    ),
    "the woman who leads the talks": (
        "“We walked out,” said the woman leading the talks for the union, Camille Brandt, on Monday.",
        {"the woman": "Camille Brandt"},
    ),
    "a post with of before the name": (
        "“No comment,” said Secretary of State Helen Rowe.",
        {"Secretary of State Helen Rowe": "Helen Rowe"},
    ),
}


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_a_mention_is_read(nlp, case: str) -> None:
    text, expected = CASES[case]
    assert dict(zip(expected, read(nlp, text, *expected), strict=True)) == expected


@pytest.mark.model
def test_no_text_breaks_the_reading(nlp) -> None:
    for text in (
        "",
        " ",
        "“”",
        "Mr.",
        "— ‘’",
        "\r\n\r\n",
        "MR",
        "of the",
        "‘X’ said Y of Z’s W.",
        "🙂 said, “no”",
    ):
        doc = nlp(text)
        names = names_in(doc)
        quotes = [Quote((Span.of(text, 0, len(text)),), "direct")] if text else []
        resolve(doc, names, quotes, [Attribution(Span.of(text, 0, len(text)), None, "", 1.0)] * len(quotes))
