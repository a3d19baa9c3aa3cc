// On a phone the map is wider than the page: it begins where most pages are, not in the west.
"use strict";

const beginWhereMostAre = () => {
  const chart = document.querySelector(".map .chart");
  if (!chart) return;
  const map = chart.querySelector("svg");
  const scale = map.clientWidth / map.viewBox.baseVal.width;
  const points = [...chart.querySelectorAll("circle")].map((circle) => ({
    x: circle.cx.baseVal.value * scale,
    size: circle.r.baseVal.value ** 2, // grows with the number of pages
  }));
  const seenAround = (middle) =>
    points.filter(({ x }) => Math.abs(x - middle) < chart.clientWidth / 2).reduce((sum, { size }) => sum + size, 0);
  const best = points.reduce((one, other) => (seenAround(other.x) > seenAround(one.x) ? other : one));
  chart.scrollLeft = best.x - chart.clientWidth / 2;
};

document.addEventListener("htmx:afterSettle", beginWhereMostAre); // places are narrowed while one types
beginWhereMostAre();
