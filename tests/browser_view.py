"""What the browser tests share: when a page is ready, and that nothing of it is cut off."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import TimeoutError as TooSlow
from playwright.sync_api import expect

# On a busy machine what an action brings may come long after it: `expect` looks again until it is there.
expect.set_options(timeout=60_000)

# What must be scrolled sideways to be read, and the texts of charts that reach over their chart's edge.
_CUT_OFF = """(parts) => {
    const wide = [document.documentElement, document.querySelector('[data-testid="stMain"]')]
        .concat(parts ? [...document.querySelectorAll(parts)] : [])
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => part.outerHTML.slice(0, 200))
    const clipped = [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot) => {
        const room = plot.getBoundingClientRect()
        return [...plot.querySelectorAll('text')].filter((text) => {
            if (!text.textContent.trim()) return false
            const box = text.getBoundingClientRect()
            return box.left < room.left - 1 || box.right > room.right + 1
                || box.top < room.top - 1 || box.bottom > room.bottom + 1
        }).map((text) => text.textContent)
    })
    return wide.concat(clipped)
}"""


def settled(page: Any) -> None:
    """Wait until nothing runs on the page any more."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def fits(page: Any, parts: str = "") -> None:
    """Wait until nothing is cut off: the page, its charts' texts, its `parts` (a selector)."""
    with suppress(TooSlow):
        page.wait_for_function(f"(parts) => !({_CUT_OFF})(parts).length", arg=parts, timeout=30_000)
    assert not page.evaluate(_CUT_OFF, parts)
