"""What is made beside the pages: whose turn it is, what is kept, what a visitor can stop."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace

import pytest
from hand_made import home, shown
from large_analysis import TARGET, large_analysis, without_stances

from attribution import readers
from attribution.analysis import Analysis
from attribution.article import Article, AttributionError
from attribution.pages import analyses, library
from attribution.pages.shelf import Shelf
from attribution.pages.worker import Worker
from attribution.stance import Stance, Target

ASKED = Target(TARGET)


@pytest.fixture(autouse=True)
def fresh():
    """Nothing is kept from another test."""
    analyses.clear()
    yield
    analyses.clear()


@pytest.fixture
def models(monkeypatch):
    """Models that note what they are asked; `models.go` lets them read, one article or part after another."""

    class Models:
        def __init__(self):
            self.read, self.named, self.rated = [], [], []
            self.go = threading.Semaphore(0)

        def free(self):
            for _ in range(10_000):
                self.go.release()

    models = Models()

    def read_article(article):
        assert models.go.acquire(timeout=30)
        models.read.append(article.file)
        if "broken" in article.file:
            raise RecursionError
        return article

    def name_people(articles):
        models.named.append(len(articles))
        return Analysis(tuple(articles), (), ())

    def classify(found, targets, **_):
        assert models.go.acquire(timeout=30)
        models.rated.append(len(found.quotes))
        stance = Stance(targets[0].name, "neutral", "neutral", 0.0, 0.9, "by-hand")
        return replace(found, quotes=tuple(replace(quote, stances=(stance,)) for quote in found.quotes))

    monkeypatch.setattr("attribution.analysis.read_article", read_article)
    monkeypatch.setattr("attribution.analysis.name_people", name_people)
    monkeypatch.setattr("attribution.analysis.classify", classify)
    monkeypatch.setattr(analyses, "_classifier", lambda: None)
    return models


def articles(*files):
    return tuple(Article(f"{file} says nothing.", file=file) for file in files)


def until(holds):
    """Wait for what another thread brings about."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


# --- the worker --------------------------------------------------------------------------------------


def test_jobs_take_turns_so_that_a_short_one_does_not_wait_for_a_long_one():
    worker, order, begun = Worker("test"), [], threading.Event()

    def steps(name, number):
        def made(job):
            begun.wait(30)
            for _ in range(number):
                order.append(name)
                yield
            return name

        return made

    long, short = worker.start(steps("long", 50)), worker.start(steps("short", 2))
    begun.set()
    assert (short.result(), long.result()) == ("short", "long")
    assert order[:4] == ["long", "short", "long", "short"] and len(order) == 52


def test_a_jobs_error_reaches_whoever_waits_and_no_other_job():
    def broken(job):
        yield
        raise AttributionError("a.txt: cannot be read. Try again.")

    def whole(job):
        yield
        return "made"

    worker = Worker("test")
    first, second = worker.start(broken), worker.start(whole)
    with pytest.raises(AttributionError, match=r"a\.txt"):
        first.result()
    assert second.result() == "made"


def test_a_job_goes_on_while_anybody_watches_and_stops_when_the_last_one_leaves():
    closed = []

    def endless(job):
        try:
            while True:
                yield
        finally:
            closed.append(True)

    job = Worker("test").start(endless)
    job.watch("Ada")
    job.watch("Ben")
    job.leave("Ada")
    assert not job.finished.wait(0.05)
    job.leave("Ben")
    assert job.result() is None and closed == [True]


def test_whoever_closed_the_page_without_a_word_does_not_keep_a_job_alive(monkeypatch):
    monkeypatch.setattr("attribution.pages.worker._GONE", 0.0)
    job = Worker("test").start(lambda job: iter(int, 1))
    job.watch("gone")
    job.leave("Ada")
    assert job.stopping


# --- the shelf ---------------------------------------------------------------------------------------


