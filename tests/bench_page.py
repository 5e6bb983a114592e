"""How fast the page is: `python tests/bench_page.py [PART…] [--quotes N,…] [--times N] [--minutes M]`.

The parts, all without any named, medians of ten unless said otherwise:

- `seeds`: from the server's first answer to the seeds' picture, in a browser that is already open
- `click`: from a click on a dot to its card, at 2,000 and at 20,000 quotes
- `filter`: from the choice of a filter to the picture of the quotes that pass it, at both sizes
- `briefing`: from a new title's Enter to the sheet that has it, at both sizes
- `memory`: what a further visitor takes of the server's memory, mean of ten who stay
- `crowd`: ten visitors clicking at once for two minutes
- `beside`: a click of one visitor while another's 200 articles are analysed, and what an article more takes

The machine's load stands beside every figure: on a busy machine they say little.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from conftest import CHROMIUM, CHROMIUM_FLAGS, chromium, serve, served
from large_analysis import large_analysis

LARGE = Path(__file__).parent / "large_page.py"
AT = "?target=Operation+Lantern"
LOADED = "[...document.querySelectorAll('.js-plotly-plot')].some((plot) => plot._fullData?.length)"
# Every dot's place on the screen by its quote, however it is drawn, and how many dots the first picture has.
DOTS = """() => {
    const plot = document.querySelector('.js-plotly-plot')
    const box = plot.getBoundingClientRect(), layout = plot._fullLayout
    return plot._fullData.filter((trace) => trace.customdata?.length).flatMap((trace) =>
        trace.customdata.map((data, i) => [
            data[0],
            box.left + layout._size.l + layout.xaxis.d2p(trace.x[i]),
            box.top + layout._size.t + layout.yaxis.d2p(trace.y[i]),
        ]))
}"""
COUNT = """() => (document.querySelector('.js-plotly-plot')?._fullData ?? [])
    .reduce((sum, trace) => sum + (trace.customdata?.length ?? 0), 0)"""
CARD = "() => document.querySelector('article.card')?.innerText ?? ''"
CARD_CHANGED = "before => (document.querySelector('article.card')?.innerText ?? before) !== before"
SHEET_SAYS = "title => document.querySelector('.sheet svg')?.textContent.includes(title)"
ERRORS = "() => document.querySelectorAll('[data-testid=stException], .note.error').length"
VISITORS = 10


def main() -> None:
    """Run the parts named and print a line for each figure."""
    parts: dict[str, Callable[[argparse.Namespace], None]] = {
        "seeds": _seeds,
        "click": _click,
        "filter": _filter,
        "briefing": _briefing,
        "memory": _memory,
        "crowd": _crowd,
        "beside": _beside,
    }
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("parts", nargs="*", choices=[*parts, []], metavar="PART", help=", ".join(parts))
    asked.add_argument("--quotes", default="2000,20000", help="how many quotes the large analyses have")
    asked.add_argument("--times", type=int, default=10, help="of how many a figure is the median")
    asked.add_argument("--minutes", type=float, default=2.0, help="how long the ten visitors click")
    options = asked.parse_args()
    options.sizes = [int(size) for size in options.quotes.split(",")]
    for part in options.parts or parts:
        parts[part](options)


def _tell(what: str, seconds: list[float]) -> None:
    print(
        f"{what}: {statistics.median(seconds):.2f} s, median of {len(seconds)}, worst {max(seconds):.2f} s "
        f"(load {os.getloadavg()[0]:.1f})",
        flush=True,
    )


def _open(browser: Any, address: str) -> Any:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_function(LOADED)
    page.wait_for_timeout(1500)
    return page


# --- the parts ---------------------------------------------------------------------------------------


def _seeds(options: argparse.Namespace) -> None:
    for wait, told in ((0, "the server answers → the seeds' picture"), (8, "the same once they are read")):
        seconds = []
        with chromium() as browser:
            for _ in range(options.times):
                with serve() as address:
                    time.sleep(wait)
                    began = time.perf_counter()
                    page = browser.new_page()
                    page.goto(address)
                    page.wait_for_function(LOADED, timeout=120_000)
                    seconds.append(time.perf_counter() - began)
                    page.close()
        _tell(told, seconds)


def _click(options: argparse.Namespace) -> None:
    for size in options.sizes:
        with chromium() as browser, serve(str(size), script=LARGE) as address:
            page = _open(browser, address + AT)
            seconds = [_click_dot(page, number) for number in range(options.times + 1)]
            _tell(f"click on a dot → its card, {size:,} quotes", seconds[1:])  # the first opens the column


def _click_dot(page: Any, number: int) -> float:
    """The time from the click to the card."""
    page.mouse.move(5, 300)
    page.wait_for_timeout(700)
    before = page.evaluate(CARD)
    dots = [dot for dot in page.evaluate(DOTS) if 420 < dot[2] < 700]  # those on the screen, free of its top
    _, x, y = dots[(number * 37) % len(dots)]
    began = time.perf_counter()
    page.mouse.click(x, y)
    page.wait_for_function(CARD_CHANGED, arg=before, polling=10)
    return time.perf_counter() - began


def _filter(options: argparse.Namespace) -> None:
    wanted = ("Sure only", "Likely or sure", "Any")
    for size in options.sizes:
        with chromium() as browser, serve(str(size), script=LARGE) as address:
            page = _open(browser, address + AT)
            seconds = []
            for number in range(options.times + 1):
                before = page.evaluate(COUNT)
                page.locator(".st-key-sure input").click()
                option = page.get_by_role("option", name=wanted[number % 3], exact=True)
                option.wait_for()
                began = time.perf_counter()
                option.click()
                page.wait_for_function(f"before => ({COUNT})() !== before", arg=before, polling=10)
                seconds.append(time.perf_counter() - began)
                page.wait_for_timeout(1200)
            _tell(f"filter → its picture, {size:,} quotes", seconds[1:])


def _briefing(options: argparse.Namespace) -> None:
    for size in options.sizes:
        with chromium() as browser, serve(str(size), script=LARGE) as address:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(120_000)
            page.goto(f"{address}briefing{AT}")
            page.locator(".sheet svg").wait_for()
            seconds = []
            for number in range(options.times + 1):
                page.wait_for_timeout(1500)
                field = page.get_by_label("Title", exact=True)
                field.fill(f"Harbour {number}")
                began = time.perf_counter()
                field.press("Enter")
                page.wait_for_function(SHEET_SAYS, arg=f"Harbour {number}", polling=10)
                seconds.append(time.perf_counter() - began)
            _tell(f"title → its sheet, {size:,} quotes", seconds[1:])


def _memory(options: argparse.Namespace) -> None:
    for size in (None, *options.sizes):
        page = served(str(size), script=LARGE) if size else served()
        with chromium() as browser, page as (address, server):
            address += AT if size else ""
            first = _open(browser, address)
            _click_dot(first, 1)
            before = _resident(server)
            for number in range(VISITORS):
                _click_dot(_open(browser, address), number)
            taken = (_resident(server) - before) / VISITORS
        name = f"{size:,} quotes" if size else "the seeds"
        print(
            f"memory of a further visitor, {name}: {taken:.0f} MB, of a server of {before:.0f} MB", flush=True
        )


def _resident(process: Any) -> float:
    """The megabytes that a process holds now."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _crowd(options: argparse.Namespace) -> None:
    for size in options.sizes[:1]:
        with serve(str(size), script=LARGE) as address:
            seconds, errors = asyncio.run(_clicking(address + AT, options.minutes * 60))
        _tell(f"{VISITORS} visitors at once, click → card, {size:,} quotes, {errors} errors", seconds)


