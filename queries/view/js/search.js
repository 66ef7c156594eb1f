// Search by name: accents and case do not matter; arrows choose, Enter focuses, Escape leaves.

let index = null;
function find(query) {
  index ??= data.nodes.map((node) => ({ node, names: [node.label, ...(node.aliases ?? [])].map(folded) }));
  const words = folded(query).trim();
  if (!words) return [];
  const found = [];
  for (const { node, names } of index) {
    let rank = 9;
    for (const name of names) {
      if (name.startsWith(words)) rank = Math.min(rank, 0);
      else if (name.includes(` ${words}`)) rank = Math.min(rank, 1);
      else if (name.includes(words)) rank = Math.min(rank, 2);
    }
    if (rank < 9) found.push({ node, rank });
  }
  found.sort((a, b) => a.rank - b.rank || weightOf(b.node) - weightOf(a.node));
  return found.slice(0, 8).map(({ node }) => node);
}

function searchBox() {
  const list = el("ul", { id: "found", role: "listbox", "aria-label": "Names found", hidden: true });
  let found = [];
  let at = 0;
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", found.length ? `found-${at}` : "");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };
  const take = (node) => {
    input.value = "";
    close();
    go({ focus: node, line: null });
    byId("network").focus();
  };
  const input = el("input", { id: "search", type: "search", placeholder: "Search a name", "aria-label": "Search a name", autocomplete: "off",
    spellcheck: "false", role: "combobox", "aria-controls": "found", "aria-expanded": "false",
    oninput: () => {
      found = find(input.value);
      at = 0;
      list.replaceChildren(...found.map((node, i) => el("li", { id: `found-${i}`, role: "option", onpointerdown: (event) => {
        event.preventDefault();
        take(node);
      } }, kindIcon(kinds.get(node.kind), node.unnamed), node.label)));
      if (!found.length && input.value.trim()) list.append(el("li", { class: "empty" }, "No such name"));
      list.hidden = !input.value.trim();
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark();
    },
    onkeydown: (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % (found.length || 1);
        mark();
      } else if (event.key === "Enter" && found[at]) take(found[at]);
      else if (event.key === "Escape") {
        input.value = "";
        close();
        input.blur();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    onblur: close });
  return el("div", { class: "search" }, input, list);
}
