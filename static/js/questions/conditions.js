/* Questions that depend on earlier answers appear and vanish at once. The rules are the server's own
   (eventsapp/questions/conditions.py), which decides again when the form is sent: a question that is not
   asked is neither demanded nor kept. Without this script every question stands there with its condition
   in words. */

const UNKNOWN = Symbol("answered before, and not shown here");

const fold = (value) => (typeof value === "string" ? value.toLowerCase() : value);
const same = (answer, value) =>
  Array.isArray(answer) ? answer.includes(value) : fold(answer) === fold(value);

const TESTS = {
  is: same,
  "is-not": (answer, value) => !same(answer, value),
  "one-of": (answer, values) => values.some((value) => same(answer, value)),
  answered: () => true,
  "at-least": (answer, value) => answer >= value,
  "at-most": (answer, value) => answer <= value,
};

/* true, false, or UNKNOWN where it hangs on an answer that this page does not show. */
export function holds(tree, answers) {
  if (!Object.keys(tree).length) return true;
  if (tree.all) return every(tree.all.map((part) => holds(part, answers)));
  if (tree.any) return some(tree.any.map((part) => holds(part, answers)));
  const answer = answers.get(tree.question) ?? null;
  if (answer === UNKNOWN) return UNKNOWN;
  return answer !== null && TESTS[tree.comparison](answer, tree.value);
}

const every = (parts) => (parts.includes(false) ? false : parts.includes(UNKNOWN) ? UNKNOWN : true);
const some = (parts) => (parts.includes(true) ? true : parts.includes(UNKNOWN) ? UNKNOWN : false);

function answerOf(question) {
  const { control, kind } = question.dataset;
  const ticked = [...question.querySelectorAll("input:checked:not([name$='-remove'])")].map((input) => input.value);
  if (control === "boxes") return ticked.length ? ticked : null;
  if (control === "cards") {
    if (!ticked.length) return null;
    return kind === "yes-no" ? ticked[0] === "yes" : ticked[0];
  }
  const field = question.querySelector("input:not([type=hidden]), select, textarea");
  const kept = question.querySelector("input[name$='-kept']");
  const text = (kept?.value || field?.value || "").trim();
  if (!text) return null;
  if (control !== "number") return text;
  const number = Number(text.replace("−", "-").replace(",", "."));
  return Number.isNaN(number) ? null : number;
}

function settle(place, questions) {
  const chosen = place.closest("form")?.querySelector("input[name=answer]:checked");
  place.hidden = chosen?.value === "declined";
  const answers = new Map();
  for (const question of questions) {
    const { condition, kept } = question.dataset;
    const shown = condition ? holds(JSON.parse(condition), answers) !== false : true;
    question.hidden = !shown;
    const given = answerOf(question);
    answers.set(question.dataset.question, shown ? (given ?? (kept === undefined ? null : UNKNOWN)) : null);
  }
}

for (const place of document.querySelectorAll("[data-questions]")) {
  const questions = [...place.querySelectorAll("[data-question]")];
  place.classList.add("is-live");
  const look = () => settle(place, questions);
  (place.closest("form") ?? place).addEventListener("input", look);
  (place.closest("form") ?? place).addEventListener("change", look);
  window.addEventListener("pageshow", look);
  look();
}
