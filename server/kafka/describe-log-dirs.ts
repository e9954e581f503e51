import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { codeProblem } from "./kafka-problem.ts";

interface LogDirReplica {
  readonly partition: number;
  readonly sizeBytes: bigint;
  readonly offsetLag: bigint;
  readonly isFuture: boolean;
}

export interface DescribedLogDir {
  readonly path: string;
  /** 0, or why the broker can't use it: 56 storage error. */
  readonly errorCode: number;
  readonly topics: readonly { readonly name: string; readonly replicas: readonly LogDirReplica[] }[];
  /** Of the volume it lies on; null from a directory that failed. */
  readonly totalBytes: bigint | null;
  readonly usableBytes: bigint | null;
}

interface LogDirsInput {
  /** Null: everything. */
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[] | null;
}

const describeLogDirsRequest = defineRequest<
  LogDirsInput,
  { readonly errorCode: number; readonly logDirs: readonly DescribedLogDir[] }
>({
  key: 35,
  versions: [4],
  since: "Kafka 3.3",
  write: (writer, { topics }) => {
    writer.structs(topics, ({ name, partitions }) => writer.string(name).int32s(partitions));
  },
  read: (reader) => {
    reader.int32();
    const errorCode = reader.int16();
    const logDirs = reader.structs((r) => {
      const dirError = r.int16();
      const path = r.string();
      const topics = r.structs((t) => ({
        name: t.string(),
        replicas: t.structs((p) => ({
          partition: p.int32(),
          sizeBytes: p.int64(),
          offsetLag: p.int64(),
          isFuture: p.boolean(),
        })),
      }));
      const totalBytes = r.int64();
      const usableBytes = r.int64();
      return {
        path,
        errorCode: dirError,
        topics,
        totalBytes: totalBytes < 0n ? null : totalBytes,
        usableBytes: usableBytes < 0n ? null : usableBytes,
      };
    });
    return { errorCode, logDirs };
  },
});

/** A broker walks all its partitions for it: hundreds of milliseconds with tens of thousands of them. */
const DEADLINE_MS = 8_000;

/**
 * What lies in one broker's log dirs, and how full their volumes are (DescribeLogDirs, KIP-113, KIP-827).
 * @param topics only these, or null for everything
 * @throws {ProblemError} broker-unreachable, deadline-exceeded, kafka-forbidden, not-supported-by-broker, cancelled
 */
export async function describeLogDirs(
  kafka: ClusterConnections,
  brokerId: number,
  topics: LogDirsInput["topics"],
  signal: AbortSignal,
): Promise<readonly DescribedLogDir[]> {
  const question = {
    what: "what lies in its log dirs",
    needs: "Describe on Cluster kafka-cluster",
    broker: kafka.nameOf(brokerId),
    deadlineMs: DEADLINE_MS,
    ...(topics === null && { lane: "bulk" as const }),
  };
  const { errorCode, logDirs } = await askBroker(kafka, brokerId, describeLogDirsRequest, { topics }, question, signal);
  const problem = codeProblem(errorCode, null, question);
  if (problem) throw problem;
  return logDirs;
}
