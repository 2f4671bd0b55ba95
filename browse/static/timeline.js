// A timeline as bars, drawn by Observable Plot from the rows of the table it stands over.

import { barY, plot, ruleY } from "./vendor/plot.js";

const nonce = document.querySelector("script[nonce]")?.nonce;

/** Draws the figure's table into its canvas, again whenever its width changes. */
export function bars(figure) {
  const canvas = figure.querySelector(".canvas");
  const rows = [...figure.querySelectorAll("tbody tr")].map((row) => ({
    label: row.cells[0].textContent.trim(),
    number: Number(row.cells[1].textContent.replaceAll(",", "")),
    address: row.querySelector("a")?.href,
  }));
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.round(contentRect.width) === width) return;
    width = Math.round(contentRect.width);
    canvas.replaceChildren(drawn(rows, width, figure.dataset.words));
  }).observe(canvas);
}

function drawn(rows, width, word) {
  const every = Math.ceil(rows.length / Math.max(1, Math.floor(width / 56)));
  const shown = (label) => (label.length === 7 && rows.length <= 12 ? String(Number(label.slice(5))) : label);
  const made = withNonce(() => plot({
    width, height: 124, marginLeft: 4, marginRight: 4, marginTop: 18, marginBottom: 24,
    x: { type: "band", label: null, tickSize: 0, ticks: rows.filter((_, i) => i % every === 0).map((row) => row.label), tickFormat: shown },
    y: { axis: null },
    marks: [
      ruleY([0], { stroke: "var(--line)" }),
      barY(rows, {
        x: "label", y: "number", href: "address", fill: "var(--bar)", rx: 1,
        ariaLabel: (row) => `${row.label} ${row.number}`,
        title: (row) => `${row.label} · ${row.number.toLocaleString()} ${word}`,
      }),
    ],
    style: { background: "none", color: "var(--quiet)", fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
  }));
  for (const link of made.querySelectorAll("a")) link.setAttribute("tabindex", "-1"); // the table has them
  return made;
}

/** Plot writes a style element; the page's policy wants its nonce on it. */
function withNonce(make) {
  const create = document.createElementNS;
  document.createElementNS = function (...names) {
    const element = create.apply(document, names);
    if (names[1] === "style") element.nonce = nonce;
    return element;
  };
  try { return make(); } finally { delete document.createElementNS; }
}
