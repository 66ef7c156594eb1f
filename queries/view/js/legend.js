// The legend is the filter: what is drawn how, how much of it there is, and whether it is shown.

const CHOICES = {
  kind: data.kinds.map((kind) => kind.name),
  type: data.types.map((type) => type.name),
  outlet: [...new Set(data.articles.map((article) => article.outlet ?? ""))].sort(),
  article: data.articles.map((article) => article.id),
};

function switchTo(facet, keys, on) {
  for (const key of keys) off[facet][on ? "delete" : "add"](key);
  filtered();
}

// Shows these choices alone; once more, and all are shown again.
function only(facet, keys) {
  const others = CHOICES[facet].filter((key) => !keys.includes(key));
  const already = others.every((key) => off[facet].has(key)) && keys.every((key) => !off[facet].has(key));
  off[facet].clear();
  if (!already) others.forEach((key) => off[facet].add(key));
  filtered();
}

// A row: a box to switch it on and off, its mark, its name, its count, and "only".
function choice(facet, keys, { icon = null, label, note, fold = null }) {
  const box = el("input", { type: "checkbox", onchange: () => switchTo(facet, keys, box.checked) });
  const count = el("span", { class: "n" });
  const row = el("div", { class: "choice" },
    el("label", { title: note }, box, icon, el("span", { class: "what" }, label)),
    fold,
    el("button", { class: "only", type: "button", "aria-label": `Only ${label}`, onclick: () => only(facet, keys) }, "only"),
    count);
  rowsShown.push(() => {
    const on = keys.filter((key) => !off[facet].has(key)).length;
    const number = keys.reduce((sum, key) => sum + (shown.counts[facet].get(key) ?? 0), 0);
    box.checked = on > 0;
    box.indeterminate = on > 0 && on < keys.length;
    count.textContent = number.toLocaleString("en");
    row.classList.toggle("none", number === 0);
  });
  return row;
}
const rowsShown = [];

function familyChoice(family) {
  const own = data.types.filter((type) => type.family === family.name);
  const keys = own.map((type) => type.name);
  const list = own.length > 1 && el("ul", { hidden: true }, own.map((type) =>
    el("li", {}, choice("type", [type.name], { label: type.says, note: type.meaning }))));
  const fold = list && el("button", { class: "fold", type: "button", "aria-expanded": "false", "aria-label": `Relations of ${family.name}`,
    onclick: () => {
      list.hidden = !list.hidden;
      fold.setAttribute("aria-expanded", String(!list.hidden));
    } });
  return el("li", {}, choice("type", keys, { icon: familyIcon(family), label: capital(family.name), note: family.meaning, fold }), list);
}

function group(title, open, ...content) {
  return el("details", { open: open && !matchMedia("(max-width: 760px)").matches }, el("summary", {}, title), content);
}

function choices(facet, describe) {
  return el("ul", {}, CHOICES[facet].map((key) => el("li", {}, choice(facet, [key], describe(key)))));
}

// How many quotes each day, week or month brought; a bar shows that time alone.
const BARS = 30;
function histogram() {
  const number = (day) => Date.parse(day) / 864e5;
  const whole = number(lastDay) - number(firstDay) + 1;
  const wide = [1, 7, 30, 91, 365, 3653].find((width) => whole / width <= BARS) ?? Math.ceil(whole / BARS);
  const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
  const bars = Array.from({ length: Math.ceil(whole / wide) }, (_, i) => {
    const [from, to] = [iso(number(firstDay) + i * wide), iso(number(firstDay) + (i + 1) * wide - 1)];
    const label = from === to ? longDay(from) : `${longDay(from)} to ${longDay(to)}`;
    const bar = el("button", { type: "button", title: label, "aria-label": `Only ${label}`, onclick: () => {
      const already = days.from === from && days.to === to;
      Object.assign(days, already ? { from: "", to: "" } : { from, to });
      filtered();
    } }, el("span", {}));
    return { from, to, bar };
  });
  rowsShown.push(() => {
    const sums = bars.map(({ from, to }) => [...shown.counts.day].reduce((sum, [day, count]) => sum + (day >= from && day <= to ? count : 0), 0));
    const most = Math.max(1, ...sums);
    bars.forEach(({ from, to, bar }, i) => {
      bar.firstChild.style.height = `${sums[i] ? Math.max(8, (100 * sums[i]) / most) : 0}%`;
      bar.classList.toggle("out", Boolean((days.from && to < days.from) || (days.to && from > days.to)));
    });
  });
  return el("div", { class: "bars" }, bars.map(({ bar }) => bar));
}

function dayInput(name, label) {
  const input = el("input", { type: "date", min: firstDay, max: lastDay, "aria-label": `${label} day`, onchange: () => {
    days[name] = input.value;
    filtered();
  } });
  rowsShown.push(() => (input.value = days[name]));
  return el("label", {}, label, input);
}

function buildLegend() {
  rowsShown.length = 0;
  byId("legend").replaceChildren(
    searchBox(),
    group("Kinds", true, choices("kind", (key) => ({ icon: kindIcon(kinds.get(key)), label: key, note: kinds.get(key).meaning }))),
    group("Relations", true, el("ul", {}, data.families.map(familyChoice))),
    group("Outlets", CHOICES.outlet.length <= 10, choices("outlet", (key) => ({ label: key || "not known", note: key }))),
    group("Articles", data.articles.length <= 8, choices("article", (key) => {
      const heading = articles.get(key).heading ?? key;
      return { label: heading, note: heading };
    })),
    ...(allDays.length > 1 ? [group("Dates", true, histogram(), el("div", { class: "days" }, dayInput("from", "From"), dayInput("to", "To")))] : []),
    el("p", { class: "note" }, "A line is the thicker, the more quotes it rests on. Keys: ", el("kbd", {}, "/"), " search, arrows and ", el("kbd", {}, "Enter"), " in the picture, ", el("kbd", {}, "Esc"), " back."),
  );
}

function showLegend() {
  rowsShown.forEach((showRow) => showRow());
}
