import type { Metadata } from "../kafka/read-metadata.ts";

/** A broker that shuts down in order first hands its partitions over: what it led this long before is what it led. */
const HANDOVER_MS = 60_000;
const CHECKPOINT_EVERY_MS = 30_000;
const MOST_CHECKPOINTS = 2;
/** Of brokers that are away; each may hold a metadata of its own. */
const MOST_AWAY = 10;

/** Which partitions a broker led before it went, so that it can be said what became of them. */
export class LeadershipMemory {
  #last: Metadata | null = null;
  #checkpoints: { readonly metadata: Metadata; readonly atMs: number }[] = [];
  readonly #away = new Map<number, Metadata>();

  note(metadata: Metadata, nowMs: number): void {
    const up = new Set(metadata.brokers.map(({ id }) => id));
    for (const id of up) this.#away.delete(id);
    for (const { id } of this.#last?.brokers ?? []) if (!up.has(id)) this.#remember(id, nowMs);
    this.#last = metadata;
    const newest = this.#checkpoints[0];
    if (newest === undefined || nowMs - newest.atMs >= CHECKPOINT_EVERY_MS) {
      this.#checkpoints = [{ metadata, atMs: nowMs }, ...this.#checkpoints].slice(0, MOST_CHECKPOINTS);
    }
  }

  /** The metadata in which the broker last led what it usually leads; null when this server never saw it up. */
  lastUp(brokerId: number): Metadata | null {
    const away = this.#away.get(brokerId);
    if (away !== undefined) return away;
    return this.#last !== null && isUp(this.#last, brokerId) ? this.#last : null;
  }

  #remember(id: number, nowMs: number): void {
    if (this.#last === null) return;
    let best = this.#last;
    for (const { metadata, atMs } of this.#checkpoints) {
      if (nowMs - atMs <= HANDOVER_MS && isUp(metadata, id) && ledBy(metadata, id) > ledBy(best, id)) best = metadata;
    }
    this.#away.set(id, best);
    const [oldest] = this.#away.keys();
    if (this.#away.size > MOST_AWAY && oldest !== undefined) this.#away.delete(oldest);
  }
}

function isUp({ brokers }: Metadata, brokerId: number): boolean {
  return brokers.some(({ id }) => id === brokerId);
}

function ledBy({ topics }: Metadata, brokerId: number): number {
  let led = 0;
  for (const { partitions } of topics) for (const { leader } of partitions) if (leader === brokerId) led++;
  return led;
}
