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

/** Newest changes that are kept in sight, at least. */
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
  atMs: number;
}

interface Ended extends Phase {
  readonly state: OutcomeRecord["state"];
  readonly failure: string | null;
  readonly uncertain: boolean;
}

interface Entry {
  readonly id: string;
  /** Of its first record: the log's order is that of the changes, whatever the clocks of their servers said. */
  firstOffset: bigint;
  readonly header: Omit<LogRecord, "partitions" | "slice">;
  readonly topics: Set<string>;
  intent: Phase | null;
  outcome: Ended | null;
  bytes: number;
}

/**
 * The changes that the records of the log make up, newest first, bounded. Records may come in any order and twice: of two that
 * say the same part, the first in the log counts, so that nobody rewrites what stands there already. Those that claim the id
 * of another change are left out.
 */
export class ChangeIndex {
  readonly #entries = new Map<string, Entry>();
  #newestFirst: readonly Entry[] | null = null;
  #undoneBy: ReadonlyMap<string, string> = new Map();
  #bytes = 0;
  #dropped = false;
  /** Records that are none of ours, damaged, or claim to be of another change. */
  unreadable = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Older ones were left out to stay within bounds. */
  get isFull(): boolean {
    return this.#dropped || this.#entries.size >= MAX_CHANGES;
  }

  add(logged: LoggedRecord): void {
    this.#newestFirst = null;
    const { record, offset } = logged;
    const known = this.#entries.get(record.id);
    if (known !== undefined && !isSameChange(known.header, record)) {
      // The first in the log has the id; the other one only claims it.
      if (offset > known.firstOffset) {
        this.unreadable++;
        return;
      }
      this.unreadable += (known.intent?.offsets.size ?? 0) + (known.outcome?.offsets.size ?? 0);
      this.#remove(known);
    }
    const entry = this.#entries.get(record.id) ?? this.#insert(logged);
    if (!take(entry, logged)) this.unreadable++;
    this.#weigh(entry);
    this.#trim();
  }

  /** @returns those after `before` in the list; empty when it isn't in sight */
  list(wanted: (change: Pick<Entry, "topics" | "header">) => boolean, before: string | null, limit: number) {
    const all = this.#sorted();
    const from = before === null ? 0 : all.findIndex(({ id }) => id === before) + 1;
    if (before !== null && from === 0) return { changes: [], more: false };
    const changes: RecordedChange[] = [];
    for (const entry of all.slice(from)) {
      if (!wanted(entry)) continue;
      if (changes.length === limit) return { changes, more: true };
      changes.push(this.#told(entry));
    }
    return { changes, more: false };
  }

  /** @returns the change and where its records stand, in order; null when it isn't in sight */
  find(id: string): { readonly change: RecordedChange; readonly offsets: readonly bigint[] } | null {
    const entry = this.#entries.get(id);
    if (entry === undefined) return null;
    this.#sorted();
    const offsets = [entry.intent, entry.outcome].flatMap((phase) => [...(phase?.offsets.values() ?? [])]);
    return { change: this.#told(entry), offsets: offsets.sort((a, b) => (a < b ? -1 : 1)) };
  }

  #insert({ record, offset }: LoggedRecord): Entry {
    const { partitions: _, slice: __, ...header } = record as LogRecord & { slice?: string };
    const entry = { id: record.id, firstOffset: offset, header, topics: new Set<string>(), bytes: 0 };
    const made: Entry = { ...entry, intent: null, outcome: null };
    this.#entries.set(record.id, made);
    return made;
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.id);
    this.#bytes -= entry.bytes;
  }

