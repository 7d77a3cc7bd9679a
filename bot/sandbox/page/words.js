// Text with entities; offsets are UTF-16 units, and so are JavaScript's strings.
import { make } from "./element.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?:|mailto:)/i;

export function words(message, onCommand) {
  const box = make("p", { class: "words" });
  fill(box, message.text, 0, message.text.length, message.entities ?? [], onCommand);
  return box;
}

function fill(box, text, start, end, entities, onCommand) {
  let at = start;
  for (let place = 0; place < entities.length; place += 1) {
    const entity = entities[place];
    const from = entity.offset;
    const to = Math.min(entity.offset + entity.length, end);
    if (from < at || from >= end) continue;
    box.append(text.slice(at, from));
    const inner = entities.slice(place + 1).filter((other) => other.offset < to);
    const element = shaped(entity, text.slice(from, to), onCommand);
    fill(element, text, from, to, inner, onCommand);
    box.append(element);
    at = to;
  }
  box.append(text.slice(at, end));
}

function shaped(entity, covered, onCommand) {
  if (TAGS[entity.type]) return make(TAGS[entity.type]);
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(covered.includes("://") ? covered : `http://${covered}`);
  if (entity.type === "email") return link(`mailto:${covered}`);
  if (entity.type === "bot_command") {
    return make("button", { type: "button", class: "command", onclick: () => onCommand(covered) });
  }
  if (entity.type === "spoiler") {
    return make("span", { class: "spoiler", onclick: (event) => event.currentTarget.classList.add("open") });
  }
  return make("span");
}

function link(address) {
  if (!SAFE.test(address)) return make("span");
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}
