"""`python tests/take_pictures.py`: the two pictures of the README, of the page over the seeds."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT, TARGET, chromium, serve

DOTS = ".js-plotly-plot .scatterlayer .trace .points path.point"
QUOTE = "has been catastrophic for our neighbors and businesses."
SIZE = {"width": 1440, "height": 900}


def main() -> None:
    with serve() as address, chromium() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)
            page.set_default_timeout(120_000)
            page.goto(f"{address}?target={TARGET}&quote={_quote_id()}")
            page.locator(DOTS).first.wait_for()
            page.locator("article.card").wait_for()
            page.wait_for_timeout(3000)
            picture = Path(ROOT, ".github", f"dashboard-{scheme}.png")
            page.screenshot(path=picture)
            print(picture)
            page.close()


def _quote_id() -> str:
    """The quote whose card stands open: its speaker's name is spelt two ways."""
    from attribution import extract, read_articles

    articles, _ = read_articles([ROOT / "seeds"])
    return next(quote.id for quote in extract(articles).quotes if quote.quote.text == QUOTE)


if __name__ == "__main__":
    main()