  #weigh(entry: Entry): void {
    const { target, actor, instance, targetText } = entry.header;
    const texts = [target.group, target.topic, actor, instance, targetText, entry.outcome?.failure];
    const parts = (entry.intent?.offsets.size ?? 0) + (entry.outcome?.offsets.size ?? 0);
    const bytes =
      BYTES_OF_CHANGE +
      BYTES_OF_TOPIC * (entry.topics.size + parts) +
      2 * texts.reduce((sum, one) => sum + (one?.length ?? 0), 0);
    this.#bytes += bytes - entry.bytes;
    entry.bytes = bytes;
  }

  #trim(): void {
    if (this.#entries.size <= MAX_CHANGES + LOT && this.#bytes <= MAX_BYTES) return;
    const roomFor = this.#bytes > MAX_BYTES ? MAX_BYTES - MAX_BYTES / 10 : MAX_BYTES;
    const oldestFirst = [...this.#sorted()].reverse();
    for (const entry of oldestFirst) {
      if (this.#entries.size <= MAX_CHANGES && this.#bytes <= roomFor) break;
      if (this.#entries.size === 1) break;
      this.#remove(entry);
      this.#dropped = true;
    }
    this.#newestFirst = null;
  }

  #sorted(): readonly Entry[] {
    if (this.#newestFirst !== null) return this.#newestFirst;
    const sorted = [...this.#entries.values()].sort((a, b) => (a.firstOffset > b.firstOffset ? -1 : 1));
    const undoneBy = new Map<string, string>();
    for (const undo of sorted) {
      const undone = undo.header.undoes === null ? undefined : this.#entries.get(undo.header.undoes);
      if (undone === undefined || undone.firstOffset >= undo.firstOffset || undoneBy.has(undone.id)) continue;
      const inVain = undo.outcome?.state === "failed" && !undo.outcome.uncertain;
      if (!inVain && undone.header.target.group === undo.header.target.group) undoneBy.set(undone.id, undo.id);
    }
    this.#undoneBy = undoneBy;
    this.#newestFirst = sorted;
    return sorted;
  }

  #told({ id, header, intent, outcome }: Entry): RecordedChange {
    const { action, target, actor, requestId, instance, partitionCount, targetText, undoes } = header;
    const incomplete = intent === null || !isWhole(intent) || (outcome !== null && !isWhole(outcome));
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
      undoneBy: this.#undoneBy.get(id) ?? null,
      incomplete,
    } as const;
    return {
      ...told,
      notUndoable: whyNotUndoable(told, outcome?.uncertain ?? false, intent !== null && isWhole(intent)),
    };
  }
}

function isWhole({ parts, offsets }: Phase): boolean {
  return offsets.size === parts;
}

/** Whether two records can be of one change: what doesn't differ between its records. */
function isSameChange(a: Entry["header"], b: LogRecord): boolean {
  return (
    a.action === b.action &&
    a.actor === b.actor &&
    a.requestId === b.requestId &&
    a.instance === b.instance &&
    a.undoes === b.undoes &&
    a.partitionCount === b.partitionCount &&
    a.target.topic === b.target.topic &&
    a.target.group === b.target.group &&
    a.target.partition === b.target.partition &&
    a.target.broker === b.target.broker
  );
}

/** @returns false when it contradicts what is there */
function take(entry: Entry, { record, offset, appendedAtMs }: LoggedRecord): boolean {
  const { part, parts } = record;
  if (offset < entry.firstOffset) entry.firstOffset = offset;
  const atMs = appendedAtMs ?? record.atMs;
  const fresh = { parts, offsets: new Map<number, bigint>(), atMs };
  let phase: Phase;
  if (record.phase === "intent") {
    entry.intent ??= fresh;
    phase = entry.intent;
  } else {
    const { state, failure, uncertain } = record;
    entry.outcome ??= { ...fresh, state, failure, uncertain };
    phase = entry.outcome;
    if (entry.outcome.state !== state || entry.outcome.uncertain !== uncertain) return false;
  }
  if (phase.parts !== parts) return false;
  const there = phase.offsets.get(part);
  if (there === undefined || offset < there) phase.offsets.set(part, offset);
  if (part === 1 && phase.offsets.get(1) === offset) phase.atMs = atMs;
  for (const { topic } of record.partitions) if (entry.topics.size < MAX_TOPICS) entry.topics.add(topic);
  return true;
}
