// One state, shown in every part of the page.

const VIEWS = { picture: "Picture", table: "Table", timeline: "Timeline" };

function go(change) {
  Object.assign(state, change);
  if (state.line && !shown.quotes.has(state.line)) state.line = null;
  render();
}

function filtered() {
  shown = sift();
  if (state.line && !shown.quotes.has(state.line)) state.line = null;
  render();
}

function render() {
  for (const view of Object.keys(VIEWS)) {
    byId(view).hidden = view !== state.view;
    byId(`to-${view}`).setAttribute("aria-pressed", String(view === state.view));
  }
  if (state.view === "picture") draw();
  if (state.view === "table") showTable();
  if (state.view === "timeline") showTimeline();
  showLegend();
  showPanel();
  showCount();
}

function showCount() {
  const drawn = canvas.chosen.size < shown.nodes.size ? `${canvas.chosen.size.toLocaleString("en")} of ` : "";
  byId("count").textContent = [
    `${drawn}${many(shown.nodes.size, "name")}`,
    many(shown.quotes.size, "relation"),
    many(data.articles.length, "article"),
  ].join(" · ");
}

function buildTools() {
  const views = el("div", { class: "views", role: "group", "aria-label": "View" },
    Object.entries(VIEWS).map(([view, title]) => el("button", { id: `to-${view}`, type: "button", onclick: () => go({ view }) }, title)));
  const fit = el("button", { type: "button", title: "Show all again (Escape)", onclick: () => go({ focus: null, line: null }) }, "Fit");
  byId("tools").replaceChildren(views, fit);
}

// From the name in focus to the nearest in the direction of an arrow key.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function step([dx, dy]) {
  const from = state.focus && canvas.screen.get(state.focus);
  const others = [...canvas.chosen].filter((node) => node !== state.focus);
  const cost = (node) => {
    const at = canvas.screen.get(node);
    if (!from) return -weightOf(node);
    const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
    const across = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
    return along <= 0 ? Infinity : along + 2 * across;
  };
  const best = others.reduce((a, b) => (a && cost(a) <= cost(b) ? a : b), null);
  if (best && cost(best) < Infinity) go({ focus: best, line: null });
}

function keys(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing) byId("search").focus();
  else if (event.key === "Escape") go(state.line && state.focus ? { line: null } : { focus: null, line: null });
  else if (ARROWS[event.key] && event.target === byId("network")) step(ARROWS[event.key]);
  else if (event.key === "Enter" && event.target === byId("network") && state.focus) byId("panel").focus();
  else return;
  event.preventDefault();
}

readTheme();
byId("network").tabIndex = 0;
byId("network").setAttribute("role", "application");
byId("network").setAttribute("aria-label", "The graph. Arrow keys move from name to name, Enter goes to the quotes, Escape back.");
buildTools();
buildLegend();
startPicture();
render();
document.addEventListener("keydown", keys);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readTheme();
  buildLegend();
  render();
});
let resized = 0;
new ResizeObserver(() => {
  clearTimeout(resized);
  resized = setTimeout(() => state.view === "picture" && draw(), 120);
}).observe(byId("network"));
globalThis.onrecord = { data, state, canvas, go };
performance.mark("drawn");
