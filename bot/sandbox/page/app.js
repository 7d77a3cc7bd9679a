// Puts the page together: roster, phones, and the live line that keeps them up to date.
import { face, make, roleName } from "./element.js";
import { runLedger } from "./ledger.js";
import { setNow } from "./moment.js";
import { Phone } from "./phone.js";
import * as requests from "./requests.js";
import { runClock, runForms } from "./stage.js";
import { Talks } from "./talks.js";

const RETRY_MS = 2000;
const PHONE_WIDTH = 360;
const ROSTER_WIDTH = 212;
const FIRST_SHOWN = ["prosecutor", "officer", "head", "chief"];
const narrow = matchMedia("(max-width: 760px)");
const talks = new Talks();
const open = new Map();
let people = [];

function complain(text) {
  const phone = open.values().next().value;
  if (phone) phone.showToast(text, true);
}

function drawRoster() {
  const roster = document.getElementById("roster");
  const focused = roster.contains(document.activeElement) ? document.activeElement.dataset.person : null;
  let waiting = 0;
  const entry = (person) => {
    const unread = talks.unreadOf(person.id);
    waiting += unread;
    const label = `${person.name}，${roleName(person)}${unread ? `，${unread} 条未读` : ""}`;
    return make("li", {}, make("button", { type: "button", "data-person": person.id, "aria-pressed": String(open.has(person.id)), "aria-label": label, onclick: () => toggle(person) },
      face(person), make("span", { class: "name" }, person.name), make("span", { class: "role" }, roleName(person)),
      unread ? make("span", { class: "unread" }, unread > 99 ? "99+" : String(unread)) : null));
  };
  roster.replaceChildren(...people.map(entry));
  if (focused) roster.querySelector(`[data-person="${focused}"]`)?.focus();
  document.title = waiting ? `（${waiting}）方圆 · 沙盒` : "方圆 · 沙盒";
}

function toggle(person) {
  if (narrow.matches) {
    closeAll();
    show(person);
    document.querySelector(`[data-person="${person.id}"]`)?.scrollIntoView({ inline: "nearest", block: "nearest" });
  } else if (open.has(person.id)) {
    close(person);
  } else {
    show(person);
    open.get(person.id).root.scrollIntoView({ block: "nearest" });
  }
  remember();
  drawRoster();
}

function show(person) {
  const phone = new Phone(person, talks, () => { close(person); remember(); drawRoster(); });
  open.set(person.id, phone);
  document.getElementById("phones").append(phone.root);
  phone.toEnd();
}

function close(person) {
  open.get(person.id)?.root.remove();
  open.delete(person.id);
}

function closeAll() {
  for (const phone of [...open.values()]) close(phone.person);
}

function remember() {
  history.replaceState(null, "", open.size ? `#${[...open.keys()].join(",")}` : location.pathname);
}

function firstShown() {
  const room = narrow.matches ? 1 : Math.max(1, Math.floor((innerWidth - ROSTER_WIDTH) / PHONE_WIDTH));
  const asked = location.hash.slice(1).split(",").map(Number);
  const named = people.filter((person) => asked.includes(person.id));
  if (named.length) return named.slice(0, narrow.matches ? 1 : named.length);
  const preferred = FIRST_SHOWN.map((role) => people.find((person) => person.role === role)).filter(Boolean);
  return [...new Set([...preferred, ...people])].slice(0, room);
}

async function reload() {
  people = await requests.people();
  await talks.load();
  if (!open.size) firstShown().forEach(show);
  for (const phone of open.values()) phone.draw();
  drawRoster();
}

function drawChat(chat, message) {
  for (const phone of open.values()) {
    if (phone.chat !== chat) phone.drawTabs();
    else if (message) phone.take(message);
    else phone.draw();
  }
  drawRoster();
}

const HEARD = {
  message({ chat, message }) { talks.put(chat, message); drawChat(chat, message); },
  delete({ chat, message_id: id }) { talks.remove(chat, id); drawChat(chat); },
  toast({ person, toast, alert }) { open.get(person)?.showToast(toast, alert); },
  typing({ chat }) { for (const phone of open.values()) if (phone.chat === chat) phone.showTyping(); },
  clock({ now }) { setNow(now); },
  people() { return reload(); },
  pinned() {},
};

function listen() {
  const line = document.getElementById("line");
  const socket = new WebSocket(`ws://${location.host}/live`);
  socket.addEventListener("open", async () => {
    await reload();
    line.textContent = "已连接";
    line.classList.add("on");
  });
  socket.addEventListener("message", ({ data }) => {
    const { event, ...facts } = JSON.parse(data);
    HEARD[event]?.(facts);
  });
  socket.addEventListener("close", () => {
    line.textContent = "连接断开，正在重连";
    line.classList.remove("on");
    setTimeout(listen, RETRY_MS);
  });
}

runForms(complain, (person) => { location.hash = [...open.keys(), person.id].join(","); });
await runClock(complain);
listen();
runLedger();
