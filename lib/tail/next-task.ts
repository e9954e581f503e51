/** Lets the browser paint and take input before going on. By a message, not a timer: hidden tabs have timers once a second. */
export class NextTask {
  readonly #channel = new MessageChannel();
  #resolve: (() => void) | null = null;

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#resolve?.();
      this.#resolve = null;
    };
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#channel.port2.postMessage(null);
    });
  }

  /** What still waits goes on. */
  close(): void {
    this.#channel.port1.close();
    this.#resolve?.();
  }
}
