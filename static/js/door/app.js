// The scanner: which screen is shown, and what happens between a badge in view and a verdict.
import { Camera } from "./camera.js";
import { allowSound, stayAwake } from "./feel.js";
import { makeReader } from "./reader.js";
import { watchSearch } from "./search.js";
import { Server, Unpaired } from "./server.js";
import { forget, keep, load } from "./station.js";
import { Verdict } from "./verdict.js";
import { watchKeys } from "./wedge.js";
import { learn, pick, say } from "./words.js";

const COUNT_EVERY = 5000; // milliseconds
const WRONG_CLOCK = 120_000; // milliseconds

const root = document.querySelector(".door");
const part = (name) => root.querySelector(`[data-${name}]`);
let kept = load();
let server;
let station;
let verdict;
let camera;
let busy = false;

const show = (screen) => {
  for (const section of root.querySelectorAll("[data-screen]")) section.hidden = section.dataset.screen !== screen;
};

const line = (online) => {
  part("line").dataset.state = online ? "online" : "offline";
  part("line-text").textContent = say(online ? "online" : "offline");
};

const unpaired = () => {
  forget();
  camera?.close();
  show("unpaired");
};

// ---- scanning

const newId = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

const scan = (code, method) => {
  if (busy) return;
  send({
    id: newId(), code, method, checkpoint: kept.checkpoint, direction: kept.way, scanned_at: new Date().toISOString(),
  });
};

const send = async (attempt) => {
  busy = true;
  // Only a slow answer deserves a screen of its own.
  const slow = setTimeout(() => verdict.checking(), 250);
  try {
    const { verdict: answer, drift } = await server.scan(attempt);
    clearTimeout(slow);
    verdict.show(answer);
    clockNote(drift);
    count();
  } catch (error) {
    clearTimeout(slow);
    if (error instanceof Unpaired) { verdict.hide(); unpaired(); }
    else verdict.unchecked(() => send(attempt)); // the same id: if it did arrive, it counts once
  } finally {
    busy = false;
  }
};

const clockNote = (drift) => {
  const note = part("clock");
  note.hidden = Math.abs(drift) < WRONG_CLOCK;
  note.textContent = note.hidden ? "" : say("clock", { minutes: Math.round(Math.abs(drift) / 60_000) });
};

// ---- counts, which are also how the scanner knows that it is connected

const count = async () => {
  try {
    const counts = await server.counts();
    const here = counts.checkpoints.find((place) => place.code === kept.checkpoint);
    const area = counts.areas.find((place) => place.area === here?.area);
    const number = new Intl.NumberFormat(document.documentElement.lang);
    part("inside").textContent = number.format(area?.inside ?? 0) + (area?.capacity ? ` / ${number.format(area.capacity)}` : "");
    part("admitted").textContent = number.format(here?.admitted ?? 0);
    part("expected").textContent = number.format(counts.expected);
  } catch (error) {
    if (error instanceof Unpaired) unpaired();
  }
};

// ---- camera

const openCamera = async (deviceId) => {
  const note = part("camera-note");
  try {
    // The reader can be out of reach when the network is: the next start asks for it again.
    camera ??= new Camera(part("video"), await makeReader(root.dataset), (code) => scan(code, "camera"));
    const used = await camera.open(deviceId);
    note.textContent = "";
    part("view").dataset.camera = "on";
    part("torch").hidden = !camera.hasTorch;
    const list = await Camera.list();
    const choice = part("cameras");
    choice.replaceChildren(...list.map((device, index) => new Option(device.label || say("camera", { number: index + 1 }), device.deviceId, false, device.deviceId === used)));
    choice.hidden = list.length < 2;
  } catch (error) {
    part("view").dataset.camera = "off";
    note.textContent = say(error.name === "NotAllowedError" ? "camera_denied" : "no_camera");
  }
};

const start = async () => {
  allowSound();
  stayAwake();
  kept = keep({ checkpoint: part("place").value });
  placeName();
  show("work");
  count();
  await openCamera(kept.camera);
};

// ---- the controls

const placeName = () => {
  part("place-name").textContent = station.checkpoints.find((place) => place.code === kept.checkpoint)?.name ?? "";
};

const way = (chosen) => {
  kept = keep({ way: chosen });
  for (const button of root.querySelectorAll("[data-way]")) button.setAttribute("aria-pressed", String(button.dataset.way === chosen));
};

const listen = () => {
  part("start").addEventListener("click", start);
  part("change-place").addEventListener("click", () => { camera?.close(); show("start"); });
  for (const button of root.querySelectorAll("[data-way]")) button.addEventListener("click", () => way(button.dataset.way));
  part("cameras").addEventListener("change", (event) => { kept = keep({ camera: event.target.value }); openCamera(kept.camera); });
  part("torch").addEventListener("click", async (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    await camera.light(on).catch(() => {});
  });
  part("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    const code = event.target.elements.code.value.trim();
    event.target.reset();
    if (code) scan(code, "typed");
  });
  watchKeys((code) => scan(code, "wedge"));
  watchSearch(part("search"), part("found"), server, (code) => scan(code, "search"), unpaired);
  addEventListener("offline", () => line(false));
  addEventListener("online", count);
  setInterval(() => { if (!document.hidden) count(); }, COUNT_EVERY);
};

const settle = () => {
  part("event").textContent = pick(station.event.title);
  part("place").replaceChildren(...station.checkpoints.map((place) => new Option(place.name, place.code, false, place.code === kept.checkpoint)));
  verdict = new Verdict(part("verdict"), station.event.timezone);
  way(kept.way ?? "in");
  listen();
  show("start");
};

const begin = async () => {
  if (!kept.token) { part("line").hidden = true; show("unpaired"); return; }
  server = new Server(root.dataset.api, kept.token, line);
  try {
    await learn(root.dataset.words);
    station = await server.station();
  } catch (error) {
    if (error instanceof Unpaired) { unpaired(); return; }
    setTimeout(begin, 3000);
    return;
  }
  settle();
};

begin();
