// The same content as a table and along time: the picture is not the only way in.

const ROWS = 200;
const order = { column: "quotes", down: true };
const outletsOf = (quotes) => [...new Set(quotes.map((quote) => outletOf(quote) || "not known"))].sort();
const daysOf = (quotes) => quotes.map((quote) => quote.date).filter(Boolean).sort();

const COLUMNS = {
  who: { title: "Who", value: (line) => nodes.get(line.from).label },
  relation: { title: "Relation", value: (line) => line.name ?? wordsOf(line) },
  whom: { title: "Whom or what", value: (line) => (line.to ? nodes.get(line.to).label : "") },
  quotes: { title: "Quotes", value: (_, quotes) => quotes.length },
  day: { title: "First", value: (_, quotes) => daysOf(quotes)[0] ?? "" },
  outlets: { title: "Outlets", value: (_, quotes) => outletsOf(quotes).join(", ") },
};

function tableRow([line, quotes]) {
  const [first] = daysOf(quotes);
  const row = el("tr", {},
    el("th", { scope: "row" }, nameButton(nodes.get(line.from))),
    el("td", {}, el("button", { class: "words", type: "button", onclick: () => go({ line }) }, familyIcon(familyOf(line)), line.name ?? wordsOf(line))),
    el("td", {}, line.to ? nameButton(nodes.get(line.to)) : ""),
    el("td", { class: "number" }, quotes.length),
    el("td", { class: "day" }, first ? shortDay(first) : ""),
    el("td", {}, outletsOf(quotes).join(", ")));
  row.classList.toggle("now", line === state.line);
  return row;
}

function showTable(limit = ROWS) {
  const { value } = COLUMNS[order.column];
  const near = state.focus && !state.line ? lit().lines : null;
  const rows = [...shown.quotes].filter(([line]) => !near || near.has(line)).map((row) => [value(...row), row]);
  rows.sort(([a], [b]) => (typeof a === "number" ? a - b : a.localeCompare(b, "en")) * (order.down ? -1 : 1));
  const head = Object.entries(COLUMNS).map(([key, column]) =>
    el("th", { scope: "col", "aria-sort": order.column === key ? (order.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", onclick: () => {
        order.down = order.column === key ? !order.down : key === "quotes";
        order.column = key;
        showTable(limit);
      } }, column.title)));
  byId("table").replaceChildren(
    el("h2", {}, near ? `Relations of ${state.focus.label}` : "Relations"),
    el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows.slice(0, limit).map(([, row]) => tableRow(row)))),
    rows.length > limit ? el("button", { class: "more", type: "button", onclick: () => showTable(limit + 10 * ROWS) }, `${many(rows.length - limit, "row")} more`) : "",
    alone(limit));
}

// Names that no line connects, so that nothing the articles name is out of reach.
function alone(limit) {
  const list = data.nodes.filter((node) => !shown.weight.has(node) && !off.kind.has(node.kind));
  if (!list.length || state.focus) return "";
  return el("section", {}, el("h2", {}, "Named without a relation"),
    el("ul", { class: "alone" }, list.slice(0, limit).map((node) => el("li", {}, kindIcon(kinds.get(node.kind), node.unnamed), nameButton(node)))));
}

// By day, then article, in the order of the articles' words.
function showTimeline(limit = ROWS) {
  const near = state.focus && !state.line ? lit().lines : null;
  const events = [...shown.quotes].filter(([line]) => !near || near.has(line))
    .flatMap(([line, quotes]) => quotes.map((quote) => ({ line, quote, day: quote.date ?? "" })));
  events.sort((a, b) => (a.day || "9").localeCompare(b.day || "9") || articleOf(a.quote).id.localeCompare(articleOf(b.quote).id)
    || a.quote.passage - b.quote.passage || a.quote.start - b.quote.start);
  const days = Map.groupBy(events.slice(0, limit), (event) => event.day);
  byId("timeline").replaceChildren(
    el("h2", {}, near ? `Timeline of ${state.focus.label}` : "Timeline"),
    ...[...days].map(([day, list]) => el("section", { class: "day" },
      el("h3", {}, day ? el("time", { datetime: day }, longDay(day)) : "Undated"),
      [...Map.groupBy(list, (event) => articleOf(event.quote))].map(([article, some]) => el("section", { class: "article" },
        el("h4", {}, el("span", { class: "outlet" }, article.outlet ?? "Outlet not known"), " ", article.heading ?? article.id),
        el("ol", {}, some.map(({ line, quote }) => el("li", {}, el("p", { class: "sentence" }, sentence(line)),
          el("blockquote", {}, passageOf(quote).text.slice(quote.start, quote.end))))))))),
    events.length > limit ? el("button", { class: "more", type: "button", onclick: () => showTimeline(limit + 10 * ROWS) }, `${many(events.length - limit, "quote")} more`) : "");
}
