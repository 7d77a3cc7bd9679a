// What is known of all chats, and what each person has already read (kept in the browser).
import * as requests from "./requests.js";

export class Talks {
  constructor() {
    this.chats = new Map();
    this.messages = new Map();
    this.read = new Map(Object.entries(JSON.parse(localStorage.getItem("read") ?? "{}")));
  }

  async load() {
    const chats = await requests.chats();
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
    await Promise.all(chats.filter((chat) => chat.members.length).map(async (chat) => {
      const listed = await requests.messages(chat.members[0], chat.id);
      this.messages.set(chat.id, new Map(listed.map((message) => [message.message_id, message])));
    }));
  }

  put(chat, message) {
    if (!this.messages.has(chat)) this.messages.set(chat, new Map());
    this.messages.get(chat).set(message.message_id, message);
  }

  remove(chat, id) { this.messages.get(chat)?.delete(id); }
  message(chat, id) { return this.messages.get(chat)?.get(id); }
  list(chat) { return [...(this.messages.get(chat)?.values() ?? [])].sort((one, other) => one.message_id - other.message_id); }
  groupsOf(person) { return [...this.chats.values()].filter((chat) => chat.type !== "private" && chat.members.includes(person)); }

  unread(person, chat) {
    const last = Number(this.read.get(`${person}/${chat}`) ?? 0);
    return this.list(chat).filter((message) => message.message_id > last && message.sender.id !== person).length;
  }

  unreadOf(person) {
    return [person, ...this.groupsOf(person).map((group) => group.id)].reduce((sum, chat) => sum + this.unread(person, chat), 0);
  }

  markRead(person, chat) {
    const last = this.list(chat).at(-1)?.message_id ?? 0;
    if (Number(this.read.get(`${person}/${chat}`) ?? 0) >= last) return;
    this.read.set(`${person}/${chat}`, last);
    localStorage.setItem("read", JSON.stringify(Object.fromEntries(this.read)));
  }
}
