import { crc32 } from "node:zlib";
import { murmur2 } from "./murmur2.ts";

/**
 * How producers spread keyed records over partitions. murmur2: Java's producer and what follows it (kafkajs).
 * crc32: librdkafka's `consistent` and its default `consistent_random` (kcat, and the clients of Python, Go, .NET on it).
 */
export type KeyHash = "murmur2" | "crc32";

export const keyHashes: readonly KeyHash[] = ["murmur2", "crc32"];

/** The partition that a key goes to. Null: any, since librdkafka takes an empty key for none. */
export function partitionOfKey(hash: KeyHash, key: Uint8Array, partitions: number): number | null {
  if (hash === "murmur2") return (murmur2(key) & 0x7fffffff) % partitions;
  return key.length === 0 ? null : crc32(key) % partitions;
}
