import type { Metadata } from "../kafka/read-metadata.ts";

/** A broker that shuts down in order first hands its partitions over: what it led just before is what it led. */
const HANDOVER_MS = 60_000;

interface Remembered {
  readonly metadata: Metadata;
  readonly led: number;
  readonly atMs: number;
}

/** Which partitions each broker led while it was up, so that it can be said what became of them. */
export class LeadershipMemory {
  readonly #byBroker = new Map<number, Remembered>();

  note(metadata: Metadata, nowMs: number): void {
    const led = leadersByBroker(metadata);
    for (const { id } of metadata.brokers) {
      const before = this.#byBroker.get(id);
      const now = led.get(id) ?? 0;
      if (before === undefined || now >= before.led || nowMs - before.atMs > HANDOVER_MS) {
        this.#byBroker.set(id, { metadata, led: now, atMs: nowMs });
      }
    }
  }

  /** The metadata in which the broker last led what it usually leads; null when this server never saw it up. */
  lastUp(brokerId: number): Metadata | null {
    return this.#byBroker.get(brokerId)?.metadata ?? null;
  }
}

function leadersByBroker(metadata: Metadata): Map<number, number> {
  const led = new Map<number, number>();
  for (const { partitions } of metadata.topics) {
    for (const { leader } of partitions) if (leader !== null) led.set(leader, (led.get(leader) ?? 0) + 1);
  }
  return led;
}
