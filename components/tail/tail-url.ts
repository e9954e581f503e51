import {
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { payloadFormat } from "#lib/contracts/message-row.ts";
import type { TailSearch } from "#lib/tail/tail-client.ts";
import { DEFAULT_CAPACITY } from "#lib/tail/tail-store.ts";

const isolations = ["uncommitted", "committed"] as const;
export const tailColumns = ["time", "partition", "offset", "key", "headers", "size", "value"] as const;
export type TailColumn = (typeof tailColumns)[number];
export const timeFormats = ["clock", "full", "epoch", "since"] as const;
export type TimeFormat = (typeof timeFormats)[number];

export const MAX_HIGHLIGHTS = 5;
export const MAX_PINNED = 6;
export const capacities = [1_000, 10_000, 50_000] as const;

/** What is read: the keys of the API's own query. */
export const tailQueryUrl = {
  topics: parseAsString,
  /** A regular expression (RE2), found anywhere in a topic's name. */
  pattern: parseAsString,
  internal: parseAsBoolean.withDefault(false),
  partitions: parseAsString,
  from: parseAsString.withDefault("now"),
  isolation: parseAsStringLiteral(isolations).withDefault("uncommitted"),
  quiet: parseAsInteger,
  contains: parseAsString,
  without: parseAsString,
  case: parseAsBoolean.withDefault(false),
  key: parseAsString,
  header: parseAsString,
  keyAs: parseAsStringLiteral(payloadFormat.options).withDefault("auto"),
  valueAs: parseAsStringLiteral(payloadFormat.options).withDefault("auto"),
};

/** How it is shown. */
const tailLookUrl = {
  highlight: parseAsArrayOf(parseAsString).withDefault([]),
  columns: parseAsArrayOf(parseAsStringLiteral(tailColumns)).withDefault([
    "time",
    "partition",
    "offset",
    "key",
    "value",
  ]),
  /** JSON paths that have a column of their own. */
  pin: parseAsArrayOf(parseAsString).withDefault([]),
  time: parseAsStringLiteral(timeFormats).withDefault("clock"),
  rows: parseAsInteger.withDefault(DEFAULT_CAPACITY),
  /** The message whose drawer is open: orders-3@991. */
  open: parseAsString,
};

/** All of a tail is in its address, so that it can be pasted into an incident's channel. */
export const tailUrl = { ...tailQueryUrl, ...tailLookUrl };
export type TailUrl = inferParserType<typeof tailUrl>;
export type TailQueryUrl = inferParserType<typeof tailQueryUrl>;

/** The query of the API. Null: neither topics nor a pattern are chosen yet. */
export function tailSearchOf(url: TailQueryUrl): TailSearch | null {
  const topics = url.topics ?? "";
  const pattern = url.pattern ?? "";
  if (topics === "" && pattern === "") return null;
  const single = topics !== "" && !topics.includes(",");
  const search: Record<string, string> = topics === "" ? { pattern } : { topics };
  if (topics === "" && url.internal) search.internal = "true";
  if (single && url.partitions) search.partitions = url.partitions;
  if (url.from !== "now") search.from = url.from;
  if (url.isolation !== "uncommitted") search.isolation = url.isolation;
  if (url.quiet !== null) search.quiet = String(url.quiet);
  for (const name of ["contains", "without", "header"] as const) if (url[name]) search[name] = url[name];
  // The empty key is a key.
  if (url.key !== null) search.key = url.key;
  if (url.case) search.case = "true";
  if (url.keyAs !== "auto") search.keyAs = url.keyAs;
  if (url.valueAs !== "auto") search.valueAs = url.valueAs;
  return search;
}

/** What decides which offsets are read, apart from what is wanted of them. */
const SOURCE = ["topics", "pattern", "internal", "partitions", "from", "isolation"] as const;

/** Only what is wanted changed, and reading began when the page did: the new reading can begin where the list does. */
export function continuesFrom(before: TailSearch, after: TailSearch): boolean {
  return (after.from ?? "now") === "now" && SOURCE.every((name) => before[name] === after[name]);
}

export const noFilters = {
  contains: null,
  without: null,
  key: null,
  header: null,
  partitions: null,
  case: null,
} as const;

export function isFiltered(search: TailSearch): boolean {
  return ["contains", "without", "key", "header", "partitions"].some((name) => search[name] !== undefined);
}

export interface MessageAddress {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** "orders-3@991". */
export function formatAddress({ topic, partition, offset }: MessageAddress): string {
  return `${topic}-${partition}@${offset}`;
}

/** Null when it is none: an address may hold anything. */
export function parseAddress(text: string | null): MessageAddress | null {
  const [, topic, partition, offset] = /^([a-zA-Z0-9._-]{1,249})-(\d{1,9})@(0|[1-9]\d{0,18})$/.exec(text ?? "") ?? [];
  if (topic === undefined || partition === undefined || offset === undefined) return null;
  return { topic, partition: Number(partition), offset };
}
