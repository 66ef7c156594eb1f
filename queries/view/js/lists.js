// The same content as a table and along time: the picture is not the only way in.

const ROWS = 200;
const order = { column: "quotes", down: true };
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const outletsOf = (quotes) =>
  [...new Set(quotes.map((quote) => outletOf(quote) || "not known"))].sort().join(", ");
const earliest = (quotes) => quotes.map(dayOf).filter(Boolean).sort()[0] ?? "";

const COLUMNS = {
  who: { title: "Who", value: (line) => nodes.get(line.from).label },
  relation: { title: "Relation", value: relationOf },
  whom: { title: "Whom or what", value: (line) => (line.to ? nodes.get(line.to).label : "") },
  quotes: { title: "Quotes", value: (_, quotes) => quotes.length },
  first: { title: "First", value: (_, quotes) => earliest(quotes) },
  outlets: { title: "Outlets", value: (_, quotes) => outletsOf(quotes) },
};

// The lines that pass, or those of them that are the focus's.
function listed() {
  const near = nearLines();
  return [...shown.quotes].filter(([line]) => !near || near.has(line));
}

const further = (rest, onclick) =>
  rest > 0 ? button("more", onclick, `Show more (${grouped(rest)} left)`) : "";
const titled = (title) => el("h2", state.focus ? `${title} of ${state.focus.label}` : title);

function showTable(limit = ROWS) {
  const { value } = COLUMNS[order.column];
  const rows = listed().map((row) => [value(...row), row]);
  const sign = order.down ? -1 : 1;
  rows.sort(([a], [b]) => sign * (typeof a === "number" ? a - b : a.localeCompare(b, "en")));
  byId("table").replaceChildren(
    titled("Relations"),
    el(
      "table",
      el("thead", el("tr", Object.keys(COLUMNS).map(columnHead))),
      el(
        "tbody",
        rows.slice(0, limit).map(([, row]) => tableRow(row)),
      ),
    ),
    further(rows.length - limit, () => showTable(limit + 5 * ROWS)),
    ...(state.focus ? [] : alone()),
  );
}

function columnHead(key) {
  const sorted = order.column === key ? (order.down ? "descending" : "ascending") : "none";
  const sort = () => {
    order.down = order.column === key ? !order.down : key === "quotes";
    order.column = key;
    showTable();
    document.querySelector(`#table th.${key} button`).focus();
  };
  return el(
    `th.${key}`,
    { scope: "col", "aria-sort": sorted },
    button("", sort, COLUMNS[key].title),
  );
}

function tableRow([line, quotes]) {
  const first = earliest(quotes);
  const row = el(
    "tr",
    el("th", { scope: "row" }, nameButton(nodes.get(line.from))),
    el("td", relationButton(line)),
    el("td", line.to && nameButton(nodes.get(line.to))),
    el("td.quotes", quotes.length),
    el("td.first", first && shortDay(first)),
    el("td.outlets", outletsOf(quotes)),
  );
  row.classList.toggle("now", line === state.line);
  return row;
}

// Names that no line connects, so that nothing the articles name is out of reach.
function alone() {
  const list = data.nodes.filter((node) => !node.lines.length && !off.kind.has(node.kind));
  if (!list.length) return [];
  const items = el("ul.alone");
  const row = (node) => el("li", iconOf(node), nameButton(node));
  items.append(...list.slice(0, ROWS).map(row));
  const more = further(list.length - ROWS, () => {
    items.append(...list.slice(ROWS).map(row));
    more.remove();
  });
  return [el("h2", "Names without a line"), items, more];
}

// By day, then by article, in the order of its words; what one quote says stands together.
function showTimeline(limit = ROWS) {
  const events = listed().flatMap(([line, quotes]) => quotes.map((quote) => ({ line, quote })));
  const place = ({ quote }) => [quote.passage, quote.start, quote.end];
  events.sort((a, b) => {
    const byDay = compare(dayOf(a.quote) || "9999", dayOf(b.quote) || "9999");
    const byArticle = compare(articleOf(a.quote).id, articleOf(b.quote).id);
    const [i, j] = [place(a), place(b)];
    return byDay || byArticle || i[0] - j[0] || i[1] - j[1] || i[2] - j[2];
  });
  const byDay = Map.groupBy(events.slice(0, limit), ({ quote }) => dayOf(quote));
  byId("timeline").replaceChildren(
    titled("Timeline"),
    ...[...byDay].map(([day, list]) => timelineDay(day, list, place)),
    further(events.length - limit, () => showTimeline(limit + 5 * ROWS)),
  );
}

function timelineDay(day, events, place) {
  const articles = [...Map.groupBy(events, ({ quote }) => articleOf(quote))];
  const quotes = (some) => [...Map.groupBy(some, (event) => place(event).join()).values()];
  return el(
    "section.day",
    el("h3", day ? el("time", { datetime: day }, longDay(day)) : "Undated"),
    articles.map(([article, some]) => [
      el(
        "h4",
        el("span.outlet", article.outlet ?? "Outlet not known"),
        article.heading ?? article.id,
      ),
      el("ol", quotes(some).map(timelineQuote)),
    ]),
  );
}

function timelineQuote(events) {
  const [{ line, quote }] = events;
  const item = el(
    "li",
    events.map((event) => el("p.sentence", sentence(event.line))),
    el("blockquote", wordsOf(quote)),
  );
  item.style.setProperty("--tone", ink(familyOf(line).colour));
  return item;
}
