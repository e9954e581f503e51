import type { Child } from "../processes/child.ts";
import { startWatchdog } from "../processes/watchdog.ts";

/** What the launcher started and must end, whatever ends the launcher itself. */
export class OwnedProcesses {
  readonly #watchdog = startWatchdog();
  readonly #children: { child: Child; graceMs: number }[] = [];
  #brokers: readonly number[] = [];

  /** A child that ends with us. */
  add(child: Child, graceMs: number): void {
    this.#children.push({ child, graceMs });
    this.#watch();
    void child.exited.then(() => this.#watch());
  }

  /** The brokers' processes of now; their cluster ends them, the watchdog only does when nobody else can. */
  setBrokers(pids: readonly number[]): void {
    this.#brokers = pids;
    this.#watch();
  }

  /** Ends the children, all at once. */
  async stopChildren(): Promise<void> {
    await Promise.all(this.#children.map(({ child, graceMs }) => child.stop(graceMs)));
  }

  /** When nothing is left to watch. */
  close(): void {
    this.#watchdog.close();
  }

  #watch(): void {
    const children = this.#children.filter(({ child }) => child.running).map(({ child }) => child.pid);
    this.#watchdog.watch([...this.#brokers, ...children]);
  }
}
