// What the page holds, and what of it passes the filters.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
function keyed(rows, key) {
  const found = new Map();
  for (const row of rows) found.set(row[key], row);
  return found;
}
const nodes = keyed(data.nodes, "id");
const lines = keyed(data.lines, "id");
const kinds = keyed(data.kinds, "name");
const families = keyed(data.families, "name");
const types = keyed(data.types, "name");
const articles = keyed(data.articles, "id");

// The passages' texts are most of a large page: they stand last, and are read when first shown.
let texts = null;
function textOf(quote) {
  if (document.readyState === "loading") return "";
  texts ??= read("texts");
  return texts[quote.passage];
}

// Where a quote comes from: an article, its outlet and a day. All quotes of one origin share it.
const origins = [];
for (const passage of data.passages) {
  passage.article = articles.get(passage.article) ?? { id: passage.article };
}
function originOf(quote) {
  return (quote.origin ??= findOrigin(data.passages[quote.passage].article, quote.date));
}
function findOrigin(article, date) {
  article.origins ??= new Map();
  if (!article.origins.has(date)) {
    const { id, outlet = "", date: published = "" } = article;
    const origin = { article, outlet, day: date ?? published, id };
    article.origins.set(date, origin);
    origins.push(origin);
  }
  return article.origins.get(date);
}
const articleOf = (quote) => originOf(quote).article;
const outletOf = (quote) => originOf(quote).outlet;
const dayOf = (quote) => originOf(quote).day;

const familyOf = (line) => families.get(types.get(line.type).family);

// A line has one end where the body of a post is not named. By node: the lines that end there, and
// those that are about it.
const linesAt = new Map(data.nodes.map((node) => [node.id, []]));
const linesAbout = new Map(data.nodes.map((node) => [node.id, []]));
for (const line of data.lines) {
  line.ends = line.to ? [nodes.get(line.from), nodes.get(line.to)] : [nodes.get(line.from)];
  linesAt.get(line.from).push(line);
  if (line.to && line.to !== line.from) linesAt.get(line.to).push(line);
  for (const quote of line.quotes) {
    originOf(quote);
    for (const about of quote.about ?? []) {
      if (linesAbout.get(about).at(-1) !== line) linesAbout.get(about).push(line);
    }
  }
}
const allDays = [...new Set(origins.map((origin) => origin.day))].filter(Boolean).sort();
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
  for (const origin of origins) Object.assign(origin, { refused: refusals(origin), quotes: 0 });
  for (const line of data.lines) {
    const missing = new Set(
      line.ends.map((node) => node.kind).filter((kind) => off.kind.has(kind)),
    );
    const noType = off.type.has(line.type);
    if (missing.size + noType > 1) continue;
    const passing = [];
    for (const quote of line.quotes) {
      if (quote.origin.refused.length === 0) passing.push(quote);
      if (!missing.size && !noType) quote.origin.quotes += 1;
    }
    if (!passing.length) continue;
    if (!missing.size) add("type", line.type);
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
  for (const origin of origins) {
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
