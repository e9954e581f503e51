"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button, type ButtonProps } from "#components/ui/button.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { createChangeLogMutation, recordingQuery } from "#lib/queries/changes.ts";
import { queryKeys } from "#lib/queries/keys.ts";

/** Makes the change log's topic: the one click that agrees to its creation. Says beneath itself why it failed. */
export function CreateChangeLogButton({ tone = "plain" }: { tone?: ButtonProps["tone"] }) {
  const cluster = useCluster();
  const queryClient = useQueryClient();
  const toast = useToast();
  const create = useMutation({
    ...createChangeLogMutation(cluster.name),
    onSuccess: (recording) => {
      queryClient.setQueryData(recordingQuery(cluster.name).queryKey, recording);
      void queryClient.invalidateQueries({ queryKey: queryKeys.changes(cluster.name) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.topics(cluster.name), refetchType: "none" });
      toast(
        <>
          Created <span className="mono">{recording.topic}</span>. Changes are recorded from now on.
        </>,
      );
    },
  });
  if (cluster.readOnly) return null;
  return (
    <>
      <Button tone={tone} pending={create.isPending} onClick={() => create.mutate()}>
        Create the change log
      </Button>
      <ProblemNotice error={create.error} title="The change log was not created." className="mt-2 basis-full" />
    </>
  );
}
