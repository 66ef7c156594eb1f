// The panel: what is read about the name or the line in focus, in the words of the articles.

const nameButton = (node) =>
  el("button", { class: "name", type: "button", onclick: () => go({ focus: node, line: null }) }, node.label);

function sentence(line) {
  const family = familyOf(line);
  const words = el("button", { class: "words", type: "button", title: types.get(line.type).meaning, onclick: () => go({ line }) },
    familyIcon(family), line.name ? `${line.quotes.every((quote) => quote.former) ? "formerly " : ""}${line.name}` : wordsOf(line));
  return [nameButton(nodes.get(line.from)), " ", words, " ", line.to ? nameButton(nodes.get(line.to)) : el("em", {}, "body not named")];
}

// How an assertion is made, in words.
const MANNERS = { alleged: "alleged", reported: "reported", intended: "intended, not yet done", conditional: "under a condition" };
function manner(quote, line) {
  const voice = nodes.get(quote.voice);
  const parts = [];
  if (line?.negated) parts.push("said not to be so");
  if (voice) parts.push(`${quote.modality === "asserted" || !quote.modality ? "in the words of" : `${MANNERS[quote.modality] ?? quote.modality} by`} ${voice.label}`);
  else if (quote.modality && quote.modality !== "asserted") parts.push(MANNERS[quote.modality] ?? quote.modality);
  if (quote.former) parts.push("no longer");
  if (quote.about) parts.push(`about ${nodes.get(quote.about).label}`);
  const text = parts.join(" · ");
  return text ? el("p", { class: "manner" }, capital(text.replace(/^alleged by/, "as alleged by").replace(/^reported by/, "as reported by"))) : null;
}

function source(quote) {
  const article = articleOf(quote);
  const url = address(article.url);
  const heading = article.heading ?? article.id;
  return el("figcaption", {},
    el("span", { class: "outlet" }, article.outlet ?? "Outlet not known"),
    " · ",
    quote.date ? el("time", { datetime: quote.date }, shortDay(quote.date)) : "undated",
    el("br"),
    url ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, heading) : heading,
    article.byline ? el("span", { class: "byline" }, ` — ${article.byline}`) : null);
}

// A quote marked within its passage; `short` leaves the passage out.
function quoteCard(quote, line, short = false) {
  const { text, cut } = passageOf(quote);
  const words = text.slice(quote.start, quote.end);
  const block = short
    ? el("blockquote", {}, words)
    : el("blockquote", {},
        el("span", { class: "around" }, (cut[0] ? "… " : "") + text.slice(0, quote.start)),
        el("mark", {}, words),
        el("span", { class: "around" }, text.slice(quote.end) + (cut[1] ? " …" : "")));
  return el("figure", { class: "quote" }, manner(quote, line), block, source(quote));
}

function lineCard(line) {
  const quotes = shown.quotes.get(line) ?? [];
  return el("li", { class: "card" },
    el("p", { class: "sentence" }, sentence(line)),
    quotes.length ? quoteCard(quotes[0], line, true) : null,
    el("button", { class: "more", type: "button", onclick: () => go({ line }) },
      quotes.length > 1 ? `Read all ${quotes.length} quotes in their passages` : "Read it in its passage"));
}

function section(title, count, ...content) {
  return el("section", {}, el("h3", {}, title, count === null ? null : el("span", { class: "n" }, count)), content);
}

function lineList(list) {
  return el("ul", { class: "cards" }, list.map(lineCard));
}

function nodePanel(node) {
  const at = linesAt.get(node.id).filter((line) => shown.quotes.has(line));
  const about = (linesAbout.get(node.id) ?? []).filter((line) => shown.quotes.has(line) && !at.includes(line));
  const said = (node.said ?? []).filter(passes);
  const named = (node.named ?? []).filter(passes);
  const kind = kinds.get(node.kind);
  return [
    el("p", { class: "kicker" }, kindIcon(kind, node.unnamed), node.kind, node.unnamed ? ", unnamed" : ""),
    el("h2", {}, node.label),
    node.aliases ? el("p", { class: "aliases" }, `also ${node.aliases.join(", ")}`) : null,
    data.families.map((family) => {
      const list = at.filter((line) => familyOf(line) === family);
      return list.length ? section(capital(family.name), list.length, lineList(list)) : null;
    }),
    about.length ? section("About it", about.length, lineList(about)) : null,
    said.length ? section("In its own words", said.length, said.map((quote) => quoteCard(quote, null))) : null,
    !at.length && named.length ? section("Where it is named", named.length, named.map((quote) => quoteCard(quote, null))) : null,
    !at.length && !said.length && !named.length ? el("p", { class: "empty" }, "Nothing passes the filters.") : null,
  ];
}

function linePanel(line) {
  const quotes = shown.quotes.get(line) ?? [];
  return [
    state.focus ? el("button", { class: "back", type: "button", onclick: () => go({ line: null }) }, `‹ ${state.focus.label}`) : null,
    el("p", { class: "kicker" }, familyIcon(familyOf(line)), capital(familyOf(line).name)),
    el("h2", { class: "sentence" }, sentence(line)),
    el("p", { class: "meaning" }, `${capital(types.get(line.type).meaning)}. ${many(quotes.length, "quote")}.`),
    quotes.map((quote) => quoteCard(quote, line)),
  ];
}

// Pairs on one side or the other, the most quoted first.
function pairs(polarity) {
  const found = new Map();
  for (const [line, quotes] of shown.quotes) {
    if (!line.to || line.negated || types.get(line.type).polarity !== polarity) continue;
    const key = `${line.from}\n${line.to}`;
    const pair = found.get(key) ?? { line, count: 0 };
    pair.count += quotes.length;
    if (quotes.length > shown.quotes.get(pair.line).length) pair.line = line;
    found.set(key, pair);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function pairList(list) {
  return el("ul", { class: "pairs" }, list.slice(0, 8).map(({ line, count }) =>
    el("li", {}, el("span", { class: "sentence" }, sentence(line)), el("span", { class: "n" }, count))));
}

function overview() {
  const against = pairs(-1);
  const beside = pairs(1);
  const top = [...shown.nodes].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, 8);
  return [
    el("p", { class: "lead" }, "Every line rests on the words of an article. Choose a name or a line to read them."),
    against.length ? section("At odds", null, pairList(against)) : null,
    beside.length ? section("Side by side", null, pairList(beside)) : null,
    top.length ? section("Most connected", null, el("ul", { class: "pairs" }, top.map((node) =>
      el("li", {}, el("span", { class: "sentence" }, kindIcon(kinds.get(node.kind), node.unnamed), nameButton(node)), el("span", { class: "n" }, weightOf(node)))))) : null,
    top.length ? null : el("p", { class: "empty" }, "Nothing passes the filters."),
  ];
}

function showPanel() {
  const panel = byId("panel");
  panel.replaceChildren(...[state.line ? linePanel(state.line) : state.focus ? nodePanel(state.focus) : overview()].flat(3).filter(Boolean));
  panel.scrollTop = 0;
}
