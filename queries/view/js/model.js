// What the page holds, and what of it passes the filters.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
function keyed(rows, key) {
  const found = new Map();
  for (const row of rows) found.set(row[key], row);
  return found;
}
const nodes = keyed(data.nodes, "id");
const kinds = keyed(data.kinds, "name");
const families = keyed(data.families, "name");
const articles = keyed(data.articles, "id");

// The passages' texts are most of a large page: they stand last, and are read when first shown.
let texts = null;
function textOf(quote) {
  if (document.readyState === "loading") return "";
  texts ??= read("texts");
  return texts[quote.passage];
}

// Where quotes come from: an article, its outlet and a day. A quote has a day of its own where that
// is not its article's.
const origins = new Map();
function origin(id, date) {
  const key = date === undefined ? id : `${date}\n${id}`;
  if (!origins.has(key)) {
    const article = articles.get(id) ?? { id };
    const { outlet = "", date: published = "" } = article;
    origins.set(key, { id, article, outlet, day: date ?? published });
  }
  return origins.get(key);
}
for (const passage of data.passages) passage.origin = origin(passage.article);
function originOf(quote) {
  const passage = data.passages[quote.passage];
  return quote.date === undefined ? passage.origin : origin(passage.article, quote.date);
}
const articleOf = (quote) => originOf(quote).article;
const outletOf = (quote) => originOf(quote).outlet;
const dayOf = (quote) => originOf(quote).day;

const familyOf = (line) => families.get(line.type.family);
const lineOf = (id) => (/^e:\d+$/.test(id) ? data.lines[id.slice(2)] : undefined);

// In the file, lines refer to nodes and types by number. A line has one end where the body of a
// post is not named. A node knows the lines that end there, and those that are about it.
data.nodes.forEach((node, number) => Object.assign(node, { number, lines: [], about: [] }));
data.lines = data.lines.map((row, number) => {
  const [from, to] = [data.nodes[row.from], data.nodes[row.to]];
  const { post, negated, quotes } = row;
  const ends = to ? [from, to] : [from];
  const type = data.types[row.type];
  const line = { id: `e:${number}`, from: from.id, to: to?.id, ends, type, post, negated, quotes };
  from.lines.push(line);
  if (to && to !== from) to.lines.push(line);
  for (const quote of quotes) {
    if (quote.date) originOf(quote);
    for (const id of quote.about ?? []) {
      const { about } = nodes.get(id);
      if (about.at(-1) !== line) about.push(line);
    }
  }
  return line;
});
const allDays = [...new Set([...origins.values()].map(({ day }) => day))].filter(Boolean).sort();
const [firstDay, lastDay] = [allDays[0], allDays.at(-1)];

// What is switched off, by facet; and the days between which quotes are shown.
const off = { kind: new Set(), type: new Set(), outlet: new Set(), article: new Set() };
const days = { from: "", to: "" };

// The facets that refuse an origin.
function refusals({ id, outlet, day }) {
  const late = days.to && day > days.to;
  const outside = (days.from || days.to) && (!day || day < days.from || late);
  return [
    off.article.has(id) && "article",
    off.outlet.has(outlet) && "outlet",
    outside && "day",
  ].filter(Boolean);
}
const passes = (quote) => refusals(originOf(quote)).length === 0;

const NONE = new Set();
const kindsOff = (line) =>
  new Set(line.ends.map((node) => node.kind).filter((kind) => off.kind.has(kind)));

// The lines that pass with the quotes that pass, their nodes and weights; and how much each choice
// of each facet shows, or would show if it alone were switched on.
let sifted = 0;
function sift() {
  const quotes = new Map();
  const weight = new Map();
  const linked = new Set();
  const reached = new Set();
  const counts = {};
  let size = 0;
  for (const facet of ["kind", "type", "outlet", "article", "day"]) counts[facet] = new Map();
  const add = (facet, choice, number = 1) =>
    number && counts[facet].set(choice, (counts[facet].get(choice) ?? 0) + number);
  for (const origin of origins.values())
    Object.assign(origin, { refused: refusals(origin), quotes: 0 });
  for (const line of data.lines) {
    const missing = off.kind.size ? kindsOff(line) : NONE;
    const noType = off.type.has(line.type.name);
    if (missing.size + noType > 1) continue;
    const passing = [];
    for (const quote of line.quotes) {
      const origin = originOf(quote);
      if (origin.refused.length === 0) passing.push(quote);
      if (!missing.size && !noType) origin.quotes += 1;
    }
    if (!passing.length) continue;
    if (!missing.size) add("type", line.type.name);
    if (noType) continue;
    for (const node of line.ends) if (!missing.size || missing.has(node.kind)) reached.add(node);
    if (missing.size) continue;
    quotes.set(line, passing);
    size += passing.length;
    for (const node of line.ends) {
      if (line.to) linked.add(node);
      weight.set(node, (weight.get(node) ?? 0) + passing.length);
    }
  }
  for (const node of reached) add("kind", node.kind);
  for (const origin of origins.values()) {
    const { refused } = origin;
    const counted = (facet) => !refused.length || (refused.length === 1 && refused[0] === facet);
    if (counted("article")) add("article", origin.id, origin.quotes);
    if (counted("outlet")) add("outlet", origin.outlet, origin.quotes);
    if (counted("day")) add("day", origin.day, origin.quotes);
  }
  return { stamp: ++sifted, quotes, size, nodes: linked, weight, counts };
}

// A name without case and accents, to search by.
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };
const folded = (name) =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter]);
