// One state, shown in every part of the page.

const VIEWS = { picture: "Picture", table: "Table", timeline: "Timeline" };

function go(change) {
  Object.assign(state, change);
  const far = state.line?.to && state.line.ends.some((node) => !canvas.chosen.has(node));
  if (far && !state.focus) [state.focus] = state.line.ends;
  remember();
  show();
}

function filtered() {
  shown = sift();
  show();
}

function show() {
  if (state.line && !shown.quotes.has(state.line)) state.line = null;
  for (const view of Object.keys(VIEWS)) {
    byId(view).hidden = view !== state.view;
    byId(`to-${view}`).setAttribute("aria-pressed", String(view === state.view));
  }
  ({ picture: draw, table: showTable, timeline: showTimeline })[state.view]();
  showLegend();
  showPanel();
  showCount();
}

function showCount() {
  const part = canvas.chosen.size < shown.nodes.size ? `${canvas.chosen.size.toLocaleString("en")} of ` : "";
  const quotes = [...shown.quotes.values()].reduce((sum, list) => sum + list.length, 0);
  byId("count").textContent = [
    `${part}${many(shown.nodes.size, "name")}${part ? " shown" : ""}`,
    many(shown.quotes.size, "relation"),
    many(quotes, "quote"),
    many(data.articles.length, "article"),
  ].join(" · ");
  byId("nothing").hidden = shown.nodes.size > 0;
}

function buildTools() {
  const button = (title, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, title);
  const all = () => {
    canvas.fit = "";
    go({ focus: null, line: null });
  };
  const group = (label, ...buttons) => el("div", { class: "group", role: "group", "aria-label": label }, buttons);
  byId("tools").replaceChildren(
    group("View", ...Object.entries(VIEWS).map(([view, title]) => button(title, () => go({ view }), { id: `to-${view}` }))),
    group("Picture", button("Show all", all, { title: "The whole picture (Esc)" })),
    group("Save the picture", button("PNG", () => save("png"), { title: "Save as PNG" }), button("SVG", () => save("svg"), { title: "Save as SVG" })),
    group("Colours", button("◐", turnTheme, { "aria-label": "Light or dark" })));
}

function turnTheme() {
  document.documentElement.dataset.theme = theme.dark === "1" ? "light" : "dark";
  recolour();
}

function recolour() {
  readTheme();
  buildLegend();
  show();
}

// From the name in focus to the nearest in the direction of an arrow key.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function step([dx, dy]) {
  const from = canvas.screen.get(state.focus);
  const cost = (node) => {
    if (!from) return -weightOf(node);
    const at = canvas.screen.get(node);
    const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
    const across = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
    return along > 0 ? along + 2 * across : Infinity;
  };
  const others = [...canvas.chosen].filter((node) => node !== state.focus && cost(node) < Infinity);
  if (others.length) go({ focus: others.reduce((a, b) => (cost(a) <= cost(b) ? a : b)), line: null });
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inPicture = event.target === byId("network");
  if (event.key === "Escape") go(state.line && state.focus ? { line: null } : { focus: null, line: null });
  else if (event.key === "/" && event.target.tagName !== "INPUT") byId("search").focus();
  else if (inPicture && ARROWS[event.key]) step(ARROWS[event.key]);
  else if (inPicture && event.key === "Enter") byId("panel").focus();
  else return;
  event.preventDefault();
}

// The address keeps the focus, so that Back goes back and a part of the page can be pointed to.
const addressed = () => (state.line ?? state.focus)?.id ?? "";
function remember() {
  if (decodeURIComponent(location.hash.slice(1)) !== addressed()) location.hash = encodeURIComponent(addressed());
}
function recall() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id === addressed()) return;
  go(lines.has(id) ? { line: lines.get(id) } : { focus: nodes.get(id) ?? null, line: null });
}

readTheme();
buildTools();
buildLegend();
startPicture();
show();
recall();
document.addEventListener("keydown", key);
addEventListener("hashchange", recall);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
new ResizeObserver(() => state.view === "picture" && draw()).observe(byId("network"));
globalThis.onrecord = { data, state, canvas, go };
performance.mark("drawn");
