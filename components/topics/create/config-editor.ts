import { configUnit } from "#lib/config-units.ts";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";

/** How a config is best edited. Values are Kafka's own, as text. */
export type ConfigEditor =
  | { readonly kind: "choice"; readonly options: readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: "quantity"; readonly examples: string }
  | { readonly kind: "count" }
  | { readonly kind: "text" };

/** The configs a new topic is most often given, in the order of the form; all others are added by name. */
export const commonConfigs = [
  { name: "min.insync.replicas", label: "Minimum in sync", section: "size" },
  { name: "cleanup.policy", label: "Clean-up", section: "retention" },
  { name: "retention.ms", label: "Keep for", section: "retention" },
  { name: "retention.bytes", label: "Keep at most", section: "retention" },
  { name: "compression.type", label: "Compression", section: "more" },
  { name: "max.message.bytes", label: "Largest batch", section: "more" },
  { name: "segment.bytes", label: "Segment size", section: "more" },
] as const;

const plain = (...values: string[]) => values.map((value) => ({ value, label: value }));

const choices: Readonly<Record<string, readonly { value: string; label: string }[]>> = {
  "cleanup.policy": [
    { value: "delete", label: "Delete old" },
    { value: "compact", label: "Compact by key" },
    { value: "compact,delete", label: "Both" },
  ],
  "compression.type": plain("producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"),
  "message.timestamp.type": plain("CreateTime", "LogAppendTime"),
};

const COUNTS: ReadonlySet<string> = new Set(["min.insync.replicas"]);

/** @param definition undefined when this cluster's brokers don't know the config */
export function editorOf(name: string, definition: ConfigEntry | undefined): ConfigEditor {
  const known = choices[name];
  if (known) return { kind: "choice", options: known };
  if (definition?.type === "boolean") return { kind: "choice", options: plain("true", "false") };
  if (COUNTS.has(name)) return { kind: "count" };
  const unit = configUnit(name);
  if (unit === null) return { kind: "text" };
  return { kind: "quantity", examples: unit === "time" ? "12 h, 30 d, or milliseconds" : "512 KiB, 1 GiB, or bytes" };
}

/** A value of a choice that is none of its options ("delete,compact") stays as it is, as one more option. */
export function optionsWith(
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
): readonly { readonly value: string; readonly label: string }[] {
  return value === "" || options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: value }];
}
