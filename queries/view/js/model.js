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

// The passages' texts are most of a large page: they are read when the first is shown.
let texts = null;
const textOf = (quote) => (texts ??= read("texts"))[quote.passage];
for (const passage of data.passages)
  passage.article = articles.get(passage.article) ?? { id: passage.article };
const articleOf = (quote) => data.passages[quote.passage].article;
const outletOf = (quote) => articleOf(quote).outlet ?? "";
const dayOf = (quote) => quote.date ?? articleOf(quote).date ?? "";

const familyOf = (line) => families.get(types.get(line.type).family);

// A line has one end where the body of a post is not named. By node: the lines that end there, and
// those that are about it.
const linesAt = new Map(data.nodes.map((node) => [node.id, []]));
const linesAbout = new Map(data.nodes.map((node) => [node.id, []]));
const seenDays = new Set();
for (const line of data.lines) {
  line.ends = line.to ? [nodes.get(line.from), nodes.get(line.to)] : [nodes.get(line.from)];
  linesAt.get(line.from).push(line);
  if (line.to && line.to !== line.from) linesAt.get(line.to).push(line);
  for (const quote of line.quotes) {
    seenDays.add(dayOf(quote));
    for (const about of quote.about ?? []) {
      if (linesAbout.get(about).at(-1) !== line) linesAbout.get(about).push(line);
    }
  }
}
const allDays = [...seenDays].filter(Boolean).sort();
const [firstDay, lastDay] = [allDays[0], allDays.at(-1)];

// What is switched off, by facet; and the days between which quotes are shown.
const off = { kind: new Set(), type: new Set(), outlet: new Set(), article: new Set() };
const days = { from: "", to: "" };

function inDays(quote) {
  if (!days.from && !days.to) return true;
  const day = dayOf(quote);
  return day !== "" && (!days.from || day >= days.from) && (!days.to || day <= days.to);
}

// Whether a quote's article, outlet and day are all switched on.
function passes(quote) {
  const article = articleOf(quote);
  return !off.article.has(article.id) && !off.outlet.has(article.outlet ?? "") && inDays(quote);
}

// The lines that pass with the quotes that pass, their nodes and weights, and for each choice of
// each facet how much it would show with every other facet as it stands.
let sifted = 0;
function sift() {
  const shown = {
    stamp: ++sifted,
    quotes: new Map(),
    nodes: new Set(),
    weight: new Map(),
    counts: {},
  };
  const counts = (shown.counts = {
    kind: new Map(),
    type: new Map(),
    outlet: new Map(),
    article: new Map(),
    day: new Map(),
  });
  const add = (facet, choice) => counts[facet].set(choice, (counts[facet].get(choice) ?? 0) + 1);
  const ofKind = new Set();
  for (const line of data.lines) {
    const noKind = line.ends.some((node) => off.kind.has(node.kind));
    const noType = off.type.has(line.type);
    const passing = [];
    let butKind = false;
    let butType = false;
    for (const quote of line.quotes) {
      const article = articleOf(quote);
      const outlet = article.outlet ?? "";
      const noArticle = off.article.has(article.id);
      const noOutlet = off.outlet.has(outlet);
      const noDay = !inDays(quote);
      const refused = noKind + noType + noArticle + noOutlet + noDay;
      if (refused > 1) continue;
      if (!refused) passing.push(quote);
      if (!refused || noKind) butKind = true;
      if (!refused || noType) butType = true;
      if (!refused || noArticle) add("article", article.id);
      if (!refused || noOutlet) add("outlet", outlet);
      if (!refused || noDay) add("day", dayOf(quote));
    }
    if (butType) add("type", line.type);
    if (butKind) for (const node of line.ends) ofKind.add(node);
    if (!passing.length) continue;
    shown.quotes.set(line, passing);
    for (const node of line.ends) {
      if (line.to) shown.nodes.add(node);
      shown.weight.set(node, (shown.weight.get(node) ?? 0) + passing.length);
    }
  }
  for (const node of ofKind) add("kind", node.kind);
  return shown;
}

// A name without case and accents, to search by.
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };
const folded = (name) =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter]);
