// Choosing a person: the search box of a form offers people while a name is typed (a WAI-ARIA combobox).
// Without scripts the form itself finds whoever was typed.

const PAUSE = 180; // milliseconds of quiet before asking

function option(person, index, id) {
  const item = document.createElement("li");
  item.id = `${id}-option-${index}`;
  item.setAttribute("role", "option");
  const name = document.createElement("bdi");
  name.textContent = person.name;
  if (person.language) name.lang = person.language;
  item.append(name);
  if (person.titles.length) {
    const titles = document.createElement("small");
    titles.textContent = person.titles.join(" · ");
    item.append(titles);
  }
  return item;
}

function enhance(box) {
  const input = box.querySelector("input[type=search]");
  const code = box.querySelector("input[type=hidden]");
  if (!input || !code) return;
  const list = document.createElement("ul");
  list.className = "person-options";
  list.id = `${input.id}-options`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  list.hidden = true;
  box.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let people = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (person) => {
    input.value = person.name;
    code.value = person.code;
    close();
    // A form that adds people one by one names the button that adds.
    const button = document.getElementById(box.dataset.then ?? "");
    if (button) button.form.requestSubmit(button);
  };
  const show = (found) => {
    people = found;
    list.replaceChildren(...found.map((person, index) => option(person, index, input.id)));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  };
  const ask = async () => {
    const words = input.value.trim();
    const mine = ++asked;
    if (!words) return close();
    const address = new URL(box.dataset.personSearch, location.href);
    address.searchParams.set("q", words);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok && mine === asked) show((await answer.json()).people);
  };

  input.addEventListener("input", () => {
    code.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark((active + step + people.length) % people.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(people[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps its focus
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) choose(people[index]);
  });
  input.addEventListener("blur", close);
}

for (const box of document.querySelectorAll("[data-person-search]")) enhance(box);
