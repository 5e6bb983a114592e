"""The page's words: one word for one thing in every picture, card, filter and help text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attribution.stance import is_claim
from attribution.tongue import tongue_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.article import Article
    from attribution.stance import Stance


STANCES = {"oppose": "Critical", "neutral": "Neutral", "support": "Supportive", "unsure": "Unsure"}
CERTAINTIES = {"sure": 0.8, "likely": 0.5, "doubtful": 0.0}
UNNAMED = "Nobody named"
NOT_READ = "not read"
FEW = 5  # below so many quotes a speaker's share says little

HELP = {
    "target": "The operation or policy that the stances are about. Type a name and press Enter. A claim "
    "is possible too: “the surge made the city safer”. Of several, one is shown at a time, and a picture "
    "holds them side by side.",
    "about": "A few words on what it is, for a name that does not say so itself: "
    "“immigration enforcement in Minneapolis”.",
    "alias": "Other names that the articles use for it, with commas between. A quote that uses one is "
    "read under that name.",
    "stance": "How critical or supportive the quoted words are of the operation, as a language model "
    "reads them: −1 is wholly critical, +1 wholly supportive. It is about the words, not the person.",
    "unsure": "The model is not sure enough to say. The likeliest reading is on the quote's card, with the "
    "reason of doubt.",
    "why": "Reads the quote again without each of its words, and marks those that the stance hangs on.",
    "confidence": "How likely it is that this speaker said the words: sure from 0.8, likely from 0.5, "
    "doubtful below.",
    "stance_confidence": "How sure the model is of the stance, from 0 to 1. Under its threshold the label is "
    "unsure.",
    "agreement": "Whether the model gives one answer when it is asked for support and for opposition, in all "
    "the wordings that it is asked in, and by how far.",
    "reason": "The words around the quote that tie it to its speaker.",
    "runner_up": "Who else could have said it, the likeliest first, with how likely that is.",
    "cue": "The word that reports the speech: “said”, “according to”.",
    "place": "Where the words stand in the article's text, counted in characters from its first one, which "
    "is 0; with the page or the time of the recording where the text has them.",
    "unattributed": "The article names no speaker for these words, or describes one without a name "
    "(“a resident”).",
    "unread": "The article is in another language than English. Its quotes are found, but neither who says "
    "them nor their stance is read; they count as unattributed and unsure.",
    "picture": "Dots: every quote by its speaker and stance. Balance: how often each speaker was critical "
    "or supportive. Outlets: whom each outlet quotes. Time: quotes by date. Share of voice: words quoted. "
    "New and missing: whom only one outlet quotes, whom it leaves out, who is new.",
    "download": "The quotes that pass the filters, as files. A file is made when you click it.",
    "source": "One article at a time, exactly as it was read: not a character is changed. Every quote in it "
    "is marked.",
    "shown": "Of the operations asked about, the one that the pictures, figures and filters are about now.",
    "speaker": "Only these speakers' quotes. Who is named in several ways is one speaker. “Nobody named” has "
    "the quotes that the article gives no speaker for.",
    "in": "Only the quotes of these articles.",
    "score": "From −1, wholly critical, over 0 to +1, wholly supportive, as a language model reads the "
    "words.",
    "wording": "Changed words: a wording has other words than the fullest one. Words left out: a wording is "
    "cut.",
    "order": "The order in which the remarks stand.",
    "kind": "Direct: a clause or more. Partial: a fragment in the reporter's sentence. Scare: one or two "
    "words set off. Headline, nested (a quote in a quote), block and transcript say where it stands.",
    "more_sources": "They are loaded beside the articles, for you alone: they stand in the sidebar, and the "
    "other pages show their quotes too. They stay on this computer and go away with this browser tab.",
    "add_files": "Text, web pages, PDF, Word, OpenDocument, RTF, e-mails, subtitles, transcripts, tables "
    "(CSV, JSON, Parquet), feeds, web archives, exports of LexisNexis, ProQuest and Factiva, and ZIPs of "
    "these. Up to 50 MB a file, 5 MB a text or web page.",
    "columns": "Each row is an article: which column holds its text, its title and so on. What the columns' "
    "names do not tell is left out until you choose it.",
    "add_links": "Web pages and feeds. A page behind a pay-wall, or written by a script, may give no text: "
    "save it in your browser and add the file.",
    "metadata": "What the files say of themselves. Click a cell and type to mend it, Enter keeps it: "
    "pictures, time line, citations and downloads follow at once.",
    "field_file": "✎ stands before what you mended by hand.",
    "field_outlet": "Who published it. Articles of one outlet stand together in the pictures.",
    "field_published": "The day it was published: 2026-02-04, or February 4, 2026.",
    "field_url": "Where it was published, https://… in full.",
    "mended": "What you mended by hand. It is seen by you alone, until you take it back.",
    "quotes_known": "Empty until the articles are analysed: open Who said what.",
    "field_read_as": "What the article is written in, as its text shows; empty where that is too little. "
    "Write it where it is wrong: English, or en.",
    "other_language": "Their quotes are found, but who says them is not read.",
    "copies": "Articles that tell the same in the same words: wire copy that several outlets ran, or one "
    "article at different times. Counted each time, their quotes weigh more than anybody meant.",
    "articles_toml": "What you mended, as a file: put it beside the articles, and everybody who opens them "
    "has it.",
    "download_briefing": "The sheet, its pictures and the quotes chosen for it, as files. A file is made "
    "when you click it.",
    "briefing": "A sheet of quotes and pictures, on the page Briefing: to show, print and take away.",
    "pictures": "Of the quotes that pass the filters, drawn as on Who said what, in light colours.",
    "format": "Landscape is 1920 × 1080, square 1080 × 1080 dots; A4 is for paper.",
    "title": "What the sheet is called. Empty: what the pictures are about.",
    "note": "What your readers have to know. It is in the address too: whoever has the link reads it.",
    "alone": "The sheet and nothing else, in its own size, for a screenshot. Close it with the button that "
    "appears in its corner when you point there or press Tab.",
    "speakers": "Named people, organisations, documents and groups.",
    "quotes": "Everything in quotation marks that somebody said or wrote; titles and nicknames are left out.",
    "remarks": "Words of one speaker that at least two articles quote, the same or nearly the same.",
    "cut": "Outlets with a wording that leaves out words of the fullest one. To cut is no error.",
    "changed": "Outlets with a wording that has other words than the fullest one, though it stands in "
    "quotation marks. Which of them is right, only the recording knows.",
}


def certainty(confidence: float) -> str:
    """`confidence` (0...1) in a word.

    >>> [certainty(p) for p in (0.95, 0.8, 0.79, 0.2)]
    ['sure', 'sure', 'likely', 'doubtful']
    """
    return next(word for word, least in CERTAINTIES.items() if confidence >= least)


def certainty_of(quote: AttributedQuote) -> str:
    """How sure its speaker is, in a word; `NOT_READ` where nobody was looked for."""
    return NOT_READ if quote.unread else certainty(quote.confidence)


def speaker_label(quote: AttributedQuote) -> str:
    """The speaker's name; the article's words for one whom it does not name; `UNNAMED` without any.

    Of an article in another language: that it is not read.
    """
    if quote.unread:
        return f"Not read ({language_of(quote)})"
    if quote.speaker.person:
        return quote.speaker.person.name
    return f"Unnamed: {quote.speaker.description}" if quote.speaker.description else UNNAMED


def language_of(quote: AttributedQuote) -> str:
    """The English name of the language that the quote's article is in."""
    tongue = tongue_of(quote.article)
    return tongue.name if tongue else "unknown language"


