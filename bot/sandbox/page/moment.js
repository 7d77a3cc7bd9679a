// Times are shown in the sandbox's own zone, whatever the browser's is.
let offsetMinutes = 480;
let told = null;
let heard = 0;

export function setNow(iso) {
  const zone = /([+-])(\d\d):(\d\d)$/.exec(iso);
  offsetMinutes = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  told = Date.parse(iso);
  heard = performance.now();
}

export function clockFace() {
  if (told === null) return { year: "", rest: "--:--:--" };
  const at = local((told + performance.now() - heard) / 1000);
  const hour = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
  return { year: `${at.getUTCFullYear()}年`, rest: `${day(at)} ${hour}` };
}

export function momentOf(iso) {
  const at = local(Date.parse(iso) / 1000);
  const hour = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
  return Number.isNaN(at.getTime()) ? "" : `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${hour}`;
}

export function timeOf(seconds) {
  const at = local(seconds);
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
}

export function dayOf(seconds) {
  return day(local(seconds));
}

function day(at) {
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 周${"日一二三四五六"[at.getUTCDay()]}`;
}

function local(seconds) {
  return new Date(seconds * 1000 + offsetMinutes * 60000);
}

function pad(number) {
  return String(number).padStart(2, "0");
}
