import { askAnyBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { codeProblem } from "./kafka-problem.ts";

export interface RegisteredBroker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
  /** Registered, but the controller keeps clients away: it is down, or starting. False before Kafka 4.0, which lists only the others. */
  readonly fenced: boolean;
}

export interface DescribedCluster {
  readonly brokers: readonly RegisteredBroker[];
  /** Whether this user has Describe on the cluster; null when the broker doesn't tell (no authorizer). */
  readonly mayDescribeCluster: boolean | null;
}

const BROKER_ENDPOINTS = 1;
/** `AclOperation.DESCRIBE`, as a bit. */
const DESCRIBE = 1 << 8;
const NOT_TOLD = -2_147_483_648;

const describeClusterRequest = defineRequest<
  null,
  DescribedCluster & { readonly errorCode: number; readonly errorMessage: string | null }
>({
  key: 60,
  versions: [0, 1, 2],
  since: "Kafka 2.8",
  write: (writer, _input, version) => {
    writer.boolean(true);
    if (version >= 1) writer.int8(BROKER_ENDPOINTS);
    if (version >= 2) writer.boolean(true);
  },
  read: (reader, version) => {
    reader.int32();
    const errorCode = reader.int16();
    const errorMessage = reader.nullableString();
    if (version >= 1) reader.int8();
    reader.string();
    reader.int32();
    const brokers = reader.structs((r) => ({
      id: r.int32(),
      host: r.string(),
      port: r.int32(),
      rack: r.nullableString(),
      fenced: version >= 2 && r.boolean(),
    }));
    const operations = reader.int32();
    const mayDescribeCluster = operations === NOT_TOLD ? null : (operations & DESCRIBE) !== 0;
    return { errorCode, errorMessage, brokers, mayDescribeCluster };
  },
});

/**
 * Which brokers are registered, those that are fenced too from Kafka 4.0 on (DescribeCluster, KIP-700, KIP-1073).
 * @throws {ProblemError} not-supported-by-broker, kafka-refused, deadline-exceeded, cancelled
 */
export async function describeCluster(kafka: ClusterConnections, signal: AbortSignal): Promise<DescribedCluster> {
  const question = { what: "the registered brokers" };
  const { errorCode, errorMessage, brokers, mayDescribeCluster } = await askAnyBroker(
    kafka,
    describeClusterRequest,
    null,
    question,
    signal,
  );
  const problem = codeProblem(errorCode, errorMessage, question);
  if (problem) throw problem;
  return { brokers, mayDescribeCluster };
}
