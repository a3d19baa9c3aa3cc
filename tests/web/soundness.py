"""What holds of every page, whatever it shows, however wide it is and in whichever language."""

from __future__ import annotations

import re
from functools import cache
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


@cache
def _untranslated(code: str) -> frozenset[str]:
    """Messages that read otherwise in this language."""
    messages = catalogue(code).items() if code != "en" else ()
    return frozenset(said for said, meant in messages if said != meant and "{" not in said)


def barriers(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """Rules of axe that the page offends, each with the elements that do."""
    violations = Axe().run(page, options=options or {"resultTypes": ["violations"]}).response
    return [
        f"axe {rule['id']}: {[node['target'] for node in rule['nodes']]}"
        for rule in violations["violations"]
    ]
