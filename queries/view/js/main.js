// One state, shown in every part of the page.

const VIEWS = { picture: draw, table: () => showTable(), timeline: () => showTimeline() };

function go(change) {
  Object.assign(state, change);
  const far = state.line?.to && state.line.ends.some((node) => !canvas.chosen.has(node));
  if (far && !state.focus) [state.focus] = state.line.ends;
  remember();
  show();
  const chosen = state.focus || state.line;
  if (chosen && NARROW.matches && state.view !== "picture") byId("panel").scrollIntoView();
}

function filtered() {
  shown = sift();
  showLegend();
  show();
}

function show() {
  if (state.line && !shown.quotes.has(state.line)) state.line = null;
  const pressed = document.activeElement;
  for (const view of Object.keys(VIEWS)) {
    byId(view).hidden = view !== state.view;
    byId(`to-${view}`).setAttribute("aria-pressed", String(view === state.view));
  }
  VIEWS[state.view]();
  showPanel();
  showCount();
  if (!pressed.isConnected) byId("panel").focus({ preventScroll: true }); // a choice made there
}

function showCount() {
  const [all, drawn] = [shown.nodes.size, canvas.chosen.size];
  const part = state.view === "picture" && drawn < all;
  byId("count").textContent = [
    part ? `${drawn} of ${many(all, "name")} shown` : many(all, "name"),
    many(shown.quotes.size, "relation"),
    many(shown.size, "quote"),
    many(data.articles.length, "article"),
  ].join(" · ");
  byId("nothing").hidden = all > 0;
}

function buildTools() {
  const group = (label, ...buttons) =>
    el("div.group", { role: "group", "aria-label": label }, buttons);
  const whole = () => {
    canvas.fit = "";
    go({ focus: null, line: null });
  };
  const saved = (format) => () => save(format);
  const views = Object.keys(VIEWS).map((view) =>
    button("", () => go({ view }), { id: `to-${view}` }, capital(view)),
  );
  byId("tools").replaceChildren(
    group("View", views),
    group("Picture", button("", whole, { title: "The whole picture (Esc)" }, "Show all")),
    group(
      "Save the picture",
      button("", saved("png"), { title: "Save the picture as PNG" }, "PNG"),
      button("", saved("svg"), { title: "Save the picture as SVG" }, "SVG"),
    ),
    group("Colours", button("", turnTheme, { "aria-label": "Light or dark" }, "◐")),
  );
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
    const [x, y] = [canvas.screen.get(node).x - from.x, canvas.screen.get(node).y - from.y];
    const along = x * dx + y * dy;
    return along > 0 ? along + 2 * (Math.abs(x * dy) + Math.abs(y * dx)) : Infinity;
  };
  const ahead = [...canvas.chosen].filter((node) => node !== state.focus && cost(node) < Infinity);
  if (ahead.length) go({ focus: ahead.reduce((a, b) => (cost(a) <= cost(b) ? a : b)), line: null });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inPicture = event.target === byId("network");
  if (event.key === "Escape")
    go(state.line && state.focus ? { line: null } : { focus: null, line: null });
  else if (event.key === "/" && event.target.tagName !== "INPUT") byId("search").focus();
  else if (inPicture && ARROWS[event.key]) step(ARROWS[event.key]);
  else if (inPicture && event.key === "Enter") byId("panel").focus();
  else return;
  event.preventDefault();
}

// The address keeps what is in focus, so that Back goes back and a part can be pointed to.
const WHOLE = "all";
const address = () => (state.line ?? state.focus)?.id ?? WHOLE;
function addressed() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || WHOLE;
  } catch {
    return WHOLE;
  }
}
function remember() {
  if (addressed() !== address()) location.hash = encodeURIComponent(address());
}
function recall() {
  const id = addressed();
  if (id !== address()) go({ focus: nodes.get(id) ?? null, line: lineOf(id) ?? null });
}

readTheme();
buildTools();
buildLegend();
startPicture();
show();
document.addEventListener("keydown", onKey);
addEventListener("hashchange", recall);
document.addEventListener("DOMContentLoaded", () => {
  recall();
  showPanel(); // now with the texts
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
new ResizeObserver(() => state.view === "picture" && draw()).observe(byId("network"));
globalThis.onrecord = { data, state, canvas, go };
performance.mark("drawn");
