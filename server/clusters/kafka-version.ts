import type { FinalizedFeatures } from "../kafka/read-features.ts";

/** First level of each release's `metadata.version` (`org.apache.kafka.server.common.MetadataVersion`), newest first. */
const releases: readonly (readonly [level: number, release: string])[] = [
  [30, "4.3"],
  [28, "4.2"],
  [26, "4.1"],
  [22, "4.0"],
  [21, "3.9"],
  [20, "3.8"],
  [15, "3.7"],
  [12, "3.6"],
  [9, "3.5"],
  [8, "3.4"],
  [4, "3.3"],
];
/** The last level this list was checked against; a higher one belongs to a release that is not in it. */
const NEWEST_KNOWN_LEVEL = 30;

/** "4.3"; "4.3+" for a release newer than this list; null when the cluster has no such feature (before 3.3, or ZooKeeper). */
export function kafkaVersion(features: FinalizedFeatures): string | null {
  const level = features.get("metadata.version");
  if (level === undefined) return null;
  const release = releases.find(([first]) => level >= first)?.[1] ?? null;
  return release !== null && level > NEWEST_KNOWN_LEVEL ? `${release}+` : release;
}
