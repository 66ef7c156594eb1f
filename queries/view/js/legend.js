// The legend is the filter: what is drawn how, how much of it there is, and whether it is shown.

const CHOICES = {
  kind: data.kinds.map((kind) => kind.name),
  type: data.types.map((type) => type.name),
  outlet: [...new Set(data.articles.map((article) => article.outlet ?? ""))].sort(),
  article: data.articles.map((article) => article.id),
};
const updates = []; // what each row does when the filters have changed

function switchTo(facet, keys, on) {
  for (const key of keys) off[facet][on ? "delete" : "add"](key);
  filtered();
}

// Shows these choices alone; once more, and all are shown again.
function only(facet, keys) {
  const wanted = (key) => keys.includes(key) !== off[facet].has(key);
  const already = CHOICES[facet].every(wanted);
  off[facet].clear();
  if (!already)
    CHOICES[facet].filter((key) => !keys.includes(key)).forEach((key) => off[facet].add(key));
  filtered();
}

// A row: a box to switch it on and off, its mark, its name, "only", and its count.
function choice(facet, keys, { icon, label, note, fold }) {
  const box = el("input", { type: "checkbox", onchange: () => switchTo(facet, keys, box.checked) });
  const number = count(0);
  const row = el(
    "div.choice",
    el("label", { title: note }, box, icon, el("span.what", label)),
    fold,
    button("only", () => only(facet, keys), { "aria-label": `Only ${label}` }, "only"),
    number,
  );
  updates.push(() => {
    const on = keys.filter((key) => !off[facet].has(key)).length;
    const sum = keys.reduce((all, key) => all + (shown.counts[facet].get(key) ?? 0), 0);
    box.checked = on > 0;
    box.indeterminate = on > 0 && on < keys.length;
    number.textContent = grouped(sum);
    row.classList.toggle("none", sum === 0);
  });
  return row;
}

function familyChoice(family) {
  const own = data.types.filter((type) => type.family === family.name);
  const rows = own.map((type) =>
    el("li", choice("type", [type.name], { label: type.says, note: type.meaning })),
  );
  const list = el("ul", { hidden: true }, rows);
  const fold = button(
    "fold",
    () => {
      list.hidden = !list.hidden;
      fold.setAttribute("aria-expanded", String(!list.hidden));
    },
    { "aria-expanded": "false", "aria-label": `Relations of ${family.name}` },
  );
  const keys = own.map((type) => type.name);
  const looks = { icon: familyIcon(family), label: capital(family.name), note: family.meaning };
  if (own.length === 1) return el("li", choice("type", keys, looks));
  return el("li", choice("type", keys, { ...looks, fold }), list);
}

const NARROW = matchMedia("(max-width: 760px)");
const group = (title, open, ...content) =>
  el("details", { open: open && !NARROW.matches }, el("summary", title), content);

const choices = (facet, describe) =>
  el(
    "ul",
    CHOICES[facet].map((key) => el("li", choice(facet, [key], describe(key)))),
  );

// How many quotes each day, week or month brought; a bar shows that time alone.
const BARS = 30;
const WIDTHS = [1, 7, 30, 91, 365, 3653];
function histogram() {
  const number = (day) => Date.parse(day) / 864e5;
  const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
  const start = number(firstDay);
  const whole = number(lastDay) - start + 1;
  const width = WIDTHS.find((days) => whole / days <= BARS) ?? Math.ceil(whole / BARS);
  const bars = Array.from({ length: Math.ceil(whole / width) }, (_, i) =>
    bar(iso(start + i * width), iso(start + (i + 1) * width - 1)),
  );
  updates.push(() => {
    const counted = [...shown.counts.day];
    const sums = bars.map(({ from, to }) =>
      counted.reduce((sum, [day, number]) => sum + (day >= from && day <= to ? number : 0), 0),
    );
    bars.forEach(({ from, to, element }, i) => {
      const share = sums[i] && Math.max(8, (100 * sums[i]) / Math.max(...sums));
      element.firstChild.style.height = `${share}%`;
      element.classList.toggle(
        "out",
        (days.from && to < days.from) || Boolean(days.to && from > days.to),
      );
    });
  });
  return el(
    "div.bars",
    bars.map(({ element }) => element),
  );
}

function bar(from, to) {
  const label = from === to ? longDay(from) : `${longDay(from)} to ${longDay(to)}`;
  const choose = () => {
    const already = days.from === from && days.to === to;
    Object.assign(days, already ? { from: "", to: "" } : { from, to });
    filtered();
  };
  return {
    from,
    to,
    element: button("", choose, { title: label, "aria-label": `Only ${label}` }, el("span")),
  };
}

function dayInput(name) {
  const input = el("input", { type: "date", min: firstDay, max: lastDay });
  input.addEventListener("change", () => {
    days[name] = input.value;
    filtered();
  });
  updates.push(() => (input.value = days[name]));
  return el("label", capital(name), input);
}

function buildLegend() {
  updates.length = 0;
  const note = el("p.note", "The more quotes a line rests on, the thicker it is. Keys: ");
  note.append(el("kbd", "/"), " search, arrows and ", el("kbd", "Enter"), " in the picture, ");
  note.append(el("kbd", "Esc"), " back.");
  const ofKind = (key) => ({
    icon: kindIcon(kinds.get(key)),
    label: key,
    note: kinds.get(key).meaning,
  });
  const ofOutlet = (key) => ({ label: key || "not known", note: key });
  const ofArticle = (key) => {
    const heading = articles.get(key).heading ?? key;
    return { label: heading, note: heading };
  };
  const dates = () => [histogram(), el("div.days", dayInput("from"), dayInput("to"))];
  byId("legend").replaceChildren(
    searchBox(),
    group("Kinds", true, choices("kind", ofKind)),
    group("Relations", true, el("ul", data.families.map(familyChoice))),
    group("Outlets", CHOICES.outlet.length <= 10, choices("outlet", ofOutlet)),
    group("Articles", CHOICES.article.length <= 8, choices("article", ofArticle)),
    allDays.length > 1 ? group("Dates", true, dates()) : "",
    note,
  );
  showLegend();
}

const showLegend = () => updates.forEach((update) => update());
