// The panel: what is read about the name or the line in focus, in the words of the articles.

const nameButton = (node) =>
  el("button", { class: "name", type: "button", onclick: () => go({ focus: node, line: null }) }, node.label);

// A line's relation or post in words, as shown: "criticises", "formerly Commissioner".
function relationOf(line) {
  if (!line.post) return wordsOf(line);
  return line.quotes.every((quote) => quote.former) ? `formerly ${line.post}` : line.post;
}

function sentence(line) {
  return [
    nameButton(nodes.get(line.from)),
    " ",
    el("button", { class: "words", type: "button", title: types.get(line.type).meaning, onclick: () => go({ line }) }, familyIcon(familyOf(line)), relationOf(line)),
    " ",
    line.to ? nameButton(nodes.get(line.to)) : el("span", { class: "soft" }, "(body not named)"),
  ];
}

// How an assertion is made, in words: who says so, and whether as fact.
const SAID_BY = { asserted: "in the words of", alleged: "as alleged by", reported: "as reported by", intended: "intended, says", conditional: "under a condition, says" };
const SAID = { alleged: "alleged", reported: "as reported", intended: "intended, not yet done", conditional: "under a condition" };
function manner(quote, line) {
  const voice = nodes.get(quote.voice);
  const modality = quote.modality ?? "asserted";
  const parts = [
    line?.negated ? "said not to be so" : "",
    voice ? `${SAID_BY[modality]} ${voice.label}` : (SAID[modality] ?? ""),
    quote.former ? "no longer" : "",
    quote.about ? `about ${quote.about.map((id) => nodes.get(id).label).join(", ")}` : "",
  ].filter(Boolean);
  return parts.length ? el("p", { class: "manner" }, capital(parts.join(" · "))) : null;
}

function source(quote) {
  const article = articleOf(quote);
  const url = address(article.url);
  const heading = article.heading ?? article.id;
  const day = dayOf(quote);
  return el("figcaption", {},
    el("span", { class: "outlet" }, article.outlet ?? "Outlet not known"),
    " · ",
    day ? el("time", { datetime: day }, shortDay(day)) : "undated",
    el("span", { class: "heading" }, url ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, heading) : heading),
    article.byline ? el("span", { class: "byline" }, article.byline) : null);
}

// A quote marked within its passage; `short` leaves the passage out.
function quoteCard(quote, line, short = false) {
  const text = textOf(quote);
  const { cut } = data.passages[quote.passage];
  const words = text.slice(quote.start, quote.end);
  const block = short
    ? el("blockquote", {}, words)
    : el("blockquote", {},
        el("span", { class: "around" }, (cut?.[0] ? "… " : "") + text.slice(0, quote.start)),
        el("mark", {}, words),
        el("span", { class: "around" }, text.slice(quote.end) + (cut?.[1] ? " …" : "")));
  const figure = el("figure", { class: "quote" }, manner(quote, line), block, source(quote));
  if (line) figure.style.setProperty("--tone", ink(familyOf(line).colour));
  return figure;
}

function lineCard(line) {
  const quotes = shown.quotes.get(line);
  return el("li", { class: "card" },
    el("p", { class: "sentence" }, sentence(line)),
    quoteCard(quotes[0], line, true),
    el("button", { class: "more", type: "button", onclick: () => go({ line }) },
      quotes.length > 1 ? `${quotes.length === 2 ? "Both" : `All ${quotes.length}`} quotes, in their passages` : "In its passage"));
}

function plainLine(line) {
  return el("li", {}, el("span", { class: "sentence" }, sentence(line)), el("span", { class: "n" }, shown.quotes.get(line).length));
}

function part(title, content, count = null) {
  return el("section", {}, el("h3", {}, title, count === null ? null : el("span", { class: "n" }, count)), content);
}

const FIRST = 12;
function partOf(title, list, card) {
  if (!list.length) return null;
  const items = el("ul", {}, list.slice(0, FIRST).map(card));
  const more = list.length > FIRST && el("button", { class: "more", type: "button", onclick: () => {
    items.append(...list.slice(FIRST).map(card));
    more.remove();
  } }, `${list.length - FIRST} more`);
  return part(title, [items, more], list.length);
}

function nodePanel(node) {
  const at = linesAt.get(node.id).filter((line) => shown.quotes.has(line));
  const about = linesAbout.get(node.id).filter((line) => shown.quotes.has(line) && !at.includes(line));
  const said = (node.said ?? []).filter(passes);
  const named = at.length || said.length ? [] : (node.named ?? []).filter(passes);
  const posts = at.filter((line) => line.post);
  const card = (quote) => el("li", {}, quoteCard(quote, null));
  return [
    el("p", { class: "kicker" }, kindIcon(kinds.get(node.kind), node.unnamed), node.unnamed ? `${node.kind}, not named` : node.kind),
    el("h2", {}, node.label),
    node.aliases ? el("p", { class: "soft" }, `also ${node.aliases.join(", ")}`) : null,
    partOf("Posts", posts, plainLine),
    data.families.map((family) => partOf(capital(family.name), at.filter((line) => familyOf(line) === family && !line.post), lineCard)),
    partOf("About it", about, lineCard),
    partOf(node.kind === "Person" ? "In their own words" : "In its own words", said, card),
    partOf("Where it is named", named, card),
    at.length || said.length || named.length ? null : el("p", { class: "soft" }, "Nothing passes the filters."),
  ];
}

function linePanel(line) {
  const quotes = shown.quotes.get(line).toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
  return [
    state.focus ? el("button", { class: "back", type: "button", onclick: () => go({ line: null }) }, `‹ ${state.focus.label}`) : null,
    el("h2", { class: "sentence" }, sentence(line)),
    el("p", { class: "soft" }, `${capital(familyOf(line).name)}: ${types.get(line.type).meaning}. ${capital(many(quotes.length, "quote"))}.`),
    quotes.map((quote) => quoteCard(quote, line)),
  ];
}

// The lines of one polarity, of each pair the most quoted.
function pairs(polarity) {
  const found = new Map();
  for (const [line, quotes] of shown.quotes) {
    if (!line.to || line.negated || types.get(line.type).polarity !== polarity) continue;
    const key = `${line.from}\n${line.to}`;
    if (!found.has(key) || quotes.length > shown.quotes.get(found.get(key)).length) found.set(key, line);
  }
  const count = (line) => shown.quotes.get(line).length;
  return [...found.values()].sort((a, b) => count(b) - count(a)).slice(0, 8);
}

function overview() {
  const top = [...shown.nodes].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, 8);
  const [against, beside] = [pairs(-1), pairs(1)];
  const plainNode = (node) =>
    el("li", {},
      el("span", { class: "sentence" }, kindIcon(kinds.get(node.kind), node.unnamed), nameButton(node)),
      el("span", { class: "n" }, weightOf(node)));
  if (!top.length) return [el("p", { class: "soft" }, "Nothing passes the filters.")];
  return [
    el("p", { class: "lead" }, "Every line rests on the words of an article. Choose a name or a line to read them."),
    against.length ? part("At odds", el("ul", {}, against.map(plainLine)), "quotes") : null,
    beside.length ? part("Side by side", el("ul", {}, beside.map(plainLine)), "quotes") : null,
    part("Most quoted", el("ul", {}, top.map(plainNode)), "quotes"),
  ];
}

function showPanel() {
  const content = state.line ? linePanel(state.line) : state.focus ? nodePanel(state.focus) : overview();
  byId("panel").replaceChildren(...content.flat(2).filter(Boolean));
  byId("panel").scrollTop = 0;
}
