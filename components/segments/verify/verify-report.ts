import { formatDuration } from "#lib/format.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { partWords, runVerdict } from "./run-words.ts";
import type { RunPart, VerificationRun } from "./verification-run.ts";
import { countsText, findingsText, verdictOf } from "./verify-words.ts";

export interface ReportOf {
  readonly cluster: string;
  readonly place: PartitionPlace;
  /** A broker's log dir as the server sees it; null when it isn't known any more. */
  readonly logDirOf: (brokerId: number) => string | null;
}

/** A verification as text, for a ticket: what was checked, how it turned out, each finding in a line; replica by replica. */
export function verifyReport(run: VerificationRun, { cluster, place, logDirOf }: ReportOf): string {
  const verdict = runVerdict(run);
  const name = `${place.topic}-${place.partition}`;
  const lines = [
    `Verification of ${name}, cluster ${cluster}`,
    ...(run.askedAtMs === null ? [] : [`asked for at ${new Date(run.askedAtMs).toISOString()}`]),
    ...(verdict === null ? [] : [`${verdict.title}. ${verdict.sentence}`]),
    ...run.parts.flatMap((part) => partLines(part, name, logDirOf(part.replica.brokerId))),
  ];
  return `${lines.join("\n").replaceAll("\u00a0", " ")}\n`;
}

function partLines(part: RunPart, name: string, logDir: string | null): string[] {
  const { replica, state } = part;
  const verdict = verdictOf(state);
  const problem = state.problem === null ? "" : ` ${state.problem.message}`;
  const head = `Broker ${replica.brokerId}: ${partWords(part)}.${problem}${verdict === null ? "" : ` ${verdict.sentence}`}`;
  const dir = logDir === null ? [] : [`${logDir}/${name}`];
  if (state.bytes === null) return ["", head, ...dir];
  return [
    "",
    head,
    ...dir,
    `${countsText(state)}, took ${formatDuration(state.elapsedMs)}`,
    ...(state.findings.length === 0 ? [] : [`${findingsText(state.findings)}; file:byte kind detail`]),
    ...state.findings.map(
      ({ file, position, kind, detail }) => `${file}${position === null ? "" : `:${position}`} ${kind} ${detail}`,
    ),
  ];
}
