import { createParser, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";

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

/** The list of topics. `q` is a part of a name, or /a regular expression/. */
export const topicsUrl = {
  q: parseAsString.withDefault(""),
  health: parseAsStringLiteral(topicHealthFilters).withDefault("any"),
  internal: parseAsBoolean.withDefault(false),
  sort: parseAsSort.withDefault({ id: "name", desc: false }),
  hide: parseAsArrayOf(parseAsString).withDefault([]),
};
