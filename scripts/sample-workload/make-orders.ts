import type { Message } from "kafkajs";
import { integer, pick, times, traceId } from "./random.ts";

const CUSTOMERS = 400;
const ROUTED_SHARE = 0.1;
const FIRST_ORDER_ID = 9_007_199_254_740_993_000n;

// Beyond 2^53, where a JavaScript number would round it; JSON allows it. Starts anew with the clock, so ids keep growing.
let lastOrderId = FIRST_ORDER_ID + BigInt(Date.now());

/** Orders as JSON, keyed by customer so that one customer's orders stay in order, with headers. */
export function makeOrders(count: number): Message[] {
  return times(count, () => {
    const customer = `customer-${integer(CUSTOMERS)}`;
    lastOrderId += 1n;
    const rest = {
      customer,
      status: pick(["placed", "paid", "packed", "shipped", "cancelled"]),
      currency: pick(["EUR", "USD", "CNY"]),
      totalCents: 500 + integer(40_000),
      lines: times(1 + integer(4), () => ({ sku: `SKU-${1000 + integer(300)}`, quantity: 1 + integer(3) })),
      placedAt: new Date().toISOString(),
    };
    return {
      key: customer,
      value: `{"orderId":${lastOrderId},${JSON.stringify(rest).slice(1)}`,
      headers: {
        "trace-id": traceId(),
        "content-type": "application/json",
        source: pick(["web", "app", "shop"]),
        // One header a hop: the same name several times, as Kafka allows.
        ...(Math.random() < ROUTED_SHARE && { via: ["gateway", pick(["checkout", "retry"]), "orders"] }),
      },
    };
  });
}
