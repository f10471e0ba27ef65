"""What is wrong with the page that is open: for people who see badly, use a small screen, or send what cannot be right."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys.desk import leads_on
from tests.remembered import SHARED

STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 800}
NONSENSE = "?? ☃ <b>'\"&amp;"
axe = Axe()
# Of all that axe found out, only this comes out of the browser.
VIOLATIONS = "options => axe.run(options).then(found => found.violations)"

# One call: what is wrong with the furniture of the page, and what the browser keeps.
FURNITURE = """language => {
  const wrong = [];
  const first = document.querySelector('a[href], button, input');
  if (document.documentElement.lang !== language) wrong.push('lang is ' + document.documentElement.lang);
  if (document.querySelectorAll('h1').length !== 1) wrong.push('h1: ' + document.querySelectorAll('h1').length);
  if (document.querySelectorAll('main').length !== 1) wrong.push('main: ' + document.querySelectorAll('main').length);
  if (!first || !first.matches('.govuk-skip-link')) wrong.push('the skip link is not first');
  const neutral = document.querySelector('template[data-neutral]');  // does not say what it is for
  if (neutral ? document.title.includes(' – ') : document.title.split(' – ').length < 3) wrong.push('title: ' + document.title);
  if (document.querySelector('[required]')) wrong.push('a required attribute');
  if (document.querySelector('form:not([novalidate])')) wrong.push('a form without novalidate');
  if (/\\((optional|dewisol)\\)\\s+\\(\\1\\)/.test(document.body.innerText)) wrong.push('says twice that something is optional');
  if (localStorage.length || sessionStorage.length) wrong.push('something is kept in storage');
  return wrong;
}"""
# All of a page that axe judges by, but for the words: which elements there are, which colours and roles they are given,
# where words stand and where none do, and which target is small, or too near another to be hit. First the way to other
# languages, which is another in each language, then all the rest.
FRAMES = """() => {
  const words = new Set(['action', 'alt', 'aria-label', 'content', 'href', 'placeholder', 'src', 'title', 'value']);
  const said = one => words.has(one.name) ? (one.value.trim() ? '"' : '') : one.value.replace(/^(en|en-gb|cy)$/, 'ours');
  const boxes = [...document.querySelectorAll('a[href], button, input, select, summary, textarea')]
    .map(element => [element, element.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
  const away = (x, box) => Math.hypot(
    Math.max(box.left - x[0], 0, x[0] - box.right), Math.max(box.top - x[1], 0, x[1] - box.bottom));
  const size = new Map(boxes.filter(([, box]) => box.width < 24 || box.height < 24).map(([element, box]) => {
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const near = boxes.some(([other, its]) => other !== element && away(middle, its) < 24);
    return [element, near ? ' near' : ' small'];
  }));
  const written = (node, but) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? '"' : '';
    if (node.nodeType !== Node.ELEMENT_NODE || node === but) return '';
    const attributes = [...node.attributes].filter(one => !one.name.startsWith('data-'))
      .map(one => one.name + '=' + said(one)).sort();
    const inside = [...node.childNodes].map(child => written(child, but)).join('');
    return '<' + [node.localName, ...attributes].join(' ') + (size.get(node) || '') + '>' + inside + '</>';
  };
  const languages = document.querySelector('.app-language');
  return [languages ? written(languages, null) : '', written(document.documentElement, languages)];
}"""
WIDER_THAN_THE_SCREEN = """() => {
  const room = document.documentElement.clientWidth;
  // What is a block for each row must be read without scrolling sideways, within its own frame too.
  const cut = [...document.querySelectorAll('.app-stack tbody :is(th, td)')].find(e => e.getBoundingClientRect().right > room + 1);
  if (cut) return 'cut off: ' + cut.innerText.slice(0, 80);
  if (document.documentElement.scrollWidth <= room) return '';
  const over = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > room + 1);
  return document.documentElement.scrollWidth + ' px wide' + over.slice(0, 2).map(e => ', ' + e.tagName + '.' + e.className);
}"""
# The form that is posted from the page itself, with its main button; not the one in the header or the footer.
SPOIL = """([nonsense]) => {
  const typed = {};
  const forms = [...document.querySelectorAll('main form[method=post]:not([action*="/demo/"], [data-passkey], [data-wages])')];
  const form = forms.find(one => one.querySelector('button[type=submit]:not(.govuk-button--secondary)')) || forms[0];
  if (!form) return null;
  for (const input of form.querySelectorAll('input[type=text], input[type=email], input[type=password], input:not([type]), textarea')) {
    input.value = nonsense;
    if (input.type !== 'password') typed[input.name] = nonsense;
  }
  return typed;
}"""
KEPT = """typed => Object.entries(typed).filter(([name, text]) => {
  const input = [...document.getElementsByName(name)].find(input => input.matches('main form *'));
  return !input || input.value !== text;
}).map(([name]) => name)"""
SUMMARY = """() => {
  const summary = document.querySelector('.govuk-error-summary');
  const wrong = [];
  if (!summary) return ['no error summary'];
  if (document.activeElement !== summary) wrong.push('the summary is not focused');
  for (const link of summary.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) wrong.push('leads nowhere: ' + link.hash);
    else if (!target.matches('input, select, textarea')) wrong.push('leads to no input: ' + link.hash);
  }
  return wrong;
}"""
ERROR = {"en-gb": "Error: ", "cy": "Gwall: "}


def faults(page: Page, language: str) -> Iterator[str]:
    """What is wrong with this page as it stands."""
    yield from page.evaluate(FURNITURE, language)
    yield from violations(page)
    page.set_viewport_size(NARROW)
    if wide := page.evaluate(WIDER_THAN_THE_SCREEN):
        yield f"at 320 px: {wide}"
    page.set_viewport_size(WIDE)


# The frames of pages in which axe has found nothing, as digests: the same page in other words is as sound.
_sound: set[str] = set()


def violations(page: Page) -> Iterator[str]:
    """What axe finds, unless this is a page in which it has found nothing, in other words."""
    frames = {hashlib.sha256(frame.encode()).hexdigest() for frame in page.evaluate(FRAMES)}
    if frames <= _sound or frames <= _found_sound_by_others():
        return
    page.evaluate(axe.axe_script)
    found = page.evaluate(VIOLATIONS, STANDARD)
    for violation in found:
        yield f"axe {violation['id']}: {_where(violation)}"
    if not found:
        _sound.update(frames)
        _tell_others(frames)


def _found_sound_by_others() -> set[str]:
    """What all the processes that test together have found sound until now."""
    if (place := _shared()) and place.exists():
        _sound.update(place.read_text().split())
    return _sound


def _tell_others(frames: set[str]) -> None:
    if place := _shared():
        with place.open("a") as told:
            told.write(" ".join(frames) + "\n")


def _shared() -> Path | None:
    folder = os.environ.get(SHARED)
    return Path(folder) / "sound" if folder else None


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(f"{node['target'][0]} ({node['html'][:160]})" for node in violation["nodes"][:2])


def hand_in(page: Page, nonsense: str) -> dict[str, str] | None:
    """Fill the form of the page with this and hand it in. Says what was typed; None where nothing can be handed in."""
    typed: dict[str, str] | None = page.evaluate(SPOIL, [nonsense])
    # A passkey is not typed: the device hands it in, or says that there is none. What is counted on the device is not sent.
    form = "main form[method=post]:not([data-passkey], [data-wages])"
    button = page.locator(f"{form} button[type=submit]:not([name]):not(.govuk-button--secondary)").first
    if typed is None or not button.count():
        return None
    leads_on(button)
    return typed


def is_told_off(page: Page) -> bool:
    """Does the page say that something is wrong?"""
    return page.locator(".govuk-error-summary").count() > 0


def faults_of_telling(page: Page, typed: Mapping[str, str], language: str) -> Iterator[str]:
    """What is wrong with the way in which the page says that something is wrong."""
    if not page.title().startswith(ERROR[language]):
        yield f"title of the error: {page.title()}"
    if page.get_by_text("There is a problem" if language == "en-gb" else "Mae problem").count() == 0:
        yield "no “There is a problem”"
    yield from page.evaluate(SUMMARY)
    if lost := page.evaluate(KEPT, typed):
        yield f"typed and lost: {lost}"
