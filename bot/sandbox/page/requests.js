// The people's side of the sandbox; every refusal becomes an Error with the server's sentence.
async function ask(verb, path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(path, {
    method: verb,
    headers: body === undefined || form ? {} : { "Content-Type": "application/json" },
    body: body === undefined || form ? body : JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(told.error ?? `请求失败（${answer.status}）`), { status: answer.status });
  return told;
}

export const people = () => ask("GET", "/people");
export const chats = () => ask("GET", "/chats");
export const messages = (person, chat) => ask("GET", `/people/${person}/messages?details=1&chat=${chat}`);
export const addStranger = (name) => ask("POST", "/people", { name });
export const say = (person, chat, text, replyTo) =>
  ask("POST", `/people/${person}/messages`, { chat, text, reply_to_message_id: replyTo });
export const edit = (person, chat, id, text) => ask("PUT", `/people/${person}/messages/${id}`, { chat, text });
export const takeBack = (person, chat, id) => ask("DELETE", `/people/${person}/messages/${id}?chat=${chat}`);
export const press = (person, chat, id, data) =>
  ask("POST", `/people/${person}/presses`, { chat, message_id: id, data });
export const react = (person, chat, id, emoji) =>
  ask("POST", `/people/${person}/reactions`, { chat, message_id: id, emoji });
export const clock = () => ask("GET", "/clock");
export const targets = () => ask("GET", "/clock/targets");
export const moveClock = (now) => ask("POST", "/clock", { now });
export const ledger = (after) => ask("GET", `/ledger?after=${after}`);
export const orderFault = (fault) => ask("POST", "/faults", fault);

export function sendFile(person, chat, file, replyTo) {
  const form = new FormData();
  const kind = file.type.startsWith("image/") ? "photo" : file.type.startsWith("audio/") ? "voice" : "document";
  form.append("chat", chat);
  form.append("kind", kind);
  if (replyTo) form.append("reply_to_message_id", replyTo);
  form.append("document", file, file.name);
  return ask("POST", `/people/${person}/documents`, form);
}
