// Hand scanners that act as keyboards: a burst of keys, quicker than anybody types, ending in Enter.

const PACE = 80; // milliseconds a key at most, on average over the burst
const BREAK = 400; // milliseconds without a key that end a burst: a slow radio link may stutter
const LEAST = 6; // keys

export function watchKeys(onCode) {
  let burst = "";
  let began = 0;
  let last = 0;

  const add = (key, now) => {
    if (!burst || now - last > BREAK) {
      burst = "";
      began = now;
    }
    burst += key;
    last = now;
  };
  const isQuick = (now) => burst.length >= LEAST && (now - began) / burst.length < PACE;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const now = event.timeStamp;
    if (event.key === "Enter") {
      if (isQuick(now) && now - last < BREAK) {
        event.preventDefault();
        event.stopPropagation();
        if (document.activeElement instanceof HTMLInputElement) document.activeElement.value = "";
        onCode(burst);
      }
      burst = "";
    } else if (event.key.length === 1) {
      add(event.key, now);
      // A space within a burst is part of the code; it must not press the button that has the focus.
      if (isQuick(now) && !(event.target instanceof HTMLInputElement)) event.preventDefault();
    }
  }, true);
}
