"""How fast the page is: `python tests/bench_page.py` prints medians of ten, over the seeds.

Cold: from starting the server to the first picture in a browser that is already open. Warm: from a click
on a dot to its card.
"""

from __future__ import annotations

import statistics
import time

from conftest import chromium, serve

DOTS = ".js-plotly-plot .scatterlayer .trace .points path.point"
TIMES = 10
_CARD = "(document.querySelector('article.card')?.innerText ?? '')"


def main() -> None:
    with chromium() as browser:
        starts = [_start(browser) for _ in range(TIMES)]
        clicks = _clicks(browser)
    _tell("start of the server → the seeds' picture", starts)
    _tell("click on a dot → its card", clicks)


def _tell(what: str, seconds: list[float]) -> None:
    print(f"{what}: {statistics.median(seconds):.2f} s, median of {len(seconds)}, worst {max(seconds):.2f} s")


def _start(browser) -> float:
    began = time.perf_counter()
    with serve() as address:
        page = browser.new_page()
        page.goto(address)
        page.locator(DOTS).first.wait_for(timeout=120_000)
        seconds = time.perf_counter() - began
        page.close()
    return seconds


def _clicks(browser) -> list[float]:
    seconds = []
    with serve() as address:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(address)
        page.locator(DOTS).first.wait_for(timeout=120_000)
        for number in range(TIMES + 1):
            page.wait_for_timeout(1000)
            box = page.locator(DOTS).nth(number).bounding_box()
            before = page.evaluate(_CARD)
            began = time.perf_counter()
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_function(
                "before => (document.querySelector('article.card')?.innerText ?? before) !== before",
                arg=before,
            )
            seconds.append(time.perf_counter() - began)
    return seconds[1:]  # the first also opens the card's column


if __name__ == "__main__":
    main()
