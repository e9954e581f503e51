import { createHash } from "node:crypto";
import { encode } from "@msgpack/msgpack";
import type { Message } from "kafkajs";
import { integer, pick, times } from "./random.ts";

const DEVICE_ID_BYTES = 16;

/** Readings as MessagePack, keyed by the device's id of 16 bytes: nothing of it is text; with an int64 sequence beyond 2^53. */
export function makeTelemetry(count: number): Message[] {
  return times(count, () => {
    const device = `pump-${String(integer(40)).padStart(2, "0")}`;
    const reading = {
      device,
      sequence: (1n << 60n) + BigInt(Date.now()),
      celsius: Math.round((40 + Math.random() * 30) * 10) / 10,
      bar: Math.round((2 + Math.random() * 4) * 100) / 100,
      state: pick(["ok", "ok", "ok", "warning"]),
    };
    return {
      key: createHash("sha256").update(device).digest().subarray(0, DEVICE_ID_BYTES),
      value: Buffer.from(encode(reading, { useBigInt64: true })),
      headers: { "content-type": "application/msgpack" },
    };
  });
}
