// The verdict over the whole screen: by colour, shape, word, tone and pulse.
import { tell } from "./feel.js";
import { pick, say, time, word } from "./words.js";

const STAYS = { admitted: 2500, left: 2500 }; // milliseconds; every other verdict waits for the steward

export class Verdict {
  constructor(root, zone) {
    this.root = root;
    this.zone = zone;
    this.part = (name) => root.querySelector(`[data-${name}]`);
    this.part("next").addEventListener("click", () => this.hide());
    this.part("retry").addEventListener("click", () => { this.hide(); this.retry?.(); });
    root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.hide(); });
  }

  get isShown() {
    return !this.root.hidden;
  }

  checking() {
    this.#open("checking", say("checking"), {});
  }

  show(verdict) {
    const { holder, first } = verdict;
    const cause = first
      ? say("already_where", { name: holder?.name, time: time(first.at, this.zone), checkpoint: first.checkpoint, device: first.device })
      : word("cause", verdict.cause);
    this.#open(verdict.outcome, word("outcome", verdict.outcome), { holder, cause, advice: this.#advice(verdict) });
    tell(verdict.outcome);
    const stays = STAYS[verdict.outcome];
    if (stays) this.timer = setTimeout(() => this.hide(), stays);
  }

  // Honest: without an answer nobody was let in, and the screen says so.
  unchecked(retry) {
    this.#open("unchecked", say("unchecked"), { cause: say("unchecked_why"), advice: say("unchecked_next") });
    this.retry = retry;
    this.part("retry").hidden = false;
    tell("unchecked");
  }

  hide() {
    clearTimeout(this.timer);
    this.root.hidden = true;
    this.#cover(false);
    document.activeElement?.blur();
  }

  #advice(verdict) {
    if (verdict.outcome === "already_in") return say("already_next");
    if (verdict.outcome !== "refused") return say(`${verdict.outcome}_next`);
    if (verdict.cause === "zone_not_granted" && !verdict.allowed_at.length) return say("no_other_door");
    const at = verdict.opens_at ?? verdict.closed_at;
    return word("advice", verdict.cause, { time: at && time(at, this.zone), places: verdict.allowed_at.join(", ") });
  }

  #open(kind, title, { holder, cause = "", advice = "" }) {
    clearTimeout(this.timer);
    this.root.dataset.kind = kind;
    this.part("word").textContent = title;
    this.part("holder").textContent = holder?.name ?? "";
    this.part("holder").lang = holder?.language ?? "";
    this.part("category").hidden = !holder;
    if (holder) {
      this.part("letter").textContent = holder.category.letter;
      this.part("category-name").textContent = pick(holder.category.names);
    }
    this.part("cause").textContent = cause;
    this.part("advice").textContent = advice;
    this.part("retry").hidden = true;
    this.root.hidden = false;
    this.#cover(true);
    this.root.focus();
  }

  // What lies under the verdict cannot be reached by keyboard or screen reader meanwhile.
  #cover(covered) {
    for (const other of this.root.parentElement.children) if (other !== this.root) other.inert = covered;
  }
}
