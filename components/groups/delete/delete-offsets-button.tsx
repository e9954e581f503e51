"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RecordingNote, useIsChangeRefused } from "#components/changes/recording-note.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button, type ButtonProps } from "#components/ui/button.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { Select } from "#components/ui/select.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { GroupDetail, GroupPartition } from "#lib/contracts/groups.ts";
import type { MoveOutcome } from "#lib/contracts/offset-resets.ts";
import { plural } from "#lib/format.ts";
import { deleteGroupOffsetsCommand } from "#lib/group-commands.ts";
import { changeHref, undoChangeHref } from "#lib/hrefs.ts";
import { mayHaveHappened } from "#lib/problem.ts";
import { recordingQuery } from "#lib/queries/changes.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { queryKeys } from "#lib/queries/keys.ts";
import { deleteGroupOffsetsMutation } from "#lib/queries/offset-resets.ts";
import { committedTopics, subscribersOf, undeletableType } from "./delete-scope.ts";
import { PresentMembers } from "./present-members.tsx";
import { TypeTheName } from "./type-the-name.tsx";

interface DeleteOffsetsButtonProps {
  /** As it was read last. */
  group: GroupDetail;
  /** The topic that is offered first. */
  topic?: string;
  tone?: ButtonProps["tone"];
}

/** Deletes a group's committed offsets of one topic, which no member may subscribe to. */
export function DeleteOffsetsButton({ group, topic, tone = "plain" }: DeleteOffsetsButtonProps) {
  const [open, setOpen] = useState(false);
  const cluster = useCluster();
  const none = undeletableType(group) !== null || committedTopics(group).size === 0;
  return (
    <>
      <Button tone={tone} disabled={cluster.readOnly || none} onClick={() => setOpen(true)}>
        Delete offsets
      </Button>
      {open && <DeleteOffsetsDialog group={group} first={topic} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  group: GroupDetail;
  first: string | undefined;
  onClose: () => void;
}

function DeleteOffsetsDialog({ group, first, onClose }: DialogProps) {
  const cluster = useCluster();
  const topics = committedTopics(group);
  const [chosen, setChosen] = useState(first);
  const [typed, setTyped] = useState("");
  const topic = chosen !== undefined && topics.has(chosen) ? chosen : ([...topics.keys()][0] ?? chosen ?? "");
  const partitions = topics.get(topic) ?? [];
  const subscribers = subscribersOf(group, topic);
  const recording = useQuery(recordingQuery(cluster.name)).data;
  const undoable = recording?.state === "ready" && recording.audit !== "off";
  const refused = useIsChangeRefused();
  const { remove, isPending, error, unfinished } = useDeletion(group.group, onClose);
  const ready =
    partitions.length > 0 &&
    subscribers.length === 0 &&
    !refused &&
    recording !== undefined &&
    (undoable || typed === topic);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Delete committed offsets"
      description={
        <>
          Of one topic in <span className="mono break-all">{group.group}</span>. Its consumers then begin there where
          their auto.offset.reset says.
        </>
      }
      footer={
        <>
          <Button tone="quiet" size="lg" onClick={onClose}>
            Cancel
          </Button>
          <Button
            tone="danger"
            size="lg"
            form="delete-offsets"
            type="submit"
            disabled={!ready}
            pending={isPending}
            className="min-w-0 shrink"
          >
            <span className="truncate">Delete offsets of {topic}</span>
          </Button>
        </>
      }
    >
      <form
        id="delete-offsets"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !isPending) remove(topic);
        }}
      >
        <Field label="Topic">
          <Select
            size="lg"
            mono
            options={[...topics].map(([name, { length }]) => ({
              value: name,
              label: name,
              hint: plural(length, "partition"),
            }))}
            value={topic}
            onValueChange={(next) => {
              setChosen(next);
              setTyped("");
            }}
            className="w-full"
          />
        </Field>
        {subscribers.length > 0 && (
          <PresentMembers members={subscribers}>
            Kafka deletes the offsets of a topic once no member subscribes to it. Stop these, or have them leave the
            topic.
          </PresentMembers>
        )}
        {partitions.length > 0 && <ToDelete partitions={partitions} />}
        {recording !== undefined && (
          <p className="text-ink-2">
            {undoable
              ? "Can be undone: the offsets are recorded with the change."
              : "Can't be undone: the offsets are not recorded."}
          </p>
        )}
        {recording !== undefined && !undoable && <TypeTheName name={topic} typed={typed} onTypedChange={setTyped} />}
        <RecordingNote />
        <CopyCommand command={deleteGroupOffsetsCommand(cluster.bootstrap, group.group, topic)} />
        {unfinished.length > 0 && <Unfinished outcomes={unfinished} />}
        <ProblemNotice
          error={error}
          title={
            mayHaveHappened(error)
              ? `It isn't known whether the offsets of ${topic} were deleted.`
              : `The offsets of ${topic} were not deleted.`
          }
        />
      </form>
    </Dialog>
  );
}

const SHOWN = 8;

function ToDelete({ partitions }: { partitions: readonly GroupPartition[] }) {
  return (
    <div>
      <Table label="Offsets to delete" className="[&_th]:bg-transparent">
        <thead>
          <tr>
            <Th>Partition</Th>
            <Th right>Committed offset</Th>
          </tr>
        </thead>
        <tbody>
          {partitions.slice(0, SHOWN).map(({ partition, committedOffset }) => (
            <tr key={partition}>
              <Td className="mono">{partition}</Td>
              <Td right>
                <Offset value={committedOffset} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {partitions.length > SHOWN && (
        <p className="mt-1 text-12 text-ink-3">and {plural(partitions.length - SHOWN, "more partition")}</p>
      )}
    </div>
  );
}

function Unfinished({ outcomes }: { outcomes: readonly MoveOutcome[] }) {
  return (
    <Notice
      tone="crit"
      role="alert"
      title={`${plural(outcomes.length, "partition")} still ${outcomes.length === 1 ? "has its" : "have their"} commit.`}
    >
      Delete again to try only what is left.
      <ul className="mt-1">
        {outcomes.slice(0, SHOWN).map(({ partition, detail }) => (
          <li key={partition} className="break-words">
            <span className="mono">{partition}</span>: {detail ?? "no answer"}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function useDeletion(group: string, onDone: () => void) {
  const { name: cluster } = useCluster();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const mutation = useMutation({
    ...deleteGroupOffsetsMutation(cluster, group),
    onSuccess: ({ change, outcomes, recordProblem }, topic) => {
      if (outcomes.some(({ outcome }) => outcome !== "moved")) return;
      toast(
        <>
          Deleted the offsets of <span className="mono">{topic}</span>.{recordProblem !== null && ` ${recordProblem}`}
        </>,
        {
          ...(recordProblem !== null && { glyph: "triangle" }),
          ...(change !== null && {
            act:
              recordProblem === null
                ? { label: "Undo", onClick: () => router.push(undoChangeHref(cluster, change)) }
                : { label: "The change", onClick: () => router.push(changeHref(cluster, change)) },
          }),
        },
      );
      onDone();
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: groupQuery(cluster, group).queryKey, exact: true });
      void queryClient.invalidateQueries({ queryKey: queryKeys.groups(cluster), refetchType: "none" });
      void queryClient.invalidateQueries({ queryKey: queryKeys.changes(cluster), refetchType: "none" });
    },
  });
  return {
    remove: (topic: string) => mutation.mutate(topic),
    isPending: mutation.isPending,
    error: mutation.error,
    unfinished: mutation.data?.outcomes.filter(({ outcome }) => outcome !== "moved") ?? [],
  };
}
