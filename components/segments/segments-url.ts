import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { parseAsSort, parseAsWhole } from "#lib/url-state.ts";

/** What the width of a segment stands for on the map. */
export const mapScales = ["time", "offset", "size"] as const;
export type MapScale = (typeof mapScales)[number];

/** What a link to a partition's segments can say. */
export const segmentsUrl = {
  /** Whose replica the table, the look-up and the check read: without it the leader's, or the first that can be read. */
  broker: parseAsInteger,
  scale: parseAsStringLiteral(mapScales).withDefault("time"),
  /** The segment that is chosen on the map or in the table: its base offset. */
  segment: parseAsWhole,
  sort: parseAsSort.withDefault({ id: "baseOffset", desc: true }),
  /** Columns of the table that aren't shown. */
  hide: parseAsArrayOf(parseAsString).withDefault(["offset-index", "time-index", "aborted", "snapshot"]),
  /** Beside the table. */
  panel: parseAsStringLiteral(["find", "verify"]).withDefault("find"),
  /** What is looked for: one of them. */
  offset: parseAsWhole,
  at: parseAsWhole,
};

/** What a link to one segment can say. */
export const segmentUrl = {
  broker: segmentsUrl.broker,
  /** The byte that the page of batches begins at. */
  position: parseAsWhole,
  /** Or the offset whose batch it begins at. */
  from: parseAsWhole,
  /** The batch whose messages are shown: its base offset. */
  batch: parseAsWhole,
  /** The message that is open: its offset. */
  message: parseAsWhole,
  /** Columns of the batches that aren't shown. */
  hide: parseAsArrayOf(parseAsString).withDefault([]),
};
