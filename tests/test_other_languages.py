"""Articles in another language than English: said so, their quotes found and checked, nobody made up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import cli
from attribution.analysis import Analysis, classify, extract, read_article
from attribution.article import Article, AttributionError
from attribution.check import check_quotes
from attribution.language import load_language
from attribution.lint import find_remarks
from attribution.stance import MODEL_NAME, Target
from attribution.stance.classifier import Stance
from attribution.tongue import Tongue, language_code, tongue_of

# Two short pieces of news a language: what was said, and a note without a quote.
NEWS = {
    "en": (
        "The harbour will close for a week, the mayor said on Tuesday. “We have no choice,” she told the "
        "council.",
        "Police said two people were hurt when a bus left the road near the old mill on Monday night.",
    ),
    "fr": (
        "Le maire a annoncé mardi que le port fermerait une semaine. « Nous n’avons pas le choix », "
        "a-t-elle dit.",
        "Deux personnes ont été blessées quand un autocar a quitté la route près du vieux moulin, selon "
        "la police.",
    ),
    "de": (
        "Der Hafen bleibt eine Woche lang zu, sagte die Bürgermeisterin. „Wir haben keine Wahl“, sagte "
        "sie im Rat.",
        "Zwei Menschen wurden verletzt, als ein Bus nahe der alten Mühle von der Straße abkam, so die "
        "Polizei.",
    ),
    "es": (
        "La alcaldesa anunció el martes que el puerto cerrará una semana. «No tenemos otra opción», dijo "
        "al consejo.",
        "Dos personas resultaron heridas cuando un autobús se salió de la carretera, según informó la "
        "policía.",
    ),
    "it": (
        "La sindaca ha annunciato che il porto chiuderà per una settimana. «Non abbiamo scelta», ha "
        "detto martedì.",
        "Due persone sono rimaste ferite quando un autobus è uscito di strada vicino al vecchio mulino.",
    ),
    "pt": (
        "A presidente anunciou na terça-feira que o porto vai fechar uma semana. «Não temos escolha», "
        "disse ela.",
        "Duas pessoas ficaram feridas quando um autocarro saiu da estrada perto do velho moinho, diz a "
        "polícia.",
    ),
    "nl": (
        "De haven gaat een week dicht, zei de burgemeester dinsdag. “We hebben geen keus,” zei ze in de "
        "raad.",
        "Twee mensen raakten gewond toen een bus bij de oude molen van de weg raakte, meldt de politie.",
    ),
    "sv": (
        "Hamnen stängs i en vecka, sade borgmästaren i tisdags. ”Vi har inget val”, sade hon till "
        "fullmäktige.",
        "Två personer skadades när en buss körde av vägen nära den gamla kvarnen, uppger polisen på "
        "måndagen.",
    ),
    "pl": (
        "Port będzie zamknięty przez tydzień, powiedziała burmistrzyni. „Nie mamy wyboru”, dodała we wtorek.",
        "Dwie osoby zostały ranne, gdy autobus wypadł z drogi w pobliżu starego młyna, podała policja.",
    ),
    "tr": (
        "Belediye başkanı salı günü limanın bir hafta kapalı kalacağını açıkladı. “Başka seçeneğimiz "
        "yok” dedi.",
        "Polise göre eski değirmenin yakınında bir otobüsün yoldan çıkması sonucu iki kişi yaralandı.",
    ),
    "fi": (
        "Satama suljetaan viikoksi, pormestari sanoi tiistaina. ”Meillä ei ole vaihtoehtoja”, hän sanoi.",
        "Kaksi ihmistä loukkaantui, kun bussi suistui tieltä vanhan myllyn lähellä, poliisi kertoi.",
    ),
    "ru": (
        "Порт закроют на неделю, сообщила во вторник мэр города. «У нас нет выбора», — сказала она совету.",
        "Два человека пострадали, когда автобус съехал с дороги у старой мельницы, сообщила полиция.",
    ),
    "uk": (
        "Порт закриють на тиждень, повідомила міська голова. «У нас немає вибору», — сказала вона раді.",
        "Двоє людей постраждали, коли автобус з’їхав з дороги біля старого млина, повідомила поліція.",
    ),
    "el": (
        "Το λιμάνι θα κλείσει για μια εβδομάδα, είπε την Τρίτη η δήμαρχος. «Δεν έχουμε επιλογή», είπε.",
        "Δύο άνθρωποι τραυματίστηκαν όταν ένα λεωφορείο βγήκε από τον δρόμο κοντά στον παλιό μύλο.",
    ),
    "ar": (
        "أعلنت رئيسة البلدية يوم الثلاثاء أن الميناء سيغلق لمدة أسبوع. وقالت أمام المجلس: «ليس لدينا خيار».",
        "أصيب شخصان عندما خرجت حافلة عن الطريق قرب الطاحونة القديمة، بحسب ما ذكرت الشرطة.",
    ),
    "zh": (
        "市长周二宣布，港口将关闭一周。“我们别无选择，”她对市议会说。码头工人随后离开了会场。",
        "警方说，一辆公共汽车星期一晚上在旧磨坊附近冲出道路，造成两人受伤，其中一人伤势严重。",
    ),
}
FRENCH = (
    "Le maire a annoncé mardi que le port fermerait pendant une semaine. « Nous n’avons pas le choix », "
    "a déclaré "
    "Ada Brook devant le conseil.\n\nLes dockers ont quitté la salle. « On ira jusqu’au bout », a dit "
    "Max Hill."
)
DANISH = "To personer kom til skade, da en bus kørte af vejen nær den gamle mølle, oplyser politiet."
SCORES = (
    "Grayhaven–Lund 2:1, Vannick–Quendira 0:0, Almira–Tamber 3:3, Bramwick–Wendlemere 1:4, Harl–Norvane 2:2"
)
ENGLISH = (
    "The harbour will close for a week, the mayor, Ada Brook, told the council on Tuesday.\n\n“We have "
    "no choice,” "
    "Brook said. The dockers left the room."
)
UNREAD = "This article is in French: its quotes are found, but who says them is not read."


def article(text: str, language: str | None = None, name: str = "a.txt") -> Article:
    return Article(text, file=name, language=language)


def code(text: str, language: str | None = None) -> str | None:
    tongue = tongue_of(article(text, language))
    return tongue.code if tongue else None


@pytest.mark.parametrize("language", NEWS)
def test_short_news_show_their_language(language):
    assert [code(text) for text in NEWS[language]] == [language, language]


@pytest.mark.parametrize(
    "text",
    [
        "Thousands marched on Sunday, shouting « On ne lâche rien ! » and « Nous voulons du travail, du "
        "pain et la "
        "paix dans nos rues, et nous ne partirons pas ! » until dusk, when the police closed the bridge.",
        "Anna Vogt told reporters: „Wir schaffen das nicht allein. Wir brauchen die Hilfe der Länder, "
        "und zwar "
        "sofort, sonst ist es zu spät für uns alle.“ Her office said on Friday that she had left for the "
        "airport.",
        "“No nos vamos a rendir, vamos a seguir luchando por nuestros hijos y por los hijos de los "
        "demás,” the "
        "mother said in Spanish as the officers led her away.",
        "\n\n".join(text for pair in zip(NEWS["en"], NEWS["fr"], strict=True) for text in pair),
    ],
    ids=["French quotes", "a German quote", "a Spanish quote longer than the rest", "in two languages"],
)
def test_an_english_article_with_foreign_quotes_and_one_in_two_languages_are_english(text):
    assert code(text) == "en"


def test_a_foreign_article_with_english_quotes_is_foreign():
    text = (
        "Le ministre a lu mardi une longue lettre de son collègue à la presse réunie devant le palais. "
        "“We have "
        "no choice, and there was never a time when we had one. They know that, and they have said so to "
        "you,” a-t-il "
        "cité, avant de quitter la salle sans répondre aux questions."
    )
    assert code(text) == "fr"


@pytest.mark.parametrize(
    ("text", "declared", "found"),
    [
        ("«On va gagner», a dit Jones.", None, None),
        ("«On va gagner», a dit Jones.", "fr-CA", Tongue("fr")),
        ("“We will go,” said Hill.", "en_GB", Tongue("en")),
        ("", None, None),
        ("12:04 — 3:2 — 17 %", "und", None),
        (FRENCH, "fr", Tongue("fr")),
        (FRENCH, "en-US", Tongue("fr", declared="en")),
        (ENGLISH, "fr", Tongue("en", declared="fr")),
        (ENGLISH, "not a tag", Tongue("en")),
        (NEWS["sv"][0], "sv-SE", Tongue("sv")),
        (DANISH, None, Tongue("da")),
        (DANISH, "nb", Tongue("nb")),  # so near that a text as short does not contradict its source
        (SCORES, None, None),
        (SCORES, "en", Tongue("en")),
    ],
)
def test_the_declared_language_holds_unless_the_text_shows_another(text, declared, found):
    assert tongue_of(article(text, declared)) == found


def test_what_a_person_says_goes_before_source_and_text():
    for text, declared in ((FRENCH, None), (FRENCH, "fr"), ("“Non,” said Hill.", "de"), (SCORES, None)):
        said = Article(text, file="a.txt", language=declared, read_as="en")
        assert tongue_of(said) == Tongue("en")
        assert not read_article(said).unread and read_article(said).note is None
    said = Article(ENGLISH, file="a.txt", read_as="fr")
    assert (tongue_of(said), read_article(said).unread, read_article(said).note) == (
        Tongue("fr"),
        True,
        UNREAD,
    )


@pytest.mark.parametrize(
    ("said", "code"), [("en", "en"), ("EN ", "en"), ("French", "fr"), ("norwegian  bokmål", "nb")]
)
def test_a_language_is_named_by_its_code_or_its_english_name(said, code):
    assert language_code(said) == code


@pytest.mark.parametrize("said", ["", "zz", "eng", "français", "en-GB", "\x1b[31m", "a" * 1000])
def test_what_is_no_language_is_refused(said):
    with pytest.raises(AttributionError, match="is no language. Write its ISO 639-1 code"):
        language_code(said)


def test_two_thousand_articles_show_their_language_in_no_time():
    texts = [f"{ENGLISH * 20}\n\n{number}" for number in range(2000)]
    assert len(texts[0]) > 2000
    began = time.process_time()
    assert {code(text) for text in texts} == {"en"}
    assert time.process_time() - began < 2


def test_what_is_declared_wrongly_is_told():
    (note,) = extract([article(FRENCH, "en-US")]).notes
    assert note[1] == f"{UNREAD[:-1]}, though its source declares it to be in English."
    (note,) = extract([article(ENGLISH, "fr")]).notes
    assert note[1] == "This article is in English and read so, though its source declares it to be in French."


def test_the_language_is_the_same_each_time():
    texts = [text for pair in NEWS.values() for text in pair]
    assert [code(text) for text in texts] == [code(text) for text in reversed(texts)][::-1]


@given(st.text(max_size=300), st.none() | st.text(max_size=8))
def test_any_text_has_a_language_or_none(text, declared):
    tongue = tongue_of(article(text, declared))
    assert tongue is None or tongue.code and tongue.note("en") is not None


# --- the analysis ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both() -> Analysis:
    """A French and an English article, analysed together."""
    return extract([article(FRENCH, name="fr.txt"), article(ENGLISH, name="en.txt")])


def test_the_quotes_of_a_french_article_are_found_and_nobody_is_made_up(both):
    quotes = [quote for quote in both.quotes if quote.article.file == "fr.txt"]
    assert [quote.quote.pieces[0].text for quote in quotes] == [
        "« Nous n’avons pas le choix »",
        "« On ira jusqu’au bout »",
    ]
    for quote in quotes:
        record = next(quote.records())
        assert quote.unread and not quote.alternatives
        assert (record["speaker"], record["speaker_type"], record["speaker_description"]) == (
            None,
            "unnamed",
            None,
        )
        assert (record["mention"], record["cue"], record["role"]) == (None, None, None)
        assert (record["evidence"], record["confidence"]) == (UNREAD, 0.0)


def test_the_analysis_says_it_and_the_english_article_beside_it_is_read(both):
    assert both.notes == ((both.articles[0].id, UNREAD),)
    (quote,) = [quote for quote in both.quotes if quote.article.file == "en.txt"]
    assert (quote.name, quote.unread) == ("Ada Brook", False)
    assert [person.name for person in both.people] == ["Ada Brook"]


@pytest.mark.parametrize("language", sorted(NEWS.keys() - {"en"}))
def test_a_quote_is_found_in_every_language(language):
    text = NEWS[language][0]
    (quote,) = extract([article(text)]).quotes
    assert quote.unread and text[quote.quote.start : quote.quote.end] == quote.quote.pieces[0].text
    assert quote.evidence.startswith("This article is in ") and language not in quote.evidence.split()


def test_lint_does_not_ask_for_a_name_that_may_stand_there(both):
    assert [remark.kind for remark in find_remarks(both.articles[0], both.quotes)] == []


def test_quotes_are_checked_against_a_source_in_another_language():
    source = article(FRENCH, name="fr.txt")
    draft = article(
        "“On ira jusqu’au bout,” Max Hill told the council. “Nous n’avons pas de choix,” she said.", name="d"
    )
    good, altered = check_quotes(draft, [source])
    assert (good.verdict, altered.verdict) == ("verbatim", "altered")
    assert good.warnings == (UNREAD,)


# --- the stance ------------------------------------------------------------------------------------


class Supporting:
    """A classifier that finds support everywhere, and keeps what it was asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[str] = []

    def stream(self, quotes, target):
        self.asked += [quote.text for quote in quotes]
        return (Stance(target.name, "support", "support", 1.0, 1.0, self.name) for _ in quotes)


