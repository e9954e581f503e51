import type { ChangeLog } from "./changes/change-log.ts";
import type { ClusterState } from "./clusters/cluster-state.ts";
import type { ClusterConnections } from "./kafka/connections.ts";
import type { DecoderPool } from "./reader/decoder-pool.ts";
import type { ReaderConnections } from "./reader/reader-connections.ts";
import type { Runtime } from "./runtime.ts";
import type { Verifier } from "./segments/verify/verifier.ts";
import type { ClusterSettings } from "./settings/cluster-settings.ts";
import type { Tails } from "./tail/tails.ts";

/** Who asks. With `TAILRACE_AUTH=none` everybody on loopback is "local". */
export interface Actor {
  readonly name: string;
}

/** All that a service is given besides its input: no HTTP, no globals. */
export interface ClusterContext {
  readonly cluster: ClusterSettings;
  readonly kafka: ClusterConnections;
  /** What reads records: connections that one reader at a time has for itself. */
  readonly reading: ReaderConnections;
  /** Threads that decode what was read; the whole server's. */
  readonly decoders: DecoderPool;
  /** What this server remembers about the cluster between requests: shared reads, rates, when a problem was first seen. */
  readonly state: ClusterState;
  /** The record of what is changed through Tailrace: a topic of the cluster. Written by `recordChange` alone. */
  readonly changes: ChangeLog;
  readonly actor: Actor;
  /** Aborted when the viewer leaves or the deadline passes; every Kafka call takes it. */
  readonly signal: AbortSignal;
  /** For logs and problems: one id from the browser's error to the server's log line. */
  readonly requestId: string;
}

/** What a service that answers a stream is given besides: `signal` bounds the opening. */
export interface StreamContext extends ClusterContext {
  readonly tails: Tails;
  /** Reads partitions' files from end to end, one at a time. */
  readonly verifier: Verifier;
  /** Aborted when the viewer leaves, and by a shutdown: then its reason is the problem `shutting-down`. */
  readonly viewing: AbortSignal;
  /** Where the viewer wants to go on: the id of the last event they got. */
  readonly lastEventId: string | null;
}

/** What a service is given that is about this server, or about all clusters. */
export interface ServerContext extends Pick<ClusterContext, "actor" | "signal" | "requestId"> {
  readonly runtime: Runtime;
}
