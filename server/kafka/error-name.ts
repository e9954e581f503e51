import { protocolErrors } from "@platformatic/kafka";

const names = new Map<number, string>(Object.values(protocolErrors).map(({ code, id }) => [code, id]));

/** Kafka's own name for an error code ("KAFKA_STORAGE_ERROR"); null for 0. */
export function errorName(code: number): string | null {
  return code === 0 ? null : (names.get(code) ?? `error ${code}`);
}
