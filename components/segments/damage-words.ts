import type { SegmentDamage } from "#lib/contracts/segments.ts";

/** What is wrong, in a few words; the detail beside it says the rest. */
export const damageWords: Readonly<Record<SegmentDamage["kind"], string>> = {
  crc: "Wrong checksum",
  truncated: "Cut short",
  "not-a-batch": "Not a batch",
  "offset-order": "Offsets out of order",
  "old-format": "Old message format",
  "index-points-wrong": "Index points wrong",
  "index-order": "Index out of order",
  "index-empty": "Index empty",
  size: "Odd size",
  unreadable: "Unreadable",
  vanished: "Went away",
  "foreign-file": "Foreign file",
};
