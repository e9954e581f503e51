import type { ConfigEntry, ConfigSource } from "#lib/contracts/kafka.ts";

/** Kafka's own names of the sources: `org.apache.kafka.clients.admin.ConfigEntry.ConfigSource`. */
const sources: Readonly<Record<ConfigSource, string>> = {
  topic: "DYNAMIC_TOPIC_CONFIG",
  "dynamic-broker": "DYNAMIC_BROKER_CONFIG",
  "dynamic-default-broker": "DYNAMIC_DEFAULT_BROKER_CONFIG",
  "static-broker": "STATIC_BROKER_CONFIG",
  default: "DEFAULT_CONFIG",
  "dynamic-broker-logger": "DYNAMIC_BROKER_LOGGER_CONFIG",
  "client-metrics": "DYNAMIC_CLIENT_METRICS_CONFIG",
  group: "DYNAMIC_GROUP_CONFIG",
  unknown: "UNKNOWN",
};

/** The line that `kafka-configs --describe --all` prints for it. */
export function configAsPrinted({ name, value, sensitive, synonyms }: ConfigEntry): string {
  const shown = synonyms.map((one) => `${sources[one.source]}:${one.name}=${one.value}`);
  return `  ${name}=${value} sensitive=${sensitive} synonyms={${shown.join(", ")}}`;
}
