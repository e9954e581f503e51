import { createParser, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { groupType, verdictKind } from "./contracts/groups.ts";

const MAX_INT64 = 2n ** 63n - 1n;

/** What a person would share is in the URL: one parser per thing, the default left out of the address. */

export const topicHealthFilters = [
  "any",
  "not-in-sync",
  "offline",
  "under-min-isr",
  "under-replicated",
  "in-sync",
] as const;
export type TopicHealthFilter = (typeof topicHealthFilters)[number];

/** "name" or "-name": a column, and descending with a hyphen before it. */
export const parseAsSort = createParser<{ id: string; desc: boolean }>({
  parse: (text) => {
    const [, minus, id] = /^(-?)([a-z-]{1,40})$/i.exec(text) ?? [];
    return id === undefined ? null : { id, desc: minus === "-" };
  },
  serialize: ({ id, desc }) => `${desc ? "-" : ""}${id}`,
  eq: (a, b) => a.id === b.id && a.desc === b.desc,
});

/** A whole number that may be beyond what a JS number holds: an offset, a byte, a time in ms. It stays text. */
export const parseAsWhole = createParser<string>({
  parse: (text) => (/^(0|[1-9]\d{0,18})$/.test(text) && BigInt(text) <= MAX_INT64 ? text : null),
  serialize: (value) => value,
});

/** The list of topics. `q` is a part of a name, or /a regular expression/. */
export const topicsUrl = {
  q: parseAsString.withDefault(""),
  health: parseAsStringLiteral(topicHealthFilters).withDefault("any"),
  internal: parseAsBoolean.withDefault(false),
  sort: parseAsSort.withDefault({ id: "name", desc: false }),
  hide: parseAsArrayOf(parseAsString).withDefault([]),
};

export const groupStateFilters = ["any", "stable", "rebalancing", "empty", "other"] as const;
export type GroupStateFilter = (typeof groupStateFilters)[number];

export const groupTypeFilters = ["any", ...groupType.options] as const;
export type GroupTypeFilter = (typeof groupTypeFilters)[number];

/** problem: any verdict that is worse than a remark. */
export const groupVerdictFilters = ["any", "problem", "stuck-or-abandoned", ...verdictKind.options, "none"] as const;
export type GroupVerdictFilter = (typeof groupVerdictFilters)[number];

/** The list of groups, those that are worst off first. */
export const groupsUrl = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(groupStateFilters).withDefault("any"),
  type: parseAsStringLiteral(groupTypeFilters).withDefault("any"),
  verdict: parseAsStringLiteral(groupVerdictFilters).withDefault("any"),
  sort: parseAsSort.withDefault({ id: "verdict", desc: true }),
  hide: parseAsArrayOf(parseAsString).withDefault([]),
};

/** The change log: of one group or topic, older than one change. */
export const changesUrl = {
  group: parseAsString,
  topic: parseAsString,
  before: parseAsString,
};
