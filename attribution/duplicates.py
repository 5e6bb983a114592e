"""Articles that are one text: mere copies, wire copy that several outlets ran, versions of one article.

for group in group_duplicates(articles):
    print(group.kind, [article.name for article in group.articles], group.reason)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from attribution.article import Article
from attribution.check.words import words_of
from attribution.likeness import alike, outlet_of
from attribution.variants import tied_groups

Kind = Literal["same text", "wire copy", "versions"]


@dataclass(frozen=True)
class DuplicateGroup:
    """Articles that are one text, the oldest first; undated ones follow in the order they were loaded.

    `kind` is "wire copy" (several outlets ran it), "same text" (the same words, and no two outlets known) or
    "versions" (other words, and no two outlets known). `likeness` (0 to 1) is how much of the shorter of two
    texts stands in the longer, for the article that is least like any other; `reason` says it in a sentence.
    """

    articles: tuple[Article, ...]
    kind: Kind
    likeness: float
    reason: str

    @property
    def newest(self) -> Article | None:
        """The article published last; None where the dates do not tell."""
        if any(_moment(article) is None for article in self.articles):
            return None
        before, last = self.articles[-2:]
        return last if _earlier(before, last) else None


def group_duplicates(articles: Sequence[Article]) -> list[DuplicateGroup]:
    """The articles that are one text, group by group, in the order of their first articles.

    An article stands in one group at most, most stand in none. Two that only share quotes, or one that
    quotes another at length, are no group; nor are the items of a round-up.

    >>> first = Article("Nobody was hurt when the old pier fell.", file="a.txt", outlet="Quay Post")
    >>> second = Article("Nobody was hurt when the old pier fell!", file="b.txt", outlet="Harbour Echo")
    >>> [(group.kind, group.reason) for group in group_duplicates([first, second])]
    [('wire copy', '2 outlets ran it: the articles have the same words.')]
    """
    links = alike(articles)
    nearest: dict[int, float] = defaultdict(float)
    for one, other, likeness in links:
        nearest[one] = max(nearest[one], likeness)
        nearest[other] = max(nearest[other], likeness)
    groups = tied_groups(len(articles), [(one, other) for one, other, _ in links])
    return [_group([articles[i] for i in group], min(nearest[i] for i in group)) for group in groups]


def _group(members: Sequence[Article], likeness: float) -> DuplicateGroup:
    ordered = sorted(members, key=_age)
    outlets = {outlet.casefold() for article in members if (outlet := outlet_of(article))}
    same = len({words_of(article.text).keys for article in members}) == 1
    kind: Kind = "wire copy" if len(outlets) > 1 else "same text" if same else "versions"
    source = f"{len(outlets)} outlets ran it" if len(outlets) > 1 else _one_source(members)
    share = f"{int(100 * likeness)} % of the shorter one’s wording"
    if same:
        how = "the articles have the same words"
    elif len(members) == 2:
        how = f"{share} stands in the longer one, quotes aside"
    else:
        how = f"each article shares with another at least {share}, quotes aside"
    return DuplicateGroup(tuple(ordered), kind, likeness, f"{source}: {how}.")


def _one_source(articles: Sequence[Article]) -> str:
    """What is known of where articles of one outlet at most come from, at the start of a sentence."""
    for what, said in (
        ("address", [article.url for article in articles]),
        ("outlet", [outlet_of(article) for article in articles]),
        ("title", [article.title for article in articles]),
    ):
        if all(said) and len({name.casefold() for name in said if name}) == 1:
            return f"One {what}"
    return "No two outlets are known"


# --- dates -----------------------------------------------------------------------------------------


def _moment(article: Article) -> datetime | None:
    """When the article was published, a time without a zone taken as UTC; midnight where no time is given."""
    try:
        moment = datetime.fromisoformat(article.published or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _age(article: Article) -> tuple[bool, datetime]:
    """Sorts the oldest first and the undated last, these in the order they come."""
    moment = _moment(article)
    return moment is None, moment or datetime.max.replace(tzinfo=UTC)


def _earlier(one: Article, other: Article) -> bool:
    """Whether the dates tell that `one` is the older: on one day only their times of day do."""
    moments = _moment(one), _moment(other)
    if None in moments:
        return False
    timed = all(":" in (article.published or "") for article in (one, other))
    return moments[0] < moments[1] if timed else moments[0].date() < moments[1].date()
