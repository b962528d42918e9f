// One document: its paragraphs, marks and reasons; which one is open stands in the address.

const HASH = /^#document-(\d+)$/;
const BATCH = 200; // paragraphs put on the page in one go
let opened = null;
let filling = null;

const reasons = (found, id) => {
  const why = element("div", { className: "why", id });
  why.setAttribute("role", "tooltip");
  why.append(...reasonRows(found));
  return why;
};

const paragraph = (found) => {
  const id = `why-${found.n}`;
  const text = element("div", { className: "text", dir: "auto" }, ...marked(found.text, { tabIndex: 0 }));
  for (const mark of text.querySelectorAll("mark")) mark.setAttribute("aria-describedby", id);
  if (found.cut) {
    const option = found.reasons ? "--block-chars" : "--content-chars";
    text.append(element("span", { className: "note",
      textContent: ` ${found.cut.toLocaleString("en")} characters more (${option})` }));
  }
  const facts = [found.n, found.score.toFixed(4), ...(found.notes || [])].join(" · ");
  const item = element("li", {}, element("span", { className: "facts", textContent: facts }), text);
  item.classList.toggle("found-in", Boolean(found.reasons));
  item.classList.toggle("hidden", (found.notes || []).includes("hidden"));
  if (found.reasons) item.append(reasons(found.reasons, id));
  return item;
};

const gap = (n) => element("li", { className: "gap",
  textContent: `${n.toLocaleString("en")} paragraphs left out (--max-paragraphs)` });

const items = function* (found, n) {
  let expected = 0;
  for (const one of found) {
    if (one.n > expected) yield gap(one.n - expected);
    yield paragraph(one);
    expected = one.n + 1;
  }
  if (n > expected) yield gap(n - expected);
};

// Long pages come in batches, so that the browser stays awake between them.
const fill = (row, found) => {
  const queue = filling = items(found, row.paragraphs);
  const more = () => {
    if (filling !== queue) return; // another page was opened
    const batch = [];
    while (batch.length < BATCH) {
      const { value, done } = queue.next();
      if (done) break;
      batch.push(value);
    }
    at("paragraphs").append(...batch);
    if (batch.length === BATCH) setTimeout(more);
  };
  more();
};

const missing = (row) => {
  if (row.error) return row.error;
  if (document.readyState === "loading") return "Its text is still being loaded.";
  return `Its text was left out: ${index.max_mb} MB were full (--max-mb).`;
};

const neighbour = (id, row) => {
  if (row) at(id).href = `#document-${row.place}`;
  else at(id).removeAttribute("href");
};

const open = (row) => {
  opened = row;
  filling = null;
  const stored = at(`page-${row.place - 1}`);
  const place = shown.indexOf(row);
  neighbour("previous", place > 0 ? shown[place - 1] : null);
  neighbour("next", place < 0 ? null : shown[place + 1]);
  at("document-title").textContent = row.id;
  const blocks = `${row.blocks.toLocaleString("en")} of ${row.paragraphs.toLocaleString("en")} paragraphs flagged`;
  at("document-facts").textContent = [row.host, row.error ? "" : blocks, ...row.notes].filter(Boolean).join(" · ");
  const found = stored && JSON.parse(stored.textContent);
  at("blocks").hidden = !found?.some((one) => one.reasons);
  at("paragraphs").replaceChildren();
  if (found) fill(row, found);
  else at("paragraphs").append(element("li", { className: "gap", textContent: missing(row) }));
};

const route = () => {
  const number = HASH.exec(location.hash);
  const row = number && rows[number[1] - 1];
  const left = opened;
  if (row) open(row);
  else opened = filling = null;
  at("document").hidden = !row;
  at("list").hidden = at("overview").hidden = Boolean(row);
  if (row) at("document-title").focus();
  else if (left) (document.querySelector(`a[href="#document-${left.place}"]`) || at("list-title")).focus();
  if (row) scrollTo(0, 0);
};

const toFirstBlock = () => {
  const mark = document.querySelector("mark");
  mark?.focus({ preventScroll: true });
  mark?.closest("li").scrollIntoView({ block: "center" });
  mark?.scrollIntoView({ block: "nearest" });
};

at("first-block").addEventListener("click", toFirstBlock);
at("all-reasons").addEventListener("change", (event) => {
  at("paragraphs").classList.toggle("all-reasons", event.target.checked);
});
// A reason that is in the way can be sent off without moving the pointer or the focus.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const item of document.querySelectorAll("li:hover, li:focus-within")) item.classList.add("dismissed");
});
for (const leaving of ["focusout", "mouseout"]) {
  at("paragraphs").addEventListener(leaving, (event) => {
    const item = event.target.closest("li");
    if (item && !item.contains(event.relatedTarget)) item.classList.remove("dismissed");
  });
}
addEventListener("hashchange", route);
document.addEventListener("DOMContentLoaded", () => { if (opened && !filling) open(opened); });
route();
