// The sentences of the server's catalogue, with their placeholders filled in.

let texts = {};

export async function learn(address) {
  const answer = await fetch(address, { headers: { "Accept-Language": document.documentElement.lang } });
  texts = await answer.json();
}

export function word(list, name, values = {}) {
  const text = texts[list]?.[name] ?? "";
  return text.replace(/%\((\w+)\)s/g, (_, key) => values[key] ?? "");
}

export const say = (name, values) => word("say", name, values);

export function pick(map) {
  const wanted = document.documentElement.lang;
  return map[wanted] ?? map.en ?? Object.values(map)[0] ?? "";
}

// A time of day in the event's zone; with its date when that is not today.
export function time(instant, zone) {
  const at = new Date(instant);
  const tag = document.documentElement.lang;
  const day = (moment) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(moment);
  const date = day(at) === day(new Date()) ? {} : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(tag, {
    ...date, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone, timeZoneName: "short",
  }).format(at);
}