def test_the_english_model_is_not_asked_about_a_french_quote(both):
    classifier, seen = Supporting(MODEL_NAME), []
    rated = classify(
        both, [Target("the closure")], classifier=classifier, progress=lambda *p: seen.append(p[:2])
    )
    assert classifier.asked == ["We have no choice,"]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    stances = [quote.stances for quote in rated.quotes]
    assert [[stance.label for stance in each] for each in stances] == [["unsure"], ["unsure"], ["support"]]
    assert (stances[0][0].score, stances[0][0].confidence) == (0.0, 0.0)
    assert stances[0][0].doubts == (
        "The article is in French, and the model reads English: it was not asked.",
    )
    assert rated.notes == both.notes


def test_another_model_may_read_french_and_is_asked(both):
    rated = classify(both, [Target("the closure")], classifier=Supporting("many-tongues"))
    assert [stance.label for quote in rated.quotes for stance in quote.stances] == ["support"] * 3


# --- another pipeline, and the command line --------------------------------------------------------


@pytest.mark.parametrize(("reads", "unread"), [("fr", {"en.txt"}), ("xx", set())])
def test_a_pipeline_of_the_articles_language_attributes_as_asked(monkeypatch, reads, unread):
    nlp = load_language()
    nlp.lang = reads
    monkeypatch.setattr("attribution.analysis._pipeline", lambda name: nlp)
    found = extract([article(FRENCH, name="fr.txt"), article(ENGLISH, name="en.txt")], language="named")
    assert {quote.article.file for quote in found.quotes if quote.unread} == unread
    assert len(found.notes) == len(unread)


def test_the_command_says_it_once_on_standard_error(tmp_path: Path, capsys):
    for name, text in (("fr.txt", FRENCH), ("en.txt", ENGLISH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in (["extract"], ["lint"], ["check", str(tmp_path / "en.txt"), "--sources"]):
        with pytest.raises(SystemExit):
            cli.main([*command, str(tmp_path)])
        told = capsys.readouterr().err
        wanted = f"attribution: {tmp_path / 'fr.txt'}: {UNREAD}\n"
        assert told.count(wanted) == (command[0] != "check") and "en.txt" not in told
    (tmp_path / "draft.txt").write_text("“On ira jusqu’au bout,” Hill said.", encoding="utf-8")
    with pytest.raises(SystemExit):
        cli.main(["check", str(tmp_path / "draft.txt"), "--sources", str(tmp_path / "fr.txt")])
    assert capsys.readouterr().err == f"attribution: {tmp_path / 'fr.txt'}: {UNREAD}\n"
