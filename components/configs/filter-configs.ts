import { brokerDocumentationText } from "#lib/broker-documentation.ts";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { isChanged } from "./config-words.ts";

/**
 * Those that hold every word of `q` in key, value or documentation; keys that hold it first, else by name.
 * @param changed only those that are not at their default
 */
export function filterConfigs(
  configs: readonly ConfigEntry[],
  { q, changed }: { q: string; changed: boolean },
): ConfigEntry[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return configs
    .filter((config) => !changed || isChanged(config))
    .filter((config) => words.every((word) => inName(config, word) || inText(config, word)))
    .sort((a, b) => rank(a, words) - rank(b, words) || (a.name < b.name ? -1 : 1));
}

function rank(config: ConfigEntry, words: readonly string[]): number {
  return words.every((word) => inName(config, word)) ? 0 : 1;
}

function inName({ name }: ConfigEntry, word: string): boolean {
  return name.toLowerCase().includes(word);
}

function inText({ value, documentation }: ConfigEntry, word: string): boolean {
  return (
    value?.toLowerCase().includes(word) === true ||
    (documentation !== null && brokerDocumentationText(documentation).toLowerCase().includes(word))
  );
}
