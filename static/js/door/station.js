// What this device keeps: its token, its checkpoint, which way guests go. Nothing about guests.

const KEY = "eventsapp.door";

export function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function keep(changes) {
  const kept = { ...load(), ...changes };
  localStorage.setItem(KEY, JSON.stringify(kept));
  return kept;
}

export function forget() {
  localStorage.removeItem(KEY);
}
