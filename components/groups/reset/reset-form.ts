import type { GroupDetail } from "#lib/contracts/groups.ts";
import {
  MAX_CSV_BYTES,
  MAX_MOVES,
  type ResetEdit,
  type ResetScope,
  type ResetTarget,
} from "#lib/contracts/offset-resets.ts";
import type { PlanRequest } from "#lib/queries/offset-resets.ts";
import { parsePartitionList } from "#lib/tail/partition-list.ts";
import type { Zone } from "#lib/time.ts";
import { topicNameProblem } from "#lib/topic-name.ts";
import { MOMENT_FORMS, parseDuration, parseInt64, parseMoment } from "#lib/typed-values.ts";

export const scopeKinds = ["topics", "group", "partitions"] as const;
export type ScopeKind = (typeof scopeKinds)[number];
export const targetKinds = ["earliest", "latest", "timestamp", "ago", "offset", "shift", "group", "csv"] as const;
export type TargetKind = (typeof targetKinds)[number];

/** Partitions of one topic, as they are typed: "0,3,5-7". */
export interface PartitionsOf {
  readonly topic: string;
  readonly list: string;
}

/** A file, or what was pasted. It never becomes part of the address. */
export interface CsvInput {
  /** Null: pasted. */
  readonly fileName: string | null;
  readonly text: string;
}

/** What the form holds; texts as they are typed, so that nothing typed is lost by choosing something else. */
export interface ResetForm {
  /** Null: not chosen by hand (see `scopeOf`). */
  readonly scope: ScopeKind | null;
  /** Null: not chosen by hand, so the group's only topic. */
  readonly topics: readonly string[] | null;
  readonly partitions: readonly PartitionsOf[];
  /** Null: not chosen yet. */
  readonly to: TargetKind | null;
  readonly at: string;
  readonly ago: string;
  readonly offset: string;
  readonly by: string;
  /** Null: not chosen yet; the empty id is an id. */
  readonly from: string | null;
  readonly csv: CsvInput;
  readonly edits: readonly ResetEdit[];
}

export const noCsv: CsvInput = { fileName: null, text: "" };

export const emptyResetForm: ResetForm = {
  scope: null,
  topics: null,
  partitions: [],
  to: null,
  at: "",
  ago: "",
  offset: "",
  by: "",
  from: null,
  csv: noCsv,
  edits: [],
};

/** The topics of a group, by name: what it has committed or is assigned. */
export function topicsOfGroup(group: Pick<GroupDetail, "partitions"> | undefined): readonly string[] {
  return [...new Set(group?.partitions.map(({ topic }) => topic) ?? [])].sort();
}

/** The scope in force: a file, or another group, names its partitions itself. */
export function scopeOf({ scope, to }: Pick<ResetForm, "scope" | "to">): ScopeKind {
  return scope ?? (to === "csv" || to === "group" ? "group" : "topics");
}

/** The topics in scope: those chosen, else the only one there is to choose. */
export function chosenTopics({ topics }: ResetForm, ofGroup: readonly string[]): readonly string[] {
  return topics ?? (ofGroup.length === 1 ? ofGroup : []);
}

export type ResetField = "topics" | "partitions" | "at" | "ago" | "offset" | "by" | "from" | "csv";

export type FormReading =
  | { readonly ok: true; readonly request: PlanRequest }
  /** What is missing or wrong, and in which field; `wrong` is null while a field only waits to be filled in. */
  | { readonly ok: false; readonly todo: string; readonly wrong: ResetField | null };

/** The plan that the form asks for, or what keeps it from asking. */
export function readForm(form: ResetForm, ofGroup: readonly string[], zone: Zone): FormReading {
  const scope = readScope(form, ofGroup);
  if ("todo" in scope) return { ok: false, ...scope };
  const target = readTarget(form, zone);
  if ("todo" in target) return { ok: false, ...target };
  return { ok: true, request: { scope, target, edits: [...form.edits] } };
}

interface Todo {
  readonly todo: string;
  readonly wrong: ResetField | null;
}

function readScope(form: ResetForm, ofGroup: readonly string[]): ResetScope | Todo {
  const scope = scopeOf(form);
  if (scope === "group") return { of: "group" };
  if (scope === "topics") {
    const topics = chosenTopics(form, ofGroup);
    return topics.length === 0 ? { todo: "Choose a topic.", wrong: null } : { of: "topics", topics: [...topics] };
  }
  if (form.partitions.length === 0) return { todo: "Choose a topic and its partitions.", wrong: null };
  const partitions: { topic: string; partition: number }[] = [];
  for (const { topic, list } of form.partitions) {
    if (list.trim() === "") return { todo: `Name partitions of ${topic}.`, wrong: null };
    const problem = partitionsProblem(list);
    if (problem !== null) return { todo: `${topic}: ${problem}`, wrong: "partitions" };
    for (const partition of parsePartitionList(list)) partitions.push({ topic, partition });
  }
  if (partitions.length > MAX_MOVES) {
    return { todo: `At most ${MAX_MOVES.toLocaleString("en")} partitions at once.`, wrong: "partitions" };
  }
  return { of: "partitions", partitions };
}

/** What is wrong with "0,3,5-7"; null when nothing is. */
export function partitionsProblem(list: string): string | null {
  try {
    parsePartitionList(list);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "not understood";
  }
}

