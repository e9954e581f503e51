import { setTimeout as delay } from "node:timers/promises";

const WAIT_MS = 30_000;
const POLL_MS = 50;

/** Calls again until it no longer throws. @throws what it threw last, after 30 s. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + WAIT_MS;
  while (true) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(POLL_MS);
    }
  }
}
