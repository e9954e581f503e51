import type { Child } from "../processes/child.ts";
import { startWatchdog } from "../processes/watchdog.ts";

/** What the launcher started and must end, whatever ends the launcher itself. */
export class OwnedProcesses {
  readonly #watchdog = startWatchdog();
  readonly #children: Child[] = [];
  #brokers: readonly number[] = [];

  /** A child that must not outlive us. */
  add(child: Child): void {
    this.#children.push(child);
    this.#watch();
    void child.exited.then(() => this.#watch());
  }

  /** The brokers' processes of now; their cluster ends them, the watchdog only does when nobody else can. */
  setBrokers(pids: readonly number[]): void {
    this.#brokers = pids;
    this.#watch();
  }

  /** When nothing is left to watch. */
  close(): void {
    this.#watchdog.close();
  }

  #watch(): void {
    const children = this.#children.filter(({ running }) => running).map(({ pid }) => pid);
    this.#watchdog.watch([...this.#brokers, ...children]);
  }
}