async def _clicking(address: str, duration: float) -> tuple[list[float], int]:
    """The times of all clicks of all visitors, and how many errors they met."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        pages = []
        for _ in range(VISITORS):
            page = await browser.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(60_000)
            await page.goto(address)
            await page.wait_for_function(LOADED)
            pages.append(page)
        end = time.perf_counter() + duration
        met = await asyncio.gather(*(_visitor(page, number, end) for number, page in enumerate(pages)))
        with suppress(Exception):
            await browser.close()
    return [second for seconds, _ in met for second in seconds], sum(errors for _, errors in met)


async def _visitor(page: Any, number: int, end: float) -> tuple[list[float], int]:
    """One visitor: clicks a dot, reads the card for a second, clicks the next."""
    seconds: list[float] = []
    errors = turn = 0
    while time.perf_counter() < end:
        turn += 1
        try:
            before = await page.evaluate(CARD)
            dots = [dot for dot in await page.evaluate(DOTS) if 420 < dot[2] < 700]
            _, x, y = dots[(number * 11 + turn * 37) % len(dots)]
            began = time.perf_counter()
            await page.mouse.click(x, y)
            await page.wait_for_function(CARD_CHANGED, arg=before, polling=20, timeout=20_000)
            seconds.append(time.perf_counter() - began)
        except Exception as error:  # whatever went wrong is counted
            errors += 1
            print(f"visitor {number}: {str(error).splitlines()[0]}", flush=True)
        errors += await page.evaluate(ERRORS)
        await page.mouse.move(5, 300)
        await page.wait_for_timeout(1000)
    return seconds, errors


def _beside(options: argparse.Namespace) -> None:
    """The models run here: 200 invented articles with 2,000 quotes, in a folder that is watched."""
    with tempfile.TemporaryDirectory() as folder:
        articles = large_analysis(2_000).articles
        for article in articles[:-1]:
            (Path(folder) / article.file).write_text(article.text, encoding="utf-8")
        with chromium() as browser, serve(folder) as address:
            began = time.perf_counter()
            first = browser.new_page()
            first.goto(address)
            first.locator(".st-key-status").wait_for(timeout=60_000)
            first.locator(".st-key-figures").wait_for(timeout=60_000)
            print(f"200 articles: first results after {time.perf_counter() - began:.1f} s", flush=True)
            second = browser.new_page()
            second.goto(address + "check")
            second.locator("h1.view").wait_for()
            seconds = [_switch(second, number) for number in range(options.times)]
            still = first.locator(".st-key-status").count()
            _tell(f"a click beside the analysis ({'still running' if still else 'DONE BEFORE'})", seconds)
            first.locator(".st-key-status").wait_for(state="detached", timeout=480_000)
            print(f"200 articles: all after {time.perf_counter() - began:.0f} s", flush=True)
            _tell("the same click afterwards", [_switch(second, number) for number in range(options.times)])
            began = time.perf_counter()
            (Path(folder) / articles[-1].file).write_text(articles[-1].text, encoding="utf-8")
            first.get_by_text("2,000", exact=True).wait_for(timeout=120_000)
            print(f"an article more: {time.perf_counter() - began:.1f} s", flush=True)


def _switch(page: Any, number: int) -> float:
    """The time from a click on a kind of draft to its field."""
    page.wait_for_timeout(700)
    label, field = (("A file", "file"), ("Pasted text", "text"))[number % 2]
    began = time.perf_counter()
    page.get_by_text(label, exact=True).click()
    page.locator(f".st-key-draft_{field}").wait_for()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
