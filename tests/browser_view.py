"""What the browser tests share: when a page is ready, and what of its pictures is cut off."""

from __future__ import annotations

from typing import Any


def settled(page: Any) -> None:
    """Wait until nothing runs on the page any more."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def clipped_texts(page: Any) -> list[str]:
    """The texts of the page's charts that reach over their chart's edge."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot) => {
            const room = plot.getBoundingClientRect()
            return [...plot.querySelectorAll('text')].filter((text) => {
                if (!text.textContent.trim()) return false
                const box = text.getBoundingClientRect()
                return box.left < room.left - 1 || box.right > room.right + 1
                    || box.top < room.top - 1 || box.bottom > room.bottom + 1
            }).map((text) => text.textContent)
        })"""
    )
