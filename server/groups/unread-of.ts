import type { GroupDetail } from "#lib/contracts/groups.ts";
import { describeGroupCommand, describeOtherGroupCommand } from "#lib/group-commands.ts";
import type { GroupReading } from "./group-reading.ts";

/**
 * What can't be read of a group of this type, and the command that can.
 * @param bootstrap "kafka-1:9092,kafka-2:9092"
 */
export function unreadOf(
  { group, type, members, protocolType }: GroupReading,
  bootstrap: string,
): GroupDetail["unread"] {
  if (type === "share") {
    const command = describeOtherGroupCommand("share", bootstrap, group);
    const detail =
      members === null
        ? "A share group's members are told by Kafka 4.1 and newer only. It commits no offsets: the brokers keep what was acknowledged, message by message."
        : "A share group commits no offsets: the brokers keep what was acknowledged, message by message. Where each partition starts for it, the command tells.";
    return { detail, command };
  }
  if (type === "streams") {
    const command = describeOtherGroupCommand("streams", bootstrap, group);
    const detail =
      members === null
        ? "The members of a streams group could not be read. Its committed offsets are below."
        : "Of a streams group's tasks the active ones are shown, as the partitions they read; standby and warm-up tasks, which only keep copies of state, are not.";
    return { detail, command };
  }
  const command = describeGroupCommand(bootstrap, group, "members");
  if (members === null)
    return { detail: "The group's members could not be read. Its committed offsets are below.", command };
  if (members.length > 0 && type === "classic" && protocolType !== "consumer") {
    return {
      detail: `Its members speak the protocol "${protocolType}", not that of consumers: what they hold is not told as partitions.`,
      command: null,
    };
  }
  return null;
}
