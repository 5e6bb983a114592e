"""What the browser tests share: when a page is ready, and that nothing of it is cut off."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

# On a busy machine what an action brings may come long after it: `expect` looks again until it is there.
expect.set_options(timeout=60_000)

_TOO_WIDE = """(parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1)
    .map((part) => part.outerHTML.slice(0, 200))"""
_OVER_THE_EDGE = """(plots) => plots.flatMap((plot) => {
    const room = plot.getBoundingClientRect()
    return [...plot.querySelectorAll('text')].filter((text) => {
        if (!text.textContent.trim()) return false
        const box = text.getBoundingClientRect()
        return box.left < room.left - 1 || box.right > room.right + 1
            || box.top < room.top - 1 || box.bottom > room.bottom + 1
    }).map((text) => text.textContent)
})"""


def settled(page: Any) -> None:
    """Wait until nothing runs on the page any more, and nothing of the run before is left."""
    still = '[data-testid="stApp"][data-test-script-state="notRunning"]:not(:has([data-stale="true"]))'
    page.locator(still).wait_for()


def fits(page: Any, parts: str = "") -> None:
    """Wait until nothing is cut off: the page, its charts' texts, its `parts` (a selector)."""
    whole = ['html, [data-testid="stMain"]', *([parts] if parts else [])]
    for _ in range(60):
        cut = page.locator(", ".join(whole)).evaluate_all(_TOO_WIDE)
        cut += page.locator(".js-plotly-plot").evaluate_all(_OVER_THE_EDGE)
        if not cut:
            return
        page.wait_for_timeout(500)
    assert not cut
