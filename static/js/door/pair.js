// Uses the pairing link and keeps the device's own token.
import { keep } from "./station.js";
import { learn, say } from "./words.js";

const form = document.querySelector("[data-pair]");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = form.querySelector("button");
  const failed = form.querySelector("[data-pair-failed]");
  button.disabled = true;
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { token } = await answer.json();
      keep({ token, checkpoint: null, way: "in" });
      location.replace(form.dataset.door);
      return;
    }
    await learn(form.dataset.words);
    failed.textContent = say("pairing_failed");
  } catch {
    failed.textContent = failed.dataset.offline;
    button.disabled = false;
  }
  failed.hidden = false;
}, true);
