// The ledger as it grows, newest first; what the numbers of the acts mean stands in acts.js.
import { actInWords, objectInWords, whoInWords } from "./acts.js";
import { make } from "./element.js";
import { momentOf } from "./moment.js";
import * as requests from "./requests.js";

const PAUSE_MS = 1500;
const MOST_SHOWN = 400;
// what a server gives at most in one answer: more of them are fetched at once
const FULL_ANSWER = 200;

export async function runLedger() {
  const box = document.getElementById("ledger");
  const list = document.getElementById("entries");
  const toggle = document.getElementById("ledger-toggle");
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(box.classList.toggle("open"))));
  let last = 0;
  const read = async () => {
    let wait = document.hidden ? PAUSE_MS * 5 : PAUSE_MS;
    try {
      const entries = await requests.ledger(last);
      box.hidden = false;
      if (entries.length) {
        show(list, entries, last > 0);
        last = Math.max(...entries.map((entry) => entry.sequence));
        document.getElementById("ledger-count").textContent = `共 ${last} 条，只增不改`;
      }
      if (entries.length >= FULL_ANSWER) wait = 0;
    } catch (fault) {
      if (fault.status === 404) return;
    }
    setTimeout(read, wait);
  };
  await read();
}

function show(list, entries, fresh) {
  list.prepend(...entries.map((entry) => line(entry, fresh)).reverse());
  while (list.children.length > MOST_SHOWN) list.lastChild.remove();
}

function line(entry, fresh) {
  const what = [entry.whom ?? objectInWords(entry.object), detail(entry)].filter(Boolean).join("：").replaceAll("\n", " ");
  return make("li", { class: fresh ? "fresh" : null },
    make("span", { class: "no" }, `第 ${entry.sequence} 号`),
    make("time", { class: "at" }, momentOf(entry.moment)),
    make("span", { class: "who", title: whoInWords(entry) }, whoInWords(entry)),
    make("span", { class: "act" }, actInWords(entry.act)),
    make("span", { class: "what", title: what }, what));
}

// What people wrote, else the reason that was given, else which items or case it is about.
function detail(entry) {
  const data = entry.data ?? {};
  const listed = data.subjects ?? data.full ?? [];
  return entry.text ?? data.reason ?? data.case_no ?? (Array.isArray(listed) ? listed.join("、") : "");
}
