"use client";
import { useCallback, useEffect, useReducer, useRef } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { verifySegments } from "#lib/contracts/verifications.ts";
import { streamEvents } from "#lib/event-stream.ts";
import { ProblemError } from "#lib/problem.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import type { VerificationEvent } from "./verification.ts";
import { noRun, type RunPart, runAfter, type VerificationScope } from "./verification-run.ts";

/** A running verification says something several times a second, one that waits for its turn every ten seconds. */
const SILENT_MS = 30_000;

/**
 * One run at a time, replica after replica, each followed over its stream: between two of them the server may give others their
 * turn. A cancel, and leaving the page, end it on the server too.
 */
export function useVerification({ topic, partition }: PartitionPlace) {
  const { name: cluster } = useCluster();
  const [run, dispatch] = useReducer(runAfter, noRun);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const followAll = useCallback(
    async (brokers: readonly number[]) => {
      running.current?.abort();
      const stop = new AbortController();
      running.current = stop;
      for (const broker of brokers) {
        const tell = (event: VerificationEvent) => dispatch({ kind: "part", brokerId: broker, event });
        tell({ kind: "asked", atMs: Date.now(), brokerId: broker });
        const input = { cluster, topic, partition: String(partition), query: { broker: String(broker) } };
        // One that fails doesn't keep the others from being looked at.
        await follow(input, stop.signal, tell);
        if (stop.signal.aborted) return;
      }
      dispatch({ kind: "over" });
    },
    [cluster, topic, partition],
  );
  const start = useCallback(
    (scope: VerificationScope) => {
      dispatch({ kind: "asked", atMs: Date.now(), scope });
      void followAll(scope.replicas.map(({ brokerId }) => brokerId));
    },
    [followAll],
  );
  const retry = useCallback(
    (parts: readonly RunPart[]) => {
      dispatch({ kind: "again" });
      void followAll(parts.map(({ replica }) => replica.brokerId));
    },
    [followAll],
  );
  const cancel = useCallback(() => {
    running.current?.abort();
    dispatch({ kind: "cancelled" });
  }, []);
  return { run, start, retry, cancel };
}

export type VerificationControl = ReturnType<typeof useVerification>;

/** Until it ends, breaks off, or `stop` ends it. */
async function follow(
  input: Parameters<typeof streamEvents<typeof verifySegments>>[1],
  stop: AbortSignal,
  tell: (event: VerificationEvent) => void,
): Promise<void> {
  let watch: ReturnType<typeof setTimeout> | undefined;
  const silence = new AbortController();
  const silent = new ProblemError("internal", "Nothing was heard from Tailrace for 30 seconds.");
  const signal = AbortSignal.any([stop, silence.signal]);
  try {
    for await (const frame of streamEvents(verifySegments, input, { signal })) {
      if (stop.aborted) return;
      tell({ kind: "frame", frame });
      clearTimeout(watch);
      if (frame.frame === "end") return;
      watch = setTimeout(() => silence.abort(silent), SILENT_MS);
    }
    throw new ProblemError("internal", "The stream ended before the verification did.");
  } catch (error) {
    if (stop.aborted) return;
    const problem =
      error instanceof ProblemError ? error : new ProblemError("internal", "What came was not understood.");
    tell({ kind: "broken", problem });
  } finally {
    clearTimeout(watch);
  }
}
