import type { ConfigEntry, ConfigSource } from "#lib/contracts/kafka.ts";

/** Where a value comes from, in words (KIP-226). */
export const sourceWords: Readonly<Record<ConfigSource, string>> = {
  topic: "this topic",
  "dynamic-broker": "this broker, dynamic",
  "dynamic-default-broker": "all brokers, dynamic",
  "static-broker": "server.properties",
  default: "default",
  "dynamic-broker-logger": "logger, dynamic",
  "client-metrics": "client metrics",
  group: "this group",
  unknown: "unknown",
};

/** Set somewhere, by somebody: Kafka's own default would be otherwise. */
export function isChanged({ source, isDefault }: ConfigEntry): boolean {
  return !isDefault && source !== "default";
}

/** Kafka's own default, which the broker lists last among the synonyms; undefined when it doesn't tell. */
export function kafkaDefault({ synonyms }: ConfigEntry): string | null | undefined {
  return synonyms.findLast(({ source }) => source === "default")?.value;
}

/**
 * The value is what would apply anyway.
 * @param standard that value; undefined when it isn't known
 */
export function isAsStandard(entry: ConfigEntry, standard: string | null | undefined): boolean {
  // The broker tells null for every sensitive value: two of them say nothing about each other.
  return !isChanged(entry) || (!entry.sensitive && standard === entry.value);
}
