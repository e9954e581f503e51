import type { Message } from "kafkajs";
import { integer, pick, times } from "./random.ts";

/** Payments as JSON; sent with zstd. */
export function makePayments(count: number): Message[] {
  return times(count, () => {
    const account = `account-${integer(250)}`;
    return {
      key: account,
      value: JSON.stringify({
        paymentId: crypto.randomUUID(),
        account,
        method: pick(["card", "transfer", "wallet"]),
        amountCents: 100 + integer(90_000),
        currency: pick(["EUR", "USD", "CNY"]),
        authorised: Math.random() > 0.04,
        at: new Date().toISOString(),
      }),
      headers: { "content-type": "application/json" },
    };
  });
}
