"""Every language that workers read: no letter is an empty box, and none needs a font that is not sent along."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from compliance import passphrases
from registry.licences.actions import licences
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder, an_applicant
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.browser

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# The letters of a text that are drawn as what stands for a letter that no font has: as U+0378 is, which is no letter.
EMPTY_BOXES = """async text => {
  const family = getComputedStyle(document.querySelector('h1')).fontFamily;
  const letters = [...new Set(text.normalize('NFC'))].filter(letter => /\\S/u.test(letter) && !/\\p{Cf}/u.test(letter));
  for (const weight of ['400', '700']) await document.fonts.load(`${weight} 24px ${family}`, letters.join(''));
  const canvas = Object.assign(document.createElement('canvas'), {width: 48, height: 48});
  const context = canvas.getContext('2d', {willReadFrequently: true});
  const drawn = (letter, weight) => {
    context.clearRect(0, 0, 48, 48);
    context.font = `${weight} 24px ${family}`;
    context.fillText(letter, 12, 32);
    return context.getImageData(0, 0, 48, 48).data.join();
  };
  const missing = [];
  for (const weight of ['400', '700']) {
    const box = drawn('\\u0378', weight), nothing = drawn('', weight);
    missing.push(...letters.filter(letter => [box, nothing].includes(drawn(letter, weight))));
  }
  return [letters.length, missing.join(' ')];
}"""


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


def families(page: Page) -> set[str]:
    """The fonts that the browser used for what stands on the page, as it says itself."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    body = session.send("DOM.querySelector", {"nodeId": root, "selector": "body"})["nodeId"]
    return {font["familyName"] for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": body})["fonts"]}


def test_a_letter_that_no_font_has_is_found(page: Page) -> None:
    """The test of the test: a hieroglyph among letters."""
    page.goto("/check/")

    count, missing = page.evaluate(EMPTY_BOXES, "abc \U0001300a я")

    assert (count, missing) == (5, "\U0001300a \U0001300a")


def test_every_letter_of_every_language_is_shown(page: Page) -> None:
    ended = a_holder("Harvest Hands Ltd")
    a_holder("Harvest Hands UK Ltd")
    licences.revoke(ended, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    addresses = [f"check/{ended.number}", f"check/{an_applicant().number}", "report"]
    addresses += ["verify/file", "privacy", "accessibility"]
    wrong: dict[str, object] = {}

    for language in LANGUAGES:
        start = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        text, fonts = "", set[str]()
        for address in addresses:
            page.goto(f"{start}/{address}/")
            assert page.evaluate("document.documentElement.lang") == language
            page.evaluate("document.fonts.ready.then(() => true)")
            fonts |= families(page)
            text += page.inner_text("body")
        words = " ".join(passphrases.words(passphrases.language_of_words(language)))
        count, missing = page.evaluate(EMPTY_BOXES, text + words)
        if missing or not fonts <= {"Noto Sans", "Noto Sans Arabic"} or count < 40:
            wrong[language] = (missing, fonts, count)

    assert wrong == {}
