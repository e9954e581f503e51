"use client";
import { useCallback, useEffect, useReducer, useRef } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { verifySegments } from "#lib/contracts/verifications.ts";
import { streamEvents } from "#lib/event-stream.ts";
import { ProblemError } from "#lib/problem.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { noVerification, verificationAfter } from "./verification.ts";

/** A running verification says something several times a second, one that waits for its turn every ten seconds. */
const SILENT_MS = 30_000;

/** One verification at a time, followed over its stream. A cancel, and leaving the page, end it on the server too. */
export function useVerification({ topic, partition }: PartitionPlace) {
  const { name: cluster } = useCluster();
  const [state, dispatch] = useReducer(verificationAfter, noVerification);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(
    (broker: number) => {
      running.current?.abort();
      const stop = new AbortController();
      running.current = stop;
      dispatch({ kind: "asked", atMs: Date.now(), brokerId: broker });
      const input = { cluster, topic, partition: String(partition), query: { broker: String(broker) } };
      void follow(input, stop, dispatch);
    },
    [cluster, topic, partition],
  );
  const cancel = useCallback(() => {
    running.current?.abort();
    dispatch({ kind: "cancelled" });
  }, []);
  return { state, start, cancel };
}

export type VerificationControl = ReturnType<typeof useVerification>;

async function follow(
  input: Parameters<typeof streamEvents<typeof verifySegments>>[1],
  stop: AbortController,
  dispatch: React.Dispatch<Parameters<typeof verificationAfter>[1]>,
): Promise<void> {
  let watch: ReturnType<typeof setTimeout> | undefined;
  const silent = new ProblemError("internal", "Nothing was heard from Tailrace for 30 seconds.");
  try {
    for await (const frame of streamEvents(verifySegments, input, { signal: stop.signal })) {
      if (stop.signal.aborted) return;
      dispatch({ kind: "frame", frame });
      clearTimeout(watch);
      if (frame.frame === "end") return;
      watch = setTimeout(() => stop.abort(silent), SILENT_MS);
    }
    throw new ProblemError("internal", "The stream ended before the verification did.");
  } catch (error) {
    if (stop.signal.aborted && error !== silent) return;
    const problem =
      error instanceof ProblemError ? error : new ProblemError("internal", "What came was not understood.");
    dispatch({ kind: "broken", problem });
  } finally {
    clearTimeout(watch);
  }
}
