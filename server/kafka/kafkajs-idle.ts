import { createRequire } from "node:module";

/**
 * kafkajs 2.2.4 keeps a 1 ms timer spinning in every idle connection (37 ms of CPU a second for three brokers) and asks for
 * negative time-outs, about which new Nodes warn: `RequestQueue.scheduleCheckPendingRequests` re-arms itself even when
 * nothing is pending and nothing is throttled. This replaces that one method: a timer is armed only while there is
 * something to look for. A request beyond the in-flight limit is sent when an answer arrives, as before.
 *
 * Patches the class in place, once; a test checks that kafkajs is still the version it was written for.
 * @throws {Error} when kafkajs' insides are no longer as this patch knows them
 */
export function calmKafkajs(): void {
  const RequestQueue: unknown = createRequire(import.meta.url)("kafkajs/src/network/requestQueue");
  if (!isRequestQueueClass(RequestQueue)) {
    throw new Error("kafkajs' RequestQueue has changed: look at server/kafka/kafkajs-idle.ts again.");
  }
  RequestQueue.prototype.scheduleCheckPendingRequests = scheduleOnlyWhenPending;
}

/** As in kafkajs: how soon to look again at requests that wait only for a free slot. */
const CHECK_PENDING_INTERVAL_MS = 10;

/** The fields of kafkajs' RequestQueue that the patch uses. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  /** Milliseconds since the epoch; -1: not throttled. */
  readonly throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

function scheduleOnlyWhenPending(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttledForMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledForMs > 0 ? throttledForMs : CHECK_PENDING_INTERVAL_MS,
  );
}

function isRequestQueueClass(value: unknown): value is { prototype: RequestQueue } {
  if (typeof value !== "function") return false;
  const prototype: unknown = value.prototype;
  return (
    typeof prototype === "object" &&
    prototype !== null &&
    "scheduleCheckPendingRequests" in prototype &&
    "checkPendingRequests" in prototype
  );
}
