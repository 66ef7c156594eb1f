// The same content as a table and along time: the picture is not the only way in.

const ROWS = 200;
const order = { column: "quotes", down: true };
const outletsOf = (quotes) => [...new Set(quotes.map((quote) => outletOf(quote) || "not known"))].sort();
const earliest = (quotes) => quotes.map(dayOf).filter(Boolean).sort()[0] ?? "";

const COLUMNS = {
  who: { title: "Who", value: (line) => nodes.get(line.from).label },
  relation: { title: "Relation", value: (line) => relationOf(line) },
  whom: { title: "Whom or what", value: (line) => (line.to ? nodes.get(line.to).label : "") },
  quotes: { title: "Quotes", value: (_, quotes) => quotes.length },
  first: { title: "First", value: (_, quotes) => earliest(quotes) },
  outlets: { title: "Outlets", value: (_, quotes) => outletsOf(quotes).join(", ") },
};

// The lines that pass, or those of them that are the focus's.
function listed() {
  const near = nearLines();
  return [...shown.quotes].filter(([line]) => !near || near.has(line));
}

function moreRows(rest, show) {
  return rest > 0 ? el("button", { class: "more", type: "button", onclick: show }, `Show more (${rest.toLocaleString("en")} left)`) : "";
}

function showTable(limit = ROWS) {
  const { value } = COLUMNS[order.column];
  const rows = listed().map((row) => [value(...row), row]);
  rows.sort(([a], [b]) => (order.down ? -1 : 1) * (typeof a === "number" ? a - b : a.localeCompare(b, "en")));
  const head = Object.entries(COLUMNS).map(([key, { title }]) =>
    el("th", { scope: "col", class: key, "aria-sort": order.column === key ? (order.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", onclick: () => {
        order.down = order.column === key ? !order.down : key === "quotes";
        order.column = key;
        showTable(limit);
      } }, title)));
  byId("table").replaceChildren(
    el("h2", {}, state.focus ? `Relations of ${state.focus.label}` : "Relations"),
    el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows.slice(0, limit).map(([, row]) => tableRow(row)))),
    moreRows(rows.length - limit, () => showTable(limit + 5 * ROWS)),
    ...(state.focus ? [] : alone()));
}

function tableRow([line, quotes]) {
  const first = earliest(quotes);
  const row = el("tr", {},
    el("th", { scope: "row" }, nameButton(nodes.get(line.from))),
    el("td", {}, el("button", { class: "words", type: "button", onclick: () => go({ line }) }, familyIcon(familyOf(line)), relationOf(line))),
    el("td", {}, line.to ? nameButton(nodes.get(line.to)) : ""),
    el("td", { class: "quotes" }, quotes.length),
    el("td", { class: "first" }, first ? shortDay(first) : ""),
    el("td", { class: "outlets" }, outletsOf(quotes).join(", ")));
  row.classList.toggle("now", line === state.line);
  return row;
}

// Names that no line connects, so that nothing the articles name is out of reach.
function alone() {
  const list = data.nodes.filter((node) => !linesAt.get(node.id).length && !off.kind.has(node.kind));
  if (!list.length) return [];
  const items = el("ul", { class: "alone" });
  const add = (limit) => items.append(...list.slice(items.children.length, limit).map((node) =>
    el("li", {}, kindIcon(kinds.get(node.kind), node.unnamed), nameButton(node))));
  add(ROWS);
  const more = moreRows(list.length - ROWS, () => {
    add(list.length);
    more.remove();
  });
  return [el("h2", {}, "Named, but in no relation"), items, more];
}

// By day, then by article, in the order of its words; what one quote says stands together.
function showTimeline(limit = ROWS) {
  const events = listed().flatMap(([line, quotes]) => quotes.map((quote) => ({ line, quote, day: dayOf(quote) })));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  events.sort((a, b) => compare(a.day || "9999", b.day || "9999") || compare(articleOf(a.quote).id, articleOf(b.quote).id)
    || a.quote.passage - b.quote.passage || a.quote.start - b.quote.start || a.quote.end - b.quote.end);
  const byDay = Map.groupBy(events.slice(0, limit), (event) => event.day);
  byId("timeline").replaceChildren(
    el("h2", {}, state.focus ? `Timeline of ${state.focus.label}` : "Timeline"),
    ...[...byDay].map(([day, list]) => el("section", { class: "day" },
      el("h3", {}, day ? el("time", { datetime: day }, longDay(day)) : "Undated"),
      [...Map.groupBy(list, (event) => articleOf(event.quote))].map(([article, some]) => [
        el("h4", {}, el("span", { class: "outlet" }, article.outlet ?? "Outlet not known"), " ", article.heading ?? article.id),
        el("ol", {}, [...Map.groupBy(some, ({ quote }) => [quote.passage, quote.start, quote.end].join()).values()].map(timelineEvent)),
      ]))),
    moreRows(events.length - limit, () => showTimeline(limit + 5 * ROWS)));
}

function timelineEvent(events) {
  const [{ line, quote }] = events;
  const item = el("li", {},
    events.map((event) => el("p", { class: "sentence" }, sentence(event.line))),
    el("blockquote", {}, textOf(quote).slice(quote.start, quote.end)));
  item.style.setProperty("--tone", ink(familyOf(line).colour));
  return item;
}
