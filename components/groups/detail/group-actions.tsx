import { RotateCcw } from "lucide-react";
import { ShellCommands } from "#components/clusters/shell-commands.tsx";
import { DeleteGroupButton } from "#components/groups/delete/delete-group-button.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { describeGroupCommand, describeOtherGroupCommand } from "#lib/group-commands.ts";
import { changesHref, resetOffsetsHref } from "#lib/hrefs.ts";

/** What can be done with a group. */
export function GroupActions({ group }: { group: GroupDetail }) {
  const cluster = useCluster();
  return (
    <>
      <LinkButton href={changesHref(cluster.name, { group: group.group })} tone="quiet">
        Changes
      </LinkButton>
      <ShellCommands commands={commandsOf(cluster.bootstrap, group)} />
      <LinkButton href={resetOffsetsHref(cluster.name, group.group)}>
        <RotateCcw aria-hidden strokeWidth={1.6} />
        Reset offsets…
      </LinkButton>
      <DeleteGroupButton group={group} tone="quiet" />
    </>
  );
}

function commandsOf(bootstrap: string, { group, type }: Pick<GroupDetail, "group" | "type">) {
  if (type === "share" || type === "streams") {
    return [{ title: "Offsets", command: describeOtherGroupCommand(type, bootstrap, group) }];
  }
  return [
    { title: "Offsets", command: describeGroupCommand(bootstrap, group) },
    { title: "Members", command: describeGroupCommand(bootstrap, group, "members") },
    { title: "State", command: describeGroupCommand(bootstrap, group, "state") },
  ];
}
