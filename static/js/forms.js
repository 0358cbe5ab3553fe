// Forms: ask before what cannot be taken back, send once, and bring a refusal to the reader's eyes.

const askFirst = (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
};

// A form that was sent is not sent again by an impatient second press.
const sendOnce = (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
};

// Back from the browser's memory the page may be sent again.
const forgetSent = (root) => {
  for (const form of root.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
};

// A choice that has an effect at once, such as a filter: <form data-autosubmit>.
const sendOnChange = (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-autosubmit")) form.requestSubmit();
};

export function watchForms(root) {
  root.addEventListener("submit", askFirst);
  root.addEventListener("submit", sendOnce);
  root.addEventListener("change", sendOnChange);
  addEventListener("pageshow", () => forgetSent(root));
  root.querySelector("[data-error-summary]")?.focus();
}
