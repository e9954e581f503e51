import type { Recording } from "#lib/contracts/changes.ts";

/** True where the settings forbid a change that can't be recorded: the server would refuse it. */
export function isChangeRefused({ audit, state }: Recording): boolean {
  return audit === "required" && state !== "ready";
}

interface RecordingWords {
  readonly tone: "quiet" | "warn" | "crit";
  /** What becomes of the record of the change that is about to be made. */
  readonly title: string;
  /** The change log's topic can be made now. */
  readonly canCreate: boolean;
}

/** What is said before a change is made; the server's own `detail` says why, and what to do. */
export function recordingWords(recording: Recording): RecordingWords {
  const { audit, state } = recording;
  if (audit === "off") return { tone: "quiet", title: "This will not be recorded.", canCreate: false };
  if (state === "ready") return { tone: "quiet", title: "This will be recorded.", canCreate: false };
  const canCreate = state === "missing";
  if (isChangeRefused(recording)) {
    return { tone: "crit", title: "Without a change log this will be refused.", canCreate };
  }
  return { tone: "warn", title: "This will not be recorded in the cluster.", canCreate };
}
