// One subject after the other: shown, answered, saved. What was said stands at the server; this page may be closed any time.

const { items, given, about } = JSON.parse(at("asked").textContent);
const answers = new Map(given); // key -> label, in the order in which they were given
const unsaved = new Map(); // key -> label, or null for what is taken back
const NAMES = { keyword_block: "Keyword block", content: "Content", skip: "Skipped" };
const KEYS = { k: "keyword_block", c: "content", s: "skip" };
const WHY = {
  unsure: ["Least sure.", "Its score is among the nearest to the threshold."],
  taken_back: ["Taken back.", "By itself it looks injected; its page speaks for content."],
  by_page: ["By its page.", "By itself it looks like content; its page makes it suspect."],
  rare: ["Rare.", "Keyword blocks of this sort were hardly found here."],
  crowded: ["Many on one page.", "The page has several keyword blocks; this is the one least sure."],
  sure: ["Clear case.", "The model is sure; is it right?"],
};
const RETRY_MS = 3000;
let place = 0;

const next = (from) => {
  const open = (item) => !answers.has(item.key);
  const later = items.findIndex((item, i) => i > from && open(item));
  return later >= 0 ? later : items.findIndex(open);
};

// Showing

const line = (found) => {
  const text = element("p", { className: "line", dir: "auto" }, ...marked(found.text));
  const notes = [...(found.notes || []), ...(found.cut ? [`${found.cut.toLocaleString("en")} characters more`] : [])];
  if (notes.length) text.append(element("span", { className: "note", textContent: ` (${notes.join(", ")})` }));
  return text;
};

const around = (id, found, edge, n) => {
  const lines = found.map((one) => element("li", { dir: "auto" }, ...marked(one.text)));
  const left = n - found.length;
  const said = left > 0 ? `${left.toLocaleString("en")} more` : edge;
  const end = element("li", { className: "edge", textContent: said });
  at(id).replaceChildren(...(id === "before" ? [end, ...lines] : [...lines, end]));
};

const rect = (className, x, width) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ class: className, x, width, height: 10 })) made.setAttribute(name, value);
  return made;
};

const scale = (score) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 10");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.append(rect("at", 0, 100 * score), rect("least", Math.max(100 * about.threshold - .3, 0), .6));
  return element("div", { className: "scale" }, svg);
};

const verdict = (item) => {
  const side = item.found ? "keyword block" : "content";
  const said = `Model: ${side}, score ${item.score.toFixed(4)} (flagged from ${about.threshold.toFixed(4)} on), `
    + `by itself ${item.raw_score.toFixed(4)}`;
  const reasons = element("div", { className: "reasons" }, ...reasonRows(item.reasons));
  return [element("p", { className: "verdict", textContent: said }), scale(item.score), reasons];
};

const show = (focus) => {
  const item = items[place];
  at("item").hidden = !item;
  at("done").hidden = Boolean(item);
  if (item) showItem(item);
  else showDone();
  showCounts(item);
  if (focus) (item ? at("judged") : at("done-title")).focus({ preventScroll: true });
  scrollTo(0, 0);
};

const showItem = (item) => {
  [at("why").textContent, at("explained").textContent] = WHY[item.why];
  at("place").textContent = [item.host, item.id, item.title].filter(Boolean).join(" · ");
  around("before", item.before, "the page begins here", item.n_before);
  around("after", item.after, "the page ends here", item.n_after);
  at("judged").replaceChildren(...item.lines.map(line));
  at("judged").dataset.given = answers.get(item.key) || "";
  at("judged").scrollTop = 0;
  if (item.part) at("explained").textContent += " Asked about is the marked part.";
  if (item.lines.length > 1) at("explained").textContent += " These lines get one answer.";
  at("model").replaceChildren(...verdict(item));
};

const showDone = () => {
  const sums = { keyword_block: 0, content: 0, skip: 0 };
  for (const item of items) sums[answers.get(item.key)] += 1;
  at("done-title").textContent = `All ${items.length} are answered`;
  at("sums").textContent = `Keyword blocks ${sums.keyword_block}, content ${sums.content}, skipped ${sums.skip}.`;
  at("file").textContent = about.file;
  at("to-skipped").hidden = !sums.skip;
};

