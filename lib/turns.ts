/** Lets so many work at a time; the others wait in line, and leave it when they are cancelled. */
export class Turns {
  readonly #atATime: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(atATime: number) {
    this.#atATime = atATime;
  }

  /** @throws the signal's reason when it is cancelled while it waits; what `work` throws */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#running >= this.#atATime) await this.#turn(signal);
    else this.#running++;
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#running--;
      // Who comes next takes over this one's place.
      else next();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(enter);
        reject(signal.reason);
      };
      const enter = () => {
        this.#waiting.delete(enter);
        signal.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.add(enter);
      signal.addEventListener("abort", leave, { once: true });
    });
  }
}
