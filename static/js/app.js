// What every page gains from a script; each page works without.
import { watchCopyButtons } from "./copy.js";
import { watchForms } from "./forms.js";
import { showCurrentLinks } from "./navigation.js";
import { watchThemeSwitch } from "./theme-switch.js";

watchThemeSwitch(document);
watchCopyButtons(document);
watchForms(document);
showCurrentLinks(document);
