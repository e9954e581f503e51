"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Play, Power } from "lucide-react";
import { Button, type ButtonProps } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { ProblemError } from "#lib/problem.ts";
import { setBrokerProcessMutation } from "#lib/queries/brokers.ts";
import { queryKeys } from "#lib/queries/keys.ts";

interface BrokerProcessButtonProps extends Pick<ButtonProps, "tone" | "size" | "className"> {
  cluster: string;
  broker: Pick<BrokerSummary, "id" | "process">;
}

/**
 * Stops or starts a broker of the local sample cluster; nothing elsewhere (`process` is null there). It shows what the
 * process does now, and what the click made it do until the next answer says so.
 */
export function BrokerProcessButton({ cluster, broker, ...look }: BrokerProcessButtonProps) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const mutation = useMutation({
    ...setBrokerProcessMutation(cluster),
    onError: (error) =>
      toast(error instanceof ProblemError ? error.message : `Broker ${broker.id} could not be reached.`, {
        glyph: "octagon",
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.cluster(cluster) }),
  });
  if (broker.process === null) return null;
  const running = broker.process === "running" || broker.process === "starting";
  const under = mutation.isPending
    ? mutation.variables.state === "running"
      ? "starting"
      : "stopping"
    : broker.process;
  const moving = under === "starting" || under === "stopping";
  const label = moving
    ? `${under === "starting" ? "Starting" : "Stopping"} broker ${broker.id}…`
    : running
      ? `Stop broker ${broker.id}`
      : `Start broker ${broker.id}`;
  return (
    <Button
      {...look}
      pending={moving}
      onClick={() => mutation.mutate({ brokerId: broker.id, state: running ? "stopped" : "running" })}
    >
      {!moving && (running ? <Power aria-hidden strokeWidth={1.6} /> : <Play aria-hidden strokeWidth={1.6} />)}
      {label}
    </Button>
  );
}
