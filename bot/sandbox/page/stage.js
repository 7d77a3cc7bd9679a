// The strip above the phones: clock, faults, strangers.
import { make } from "./element.js";
import { clockFace, setNow } from "./moment.js";
import * as requests from "./requests.js";

const SYNC_MS = 10000;

export function runClock(complain) {
  const shown = document.getElementById("clock");
  const buttons = [...document.querySelectorAll("[data-target]")];
  const sync = async () => setNow((await requests.clock()).now);
  // pressed before this script listens, a press would be lost: the page holds them disabled
  const allow = (yes) => buttons.forEach((button) => { button.disabled = !yes; });
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
      allow(false);
      try {
        const target = (await requests.targets())[button.dataset.target];
        setNow((await requests.moveClock(target)).now);
      } catch (fault) {
        complain(fault.message);
      }
      allow(true);
    });
  }
  allow(true);
  return sync();
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