def told_unread(quotes: Sequence[AttributedQuote]) -> str:
    """How many of the quotes were not read, and in which languages they are; empty where all were.

    >>> told_unread([])
    ''
    """
    languages = Counter(language_of(quote) for quote in quotes if quote.unread)
    return joined([f"{count(number, 'quote')} in {name}" for name, number in languages.most_common()])


def article_label(article: Article) -> str:
    """What tells an article from the others: outlet, title and date, else its file's name."""
    facts = [article.outlet, article.title, article.published]
    return shorten(" · ".join(fact for fact in facts if fact) or article.name, 90)


def stance_of(quote: AttributedQuote, target: str | None) -> Stance | None:
    """The quote's stance toward `target`, or `None` where it was not asked for."""
    for stance in quote.stances:  # asked of every quote again and again: a generator takes twice as long
        if stance.target == target:
            return stance
    return None


def stance_word(quote: AttributedQuote, stance: Stance) -> str:
    """The stance's label in the pages' words; `NOT_READ` where the model was not asked."""
    return NOT_READ.capitalize() if is_unasked(quote, stance) else STANCES[stance.label]


def is_unasked(quote: AttributedQuote, stance: Stance) -> bool:
    """Whether the model was not asked for this stance: the quote is in a language that it does not read."""
    return quote.unread and stance.confidence == 0


