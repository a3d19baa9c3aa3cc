"""What holds of every page, whatever it shows, however wide it is and in whichever language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from search_api.language import catalogue

COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What a dark page can offend besides: the style sheet tells the themes apart by `light-dark` of
colours and nothing else.
"""
_FACTS = """() => {
  // What a page shows of others.
  const OTHERS = 'bdi, q, code, mark, script, [dir=auto]:not(article p)';
  const root = document.documentElement, texts = [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = nodes.nextNode());) {
    const own = node.parentElement.closest('[lang]');
    if (own && own !== root && own.lang !== root.lang) continue;
    if (node.parentElement.closest(OTHERS)) continue;
    if (node.textContent.trim()) texts.push(node.textContent.trim());
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return {
    lang: root.lang,
    beside: root.scrollWidth - root.clientWidth,
    headings: document.querySelectorAll('h1').length,
    repeated: ids.filter((id, n) => ids.indexOf(id) < n),
    nameless: [...document.querySelectorAll('a, button:not([hidden])')]
      .filter(e => !e.textContent.trim()).length,
    texts,
  };
}"""
_ON_PAPER = r"""() => {
  const WAYS = 'nav, header.site, footer, search', PALE = 4.5;
  const seen = e => e.checkVisibility() && e.getBoundingClientRect().width > 1;
  const style = (e, part) => getComputedStyle(e, part);
  const found = (places, wrong) =>
    [...places].filter(e => seen(e) && wrong(e)).map(e => `${e.tagName} ${e.className}`);
  const light = n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4;
  const contrast = colour => {  // with white (WCAG 2)
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    const [red, green, blue] = [r, g, b].map(n => light(1 - a * (1 - n / 255)));
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
  };
  const letters = new Set();
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = nodes.nextNode());)
    if (node.textContent.trim()) letters.add(node.parentElement);
  const root = document.documentElement;
  return {
    ways: found(document.querySelectorAll(WAYS), e => true),
    pale: found(letters, e => contrast(style(e).color) < PALE),
    cut: found(document.querySelectorAll('body *'),
      e => style(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1),
    folded: found(document.querySelectorAll('details:not([open])'),
      e => style(e, '::details-content').contentVisibility !== 'visible'),
    beside: root.scrollWidth - root.clientWidth,
    letters: document.querySelector('main').innerText.trim().length,
  };
}"""
_RAW = re.compile(r"\bNone\b|\bnull\b|\bundefined\b|\bNaN\b|\{[a-z_]*\}|^--\d|\b[a-z]+_[a-z]+\b")
"""What a program prints, and no person writes."""


def faults(page: Page, code: str) -> list[str]:
    """What is wrong with the page that is shown, in the language of the interface."""
    facts = page.evaluate(_FACTS)
    found = [f"language {facts['lang']}"] if facts["lang"] != code else []
    if facts["beside"] > 0:
        found.append(f"scrolls sideways by {facts['beside']}")
    if facts["headings"] != 1:
        found.append(f"{facts['headings']} headings")
    found += [f"repeated id {name}" for name in facts["repeated"]]
    if facts["nameless"]:
        found.append(f"{facts['nameless']} links or buttons without a name")
    found += [f"raw: {text}" for text in facts["texts"] if _RAW.search(text)]
    english = _untranslated(code)
    return found + [f"English: {text}" for text in facts["texts"] if text in english]


def faults_on_paper(page: Page) -> list[str]:
    """What is wrong with the page as it is printed: ways to other pages, letters too pale for white
    paper, what is cut off or folded away, nothing to read.
    """
    page.emulate_media(media="print")
    facts = page.evaluate(_ON_PAPER)
    page.emulate_media(media="screen")
    found = [
        f"in print {what}: {place}"
        for what in ("ways", "pale", "cut", "folded")
        for place in facts[what]
    ]
    if facts["beside"] > 0:
        found.append(f"in print wider than the paper by {facts['beside']}")
    return found if facts["letters"] else [*found, "in print empty"]


@cache
def _untranslated(code: str) -> frozenset[str]:
    """Messages that read otherwise in this language."""
    messages = catalogue(code).items() if code != "en" else ()
    return frozenset(said for said, meant in messages if said != meant and "{" not in said)


def barriers(page: Page, options: Mapping[str, Any] = MappingProxyType({})) -> list[str]:
    """Rules of axe that the page offends, each with the elements that do."""
    if not page.evaluate("'axe' in window"):  # half a megabyte to send and to read
        page.evaluate(Axe().axe_script)
    found = page.evaluate("o => axe.run({...o, resultTypes: ['violations']})", {**options})
    return [
        f"axe {rule['id']}: {[node['target'] for node in rule['nodes']]}"
        for rule in found["violations"]
    ]
