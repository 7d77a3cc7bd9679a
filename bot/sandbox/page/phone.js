// One person's phone: header, chats, composer; it reads the shared talks and never changes them.
import { bubble } from "./bubble.js";
import { face, make, roleName } from "./element.js";
import { dayOf } from "./moment.js";
import * as requests from "./requests.js";

const HINTS = {
  officer: ["/待审", "/待复核", "/监控", "/通知书"], case_head: ["/待签", "/通知书"], deputy: ["/待签"],
  chief: ["/待签"], head: ["/本周", "/待签"], prosecutor: ["/我的", "/日历"], assistant: ["/我的", "/日历"],
};

export class Phone {
  constructor(person, talks, onClose) {
    this.person = person;
    this.talks = talks;
    this.chat = person.id;
    this.about = null;
    this.say = this.say.bind(this);
    this.build(onClose);
    this.draw();
  }

  build(onClose) {
    this.tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "会话" });
    this.talk = make("div", { class: "talk", role: "log", "aria-label": `${this.person.name}的消息`, tabindex: "0" });
    this.atEnd = true;
    this.talk.addEventListener("scroll", () => { this.atEnd = this.talk.scrollHeight - this.talk.scrollTop - this.talk.clientHeight < 60; });
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.talk);
    this.typing = make("div", { class: "typing", hidden: true }, "方圆正在输入…");
    this.toast = make("div", { class: "toast", role: "status", "aria-live": "polite" });
    this.banner = make("div", { class: "about", hidden: true });
    this.input = make("textarea", { rows: "1", placeholder: "输入消息", "aria-label": `以${this.person.name}的身份输入消息` });
    this.picker = make("input", { type: "file", hidden: true, multiple: true, "aria-label": "选择文件" });
    const owner = make("div", { class: "owner" }, face(this.person),
      make("div", {}, make("h2", {}, this.person.name), make("p", {}, roleName(this.person))),
      make("button", { type: "button", class: "close", "aria-label": `收起${this.person.name}的手机`, onclick: onClose }, "×"));
    this.root = make("section", { class: "phone", "aria-label": `${this.person.name}（${roleName(this.person)}）的手机` },
      make("header", {}, owner, this.tabs), this.talk, this.typing, this.toast, this.footer());
    this.root.addEventListener("dragover", (event) => { event.preventDefault(); this.root.classList.add("over"); });
    this.root.addEventListener("dragleave", () => this.root.classList.remove("over"));
    this.root.addEventListener("drop", (event) => { event.preventDefault(); this.root.classList.remove("over"); this.sendFiles(event.dataTransfer.files); });
  }

  footer() {
    const hints = [...(HINTS[this.person.role] ?? []), "/帮助"].map((text) =>
      make("button", { type: "button", onclick: () => this.say(text) }, text));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
      if (event.key === "Escape") this.clearAbout();
    });
    this.input.addEventListener("input", () => this.fit());
    this.picker.addEventListener("change", () => { this.sendFiles(this.picker.files); this.picker.value = ""; });
    return make("footer", {}, make("div", { class: "hints", "aria-label": "常用指令", role: "group" }, ...hints), this.banner,
      make("div", { class: "compose" },
        make("button", { type: "button", class: "attach", "aria-label": "发送文件", onclick: () => this.picker.click() }, "＋"), this.picker, this.input,
        make("button", { type: "button", class: "send", onclick: () => this.submit() }, "发送")));
  }

  draw() {
    this.drawTabs();
    const messages = this.talks.list(this.chat);
    const pieces = [];
    this.day = "";
    for (const message of messages) pieces.push(...this.pieces(message));
    if (!pieces.length) pieces.push(make("p", { class: "empty" }, "还没有消息"));
    const kept = this.talk.scrollTop;
    const follow = this.atEnd;
    this.talk.replaceChildren(...pieces);
    if (follow) this.toEnd();
    else this.talk.scrollTop = kept;
    this.talks.markRead(this.person.id, this.chat);
  }

  // A message that is new or has changed: the others stay as they are, with focus and all.
  take(message) {
    const shown = this.at(message.message_id);
    const newest = this.talks.list(this.chat).at(-1) === message;
    if (message.sender.id !== this.person.id) this.typing.hidden = true;
    if (!shown && !newest) {
      this.draw();
      return;
    }
    const follow = this.atEnd;
    this.talk.querySelector(".empty")?.remove();
    if (shown) this.replace(shown, bubble(message, this));
    else this.talk.append(...this.pieces(message));
    if (follow) this.toEnd();
    this.talks.markRead(this.person.id, this.chat);
  }

  replace(shown, fresh) {
    const focused = shown.contains(document.activeElement);
    shown.replaceWith(fresh);
    if (focused) (fresh.querySelector(".keys button") ?? this.talk).focus();
  }

  pieces(message) {
    const today = dayOf(message.date);
    const divider = today === this.day ? [] : [make("div", { class: "day" }, today)];
    this.day = today;
    return [...divider, bubble(message, this)];
  }

  drawTabs() {
    const tab = (chat, title) => {
      const unread = chat === this.chat ? 0 : this.talks.unread(this.person.id, chat);
      return make("button", { type: "button", role: "tab", "aria-selected": String(chat === this.chat), onclick: () => this.open(chat) },
        title, unread ? make("span", { class: "unread", "aria-label": `${unread} 条未读` }, String(unread)) : null);
    };
    const groups = this.talks.groupsOf(this.person.id);
    this.tabs.replaceChildren(tab(this.person.id, "方圆"), ...groups.map((group) => tab(group.id, group.title)));
  }

  open(chat) {
    this.chat = chat;
    this.clearAbout();
    this.draw();
    this.toEnd();
  }

  toEnd() {
    this.talk.scrollTop = this.talk.scrollHeight;
    this.atEnd = true;
  }

  inGroup() { return this.chat !== this.person.id; }
  message(id) { return this.talks.message(this.chat, id); }

  choose(id) {
    for (const other of this.talk.querySelectorAll(".chosen")) other.classList.remove("chosen");
    this.at(id)?.classList.add("chosen");
  }

  show(id) {
    const found = this.at(id);
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    found.classList.remove("flash");
    requestAnimationFrame(() => found.classList.add("flash"));
  }

  at(id) { return this.talk.querySelector(`[data-id="${id}"]`); }

  replyTo(message) { this.setAbout({ kind: "reply", message }, `回复：${message.text || "文件"}`); }

  editOwn(message) {
    this.setAbout({ kind: "edit", message }, `编辑：${message.text}`);
    this.input.value = message.text;
    this.fit();
  }

  setAbout(about, label) {
    this.about = about;
    this.banner.replaceChildren(make("span", {}, label.replaceAll("\n", " ")),
      make("button", { type: "button", "aria-label": "取消", onclick: () => this.clearAbout() }, "×"));
    this.banner.hidden = false;
    this.input.focus();
  }

  clearAbout() {
    if (this.about?.kind === "edit") { this.input.value = ""; this.fit(); }
    this.about = null;
    this.banner.hidden = true;
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const about = this.about;
    const done = about?.kind === "edit"
      ? await this.attempt(() => requests.edit(this.person.id, this.chat, about.message.message_id, text))
      : await this.say(text, about?.message.message_id);
    if (!done) return;
    this.about = null;
    this.banner.hidden = true;
    this.input.value = "";
    this.fit();
    this.toEnd();
  }

  say(text, replyTo) { return this.attempt(() => requests.say(this.person.id, this.chat, text, replyTo)); }
  react(message, emoji) { return this.attempt(() => requests.react(this.person.id, this.chat, message.message_id, emoji)); }
  takeBack(message) { return this.attempt(() => requests.takeBack(this.person.id, this.chat, message.message_id)); }

  async sendFiles(files) {
    const replyTo = this.about?.kind === "reply" ? this.about.message.message_id : undefined;
    for (const file of [...files]) await this.attempt(() => requests.sendFile(this.person.id, this.chat, file, replyTo));
    this.clearAbout();
  }

  async press(message, data, key) {
    key.disabled = true;
    await this.attempt(() => requests.press(this.person.id, this.chat, message.message_id, data));
    key.disabled = false;
  }

  async attempt(run) {
    try {
      await run();
      return true;
    } catch (fault) {
      this.showToast(fault.message, true);
      return false;
    }
  }

  showToast(text, alert) {
    this.toast.textContent = text;
    this.toast.className = alert ? "toast on alert" : "toast on";
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => this.toast.classList.remove("on"), alert ? 6000 : 3500);
  }

  showTyping() {
    this.typing.hidden = false;
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => { this.typing.hidden = true; }, 4000);
  }

  fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 120)}px`;
  }
}
