
"use strict";
(() => {
  const ROWS = 50; // of the table at a time
  const BATCH = 200; // paragraphs put on the page in one go
  const HASH = /^#document-(\d+)$/;
  const at = (id) => document.getElementById(id);
  const columns = [...document.querySelectorAll("th[data-column]")];
  const names = new Map(columns.map((column) => [column.dataset.column, column.textContent]));
  const numeric = new Set(["place", "paragraphs", "blocks", "score"]);
  const collator = new Intl.Collator(undefined, { numeric: true });
  const index = JSON.parse(at("index").textContent);

  const rows = index.rows.map((values, i) => {
    const row = { place: i + 1 };
    index.columns.forEach((name, k) => { row[name] = values[k]; });
    row.words = [row.id, row.host, row.title, row.reason, row.error, ...row.notes].join("\n").toLowerCase();
    return row;
  });
  const order = { column: "blocks", down: true };
  let shown = rows;
  let first = 0;
  let opened = null;

  // Text only ever becomes a text node.
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

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

  const reasons = (found, id) => {
    const why = element("div", { className: "why", id });
    why.setAttribute("role", "tooltip");
    for (const [name, weight, detail] of found) {
      const sign = weight < 0 ? "\u2212" : "+";
      why.append(element("div", {}, element("b", { textContent: name }), `${sign}${Math.abs(weight).toFixed(1)}`,
        element("span", { dir: "auto", textContent: detail })));
    }
    return why;
  };

  const paragraph = (found) => {
    const id = `why-${found.n}`;
    const text = element("div", { className: "text", dir: "auto" });
    for (const piece of found.text) {
      if (typeof piece === "string") {
        text.append(piece);
      } else {
        const mark = element("mark", { tabIndex: 0, textContent: piece[0] });
        mark.setAttribute("aria-describedby", id);
        text.append(mark);
      }
    }
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
    const queue = items(found, row.paragraphs);
    const more = () => {
      if (opened !== row) return;
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
    else opened = null;
    at("document").hidden = !row;
    at("list").hidden = at("overview").hidden = Boolean(row);
    if (row) at("document-title").focus();
    else if (left) (document.querySelector(`a[href="#document-${left.place}"]`) || at("list-title")).focus();
    if (row) scrollTo(0, 0);
  };

  const toFirstBlock = () => {
    const mark = document.querySelector("mark");
    mark?.focus();
    mark?.scrollIntoView({ block: "center" });
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
  document.addEventListener("DOMContentLoaded", () => { if (opened) open(opened); });
  choose();
  route();
})();
