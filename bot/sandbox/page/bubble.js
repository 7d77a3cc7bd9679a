// One message as a phone shows it.
import { make } from "./element.js";
import { timeOf } from "./moment.js";
import { words } from "./words.js";

const THUMB = "👍";

// Many office machines have no emoji font: the one emoji that matters here is drawn.
function drawn(emoji) {
  return emoji === THUMB ? make("img", { src: "/page/thumb.svg", alt: THUMB, width: "16", height: "16" }) : emoji;
}

export function bubble(message, phone) {
  if (message.kind === "service") return make("div", { class: "service", "data-id": message.message_id }, message.text);
  const mine = message.sender.id === phone.person.id;
  const box = make("div", { class: "bubble" }, acts(message, mine, phone));
  if (!mine && phone.inGroup()) box.append(make("div", { class: "sender" }, message.sender.name));
  if (message.reply_to_message_id) box.append(quote(message.reply_to_message_id, phone));
  if (message.document) box.append(attached(message));
  if (message.text) box.append(words(message, phone.say));
  box.append(make("div", { class: "meta" }, message.edited ? make("span", {}, "已编辑") : null, make("time", {}, timeOf(message.date))));
  box.addEventListener("click", () => phone.choose(message.message_id));
  const whole = make("article", { class: mine ? "message mine" : "message", "data-id": message.message_id, "aria-label": `${message.sender.name}的消息` }, box);
  if (message.buttons.length) whole.append(keys(message, phone));
  if (message.reactions.length) whole.append(reactions(message, phone));
  return whole;
}

function acts(message, mine, phone) {
  const act = (label, name, run) =>
    make("button", { type: "button", "aria-label": name, onclick: (event) => { event.stopPropagation(); run(); } }, label);
  const box = make("div", { class: "acts", role: "group", "aria-label": "操作" }, act("回复", "回复这条消息", () => phone.replyTo(message)));
  if (mine) {
    box.append(act("编辑", "编辑这条消息", () => phone.editOwn(message)));
    box.append(act("撤回", "撤回这条消息", () => phone.takeBack(message)));
  } else {
    box.append(act(drawn(THUMB), "点赞", () => phone.react(message, THUMB)));
  }
  return box;
}

function quote(id, phone) {
  const answered = phone.message(id);
  const text = answered ? (answered.text || answered.document?.file_name || "文件").replaceAll("\n", " ") : "原消息已删除";
  return make("button", { type: "button", class: "quote", "aria-label": "查看所回复的消息", onclick: (event) => { event.stopPropagation(); phone.show(id); } }, text);
}

function attached(message) {
  const file = message.document;
  const address = `/files/${encodeURIComponent(file.file_id)}`;
  if (message.kind === "photo") return make("img", { class: "picture", src: address, alt: "图片", loading: "lazy" });
  const sign = { voice: "♪", audio: "♪", video: "▶", animation: "▶", video_note: "▶", sticker: "☺" }[message.kind] ?? "⬇";
  return make("a", { class: "file", href: address, download: file.file_name, "aria-label": `下载 ${file.file_name}` },
    make("span", { class: "sign", "aria-hidden": "true" }, sign),
    make("span", {}, make("b", {}, file.file_name), make("small", {}, size(file.size))));
}

function keys(message, phone) {
  const key = (button) => button.url
    ? make("a", { href: /^https?:/i.test(button.url) ? button.url : null, target: "_blank", rel: "noopener noreferrer" }, button.text)
    : make("button", { type: "button", onclick: (event) => phone.press(message, button.data, event.currentTarget) }, button.text);
  return make("div", { class: "keys", role: "group", "aria-label": "按钮" },
    ...message.buttons.map((row) => make("div", {}, ...row.map(key))));
}

function reactions(message, phone) {
  const counts = new Map();
  for (const { who, emoji } of message.reactions) counts.set(emoji, [...(counts.get(emoji) ?? []), who]);
  const one = ([emoji, who]) => {
    const own = who.includes(phone.person.id);
    return make("button", { type: "button", class: own ? "own" : null, "aria-pressed": String(own), "aria-label": `${emoji} ${who.length} 人`,
      onclick: () => phone.react(message, own ? "" : emoji) }, drawn(emoji), who.length > 1 ? ` ${who.length}` : "");
  };
  return make("div", { class: "reactions" }, ...[...counts].map(one));
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} 字节`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
