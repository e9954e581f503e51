import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

const DEADLINE_MS = 6_000;
const NO_SUCH_GROUP = 69;

const deleteGroupsRequest = defineRequest<readonly string[], ReadonlyMap<string, number>>({
  key: 42,
  versions: [2],
  since: "Kafka 2.4",
  write: (writer, groups) => {
    writer.strings(groups);
  },
  read: (reader) => {
    reader.int32();
    return new Map(reader.structs((r) => [r.string(), r.int16()] as const));
  },
});

/**
 * Deletes a group and all it committed, by one request to its coordinator, once (DeleteGroups, KIP-229).
 * @returns Kafka's error code: 0 done, 68 it has members, 69 no such group
 * @throws {ProblemError} broker-unreachable, deadline-exceeded (both: it may be done all the same), not-supported-by-broker, cancelled
 */
export async function deleteGroup(
  kafka: ClusterConnections,
  coordinator: number,
  group: string,
  signal: AbortSignal,
): Promise<number> {
  const question = { what: `the deletion of group ${group}`, needs: `Delete on Group ${group}` };
  const answer = await askBroker(
    kafka,
    coordinator,
    deleteGroupsRequest,
    [group],
    { ...question, deadlineMs: DEADLINE_MS, lane: "bulk" },
    signal,
  );
  return answer.get(group) ?? NO_SUCH_GROUP;
}