def stance_label(quote: AttributedQuote, target: str | None) -> str | None:
    """`oppose`, `neutral`, `support` or `unsure`; `None` without a stance toward `target`."""
    stance = stance_of(quote, target)
    return stance.label if stance else None


def target_label(name: str) -> str:
    """The target's name within a sentence, a claim in quotation marks.

    >>> target_label("the raids must end"), target_label("the raids")
    ('“the raids must end”', 'the raids')
    """
    return f"“{name}”" if is_claim(name) else name


def signed(score: float) -> str:
    """`score` with its sign and two digits, a true minus before a negative one.

    >>> signed(-0.5), signed(0.25), signed(0.0)
    ('−0.50', '+0.25', '0.00')
    """
    return f"{score:+.2f}".replace("-", "−") if round(score, 2) else "0.00"


def count(number: int, noun: str) -> str:
    """`number` and its noun.

    >>> count(1, "quote"), count(2, "quote")
    ('1 quote', '2 quotes')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shorten(text: str, most: int) -> str:
    """`text` on one line, cut at a word to at most `most` characters.

    >>> shorten("a drawdown of forces", 14)
    'a drawdown…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip() + "…"


def isolated(text: str) -> str:
    """`text` so that no sign in it turns the words beside it round, as one of right-to-left text may.

    >>> isolated("Post"), len(isolated("\u202ePost"))
    ('Post', 7)
    """
    return f"\u2068{text}\u2069" if _TURNS.search(text) else text


_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def joined(names: Sequence[str], most: int = 4) -> str:
    """The names in one phrase, the rest counted.

    >>> joined(["A", "B", "C"], most=2)
    'A, B and 1 more'
    """
    names = [isolated(name) for name in names]
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return ", ".join(names)


def leanings(quotes: Iterable[AttributedQuote], target: str | None) -> Counter[str]:
    """What the quotes with an unsure stance lean to, counted; `NOT_READ` where no model was asked."""
    found: Counter[str] = Counter()
    for quote in quotes:
        stance = stance_of(quote, target)
        if stance and stance.label == "unsure":
            found[NOT_READ if is_unasked(quote, stance) else stance.best] += 1
    return found


def told_leanings(leanings: Mapping[str, int]) -> str:
    """What those unsure lean to, in words; those of which the model was not asked lean to nothing.

    >>> told_leanings({"support": 2, "oppose": 1})
    'leaning critical 1, supportive 2'
    """
    told = [f"{STANCES[side].lower()} {leanings[side]:,}" for side in STANCES if leanings.get(side)]
    unread = [f"{NOT_READ} {leanings[NOT_READ]:,}"] if leanings.get(NOT_READ) else []
    return "; ".join([*(["leaning " + ", ".join(told)] if told else []), *unread])