def test_the_shelf_holds_a_weight_and_lets_go_of_the_longest_unused():
    shelf = Shelf(most=10)
    for key in "abc":
        shelf.put(key, key.upper(), weight=3)
    assert shelf.get("a") == "A"
    shelf.put("d", "D", weight=3)
    assert [shelf.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    shelf.put("huge", "H", weight=50)
    assert (len(shelf), shelf.weight, shelf.get("huge")) == (1, 50, "H")
    shelf.put("huge", "h", weight=2)
    assert (shelf.weight, shelf.get("huge")) == (2, "h")


def test_analyses_weigh_what_they_hold_and_the_shelf_stays_within_its_bound(monkeypatch):
    found = without_stances(large_analysis(200))
    monkeypatch.setattr(analyses._shelf, "most", 3 * analyses._bytes(found))
    for number in range(10):
        analyses._shelf.put(number, replace(found), weight=analyses._bytes(found))
    assert len(analyses._shelf) == 3
    assert 200 * 3_000 < analyses._bytes(found) < 200 * 5_000


# --- the analyses --------------------------------------------------------------------------------------


def test_an_analysis_is_made_once_however_many_ask_at_once(models):
    made, told = [], set()
    loaded = articles("a", "b", "c")

    def ask():
        made.append(analyses.extracted(loaded, lambda done, total, _: told.add((done, total))))

    visitors = [threading.Thread(target=ask) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    models.go.release()
    until(lambda: (1, 3) in told)
    models.free()
    for visitor in visitors:
        visitor.join()
    assert models.read == ["a", "b", "c"]
    assert made[0].articles == loaded and all(one is made[0] for one in made)


def test_an_article_more_is_read_alone_and_people_are_named_over_all(models):
    models.free()
    analyses.extracted(articles("a", "b"), print)
    found = analyses.extracted(articles("a", "b", "c"), print)
    assert models.read == ["a", "b", "c"]
    assert [article.file for article in found.articles] == ["a", "b", "c"]


def test_what_is_known_stays_in_sight_while_an_article_more_is_read(models):
    found = without_stances(large_analysis(200))
    models.free()
    analyses.extracted(articles("a", "c"), print)
    fewer = replace(found, articles=found.articles[:5], quotes=found.quotes[:50])
    analyses.rating(fewer, ASKED).result()
    models.go = threading.Semaphore(0)
    more = analyses.extraction(articles("a", "b", "c"))
    until(lambda: more.parts == 1)
    assert (more.part.articles, more.done) == (articles("a", "c"), 2)
    part = analyses.with_known_stances(found, [ASKED])
    assert [len(quote.stances) for quote in part.quotes] == [1] * 50 + [0] * 150
    assert analyses.with_known_stances(found, [Target("Quay")]) is found
    models.go.release()  # for “b”: then it is the next job's turn
    all_of_them = analyses.rating(found, ASKED)
    until(lambda: all_of_them.parts == 1)
    assert sum(bool(quote.stances) for quote in all_of_them.part.quotes) == all_of_them.done == 50
    models.free()


def test_an_article_that_fails_is_told_and_loses_no_other(models):
    models.free()
    found = analyses.extracted(articles("a", "broken", "c"), print)
    assert [article.file for article in found.articles] == ["a", "c"]
    assert found.refused == (("broken", "its quotes were not found (RecursionError)"),)


def test_an_analysis_that_failed_can_be_asked_for_again(models, monkeypatch):
    models.free()
    monkeypatch.setattr("attribution.analysis.name_people", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        analyses.extracted(articles("a"), print)
    monkeypatch.setattr("attribution.analysis.name_people", lambda read: Analysis(tuple(read), (), ()))
    assert analyses.extracted(articles("a"), print).articles == articles("a")
    assert models.read == ["a"]


def test_stopped_work_keeps_what_was_read_and_goes_on_where_it_was(models, monkeypatch):
    monkeypatch.setattr("attribution.pages.worker.Pace.due", lambda self: True)
    loaded = articles("a", "b", "c")
    job = analyses.extraction(loaded)
    job.watch("Ada")
    models.go.release()
    until(lambda: job.parts == 1)
    assert (job.done, job.total, job.part.articles) == (1, 3, loaded[:1])
    job.leave("Ada")
    models.go.release()  # the step that had begun
    assert job.result() is None
    part = analyses.ready_part(loaded)
    assert part is not None and 1 <= len(part.articles) < 3
    models.free()
    assert analyses.extracted(loaded, print).articles == loaded
    assert models.read == ["a", "b", "c"]


def test_a_small_analysis_is_done_while_a_large_one_still_runs(models):
    large = analyses.extraction(articles(*(f"large-{number}" for number in range(100))))
    models.go.release()
    until(lambda: large.done == 1)
    small = analyses.extraction(articles("small"))
    for _ in range(4):
        models.go.release()
    assert small.result().articles == articles("small")
    assert not large.finished.is_set() and large.done < 6
    models.free()
    assert len(large.result().articles) == 100


def test_first_stances_come_early_and_none_is_read_twice(models, monkeypatch):
    monkeypatch.setattr("attribution.pages.worker.Pace.due", lambda self: True)
    found = without_stances(large_analysis(200))
    job = analyses.rating(found, ASKED)
    models.go.release()
    until(lambda: job.parts == 1)
    assert (job.done, job.total) == (16, 200)
    known = [bool(quote.stances) for quote in job.part.quotes]
    assert known == [True] * 16 + [False] * 184
    models.free()
    assert all(quote.stances for quote in job.result().quotes)
    assert sum(models.rated) == 200
    fewer = replace(found, articles=found.articles[:5], quotes=found.quotes[:50])
    assert all(quote.stances for quote in analyses.rating(fewer, ASKED).result().quotes)
    assert sum(models.rated) == 200


def test_an_absurd_operation_is_its_askers_error_alone(models):
    found = without_stances(large_analysis(200))
    with pytest.raises(AttributionError):
        analyses.rating(found, Target("???")).result()
    models.free()
    assert analyses.rating(found, ASKED).result()


def test_stances_toward_several_operations_stand_together_and_are_put_together_once(models):
    models.free()
    found = without_stances(large_analysis(200))
    rated = [analyses.rating(found, Target(name)).result() for name in ("Lantern", "Quay")]
    both = analyses.together(found, rated)
    assert [stance.target for stance in both.quotes[7].stances] == ["Lantern", "Quay"]
    assert analyses.together(found, rated) is both


# --- what a visitor sees -------------------------------------------------------------------------------


@pytest.fixture
def visit(monkeypatch, root, models):
    """Opens the page as another visitor each time, over what is `loaded`."""
    monkeypatch.setattr(sys, "argv", ["dashboard.py", "somewhere"])
    monkeypatch.setattr("attribution.pages.work._PATIENCE", 0.05)

    def opened(loaded):
        read = readers.Reading(articles=list(loaded))
        monkeypatch.setattr("attribution.readers.read_files", lambda paths, columns: read)
        library._read.cache_clear()
        page = home()
        page.query_params["target"] = TARGET
        page.session_state["tour"] = False
        return page.run()

    yield opened
    models.free()
    until(lambda: not analyses._reader._running)  # else it keeps what it reads for the next test
    library._read.cache_clear()


def progress(page):
    return [element.proto.text for element in page.get("progress")]


def read_as(found, monkeypatch):
    """`found` is what reading its articles gives, and whatever is ready of it is shown at once."""
    unread = without_stances(found)

    def named(read):
        quotes = tuple(quote for quote in unread.quotes if quote.article in set(read))
        return replace(unread, articles=tuple(read), quotes=quotes)

    monkeypatch.setattr("attribution.analysis.name_people", named)
    monkeypatch.setattr("attribution.pages.worker.Pace.due", lambda self: True)
    return found


def test_the_page_tells_how_far_the_work_is_shows_what_is_ready_and_the_rest_when_it_is_done(
    visit, models, monkeypatch
):
    found = read_as(large_analysis(200), monkeypatch)
    page = visit(found.articles)
    assert progress(page) == ["Finding quotes and speakers: articles 0 of 20"]
    for _ in range(3):
        models.go.release()
    job = analyses.extraction(found.articles)
    until(lambda: job.done == 3 and job.parts == 3)
    page.run()
    assert progress(page) == ["Finding quotes and speakers: articles 3 of 20"]
    assert page.metric[0].value == "30" and len(page.dataframe[0].value) == 30
    models.free()
    job.result()
    analyses.rating(analyses.extracted(found.articles, print), ASKED).result()
    page.run()
    assert not progress(page)
    assert page.metric[0].value == "200" and "Stance" in page.dataframe[0].value.columns


def test_stop_ends_the_work_says_how_far_it_got_and_go_on_finishes_it(visit, models):
    loaded = articles("a", "b", "c")
    page = visit(loaded)
    job = analyses.extraction(loaded)
    page.button(key="status_stop").click().run()
    models.go.release()
    assert job.result() is None
    page.run()
    assert "Stopped: 0 of 3 articles read." in shown(page)
    models.free()
    next(button for button in page.button if button.label == "Go on").click().run()
    until(lambda: analyses.at_hand(loaded))
    page.run()
    assert "Stopped" not in shown(page) and "hold no direct quote" in shown(page)


def test_one_visitors_stop_is_not_anothers(visit, models):
    loaded = articles("a", "b", "c")
    first, second = visit(loaded), visit(loaded)
    job = analyses.extraction(loaded)
    first.button(key="status_stop").click().run()
    assert not job.stopping and "Stopped" in shown(first) and "Stopped" not in shown(second)
    models.free()
    assert job.result().articles == loaded


def test_a_filter_of_the_address_stays_while_the_articles_are_still_read(visit, models, monkeypatch):
    found = read_as(large_analysis(200), monkeypatch)
    last = found.quotes[-1]
    page = visit(found.articles)
    page.query_params.update({"in": last.article.id, "quote": last.id})
    models.go.release()
    job = analyses.extraction(found.articles)
    until(lambda: job.parts == 1)
    page.session_state["written_at"] = 0.0
    page.run()
    assert page.multiselect(key="in").value == [last.article.id]
    assert "was dropped" not in shown(page) and "not in the articles loaded" not in shown(page)


def test_the_picture_of_the_address_stays_while_its_stances_are_still_read(visit, models, monkeypatch):
    found = read_as(large_analysis(200), monkeypatch)
    page = visit(found.articles)
    page.query_params["picture"] = "time"
    models.go.release()
    job = analyses.extraction(found.articles)
    until(lambda: job.parts == 1)
    page.session_state["written_at"] = 0.0
    page.run()
    assert page.metric[0].value == "10" and page.session_state["picture"] == "time"
    models.free()
    analyses.rating(analyses.extracted(found.articles, print), ASKED).result()
    page.run()
    assert page.segmented_control(key="picture").value == "time"


def test_an_article_that_fails_is_told_on_the_page(visit, models):
    models.free()
    loaded = articles("a", "broken")
    page = visit(loaded)
    until(lambda: analyses.at_hand(loaded))
    page.run()
    assert "broken: its quotes were not found (RecursionError). It is left out." in shown(page)
