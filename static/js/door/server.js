// The three things the scanner asks the server. Whether the server can be reached is told after each.

const PATIENCE = 8000; // milliseconds

export class Unreachable extends Error {}
export class Unpaired extends Error {}

export class Server {
  constructor(root, token, onLine) {
    this.root = root;
    this.token = token;
    this.onLine = onLine;
  }

  station() {
    return this.#ask("/door");
  }

  counts() {
    return this.#ask("/door/counts");
  }

  guests(term, signal) {
    return this.#ask(`/door/guests?q=${encodeURIComponent(term)}`, { signal });
  }

  async scan(attempt) {
    const body = JSON.stringify({ sent_at: new Date().toISOString(), scans: [attempt] });
    const answer = await this.#ask("/scans", {
      method: "POST", body, headers: { "Content-Type": "application/json" },
    });
    return { verdict: answer.scans[0], drift: answer.clock_drift_ms };
  }

  async #ask(path, options = {}) {
    const waiting = AbortSignal.timeout(PATIENCE);
    const signal = options.signal ? AbortSignal.any([options.signal, waiting]) : waiting;
    let answer;
    try {
      answer = await fetch(this.root + path, {
        ...options, signal, cache: "no-store", credentials: "omit",
        headers: {
          ...options.headers,
          Authorization: `Bearer ${this.token}`,
          "Accept-Language": document.documentElement.lang,
        },
      });
      if (answer.ok) {
        const told = await answer.json();
        this.onLine(true);
        return told;
      }
    } catch (error) {
      if (options.signal?.aborted) throw error;
      this.onLine(false);
      throw new Unreachable();
    }
    if (answer.status === 401) throw new Unpaired();
    this.onLine(false);
    throw new Unreachable();
  }
}
