"use client";
import { useQuery } from "@tanstack/react-query";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { ListMessage } from "#components/ui/list-message.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { changeLogTopic } from "#lib/change-log-topic.ts";
import type { Recording } from "#lib/contracts/changes.ts";
import { createTopicCommand } from "#lib/kafka-commands.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { CreateChangeLogButton } from "./create-change-log-button.tsx";

/** There is no change log yet: what it is, and the click that makes it. */
export function NoChangeLog({ recording }: { recording: Recording }) {
  const cluster = useCluster();
  const brokers = useQuery(brokersQuery(cluster.name));
  const count = brokers.data?.brokers.length ?? null;
  return (
    <div className="grid max-w-[76ch] gap-5 px-gutter py-6">
      <ListMessage title="There is no change log yet." actions={<CreateChangeLogButton tone="primary" />}>
        It is the topic <span className="mono">{recording.topic}</span> in this cluster: one partition, up to three
        replicas, kept for ever. Tailrace doesn’t create it unasked. From then on every change made through Tailrace is
        written there before it is made, and again with what came of it: who, when, what, before and after. It is what a
        reset is undone from.
      </ListMessage>
      {count !== null && (
        <section aria-labelledby="change-log-shell">
          <h2 id="change-log-shell" className="mb-2 text-13">
            The same from a shell
          </h2>
          <CopyCommand
            command={createTopicCommand(cluster.bootstrap, { name: recording.topic, ...changeLogTopic(count) })}
            label="Create the change log"
          />
        </section>
      )}
    </div>
  );
}

/** Above the list: whether changes are recorded now. Quiet while they are. */
export function ChangeLogState({ recording, hasChanges }: { recording: Recording; hasChanges: boolean }) {
  if (recording.audit === "off") {
    return (
      <Notice title="Changes are not recorded." className="mx-gutter mb-3">
        {recording.detail}
      </Notice>
    );
  }
  if (recording.state === "unwritable") {
    return (
      <Notice
        tone={recording.audit === "required" ? "crit" : "warn"}
        title="Changes can’t be recorded now."
        className="mx-gutter mb-3"
      >
        {recording.detail}
      </Notice>
    );
  }
  if (recording.state === "missing" && hasChanges) {
    return (
      <Notice tone="warn" title="The change log is gone." className="mx-gutter mb-3">
        {recording.detail}
      </Notice>
    );
  }
  return null;
}
