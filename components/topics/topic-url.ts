import { parseAsBoolean, parseAsStringLiteral } from "nuqs/server";
import { parseAsSort } from "#lib/url-state.ts";

const topicTabs = ["partitions", "messages", "groups", "storage", "configs"] as const;

/** What a link to a topic can say: the tab, and how its table is sorted and filtered. */
export const topicUrl = {
  tab: parseAsStringLiteral(topicTabs).withDefault("partitions"),
  problems: parseAsBoolean.withDefault(false),
  sort: parseAsSort.withDefault({ id: "partition", desc: false }),
  /** Of the table of its groups. */
  groupSort: parseAsSort.withDefault({ id: "verdict", desc: true }),
  /** Of the table of what lies on disk: a row for each of these. */
  storageBy: parseAsStringLiteral(["partition", "replica"]).withDefault("partition"),
  storageSort: parseAsSort.withDefault({ id: "state", desc: true }),
};
