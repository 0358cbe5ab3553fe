/* In a row of a condition: of all questions' answers only those of the chosen question are offered, and a
   text where it has none to choose from. Without this script all of them stand there, by question. */

function settle(row) {
  const question = row.querySelector("select[name$='-question']");
  const values = row.querySelector("select[name$='-values']");
  const text = row.querySelector("input[name$='-text']");
  const comparison = row.querySelector("select[name$='-comparison']");
  const begins = `${question.value}:`;
  let offered = 0;
  for (const group of values?.querySelectorAll("optgroup") ?? []) {
    const options = [...group.querySelectorAll("option")];
    const theirs = question.value !== "" && options.some((option) => option.value.startsWith(begins));
    group.hidden = !theirs;
    for (const option of options) {
      if (!theirs) option.selected = false;
    }
    offered += theirs ? options.length : 0;
  }
  const wantsValue = question.value !== "" && comparison.value !== "answered";
  comparison.closest(".field").hidden = question.value === "";
  if (values) values.closest(".field").hidden = !wantsValue || offered === 0;
  text.closest(".field").hidden = !wantsValue || offered > 0;
}

for (const row of document.querySelectorAll("[data-condition-row]")) {
  row.addEventListener("change", () => settle(row));
  settle(row);
}
