"use client";
import { useNow } from "#components/ui/now.tsx";
import { Time } from "#components/ui/time.tsx";

/** "abandoned" is the verdict that takes longest: without a commit for 5 minutes (UX.md), and a sample more. */
const LONGEST_WINDOW_MS = 5 * 60_000 + 10_000;

/** Verdicts, trends and times look no further back than this server has sampled; while that is too short, it says so. */
export function ObservedSince({ sinceMs }: { sinceMs: number | null }) {
  const now = useNow();
  if (sinceMs === null) return <>not observed yet: verdicts and trends follow within minutes</>;
  return (
    <>
      observed since <Time ms={sinceMs} />
      {now - sinceMs < LONGEST_WINDOW_MS && " · some verdicts need 5 minutes of it"}
    </>
  );
}
