// A click on a placeholder puts it where the caret last stood in the subject or the text.
const form = document.getElementById("words");
let target = form.elements.body;

for (const field of [form.elements.subject, form.elements.body]) {
  field.addEventListener("focus", () => { target = field; });
}

for (const code of document.querySelectorAll("code[data-insert]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "insert";
  button.textContent = code.textContent;
  button.addEventListener("click", () => {
    target.setRangeText(button.textContent, target.selectionStart, target.selectionEnd, "end");
    target.focus();
  });
  code.replaceWith(button);
}
