import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../../context.ts";
import { missing } from "../../kafka/broker-failure.ts";
import { describeBrokerConfigs, describeTopicConfigValues } from "../../kafka/describe-configs.ts";
import type { RetentionRules } from "../retention.ts";

/** Configs that decide what goes next. */
export interface PartitionConfig extends RetentionRules {
  readonly segmentBytes: bigint;
  readonly segmentMs: bigint;
  /** KIP-405: what lies here is a cache of what lies elsewhere, and other rules delete it. */
  readonly tiered: boolean;
}

const KEYS = ["cleanup.policy", "retention.ms", "retention.bytes", "segment.bytes", "segment.ms"] as const;
const TIERED = "remote.storage.enable";
const CHECK_INTERVAL = "log.retention.check.interval.ms";

type Reading = Pick<ClusterContext, "kafka" | "signal">;

/**
 * @returns null, and what is missing, where they can't be read
 * @throws {ProblemError} cancelled
 */
export async function readPartitionConfig(
  { kafka, signal }: Reading,
  topic: string,
): Promise<{ readonly config: PartitionConfig | null; readonly missing: readonly MissingPart[] }> {
  try {
    const values = (await describeTopicConfigValues(kafka, null, [topic], [...KEYS, TIERED], signal)).get(topic);
    if (values instanceof ProblemError) throw values;
    const [cleanupPolicy, retentionMs, retentionBytes, segmentBytes, segmentMs] = KEYS.map((key) => values?.get(key));
    const numbers = [retentionMs, retentionBytes, segmentBytes, segmentMs];
    if (cleanupPolicy == null || !numbers.every((value) => /^-?\d{1,19}$/.test(value ?? ""))) {
      return { config: null, missing: [] };
    }
    const [ms = 0n, bytes = 0n, rollBytes = 0n, rollMs = 0n] = numbers.map((value) => BigInt(value ?? 0));
    return {
      config: {
        cleanupPolicy,
        retentionMs: ms,
        retentionBytes: bytes,
        segmentBytes: rollBytes,
        segmentMs: rollMs,
        tiered: values?.get(TIERED) === "true",
      },
      missing: [],
    };
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError)) throw error;
    return { config: null, missing: [missing(error, `configs of ${topic}, and so what goes next`)] };
  }
}

/** How often a broker looks for what it may delete; null when it doesn't tell. @throws {ProblemError} cancelled */
export async function readCheckInterval({ kafka, signal }: Reading, brokerId: number | null): Promise<bigint | null> {
  if (brokerId === null) return null;
  try {
    const [entry] = await describeBrokerConfigs(kafka, brokerId, [CHECK_INTERVAL], signal);
    return /^\d{1,18}$/.test(entry?.value ?? "") ? BigInt(entry?.value ?? 0) : null;
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError)) throw error;
    return null;
  }
}
