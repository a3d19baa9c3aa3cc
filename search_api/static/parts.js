// Links and forms that change a part of the page: htmx asks for the page that they lead to and puts
// its part in place; here is what it leaves open. Without scripts they lead to that page.
"use strict";

const parts = document.getElementById("parts");
const told = document.getElementById("told");
let latest;

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
});

// Without an answer the browser says why, as it does of a page.
document.addEventListener("htmx:sendError", ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));

document.addEventListener("htmx:afterSettle", ({ detail }) => {
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
