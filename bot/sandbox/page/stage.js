// The strips around the phones: clock, ledger, faults, strangers.
import { make } from "./element.js";
import { clockFace, setNow } from "./moment.js";
import * as requests from "./requests.js";

const SYNC_MS = 10000;
const LEDGER_MS = 2000;
const LEDGER_SHOWN = 200;

export function runClock(complain) {
  const shown = document.getElementById("clock");
  const buttons = [...document.querySelectorAll("[data-target]")];
  const sync = async () => setNow((await requests.clock()).now);
  const quietly = () => sync().catch(() => { shown.title = "时钟暂时读不到"; });
  const year = make("span", { class: "year" });
  const rest = make("span");
  shown.replaceChildren(year, rest);
  setInterval(() => {
    const now = clockFace();
    if (rest.textContent === now.rest) return;
    year.textContent = now.year;
    rest.textContent = now.rest;
  }, 250);
  setInterval(quietly, SYNC_MS);
  for (const button of buttons) {
    button.addEventListener("click", async () => {
      buttons.forEach((other) => { other.disabled = true; });
      try {
        const target = (await requests.targets())[button.dataset.target];
        setNow((await requests.moveClock(target)).now);
      } catch (fault) {
        complain(fault.message);
      }
      buttons.forEach((other) => { other.disabled = false; });
    });
  }
  return sync();
}

export async function runLedger() {
  const box = document.getElementById("ledger");
  const list = document.getElementById("entries");
  let last = 0;
  const read = async () => {
    try {
      const entries = await requests.ledger(last);
      box.hidden = false;
      for (const entry of entries) last = Math.max(last, number(entry));
      list.prepend(...entries.map(line).reverse());
      while (list.children.length > LEDGER_SHOWN) list.lastChild.remove();
    } catch (fault) {
      if (fault.status === 404) return;
    }
    setTimeout(read, document.hidden ? LEDGER_MS * 5 : LEDGER_MS);
  };
  await read();
}

function number(entry) { return Number(entry.sequence ?? entry.seq ?? entry.number ?? entry.n ?? 0); }

function line(entry) {
  const moment = String(entry.moment ?? entry.at ?? "").replace("T", " ").slice(5, 19);
  const what = [entry.actor, entry.object, entry.text].filter((part) => part !== null && part !== undefined && part !== "");
  return make("li", {}, make("span", { class: "no" }, `第 ${number(entry)} 号`), make("span", { class: "at" }, moment),
    make("span", { class: "act" }, String(entry.act ?? "")), make("span", { class: "what" }, what.join(" · ")));
}

export function runForms(complain, onStranger) {
  dialog("stranger", "stranger-form", async (fields) => onStranger(await requests.addStranger(fields.get("name"))), complain);
  dialog("faults", "fault-form", (fields) => requests.orderFault({
    method: fields.get("method"), kind: fields.get("kind"), times: Number(fields.get("times")),
  }), complain);
}

function dialog(opener, name, run, complain) {
  const box = document.getElementById(name);
  const form = box.querySelector("form");
  document.getElementById(opener).addEventListener("click", () => box.showModal());
  box.addEventListener("close", async () => {
    const fields = new FormData(form);
    if (box.returnValue === "ok") {
      try { await run(fields); } catch (fault) { complain(fault.message); }
    }
    box.returnValue = "";
    form.reset();
  });
}
