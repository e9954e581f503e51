import { expect, test } from "vitest";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { isAsStandard, isChanged, kafkaDefault } from "./config-words.ts";
import { filterConfigs } from "./filter-configs.ts";

const entry = (name: string, change: Partial<ConfigEntry> = {}): ConfigEntry => ({
  name,
  value: "1",
  source: "default",
  isDefault: true,
  readOnly: false,
  sensitive: false,
  type: "string",
  documentation: null,
  synonyms: [],
  ...change,
});
const names = (configs: readonly ConfigEntry[]) => configs.map(({ name }) => name);
const configs = [
  entry("segment.bytes", { documentation: "How large a <code>retention</code> unit is." }),
  entry("retention.ms", { value: "604800000", source: "topic", isDefault: false }),
  entry("retention.bytes"),
];

test("sorts by name, and keys that match before texts that do", () => {
  expect(names(filterConfigs(configs, { q: "", changed: false }))).toEqual([
    "retention.bytes",
    "retention.ms",
    "segment.bytes",
  ]);
  expect(names(filterConfigs(configs, { q: "RETENTION", changed: false }))).toEqual([
    "retention.bytes",
    "retention.ms",
    "segment.bytes",
  ]);
});

test("finds by value, and by every word", () => {
  expect(names(filterConfigs(configs, { q: "6048", changed: false }))).toEqual(["retention.ms"]);
  expect(names(filterConfigs(configs, { q: "retention bytes", changed: false }))).toEqual([
    "retention.bytes",
    "segment.bytes",
  ]);
});

test("only changed leaves out what is at its default", () => {
  expect(names(filterConfigs(configs, { q: "", changed: true }))).toEqual(["retention.ms"]);
  expect(isChanged(entry("x", { source: "static-broker", isDefault: false }))).toBe(true);
});

test("Kafka's own default is the last synonym", () => {
  const synonyms = [
    { name: "retention.ms", value: "1", source: "topic" as const },
    { name: "log.retention.hours", value: "168", source: "default" as const },
  ];
  expect(kafkaDefault(entry("retention.ms", { synonyms }))).toBe("168");
  expect(kafkaDefault(entry("retention.ms"))).toBeUndefined();
});

test("a set password is not called the same as the default: the broker tells neither", () => {
  const set = { source: "static-broker" as const, isDefault: false, value: null };
  expect(isAsStandard(entry("ssl.key.password", { ...set, sensitive: true }), null)).toBe(false);
  expect(isAsStandard(entry("ssl.key.password", { sensitive: true, value: null }), null)).toBe(true);
  expect(isAsStandard(entry("broker.rack", set), null)).toBe(true);
});
