// What the steward hears and feels, so that eyes can stay on the guest.

let audio;

// Tones: frequency in hertz, beginning and length in seconds.
const TONES = {
  admitted: [[660, 0, 0.1], [990, 0.11, 0.18]],
  left: [[660, 0, 0.1], [495, 0.11, 0.18]],
  already_in: [[440, 0, 0.14], [440, 0.2, 0.14], [440, 0.4, 0.14]],
  refused: [[160, 0, 0.55]],
  unchecked: [[300, 0, 0.2], [220, 0.25, 0.3]],
};
const PULSES = {
  admitted: [60],
  left: [60, 60, 60],
  already_in: [120, 80, 120, 80, 120],
  refused: [500],
  unchecked: [200, 100, 200],
};

// Browsers make sound only after a touch: called from the start button.
export function allowSound() {
  audio ??= new AudioContext();
  audio.resume();
}

export function tell(kind) {
  navigator.vibrate?.(PULSES[kind]);
  if (audio?.state !== "running") return;
  for (const [frequency, begins, length] of TONES[kind]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = kind === "refused" ? "square" : "sine";
    tone.frequency.value = frequency;
    const at = audio.currentTime + begins;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.4, at + 0.01);
    volume.gain.setValueAtTime(0.4, at + length - 0.02);
    volume.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
  }
}

// Keeps the screen lit; browsers let go of it whenever the page is hidden.
export function stayAwake() {
  const ask = () => navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });
  ask();
}
