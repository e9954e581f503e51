import { z } from "zod";
import type { ChangedPartition } from "#lib/contracts/changes.ts";
import { isShallow } from "./is-shallow.ts";
import { type IntentRecord, type LogRecord, MAX_DEPTH, type OutcomeRecord } from "./log-record.ts";

const said = z.object({ before: z.unknown(), after: z.unknown(), detail: z.unknown() }).partial();

/** What the records of one change say together: its partitions before and after, and the JSON texts of the rest. */
export function joinRecords(records: readonly LogRecord[]): {
  readonly partitions: ChangedPartition[];
  readonly before: string | null;
  readonly after: string | null;
  readonly outcome: string | null;
} {
  const intents = inOrder(records.filter((one): one is IntentRecord => one.phase === "intent"));
  const outcomes = inOrder(records.filter((one): one is OutcomeRecord => one.phase === "outcome"));
  const byPartition = new Map<string, ChangedPartition>();
  for (const { topic, topicId = null, partition, before, after } of intents.flatMap(({ partitions }) => partitions)) {
    const key = `${topic}/${partition}`;
    if (byPartition.has(key)) continue;
    byPartition.set(key, { topic, topicId, partition, before, after, outcome: null, detail: null });
  }
  for (const { topic, partition, outcome, detail, after } of outcomes.flatMap(({ partitions }) => partitions)) {
    const key = `${topic}/${partition}`;
    const intended = byPartition.get(key);
    // What was there before is unknown of a partition that no intent names: null would say "no commit".
    if (intended === undefined || intended.outcome !== null) continue;
    byPartition.set(key, { ...intended, outcome, detail, after: after === undefined ? intended.after : after });
  }
  const { before, after } = objectIn(textOf(intents));
  const { detail } = objectIn(textOf(outcomes));
  return {
    partitions: [...byPartition.values()],
    before,
    after,
    outcome: detail,
  };
}

function inOrder<R extends LogRecord>(records: readonly R[]): readonly R[] {
  return [...records].sort((a, b) => a.part - b.part);
}

function textOf(records: readonly LogRecord[]): string {
  return records.map(({ slice }) => slice ?? "").join("");
}

/** The values of the JSON object that the slices make up, each as JSON text; null for what it doesn't have. */
function objectIn(json: string): Record<"before" | "after" | "detail", string | null> {
  const none = { before: null, after: null, detail: null };
  if (json === "" || !isShallow(json, MAX_DEPTH)) return none;
  try {
    const { before, after, detail } = said.parse(JSON.parse(json));
    return { before: textOrNull(before), after: textOrNull(after), detail: textOrNull(detail) };
  } catch {
    return none;
  }
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
