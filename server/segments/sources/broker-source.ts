import { isAbsolute } from "node:path";
import type { ReplicaAccess } from "#lib/contracts/segments.ts";
import type { ClusterContext } from "../../context.ts";
import { type BrokerFailure, brokerFailure } from "../../kafka/broker-failure.ts";
import { type DescribedLogDir, describeLogDirs } from "../../kafka/describe-log-dirs.ts";
import type { LogDirectory } from "../partition-directory.ts";
import { believeLogDir } from "./believe-log-dir.ts";
import { MAX_LOG_DIRS } from "./told-log-dirs.ts";

export type Unreadable = Extract<ReplicaAccess, { state: "unreadable" }>;

/** A log dir of a broker on this machine. */
interface ReadableLogDir {
  readonly log: LogDirectory;
  readonly from: "own" | "mounted";
  /** The broker doesn't tell now. `toldAtMs`: when it told this directory last; null of a mounted one. Null: it tells. */
  readonly away: { readonly toldAtMs: number | null } | null;
}

/** Where one broker's files lie for this server. */
export interface BrokerSource {
  readonly brokerId: number;
  /** As the broker told; null when it didn't. */
  readonly told: readonly DescribedLogDir[] | null;
  readonly failure: BrokerFailure | null;
  /** Directories that are this broker's for certain. */
  readonly readable: readonly ReadableLogDir[];
  /** Why there is none; null when there is. */
  readonly refused: Unreadable | null;
}

/**
 * Asks a broker for its log dirs, and opens those of them, and of the setting `logDirs`, that are on this machine. Of a broker
 * that is away, those that are mounted, and those that it told last. With `logDirs: off` none is looked for.
 * @param asked null: the broker is known to be down
 * @throws {ProblemError} cancelled
 */
export async function readBrokerSource(
  { kafka, cluster, state, signal }: Pick<ClusterContext, "kafka" | "cluster" | "state" | "signal">,
  clusterId: string | null,
  brokerId: number,
  asked: { readonly name: string; readonly partitions: readonly number[] } | null,
): Promise<BrokerSource> {
  let told: readonly DescribedLogDir[] | null = null;
  let failure: BrokerFailure | null = null;
  const memory = state.segments.logDirs;
  try {
    told = asked === null ? null : await describeLogDirs(kafka, brokerId, [asked], signal);
    if (told !== null) memory.note(brokerId, told);
  } catch (error) {
    if (signal.aborted) throw error;
    failure = brokerFailure(brokerId, error);
    if (failure.problem.code === "kafka-forbidden") memory.forget(brokerId);
  }
  if (cluster.logDirs === "off") return { brokerId, told, failure, readable: [], refused: switchedOff };
  const before = told === null ? memory.of(brokerId) : null;
  const mounted = (cluster.logDirs.get(brokerId) ?? []).map((path) => ({ path, from: "mounted" as const }));
  // The one that holds what was asked for goes first.
  const paths = told?.toSorted((a, b) => b.topics.length - a.topics.length).map(({ path }) => path);
  const own = (paths ?? before?.paths ?? []).filter(isAbsolute).map((path) => ({ path, from: "own" as const }));
  const readable: ReadableLogDir[] = [];
  const refusals: Unreadable[] = [];
  for (const { path, from } of [...mounted, ...own].slice(0, MAX_LOG_DIRS)) {
    const believed = await believeLogDir(path, clusterId, brokerId);
    if ("log" in believed) {
      if (readable.some(({ log }) => log.path === believed.log.path)) continue;
      const away = told === null ? { toldAtMs: from === "own" ? (before?.atMs ?? null) : null } : null;
      readable.push({ log: believed.log, from, away });
    } else {
      refusals.push(
        from === "own" && believed.reason === "absent"
          ? notHere(brokerId, path)
          : { state: "unreadable", reason: believed.reason, detail: believed.detail },
      );
    }
  }
  // What the settings name is told first: somebody meant it to be read.
  const [first] = refusals;
  return {
    brokerId,
    told,
    failure,
    readable,
    refused: readable.length > 0 ? null : (first ?? untold(brokerId, failure)),
  };
}

const switchedOff: Unreadable = {
  state: "unreadable",
  reason: "switched-off",
  detail:
    "Reading segments from disks is switched off for this cluster (logDirs: off, or TAILRACE_LOG_DIRS=off): files know no ACL of a topic, so that whoever may view Tailrace would see them. Whoever runs Tailrace can allow it: take that setting away, and start Tailrace again.",
};

function notHere(brokerId: number, path: string): Unreadable {
  return {
    state: "unreadable",
    reason: "not-here",
    detail: `Broker ${brokerId} keeps it in ${path}, on another machine. Mount that directory read-only on the machine that Tailrace runs on, and name it: ${remedy(brokerId)}.`,
  };
}

function untold(brokerId: number, failure: BrokerFailure | null): Unreadable {
  const why = failure === null ? `Broker ${brokerId} is down.` : failure.problem.message;
  return {
    state: "unreadable",
    reason: "broker-away",
    detail: `${why} Where it keeps its log isn't known until it tells. Mounted here and named, its files are read all the same: ${remedy(brokerId)}.`,
  };
}

function remedy(brokerId: number): string {
  const entry = `${brokerId}=/mnt/broker-${brokerId}`;
  return `logDirs: [${entry}] in the settings, or TAILRACE_LOG_DIRS=${entry}`;
}
