// Hand scanners that act as keyboards: a burst of keys, quicker than anybody types, ending in Enter.

const GAP = 60; // milliseconds between two keys of a burst at most
const LEAST = 6; // keys

export function watchKeys(onCode) {
  let burst = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const quick = event.timeStamp - last < GAP;
    last = event.timeStamp;
    if (event.key === "Enter") {
      if (quick && burst.length >= LEAST) {
        event.preventDefault();
        event.stopPropagation();
        if (document.activeElement instanceof HTMLInputElement) document.activeElement.value = "";
        onCode(burst);
      }
      burst = "";
    } else if (event.key.length === 1) {
      burst = quick ? burst + event.key : event.key;
      // A space within a burst is part of the code; it must not press the button that has the focus.
      if (quick && !(event.target instanceof HTMLInputElement)) event.preventDefault();
    }
  }, true);
}
