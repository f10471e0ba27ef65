"""Works the score on a page out again from what the page shows, and from nothing else: `python recompute.py page.html`.

It knows nothing of the project. Each row of signals says its value and its steps; the highest step that the value reaches
gives the points, and the score is their sum.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """The figures of a page about the score of one licence."""

    def __init__(self) -> None:
        super().__init__()
        self.value: dict[str, int] = {}
        self.steps: dict[str, list[tuple[int, int]]] = {}
        self.given: dict[str, int] = {}
        self.total = ""
        self._signal = ""
        self._in_total = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: text or "" for name, text in attrs}
        self._signal = said.get("data-signal", self._signal)
        self._in_total = said.get("id") == "total"
        if "data-value" in said:
            self.value[self._signal] = int(said["data-value"])
        if "data-at-least" in said:
            self.steps.setdefault(self._signal, []).append((int(said["data-at-least"]), int(said["data-points"])))
        if "data-given" in said:
            self.given[self._signal] = int(said["data-given"])

    def handle_data(self, data: str) -> None:
        if self._in_total:
            self.total += data
            self._in_total = False


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def worked_out(page: Page) -> dict[str, int]:
    """The points of each signal by its value and its steps."""
    points = {}
    for signal, value in page.value.items():
        reached = [points for at_least, points in page.steps[signal] if value >= at_least]
        points[signal] = reached[-1] if reached else 0
    return points


def differences(html: str) -> list[str]:
    """Where the page says something else than what can be worked out from it."""
    page = read(html)
    points = worked_out(page)
    wrong = [
        f"{signal}: {page.given[signal]}, not {own}" for signal, own in points.items() if page.given[signal] != own
    ]
    if int(page.total) != sum(points.values()):
        wrong.append(f"score: {page.total}, not {sum(points.values())}")
    return wrong


if __name__ == "__main__":
    found = differences(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print("\n".join(found) or "The score on the page is right.")
    sys.exit(bool(found))
