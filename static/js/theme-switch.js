// The manual switch between light, dark and the device's own wish, remembered on this device.

const store = (choice) => {
  try {
    if (choice === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Without storage the choice lasts for this page.
  }
};

const current = () => {
  try {
    return localStorage.getItem("theme") ?? "auto";
  } catch {
    return "auto";
  }
};

const resolved = (choice) => {
  if (choice !== "auto") return choice;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
};

export function watchThemeSwitch(root) {
  for (const group of root.querySelectorAll("[data-theme-switch]")) {
    const buttons = [...group.querySelectorAll("[data-theme-choice]")];
    const show = (choice) => {
      for (const button of buttons) {
        button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
      }
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const choice = button.dataset.themeChoice;
        store(choice);
        document.documentElement.dataset.bsTheme = resolved(choice);
        show(choice);
      });
    }
    show(current());
    group.hidden = false;
  }
}
