// Elements are built, never written as HTML: whatever anybody types stays text.
export function make(tag, facts = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function face(person) {
  const hue = [...person.name].reduce((sum, char) => sum + char.codePointAt(0), 0) % 360;
  const made = make("span", { class: "face", "aria-hidden": "true" }, [...person.name][0] ?? "？");
  made.style.setProperty("--hue", hue);
  return made;
}

const ROLES = {
  prosecutor: "承办检察官", assistant: "检察官助理", officer: "流程监控专员", case_head: "案管负责人",
  head: "部门负责人", deputy: "分管副检察长", chief: "检察长", auditor: "检查人员", admin: "系统管理员",
};

export function roleName(person) {
  return person.role === null ? "陌生人（未绑定）" : ROLES[person.role] ?? person.role;
}
