// Keys, copying, stepping through what was found, and the timeline's plot. Pages work without it.

const field = () => {
  const fields = [...document.querySelectorAll('.find input[name="q"]')];
  return fields.find((input) => getComputedStyle(input).visibility === "visible" && input.offsetParent);
};
const dialog = document.getElementById("keys");

function step(links, forward) {
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (forward ? 0 : links.length - 1) : at + (forward ? 1 : -1);
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}

function stepMark(forward) {
  const marks = [...document.querySelectorAll(".body mark")];
  if (!marks.length) return;
  const at = marks.findIndex((mark) => mark.classList.contains("at"));
  marks[at]?.classList.remove("at");
  const next = (at + (forward ? 1 : at < 0 ? 0 : -1) + marks.length) % marks.length;
  marks[next].classList.add("at");
  marks[next].scrollIntoView({ block: "center" });
}

const keys = {
  "/": () => { const input = field(); input?.focus(); input?.select(); },
  "?": () => dialog?.showModal(),
  j: () => step([...document.querySelectorAll(".hit h2 a, .newest a")], true),
  k: () => step([...document.querySelectorAll(".hit h2 a, .newest a")], false),
  n: () => stepMark(true),
  p: () => stepMark(false),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.dataset.step) stepMark(button.dataset.step > 0);
  if (button.dataset.copy) {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  }
});
if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

if (matchMedia("(max-width: 60rem)").matches) {
  for (const facet of document.querySelectorAll(".facets > details")) facet.open = false;
}

// The plot is drawn from the table beside it, when the page has been painted.
async function draw(figures) {
  const { bars } = await import("./timeline.js");
  for (const figure of figures) bars(figure);
}
const figures = [...document.querySelectorAll("[data-plot=bars]")];
if (figures.length) requestAnimationFrame(() => setTimeout(() => draw(figures)));
