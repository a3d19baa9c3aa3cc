// Words that are selected in the text go into the form that marks them, with where they begin.
"use strict";

const text = document.getElementById("text");
const marking = document.getElementById("marking");

// Python counts characters, the browser units of UTF-16.
const characters = (words) => Array.from(words).length;

const take = () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  // The field would drop ends of lines, and glue the words together.
  marking.elements.words.value = range.toString().replace(/[\r\n]/g, " ");
  marking.elements.start.value = characters(before.toString());
};

document.addEventListener("selectionchange", take);
// What was selected while the page was still being read.
take();

marking.elements.words.addEventListener("input", () => {
  marking.elements.start.value = "";
});
