// Looking for a guest by name; choosing one scans the badge of that guest.
import { Unpaired } from "./server.js";
import { pick, say, word } from "./words.js";

const REST = 150; // milliseconds after the last key

export function watchSearch(form, list, server, onGuest, onUnpaired) {
  const input = form.elements.q;
  let timer;
  let asking;

  const show = (...items) => list.replaceChildren(...items);
  const line = (text) => Object.assign(document.createElement("li"), { className: "door-none", textContent: text });

  const row = (guest) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "door-guest" });
    const name = Object.assign(document.createElement("bdi"), { textContent: guest.name, lang: guest.language });
    const letter = Object.assign(document.createElement("span"), { className: "door-letter", textContent: guest.category.letter });
    letter.title = pick(guest.category.names);
    const standing = Object.assign(document.createElement("span"), { className: "door-standing", textContent: word("standing", guest.standing) });
    button.append(letter, name, standing);
    button.disabled = !guest.short_code;
    button.addEventListener("click", () => { form.reset(); show(); onGuest(guest.short_code); });
    item.append(button);
    return item;
  };

  const look = async () => {
    asking?.abort();
    const term = input.value.trim();
    if (!term) { show(); return; }
    const mine = asking = new AbortController();
    try {
      const { guests } = await server.guests(term, mine.signal);
      if (mine.signal.aborted) return;
      show(...(guests.length ? guests.map(row) : [line(say("nobody_found"))]));
    } catch (error) {
      if (error instanceof Unpaired) onUnpaired();
      else if (!mine.signal.aborted) show(line(say("search_failed")));
    }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, REST); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); look(); });
}
