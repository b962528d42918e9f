// The table of documents: chosen, ordered, shown in parts.

const ROWS = 50; // at a time
const columns = [...document.querySelectorAll("th[data-column]")];
const names = new Map(columns.map((column) => [column.dataset.column, column.textContent]));
const numeric = new Set(["place", "paragraphs", "blocks", "score"]);
const collator = new Intl.Collator(undefined, { numeric: true });
const order = { column: "blocks", down: true };
let first = 0;

const tests = {
  "": () => true,
  found: (row) => row.blocks > 0,
  clean: (row) => !row.blocks && !row.error,
  noted: (row) => row.notes.length > 0,
  error: (row) => row.error !== "",
};

const sort = () => {
  const { column, down } = order;
  const compare = numeric.has(column) ? (a, b) => a[column] - b[column]
    : (a, b) => collator.compare(a[column], b[column]);
  shown.sort((a, b) => (down ? compare(b, a) : compare(a, b)) || a.place - b.place);
};

const choose = () => {
  const words = at("query").value.toLowerCase().split(/\s+/).filter(Boolean);
  const test = tests[at("state").value];
  const reason = at("reason").value;
  shown = rows.filter((row) => test(row) && (!reason || row.reason === reason)
    && words.every((word) => row.words.includes(word)));
  sort();
  first = 0;
  showRows();
};

const tableRow = (row) => {
  const link = element("a", { href: `#document-${row.place}`, textContent: row.id || "(no name)", dir: "auto" });
  const under = [row.title, ...row.notes].filter(Boolean)
    .map((text) => element("span", { className: "second", dir: "auto", textContent: text }));
  const narrow = [row.host, row.reason].filter(Boolean).join(" · ");
  if (narrow) under.push(element("span", { className: "second narrow", textContent: narrow }));
  if (row.error) under.push(element("span", { className: "second error", textContent: row.error }));
  return element("tr", { className: row.blocks ? "found" : "" },
    element("td", { className: "wide number", textContent: row.place }),
    element("th", { scope: "row" }, link, ...under),
    element("td", { className: "wide host", textContent: row.host }),
    element("td", { className: "wide number", textContent: row.paragraphs.toLocaleString("en") }),
    element("td", { className: "number blocks", textContent: row.blocks.toLocaleString("en") }),
    element("td", { className: "number", textContent: row.paragraphs ? row.score.toFixed(4) : "" }),
    element("td", { className: "wide reason", textContent: row.reason }));
};

const showRows = () => {
  const last = Math.min(first + ROWS, shown.length);
  at("rows").replaceChildren(...shown.slice(first, last).map(tableRow));
  for (const column of columns) {
    const chosen = column.dataset.column === order.column;
    column.setAttribute("aria-sort", chosen ? (order.down ? "descending" : "ascending") : "none");
  }
  at("order").value = `${order.column} ${order.down ? "down" : "up"}`;
  at("count").textContent = shown.length === rows.length ? `${rows.length.toLocaleString("en")} documents`
    : `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} documents`;
  at("place").textContent = shown.length ? `${first + 1} to ${last} of ${shown.length}` : "none";
  at("earlier").disabled = first === 0;
  at("later").disabled = last === shown.length;
};

const orderBy = (column, down) => {
  Object.assign(order, { column, down });
  sort();
  first = 0;
  showRows();
};

const turn = (rowsOn) => {
  first += rowsOn;
  showRows();
  at("list-title").focus();
  at("list").scrollIntoView();
};

for (const column of columns) {
  const name = column.dataset.column;
  column.querySelector("button").addEventListener("click", () => {
    orderBy(name, order.column === name ? !order.down : numeric.has(name) && name !== "place");
  });
  for (const [way, said] of [["down", "falling"], ["up", "rising"]]) {
    at("order").append(element("option", { value: `${name} ${way}`, textContent: `${names.get(name)}, ${said}` }));
  }
}
for (const reason of [...new Set(rows.map((row) => row.reason).filter(Boolean))].sort()) {
  at("reason").append(element("option", { value: reason, textContent: reason }));
}
at("order").addEventListener("change", () => {
  const [column, way] = at("order").value.split(" ");
  orderBy(column, way === "down");
});
at("query").addEventListener("input", choose);
at("state").addEventListener("change", choose);
at("reason").addEventListener("change", choose);
at("earlier").addEventListener("click", () => turn(-ROWS));
at("later").addEventListener("click", () => turn(ROWS));
choose();
