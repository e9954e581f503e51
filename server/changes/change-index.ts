import { changeAction, type RecordedChange } from "#lib/contracts/changes.ts";
import type { LogRecord, OutcomeRecord } from "./log-record.ts";
import { whyNotUndoable } from "./why-not-undoable.ts";

/** A record of the topic, without what only the page of one change shows. */
export interface LoggedRecord {
  readonly offset: bigint;
  /** When the broker stored it, where the topic keeps that time; null: only the writer's clock tells. */
  readonly appendedAtMs: number | null;
  readonly record: LogRecord;
}

/** Newest changes that are kept in sight, at least, where `MAX_BYTES` holds so many. */
export const MAX_CHANGES = 5_000;
/** Older ones are let go in lots: finding the oldest costs a sort. */
const LOT = 500;
/** Of their names and sentences, roughly. */
const MAX_BYTES = 24 * 1_048_576;
const BYTES_OF_CHANGE = 600;
const BYTES_OF_TOPIC = 64;
/** Of one change: no reset moves more partitions than that. */
const MAX_TOPICS = 10_000;

/** An intent or an outcome, of which some parts have been seen. */
interface Phase {
  readonly parts: number;
  /** Where each part stands, by its number. */
  readonly offsets: Map<number, bigint>;
  first: bigint;
  atMs: number;
}

interface Ended extends Phase {
  readonly state: OutcomeRecord["state"];
  readonly failure: string | null;
  readonly uncertain: boolean;
}

/** Records that can be of one change. Those of a phase that contradict each other are kept apart, by what they say. */
interface Entry {
  readonly key: string;
  readonly id: string;
  /** Of its first record: the log's order is that of the changes, whatever the clocks of their servers said. */
  firstOffset: bigint;
  readonly header: Omit<LogRecord, "partitions" | "slice">;
  readonly topics: Set<string>;
  readonly intents: Map<string, Phase>;
  readonly outcomes: Map<string, Ended>;
  bytes: number;
}

/** What the entries come to. */
interface Told {
  readonly newestFirst: readonly Entry[];
  readonly byId: ReadonlyMap<string, Entry>;
  readonly undoneBy: ReadonlyMap<string, string>;
  /** Records that contradict an earlier one. */
  readonly contradicting: number;
}

/**
 * The changes that the records of the log make up, newest first, bounded. Records may come in any order and twice: of those that
 * contradict each other the first in the log counts, so that nobody rewrites what stands there already, and nobody who claims
 * the id of another change is heard.
 */
export class ChangeIndex {
  readonly #entries = new Map<string, Entry>();
  #told: Told | null = null;
  #bytes = 0;
  #dropped = false;
  #junk = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Older ones were left out to stay within bounds. */
  get isFull(): boolean {
    return this.#dropped || this.#entries.size >= MAX_CHANGES;
  }

  /** Records that are none of ours, are damaged, or contradict an earlier one. */
  get unreadable(): number {
    return this.#junk + this.#tell().contradicting;
  }

