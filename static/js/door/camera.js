// The camera: opened, switched, lit, and looked through ten times a second.

const SIDE = 720; // pixels that a picture has at most on its longer side; a badge fills a third of it
const PAUSE = 70; // milliseconds between two looks
const ABSENT = 1500; // milliseconds out of sight after which the same badge counts as shown again

export class Camera {
  constructor(video, read, onCode) {
    this.video = video;
    this.read = read;
    this.onCode = onCode;
    this.canvas = new OffscreenCanvas(1, 1);
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.seen = { code: null, at: 0 };
    this.paused = false;
  }

  async open(deviceId) {
    this.close();
    const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "environment" };
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.track = this.stream.getVideoTracks()[0];
    this.#look(this.stream);
    return this.track.getSettings().deviceId;
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  light(on) {
    return this.track.applyConstraints({ advanced: [{ torch: on }] });
  }

  static async list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput");
  }

  async #look(stream) {
    while (this.stream === stream) {
      const code = this.paused || document.hidden ? null : await this.#decode();
      if (code && this.stream === stream) this.#note(code);
      await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    }
  }

  async #decode() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width) return null;
    const scale = Math.min(1, SIDE / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.context.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    try {
      return await this.read(this.context.getImageData(0, 0, this.canvas.width, this.canvas.height));
    } catch {
      return null; // one picture that cannot be read; the next one comes at once
    }
  }

  // One badge in view is one scan, however long it is held there.
  #note(code) {
    const now = performance.now();
    const held = code === this.seen.code && now - this.seen.at < ABSENT;
    this.seen = { code, at: now };
    if (!held) this.onCode(code);
  }
}
