import { askAnyBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

export type Coordinator = { readonly brokerId: number } | { readonly errorCode: number };

const GROUP = 0;
const COORDINATOR_NOT_AVAILABLE = 15;

const findCoordinatorsRequest = defineRequest<readonly string[], Map<string, Coordinator>>({
  key: 10,
  versions: [4, 5, 6],
  since: "Kafka 3.0",
  write: (writer, groups) => {
    writer.int8(GROUP).strings(groups);
  },
  read: (reader) => {
    const coordinators = new Map<string, Coordinator>();
    reader.int32();
    reader.structs((r) => {
      const group = r.string();
      const brokerId = r.int32();
      r.string();
      r.int32();
      const errorCode = r.int16();
      r.nullableString();
      const nobody = errorCode === 0 && brokerId < 0 ? COORDINATOR_NOT_AVAILABLE : errorCode;
      coordinators.set(group, nobody === 0 ? { brokerId } : { errorCode: nobody });
    });
    return coordinators;
  },
});

/**
 * Which broker coordinates each group, existing or not (FindCoordinator, KIP-699). The first question ever asked to a cluster
 * makes Kafka create its offsets topic, as any consumer's would.
 * @returns every group; with the error code where the broker doesn't say: 15 nobody at the moment, 30 forbidden
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, not-supported-by-broker, cancelled
 */
export async function findCoordinators(
  kafka: ClusterConnections,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Coordinator>> {
  if (groups.length === 0) return new Map();
  const what = groups.length === 1 ? `the coordinator of group ${groups[0]}` : "the groups' coordinators";
  const coordinators = await askAnyBroker(
    kafka,
    findCoordinatorsRequest,
    groups,
    { what, needs: "Describe on the group" },
    signal,
  );
  for (const group of groups) {
    if (!coordinators.has(group)) coordinators.set(group, { errorCode: COORDINATOR_NOT_AVAILABLE });
  }
  return coordinators;
}