function readTarget(form: ResetForm, zone: Zone): ResetTarget | Todo {
  switch (form.to) {
    case null:
      return { todo: "Choose where to.", wrong: null };
    case "earliest":
    case "latest":
      return { to: form.to };
    case "timestamp": {
      if (form.at.trim() === "") return { todo: "Give a point in time.", wrong: null };
      const timestampMs = parseMoment(form.at, zone);
      if (timestampMs !== null) return { to: "timestamp", timestampMs };
      return { todo: `Not a point in time. Type ${MOMENT_FORMS}.`, wrong: "at" };
    }
    case "ago": {
      if (form.ago.trim() === "") return { todo: "Say how far back.", wrong: null };
      const durationMs = parseDuration(form.ago);
      if (durationMs !== null) return { to: "ago", durationMs };
      return { todo: "Not a span of time: 15 min, 1 d 12 h or PT15M would be.", wrong: "ago" };
    }
    case "offset": {
      if (form.offset.trim() === "") return { todo: "Give an offset.", wrong: null };
      const offset = parseInt64(form.offset);
      if (offset !== null) return { to: "offset", offset };
      return { todo: "Not an offset: it is a whole number.", wrong: "offset" };
    }
    case "shift": {
      if (form.by.trim() === "") return { todo: "Say by how many messages.", wrong: null };
      const by = parseInt64(form.by);
      if (by !== null) return { to: "shift", by };
      return { todo: "Not a number of messages: −1000 goes back, 1000 forward.", wrong: "by" };
    }
    case "group":
      return form.from === null ? { todo: "Choose the other group.", wrong: null } : { to: "group", group: form.from };
    case "csv": {
      const { text } = form.csv;
      if (text.trim() === "") return { todo: "Choose a file, or paste its lines.", wrong: null };
      if (text.length <= MAX_CSV_BYTES) return { to: "csv", csv: text };
      return { todo: "The file is larger than 1 MiB: split it by topic.", wrong: "csv" };
    }
  }
}

/** Longer than this no address is made: edits by hand stay in the page then. */
const MAX_EDITS_IN_URL = 100;

/** The form as a query of the page's address, so that it can be handed to somebody else. */
export function resetFormToQuery(form: ResetForm): Readonly<Record<string, string>> {
  const query: Record<string, string> = {};
  if (form.scope !== null) query.scope = form.scope;
  if (form.scope === "topics" && form.topics !== null) query.topics = form.topics.join(",");
  if (form.scope === "partitions" && form.partitions.length > 0) {
    query.partitions = form.partitions.map(({ topic, list }) => `${topic}:${list.replace(/\s/g, "")}`).join(";");
  }
  if (form.to !== null) query.to = form.to;
  const value = { timestamp: form.at, ago: form.ago, offset: form.offset, shift: form.by, group: form.from };
  if (form.to !== null && form.to in value) {
    const text = value[form.to as keyof typeof value];
    // The empty group id is an id; any other field that is empty is none.
    if (text !== null && (text !== "" || form.to === "group")) query[PARAM[form.to as keyof typeof value]] = text;
  }
  if (form.edits.length > 0 && form.edits.length <= MAX_EDITS_IN_URL) {
    query.edits = form.edits
      .map(({ topic, partition, offset }) => `${topic}:${partition}@${offset ?? "keep"}`)
      .join(";");
  }
  return query;
}

const PARAM = { timestamp: "at", ago: "ago", offset: "offset", shift: "by", group: "from" } as const;

/** Reads such a query; whatever it can't use is left out, since a link may come from anywhere. */
export function resetFormFromQuery(query: URLSearchParams): ResetForm {
  const topics = query.get("topics");
  return {
    ...emptyResetForm,
    scope:
      scopeKinds.find((kind) => kind === query.get("scope")) ??
      (topics !== null ? "topics" : query.has("partitions") ? "partitions" : null),
    topics: topics === null ? null : topics.split(",").filter((name) => topicNameProblem(name) === null),
    partitions: (query.get("partitions") ?? "").split(";").flatMap((part) => {
      const [, topic = "", list = ""] = /^([^:]+):([\d,-]*)$/.exec(part) ?? [];
      return topicNameProblem(topic) === null ? [{ topic, list }] : [];
    }),
    to: targetKinds.find((kind) => kind === query.get("to")) ?? null,
    at: query.get("at") ?? "",
    ago: query.get("ago") ?? "",
    offset: query.get("offset") ?? "",
    by: query.get("by") ?? "",
    from: query.get("from"),
    edits: (query.get("edits") ?? "")
      .split(";")
      .slice(0, MAX_EDITS_IN_URL)
      .flatMap((part) => {
        const [, topic = "", partition, offset = ""] = /^([^:]+):(\d{1,9})@(-?\d{1,19}|keep)$/.exec(part) ?? [];
        if (partition === undefined || topicNameProblem(topic) !== null) return [];
        const value = offset === "keep" ? null : parseInt64(offset);
        if (value === null && offset !== "keep") return [];
        return [{ topic, partition: Number(partition), offset: value }];
      }),
  };
}

/** One partition set by hand; left out of the edits again with `undefined`. */
export function withEdit(
  edits: readonly ResetEdit[],
  at: { readonly topic: string; readonly partition: number },
  offset: string | null | undefined,
): readonly ResetEdit[] {
  const others = edits.filter(({ topic, partition }) => topic !== at.topic || partition !== at.partition);
  return offset === undefined ? others : [...others, { topic: at.topic, partition: at.partition, offset }];
}
