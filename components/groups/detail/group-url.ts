import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { assignors } from "#lib/assignment-what-if.ts";
import { parseAsSort } from "#lib/url-state.ts";

/** Lag to where: what Kafka's own tool counts, or what a read_committed consumer can read. */
const measures = ["high-watermark", "last-stable"] as const;
export type Measure = (typeof measures)[number];

/** What a link to a group can say. */
export const groupUrl = {
  to: parseAsStringLiteral(measures).withDefault("high-watermark"),
  /** Only this topic, of several. */
  topic: parseAsString,
  sort: parseAsSort.withDefault({ id: "partition", desc: false }),
  /** The lines of the chart. */
  lag: parseAsStringLiteral(["partitions", "total"]).withDefault("partitions"),
  history: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
  members: parseAsStringLiteral(["drawn", "table"]).withDefault("drawn"),
  /** "With 8 members": null is as many as there are. */
  with: parseAsInteger,
  assignor: parseAsStringLiteral(assignors),
};
