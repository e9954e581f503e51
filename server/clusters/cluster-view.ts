import type { z } from "zod";
import type { brokerSummary } from "#lib/contracts/brokers.ts";
import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { Quorum } from "../kafka/describe-quorum.ts";
import type { Metadata } from "../kafka/read-metadata.ts";
import type { MinIsrOf, PartitionHealth } from "./partition-health.ts";
import type { LogDirVolume } from "./read-log-dirs.ts";

/** All that is known of a cluster at one moment: what findings and the verdict are worked out from. */
export interface ClusterView {
  readonly metadata: Metadata;
  readonly brokers: readonly z.input<typeof brokerSummary>[];
  readonly minIsrOf: MinIsrOf;
  readonly health: PartitionHealth;
  /** The last metadata in which a broker led what it usually leads; null when this server never saw it up. */
  readonly lastUp: (brokerId: number) => Metadata | null;
  readonly controllerId: number | null;
  /** Null: could not be read, or there is none (ZooKeeper). */
  readonly quorum: Quorum | null;
  /** By broker; only those that answered. */
  readonly volumes: ReadonlyMap<number, readonly LogDirVolume[]>;
  /** Of groups that have any, as of the observer's newest sample. */
  readonly groupVerdicts: ReadonlyMap<string, readonly GroupVerdict[]>;
  readonly missing: readonly MissingPart[];
  readonly nowMs: number;
}
