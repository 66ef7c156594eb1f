// The legend is the filter: what is drawn how, how much of it there is, and whether it is shown.

function choice(facet, key, icon, label, note) {
  const box = el("input", { type: "checkbox", onchange: () => switchTo(facet, [key], box.checked) });
  box.checked = !off[facet].has(key);
  const count = el("span", { class: "n" });
  count.dataset.facet = facet;
  count.dataset.choice = key;
  return el("li", { class: "choice" },
    el("label", { title: note }, box, icon, el("span", { class: "what" }, label), count),
    el("button", { class: "only", type: "button", title: `Show only ${label}`, onclick: () => only(facet, [key]) }, "only"));
}

function switchTo(facet, keys, on) {
  for (const key of keys) off[facet][on ? "delete" : "add"](key);
  filtered();
}

function choicesOf(facet) {
  if (facet === "kind") return data.kinds.map((kind) => kind.name);
  if (facet === "type") return data.types.map((type) => type.name);
  if (facet === "article") return data.articles.map((article) => article.id);
  return [...new Set(data.articles.map((article) => article.outlet ?? ""))].sort();
}

function only(facet, keys) {
  const others = choicesOf(facet).filter((key) => !keys.includes(key));
  const already = others.every((key) => off[facet].has(key)) && keys.every((key) => !off[facet].has(key));
  off[facet].clear();
  if (!already) others.forEach((key) => off[facet].add(key));
  filtered();
}

function group(title, open, ...content) {
  return el("details", { open }, el("summary", {}, title), content);
}

function familyChoice(family) {
  const own = data.types.filter((type) => type.family === family.name);
  const keys = own.map((type) => type.name);
  const box = el("input", { type: "checkbox", onchange: () => switchTo("type", keys, box.checked) });
  box.dataset.family = family.name;
  const count = el("span", { class: "n" });
  count.dataset.family = family.name;
  const list = el("ul", { hidden: true }, own.map((type) => choice("type", type.name, null, type.says.replace(/^is /, ""), type.meaning)));
  const more = el("button", { class: "fold", type: "button", "aria-expanded": "false", "aria-label": `Relations of ${family.name}`,
    onclick: () => {
      list.hidden = !list.hidden;
      more.setAttribute("aria-expanded", String(!list.hidden));
    } });
  return el("li", { class: "family" },
    el("div", { class: "choice" },
      el("label", { title: family.meaning }, box, familyIcon(family), el("span", { class: "what" }, capital(family.name)), count),
      el("button", { class: "only", type: "button", title: `Show only ${family.name}`, onclick: () => only("type", keys) }, "only"),
      own.length > 1 ? more : null),
    own.length > 1 ? list : null);
}

function buildLegend() {
  const outlets = choicesOf("outlet");
  const day = (name, label) => {
    const input = el("input", { type: "date", min: allDays[0], max: allDays.at(-1), "aria-label": label,
      onchange: () => {
        days[name] = input.value;
        filtered();
      } });
    input.dataset.day = name;
    return input;
  };
  byId("legend").replaceChildren(
    searchBox(),
    group("Kinds", true, el("ul", {}, data.kinds.map((kind) => choice("kind", kind.name, kindIcon(kind), kind.name, kind.meaning)))),
    group("Relations", true, el("ul", {}, data.families.map(familyChoice))),
    group("Outlets", outlets.length <= 12, el("ul", {}, outlets.map((outlet) => choice("outlet", outlet, null, outlet || "not known", outlet)))),
    group("Articles", data.articles.length <= 8, el("ul", {}, data.articles.map((article) => choice("article", article.id, null, article.heading ?? article.id, article.heading ?? article.id)))),
    allDays.length > 1 ? group("Dates", true, el("div", { class: "days" }, day("from", "From day"), "–", day("to", "To day"))) : null,
    el("p", { class: "note" }, "The more quotes, the thicker the line."),
  );
}

function showLegend() {
  for (const count of document.querySelectorAll("#legend [data-facet]")) {
    const { facet, choice: key } = count.dataset;
    const number = shown.counts[facet].get(key) ?? 0;
    count.textContent = number.toLocaleString("en");
    const row = count.closest(".choice");
    row.querySelector("input").checked = !off[facet].has(key);
    row.classList.toggle("none", number === 0);
  }
  for (const family of data.families) {
    const own = data.types.filter((type) => type.family === family.name);
    const on = own.filter((type) => !off.type.has(type.name)).length;
    const box = document.querySelector(`#legend input[data-family="${CSS.escape(family.name)}"]`);
    box.checked = on > 0;
    box.indeterminate = on > 0 && on < own.length;
    const number = own.reduce((sum, type) => sum + (shown.counts.type.get(type.name) ?? 0), 0);
    document.querySelector(`#legend span[data-family="${CSS.escape(family.name)}"]`).textContent = number.toLocaleString("en");
  }
  for (const input of document.querySelectorAll("#legend [data-day]")) input.value = days[input.dataset.day];
}