  add(logged: LoggedRecord): void {
    this.#told = null;
    const { partitions, slice: _, ...header }: LogRecord = logged.record;
    const key = keyOf(header);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const { id } = header;
      const none = { topics: new Set<string>(), intents: new Map(), outcomes: new Map(), bytes: 0 };
      entry = { key, id, firstOffset: logged.offset, header, ...none };
      this.#entries.set(key, entry);
    }
    take(entry, logged);
    for (const { topic } of partitions) if (entry.topics.size < MAX_TOPICS) entry.topics.add(topic);
    this.#weigh(entry);
    this.#trim();
  }

  /** Records that are none of ours. */
  addUnreadable(count: number): void {
    this.#junk += count;
  }

  /**
   * @param wanted of changes that have begun in sight or, when `whole`, of all: there is nothing older that isn't in sight
   * @returns those after `before` in the list; empty when it isn't in sight
   */
  list(
    wanted: (change: Pick<Entry, "topics" | "header">) => boolean,
    before: string | null,
    limit: number,
    whole = true,
  ) {
    const { newestFirst } = this.#tell();
    const from = before === null ? 0 : newestFirst.findIndex(({ id }) => id === before) + 1;
    if (before !== null && from === 0) return { changes: [], more: false };
    const changes: RecordedChange[] = [];
    for (let at = from; at < newestFirst.length; at++) {
      const entry = newestFirst[at];
      if (entry === undefined || !wanted(entry) || !(whole || hasBegun(entry))) continue;
      if (changes.length === limit) return { changes, more: true };
      changes.push(this.#changeOf(entry));
    }
    return { changes, more: false };
  }

  /** @returns the change and where its records stand, in order; null when it, or its beginning unless `whole`, isn't in sight */
  find(id: string, whole = true): { readonly change: RecordedChange; readonly offsets: readonly bigint[] } | null {
    const entry = this.#tell().byId.get(id);
    if (entry === undefined || !(whole || hasBegun(entry))) return null;
    const phases = [firstOf(entry.intents), firstOf(entry.outcomes)];
    const offsets = phases.flatMap((phase) => [...(phase?.offsets.values() ?? [])]);
    return { change: this.#changeOf(entry), offsets: offsets.sort((a, b) => (a < b ? -1 : 1)) };
  }

  #weigh(entry: Entry): void {
    const { actor, instance, targetText } = entry.header;
    const phases: Phase[] = [...entry.intents.values(), ...entry.outcomes.values()];
    const failures = [...entry.outcomes.values()].map(({ failure }) => failure);
    const texts = [entry.key, entry.key, actor, instance, targetText, ...failures];
    const parts = phases.reduce((sum, { offsets }) => sum + offsets.size, 0);
    const letters = texts.reduce((sum, one) => sum + (one?.length ?? 0), 0);
    const bytes = BYTES_OF_CHANGE + BYTES_OF_TOPIC * (entry.topics.size + parts) + 2 * letters;
    this.#bytes += bytes - entry.bytes;
    entry.bytes = bytes;
  }

  #trim(): void {
    if (this.#entries.size <= MAX_CHANGES + LOT && this.#bytes <= MAX_BYTES) return;
    const roomFor = this.#bytes > MAX_BYTES ? MAX_BYTES - MAX_BYTES / 10 : MAX_BYTES;
    for (const entry of [...this.#entries.values()].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1))) {
      if (this.#entries.size === 1 || (this.#entries.size <= MAX_CHANGES && this.#bytes <= roomFor)) break;
      this.#entries.delete(entry.key);
      this.#bytes -= entry.bytes;
      this.#dropped = true;
    }
    this.#told = null;
  }

  #tell(): Told {
    if (this.#told !== null) return this.#told;
    const byId = new Map<string, Entry>();
    let contradicting = 0;
    for (const entry of this.#entries.values()) {
      const known = byId.get(entry.id);
      if (known === undefined || entry.firstOffset < known.firstOffset) byId.set(entry.id, entry);
    }
    for (const entry of this.#entries.values()) {
      const heard = byId.get(entry.id) === entry;
      for (const phases of [entry.intents, entry.outcomes]) {
        const first = heard ? firstOf<Phase>(phases) : null;
        for (const phase of phases.values()) if (phase !== first) contradicting += phase.offsets.size;
      }
    }
    const newestFirst = [...byId.values()].sort((a, b) => (a.firstOffset > b.firstOffset ? -1 : 1));
    this.#told = { newestFirst, byId, undoneBy: undoingOf(newestFirst, byId), contradicting };
    return this.#told;
  }

  #changeOf({ id, header, intents, outcomes }: Entry): RecordedChange {
    const { action, target, actor, requestId, instance, partitionCount, targetText, undoes } = header;
    const intent = firstOf(intents);
    const outcome = firstOf(outcomes);
    const told = {
      id,
      action: changeAction.safeParse(action).data ?? null,
      actionText: action,
      target: {
        topic: target.topic ?? null,
        group: target.group ?? null,
        partition: target.partition ?? null,
        broker: target.broker ?? null,
      },
      ...{ actor, requestId, instance },
      atMs: (intent ?? outcome)?.atMs ?? header.atMs,
      state: outcome?.state ?? "intent",
      endedAtMs: outcome?.atMs ?? null,
      failure: outcome?.failure ?? null,
      ...{ partitionCount, targetText, undoes },
      undoneBy: this.#tell().undoneBy.get(id) ?? null,
      incomplete: !isWhole(intent) || (outcome !== null && !isWhole(outcome)),
    } as const;
    return { ...told, notUndoable: whyNotUndoable(told, outcome?.uncertain ?? false, isWhole(intent)) };
  }
}

/** Which change took each one back: the newest that did, or may have. */
function undoingOf(newestFirst: readonly Entry[], byId: ReadonlyMap<string, Entry>): ReadonlyMap<string, string> {
  const undoneBy = new Map<string, string>();
  for (const undo of newestFirst) {
    const undone = undo.header.undoes === null ? undefined : byId.get(undo.header.undoes);
    if (undone === undefined || undone.firstOffset >= undo.firstOffset || undoneBy.has(undone.id)) continue;
    const ended = firstOf(undo.outcomes);
    const inVain = ended?.state === "failed" && !ended.uncertain;
    if (!inVain && undone.header.target.group === undo.header.target.group) undoneBy.set(undone.id, undo.id);
  }
  return undoneBy;
}

/** False where only the end of a change is in sight. */
function hasBegun({ intents }: Entry): boolean {
  return firstOf(intents)?.offsets.has(1) ?? false;
}

function isWhole(phase: Phase | null): boolean {
  return phase !== null && phase.offsets.size === phase.parts;
}

/** Of those that contradict each other, the first in the log. */
function firstOf<P extends Phase>(phases: ReadonlyMap<string, P>): P | null {
  let first: P | null = null;
  for (const phase of phases.values()) if (first === null || phase.first < first.first) first = phase;
  return first;
}

/** The same for records that can be of one change: what doesn't differ between its records. */
function keyOf({ id, action, actor, requestId, instance, undoes, partitionCount, target }: Entry["header"]): string {
  const { topic, group, partition, broker } = target;
  const told = [id, action, actor, requestId, instance, undoes, partitionCount, topic, group, partition, broker];
  return JSON.stringify(told);
}

function take(entry: Entry, { record, offset, appendedAtMs }: LoggedRecord): void {
  const { part, parts } = record;
  const fresh = { parts, offsets: new Map<number, bigint>(), first: offset, atMs: record.atMs };
  const phase =
    record.phase === "intent"
      ? known(entry.intents, String(parts), fresh)
      : known(entry.outcomes, JSON.stringify([parts, record.state, record.uncertain, record.failure]), {
          ...fresh,
          ...{ state: record.state, failure: record.failure, uncertain: record.uncertain },
        });
  if (offset < entry.firstOffset) entry.firstOffset = offset;
  const there = phase.offsets.get(part);
  if (there === undefined || offset < there) phase.offsets.set(part, offset);
  if (offset <= phase.first) {
    phase.first = offset;
    phase.atMs = appendedAtMs ?? record.atMs;
  }
}

function known<P>(phases: Map<string, P>, key: string, fresh: P): P {
  const there = phases.get(key);
  if (there !== undefined) return there;
  phases.set(key, fresh);
  return fresh;
}
