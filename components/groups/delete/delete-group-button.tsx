"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RecordingNote, useIsChangeRefused } from "#components/changes/recording-note.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button, type ButtonProps } from "#components/ui/button.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { plural } from "#lib/format.ts";
import { deleteGroupCommand } from "#lib/group-commands.ts";
import { changeHref, groupsHref } from "#lib/hrefs.ts";
import { mayHaveHappened } from "#lib/problem.ts";
import { recordingQuery } from "#lib/queries/changes.ts";
import { queryKeys } from "#lib/queries/keys.ts";
import { deleteGroupMutation } from "#lib/queries/offset-resets.ts";
import { committedTopics, undeletableType } from "./delete-scope.ts";
import { PresentMembers } from "./present-members.tsx";
import { TypeTheName } from "./type-the-name.tsx";

interface DeleteGroupButtonProps {
  /** As it was read last: while the dialog is open, members that leave are seen to leave. */
  group: GroupDetail;
  tone?: ButtonProps["tone"];
}

/** Deletes a group and all its committed offsets: says what goes, who is still in it, and wants the name typed. */
export function DeleteGroupButton({ group, tone = "plain" }: DeleteGroupButtonProps) {
  const [open, setOpen] = useState(false);
  const cluster = useCluster();
  return (
    <>
      <Button tone={tone} disabled={cluster.readOnly} onClick={() => setOpen(true)}>
        Delete group
      </Button>
      {open && <DeleteGroupDialog group={group} onClose={() => setOpen(false)} />}
    </>
  );
}

function DeleteGroupDialog({ group, onClose }: { group: GroupDetail; onClose: () => void }) {
  const name = group.group;
  const cluster = useCluster();
  const [typed, setTyped] = useState("");
  const refused = useIsChangeRefused();
  const recording = useQuery(recordingQuery(cluster.name)).data;
  const { remove, isPending, error } = useDeletion(name);
  const topics = committedTopics(group);
  const partitions = [...topics.values()].reduce((sum, { length }) => sum + length, 0);
  const members = group.members ?? [];
  const otherType = undeletableType(group);
  const ready = typed === name && members.length === 0 && otherType === null && !refused;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          Delete the group <span className="mono break-all">{name}</span>
        </>
      }
      description={
        partitions === 0
          ? "It has no committed offsets: nothing but its name goes."
          : `Its committed offsets go with it: ${plural(partitions, "partition")} of ${plural(topics.size, "topic")}. A consumer that starts again under this name begins where its auto.offset.reset says.`
      }
      footer={
        <>
          <Button tone="quiet" size="lg" onClick={onClose}>
            Cancel
          </Button>
          <Button
            tone="danger"
            size="lg"
            form="delete-group"
            type="submit"
            disabled={!ready}
            pending={isPending}
            className="min-w-0 shrink"
          >
            <span className="truncate">Delete {name}</span>
          </Button>
        </>
      }
    >
      <form
        id="delete-group"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !isPending) remove();
        }}
      >
        {otherType !== null ? (
          <Notice title={`It is a ${otherType} group.`}>
            Groups of this type are deleted with{" "}
            <span className="mono">kafka-{otherType === "share" ? "share-groups" : "streams-groups"}.sh --delete</span>.
          </Notice>
        ) : members.length > 0 ? (
          <PresentMembers members={members}>
            Kafka deletes a group once it is empty. Stop these; they are looked for again every 2 s.
          </PresentMembers>
        ) : null}
        {otherType === null && <TypeTheName name={name} typed={typed} onTypedChange={setTyped} />}
        {otherType === null && partitions > 0 && recording !== undefined && (
          <p className="text-ink-2">
            {recording.state === "ready" && recording.audit !== "off"
              ? "Can be undone: the offsets are recorded with the change. Undone, it is an empty group of type classic that holds them again."
              : "Can't be undone: the offsets are not recorded."}
          </p>
        )}
        <RecordingNote />
        {otherType === null && <CopyCommand command={deleteGroupCommand(cluster.bootstrap, name)} />}
        <ProblemNotice
          error={error}
          title={mayHaveHappened(error) ? `It isn't known whether ${name} was deleted.` : `${name} was not deleted.`}
        />
      </form>
    </Dialog>
  );
}

function useDeletion(group: string) {
  const { name: cluster } = useCluster();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const mutation = useMutation({
    ...deleteGroupMutation(cluster, group),
    onSuccess: ({ change, recordProblem }) => {
      toast(
        <>
          Deleted <span className="mono">{group}</span>.{recordProblem !== null && ` ${recordProblem}`}
        </>,
        {
          ...(recordProblem !== null && { glyph: "triangle" }),
          ...(change !== null && {
            act: { label: "The change", onClick: () => router.push(changeHref(cluster, change)) },
          }),
        },
      );
      void queryClient.invalidateQueries({ queryKey: queryKeys.groups(cluster) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.changes(cluster), refetchType: "none" });
      void queryClient.invalidateQueries({ queryKey: queryKeys.group(cluster, group), refetchType: "none" });
      router.push(groupsHref(cluster));
    },
  });
  // Until the list of groups is there the dialog stays as it is.
  return {
    remove: () => mutation.mutate(),
    isPending: mutation.isPending || mutation.isSuccess,
    error: mutation.error,
  };
}
