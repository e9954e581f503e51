import type { Message } from "kafkajs";
import { integer, pick, times } from "./random.ts";

/** Refunds as JSON, keyed by customer. */
export function makeRefunds(count: number): Message[] {
  return times(count, () => {
    const customer = `customer-${integer(400)}`;
    const reason = pick(["damaged", "late", "not as described", "changed mind"]);
    const value = { customer, reason, amountCents: 500 + integer(20_000), at: new Date().toISOString() };
    return { key: customer, value: JSON.stringify(value) };
  });
}
