// The panel: what is read about the name or the line in focus, in the words of the articles.

const nameButton = (node) => button("name", () => go({ focus: node, line: null }), node.label);
const iconOf = (node) => kindIcon(kinds.get(node.kind), node.unnamed);

// A line's relation or post in words: "criticises", "formerly director".
function relationOf(line) {
  const { type } = line;
  if (!line.post) return line.negated ? type.denies : type.says;
  return line.quotes.every((quote) => quote.former) ? `formerly ${line.post}` : line.post;
}

function relationButton(line) {
  const words = [familyIcon(familyOf(line)), relationOf(line)];
  return button("words", () => go({ line }), { title: line.type.meaning }, words);
}

function sentence(line) {
  const target = line.to ? nameButton(nodes.get(line.to)) : el("span.soft", "(body not named)");
  return [nameButton(nodes.get(line.from)), " ", relationButton(line), " ", target];
}

// How an assertion is made, in words: whether as fact, and who says so.
const SAID = {
  asserted: ["", "in the words of"],
  alleged: ["alleged", "as alleged by"],
  reported: ["as reported", "as reported by"],
  intended: ["intended, not yet done", "intended, not yet done, in the words of"],
  conditional: ["under a condition", "under a condition, in the words of"],
};
function manner(quote, line) {
  const voice = nodes.get(quote.voice);
  const [plain, by] = SAID[quote.modality ?? "asserted"];
  const about = quote.about?.map((id) => nodes.get(id).label).join(", ");
  const parts = [
    line?.negated && "said not to be so",
    voice ? `${by} ${voice.label}` : plain,
    quote.former && "no longer",
    about && `about ${about}`,
  ].filter(Boolean);
  return parts.length ? el("p.manner", capital(parts.join(" · "))) : null;
}

function source(quote) {
  const article = articleOf(quote);
  const day = dayOf(quote);
  const heading = article.heading ?? article.id;
  const href = webAddress(article.url);
  const link = href && el("a", { href, rel: "noopener noreferrer", target: "_blank" }, heading);
  return el(
    "figcaption",
    el("span.outlet", article.outlet ?? "Outlet not known"),
    " · ",
    day ? el("time", { datetime: day }, shortDay(day)) : "undated",
    el("span.heading", link ?? heading),
    article.byline && el("span.byline", article.byline),
  );
}

const wordsOf = (quote) => textOf(quote).slice(quote.start, quote.end);

// The quote marked within its passage.
function inPassage(quote) {
  const text = textOf(quote);
  const [cutBefore, cutAfter] = data.passages[quote.passage].cut ?? [];
  return [
    el("span.around", cutBefore && "… ", text.slice(0, quote.start)),
    el("mark", wordsOf(quote)),
    el("span.around", text.slice(quote.end), cutAfter && " …"),
  ];
}

// The edge's id, by which `onrecord judge --edge` strikes it out.
const edgeOf = (quote) => quote.edge && el("p.edge", "edge ", el("code", quote.edge));

function quoteCard(quote, line, words = inPassage(quote)) {
  const parts = [el("blockquote", words), source(quote), edgeOf(quote)];
  const card = el("figure.quote", manner(quote, line), parts);
  if (line) card.style.setProperty("--tone", ink(familyOf(line).colour));
  return card;
}

function lineCard(line) {
  const [quote, ...others] = shown.quotes.get(line);
  const all = others.length > 1 ? `All ${others.length + 1} quotes` : "Both quotes";
  const more = others.length ? `${all}, in their passages` : "In its passage";
  return el(
    "li.card",
    el("p.sentence", sentence(line)),
    quoteCard(quote, line, wordsOf(quote)),
    button("more", () => go({ line }), more),
  );
}

const plainLine = (line) =>
  el("li", el("span.sentence", sentence(line)), count(shown.quotes.get(line).length));
const plainNode = (node) =>
  el("li", el("span.sentence", iconOf(node), nameButton(node)), count(weightOf(node)));

const mostQuoted = (a, b) => shown.quotes.get(b).length - shown.quotes.get(a).length;

const FIRST = 8;
function part(title, list, row, note = list.length) {
  if (!list.length) return null;
  const items = el("ul", list.slice(0, FIRST).map(row));
  const rest = list.slice(FIRST);
  const more = button(
    "more",
    () => {
      items.append(...rest.map(row));
      more.remove();
    },
    `${rest.length} more`,
  );
  return el("section", el("h3", title, el("span.n", note)), items, rest.length > 0 && more);
}

function nodePanel(node) {
  const passing = (list) => list.filter((line) => shown.quotes.has(line)).sort(mostQuoted);
  const at = passing(node.lines);
  const about = passing(node.about).filter((line) => !at.includes(line));
  const said = (node.said ?? []).filter(passes);
  const named = at.length || said.length ? [] : (node.named ?? []).filter(passes);
  const card = (quote) => el("li", quoteCard(quote));
  return [
    el("p.kicker", iconOf(node), node.unnamed ? `${node.kind}, not named` : node.kind),
    el("h2", node.label),
    node.aliases && el("p.soft", `also ${node.aliases.join(", ")}`),
    part(
      "Posts",
      at.filter((line) => line.post),
      plainLine,
    ),
    ...data.families.map((family) => {
      const own = at.filter((line) => familyOf(line) === family && !line.post);
      return part(capital(family.name), own, lineCard);
    }),
    part("About it", about, lineCard),
    part(node.kind === "Person" ? "In their own words" : "In its own words", said, card),
    part("Where it is named", named, card),
    !at.length && !said.length && !named.length && nothing(),
  ];
}

function linePanel(line) {
  const quotes = shown.quotes.get(line).toSorted((a, b) => compare(dayOf(a), dayOf(b)));
  const { family, meaning } = line.type;
  return [
    state.focus && button("back", () => go({ line: null }), `‹ ${state.focus.label}`),
    el("h2.sentence", sentence(line)),
    el("p.soft", `${capital(family)}: ${meaning}. ${many(quotes.length, "quote")}.`),
    ...quotes.map((quote) => quoteCard(quote, line)),
  ];
}

// The lines of one polarity, of each pair the most quoted.
function pairs(polarity) {
  const found = new Map();
  for (const line of shown.quotes.keys()) {
    if (!line.to || line.negated || line.type.polarity !== polarity) continue;
    const key = line.ends[0].number * data.nodes.length + line.ends[1].number;
    if (!found.has(key) || mostQuoted(line, found.get(key)) < 0) found.set(key, line);
  }
  return [...found.values()].sort(mostQuoted).slice(0, 8);
}

const LEAD = "Every line rests on the words of an article. Choose a name or a line to read them.";
function overview() {
  const linked = [...shown.weight].filter(([node]) => shown.nodes.has(node));
  const top = linked.sort((a, b) => b[1] - a[1]).map(([node]) => node);
  if (!top.length) return [nothing()];
  return [
    el("p.lead", LEAD),
    part("At odds", pairs(-1), plainLine, "quotes"),
    part("Side by side", pairs(1), plainLine, "quotes"),
    part("Most quoted", top.slice(0, 8), plainNode, "quotes"),
  ];
}

const nothing = () => el("p.soft", "Nothing passes the filters.");

function showPanel() {
  let content = overview;
  if (state.line) content = () => linePanel(state.line);
  else if (state.focus) content = () => nodePanel(state.focus);
  byId("panel").replaceChildren(...content().filter(Boolean));
  byId("panel").scrollTop = 0;
}
