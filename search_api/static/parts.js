// Links and forms that change a part of the page: htmx asks for the page that they lead to and puts
// its part in place; here is what it leaves open. Without scripts they lead to that page.
"use strict";

const parts = document.getElementById("parts");
const told = document.getElementById("told");
let latest; // the question whose answer is waited for
let shown = location.search; // what the page is the answer to
let isReturning = false; // to an earlier answer
let typed; // into a box that an answer is about to replace

// With one of these keys a browser opens another tab or window.
document.addEventListener(
  "click",
  (event) => {
    const other = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (other && event.target.closest("#parts a")) event.stopPropagation();
  },
  { capture: true },
);

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  latest = detail.xhr;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr } = detail;
  const has = (id) => xhr.response.includes(` id="${id}"`);
  const language = xhr.getResponseHeader("Content-Language");
  if (xhr !== latest) {
    detail.shouldSwap = false; // an answer that comes after that to a later question
  } else if (!has("parts") || new URL(xhr.responseURL).pathname !== location.pathname || language !== document.documentElement.lang) {
    detail.shouldSwap = false; // another page: the login, a document; an answer of a proxy
    location.assign(xhr.responseURL);
  } else if (!has(detail.target.id)) {
    detail.target = parts; // an error, where a list was asked for
    detail.selectOverride = "#parts > *";
  }
  const box = document.activeElement;
  const isHalfTyped = box.value !== box.defaultValue && !detail.requestConfig.elt.contains(box);
  typed = isHalfTyped ? { name: box.name, value: box.value, from: box.selectionStart, to: box.selectionEnd } : undefined;
});

// Without an answer the browser says why, as it does of a page.
document.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.xhr === latest) location.assign(detail.pathInfo.finalRequestPath);
});

document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  const { history: step } = detail;
  if (step.path === location.pathname + location.search) step.type = "replace"; // asked for twice, as of a page
  if (step.type !== "push") return;
  // The way back loads the page: where it stood is known by then to nobody but its state.
  history.replaceState({ htmx: true, at: scrollY }, "");
  history.scrollRestoration = "manual";
});
document.addEventListener("htmx:pushedIntoHistory", () => {
  history.scrollRestoration = "auto";
});
if (history.state?.at !== undefined) {
  scrollTo(0, history.state.at);
  history.replaceState({ htmx: true }, "");
}
addEventListener("pagehide", () => {
  if (!isReturning) history.scrollRestoration = "auto"; // of whole pages the browser knows
});

// Instead of htmx, which loads the pages of those addresses that it has made, and forgets what is kept with
// them: others (the first one, #filters) may lie between them.
addEventListener("popstate", (event) => {
  event.stopImmediatePropagation();
  latest = undefined;
  isReturning = location.search !== shown;
  if (isReturning) location.reload();
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  shown = location.search;
  const box = typed && parts.querySelector(`input:not([type=hidden])[name="${typed.name}"]`);
  if (box) {
    box.value = typed.value;
    box.focus({ preventScroll: true });
    box.setSelectionRange(typed.from, typed.to);
  }
  // A text that is put into a region which was there before is read out; an alert always is.
  const status = parts.querySelector("[role=alert]") ? "" : parts.querySelector("[role=status]")?.textContent;
  if (told.textContent !== status) told.textContent = status ?? "";
  // The element that had the focus has it again, or is gone. Of a form it is the results that come next.
  const isDone = detail.target === parts && detail.requestConfig.elt.tagName === "FORM";
  if (isDone || document.activeElement === document.body) document.getElementById("main").focus({ preventScroll: true });
  for (const link of document.querySelectorAll("link[rel=alternate]")) {
    const twin = parts.querySelector(`.twins a[type="${link.type}"]`);
    if (twin) link.href = twin.href;
  }
});

// What was typed before these scripts had come, and asked nothing, asks now. htmx listens first.
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("form[hx-trigger*=input] input:not([type=hidden])")) {
    if (box.value !== box.defaultValue) box.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
