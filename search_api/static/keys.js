// Keys for who reads many results: the list of them stands at the end of each page.
"use strict";

const ITEMS = "main article h2 a, main .stacked tbody th > a";
const OFF = "rohstoffradar-keys-off";
// What layouts without Latin letters write there.
const PLACES = { KeyJ: "j", KeyK: "k", KeyO: "o", BracketLeft: "[", BracketRight: "]" };

const help = document.getElementById("keys");
const toggle = document.getElementById("keys-toggle");

// A browser that is told to keep nothing of a site throws where it is asked: the keys work, and are
// switched off until the next page.
let kept;
try {
  kept = localStorage;
} catch {
  const values = new Map();
  kept = {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
}
const isOff = () => kept.getItem(OFF) !== null;
const move = (step) => {
  const items = [...document.querySelectorAll(ITEMS)];
  const at = items.indexOf(document.activeElement);
  const next = at < 0 && step < 0 ? undefined : items[at + step];
  if (next) next.focus();
};
const follow = (link) => {
  if (link) link.click();
};
const ACTIONS = {
  "/": () => {
    const box = document.querySelector("search input[type=search]");
    box?.focus();
    box?.select(); // what is typed replaces the query; it would else stand before it
  },
  j: () => move(1),
  k: () => move(-1),
  o: () => follow(document.activeElement.matches(ITEMS) ? document.activeElement : null),
  "[": () => follow(document.querySelector(".paging a:not([rel=next])")),
  "]": () => follow(document.querySelector(".paging a[rel=next]")),
  "?": () => {
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (isOff() || event.isComposing || event.target.closest("input, textarea, select, [contenteditable]")) return;
  // Brackets are written with AltGr, or Alt, on many keyboards.
  const bracket = "[]".includes(event.key) && !event.metaKey && event.altKey;
  if ((event.ctrlKey || event.metaKey || event.altKey) && !bracket) return;
  const key = event.key.charCodeAt(0) > 127 ? PLACES[event.code] : event.key;
  if (!Object.hasOwn(ACTIONS, key)) return;
  event.preventDefault();
  ACTIONS[key]();
});

const show = () => {
  toggle.textContent = isOff() ? toggle.dataset.on : toggle.dataset.off;
};
toggle.addEventListener("click", () => {
  if (isOff()) kept.removeItem(OFF);
  else kept.setItem(OFF, "1");
  show();
});
toggle.hidden = false;
show();
