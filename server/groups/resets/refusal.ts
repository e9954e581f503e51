import type { z } from "zod";
import type { offsetPlan } from "#lib/contracts/offset-resets.ts";
import { plural } from "#lib/format.ts";
import { resetOtherGroupCommand } from "#lib/group-commands.ts";
import type { ClusterContext } from "../../context.ts";
import { describeGroupConfigValues } from "../../kafka/describe-configs.ts";
import type { Assignment, GroupReading } from "../group-reading.ts";

export type Refusal = NonNullable<z.input<typeof offsetPlan>["refusal"]>;

const SESSION_TIMEOUT = "consumer.session.timeout.ms";

/** Why a group's offsets can't be moved now; null when they can. */
export function refusalOf(ctx: Pick<ClusterContext, "cluster">, reading: GroupReading | null): Refusal | null {
  if (reading === null) return null;
  const { group, type, members } = reading;
  const nobody = { sessionTimeoutMs: null, members: [], command: null };
  if (type === "share" || type === "streams") {
    const kept =
      type === "share"
        ? "is a share group: Kafka keeps its positions elsewhere, by message."
        : "is a streams group: its offsets belong together with its internal topics, which have to go with them.";
    return {
      ...nobody,
      code: "group-type-unsupported",
      detail: `"${group}" ${kept} The command shows what Kafka's own tool would move.`,
      command: resetOtherGroupCommand(type, bootstrapOf(ctx), group),
    };
  }
  // Only such a group's members can be kept from a user who may see the group.
  if (members === null && type === "consumer") {
    const detail = `Kafka doesn't tell this user who is in "${group}", so it may be running: that needs Describe on every topic of the group. Grant it with kafka-acls.sh.`;
    return { ...nobody, code: "kafka-forbidden", detail };
  }
  if (members === null) {
    const detail = `Kafka doesn't tell who is in "${group}", so it may be running. Use the tools that came with its brokers.`;
    return { ...nobody, code: "group-type-unsupported", detail };
  }
  if (members.length === 0) return null;
  return {
    ...nobody,
    code: "group-not-empty",
    detail: `"${group}" has ${plural(members.length, "member")}: a group can only be changed while nothing runs in it. Stop ${members.length === 1 ? "it" : "them"} first.`,
    members: members.map(({ memberId, instanceId, clientId, host, assigned }) => ({
      ...{ memberId, instanceId, clientId, host },
      assigned: listOf(assigned),
    })),
  };
}

/** How long a member that was killed stays in the group; null where Kafka doesn't tell (classic groups: only their members know). */
export async function readSessionTimeout(
  { kafka, signal }: Pick<ClusterContext, "kafka" | "signal">,
  { group, type }: GroupReading,
): Promise<number | null> {
  if (type !== "consumer") return null;
  try {
    const value = (await describeGroupConfigValues(kafka, group, [SESSION_TIMEOUT], signal)).get(SESSION_TIMEOUT);
    return value === undefined || value === null || !/^\d{1,10}$/.test(value) ? null : Number(value);
  } catch (error) {
    // It is told beside the refusal, which stands without it: brokers before 4.0 have no configs of groups.
    if (signal.aborted) throw error;
    return null;
  }
}

function listOf(assigned: Assignment): { topic: string; partitions: number[] }[] {
  return [...assigned].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }));
}

/** The first address that Tailrace was given: what a command line needs. */
export function bootstrapOf({ cluster }: Pick<ClusterContext, "cluster">): string {
  return cluster.bootstrapServers[0] ?? "localhost:9092";
}

/** A command line of several lines as one, for the midst of a sentence. */
export function oneLine(command: string): string {
  return command.replaceAll(/ \\\n\s+/g, " ");
}