const showCounts = (item) => {
  const n = items.filter((one) => answers.has(one.key)).length;
  at("count").textContent = item ? `Number ${place + 1} · ${n} of ${items.length} answered` : `${n} of ${items.length} answered`;
  at("bar").max = items.length;
  at("bar").value = n;
  for (const button of document.querySelectorAll("[data-label]")) {
    button.disabled = !item;
    button.setAttribute("aria-pressed", String(Boolean(item) && answers.get(item.key) === button.dataset.label));
  }
  at("previous").disabled = place <= 0;
  at("next").disabled = place >= items.length - 1;
  at("undo").disabled = !answers.size;
};

// Answering

const answer = (label, focus) => {
  const item = items[place];
  if (!item) return;
  answers.delete(item.key);
  answers.set(item.key, label);
  save(item.key, label);
  const open = next(place);
  at("said").textContent = `Number ${place + 1}: ${NAMES[label].toLowerCase()}`;
  place = open < 0 ? items.length : open;
  show(focus);
};

const undo = (focus) => {
  const last = [...answers.keys()].at(-1);
  if (last === undefined) return;
  answers.delete(last);
  save(last, null);
  place = items.findIndex((item) => item.key === last);
  at("said").textContent = `Number ${place + 1}: taken back`;
  show(focus);
};

const move = (by, focus) => {
  const to = Math.min(Math.max(place + by, 0), items.length - 1);
  if (to === place) return;
  place = to;
  show(focus);
};

// Saving: one at a time, in order; what cannot be saved is tried again and said.

let saving = false;

const save = (key, label) => {
  unsaved.delete(key);
  unsaved.set(key, label);
  if (!saving) send();
};

const trouble = (message) => {
  at("trouble").textContent = message;
  at("trouble").hidden = !message;
};

const post = async ([key, label]) => {
  const response = await fetch("answer", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ key, label }),
  });
  if (!response.ok) throw new Error(await response.text());
};

const send = async () => {
  saving = true;
  while (unsaved.size) {
    const [key, label] = unsaved.entries().next().value;
    try {
      await post([key, label]);
      if (unsaved.get(key) === label) unsaved.delete(key);
      trouble("");
    } catch (error) {
      const why = error instanceof TypeError ? "the program does not answer; is it still running?" : error.message;
      const n = unsaved.size === 1 ? "1 answer is" : `${unsaved.size} answers are`;
      trouble(`${n} not saved yet: ${why}`);
      await new Promise((done) => { setTimeout(done, RETRY_MS); });
    }
  }
  saving = false;
};

// Keys, buttons

const keyOf = (event) => (/^Key[A-Z]$/.test(event.code) && !/^[a-z]$/i.test(event.key) ? event.code[3] : event.key).toLowerCase();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || at("manual").open || !at("keys").checked) return;
  const key = keyOf(event);
  const acts = {
    u: () => undo(true),
    arrowleft: () => move(-1, true),
    arrowright: () => move(1, true),
    "?": () => at("manual").showModal(),
  };
  const act = KEYS[key] ? () => answer(KEYS[key], true) : acts[key];
  if (!act) return;
  event.preventDefault();
  // A key held down would answer what nobody has read.
  if (!event.repeat || key.startsWith("arrow")) act();
});
for (const button of document.querySelectorAll("[data-label]")) {
  button.addEventListener("click", () => answer(button.dataset.label, false));
}
at("undo").addEventListener("click", () => undo(false));
at("previous").addEventListener("click", () => move(-1, false));
at("next").addEventListener("click", () => move(1, false));
at("help").addEventListener("click", () => at("manual").showModal());
at("to-skipped").addEventListener("click", () => {
  place = items.findIndex((item) => answers.get(item.key) === "skip");
  show(true);
});
addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

place = next(-1);
if (place < 0) place = items.length;
show(false);
