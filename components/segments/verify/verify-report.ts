import { formatDuration } from "#lib/format.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import type { Verification } from "./verification.ts";
import { countsText, findingsText, verdictOf } from "./verify-words.ts";

export interface ReportOf {
  readonly cluster: string;
  readonly place: PartitionPlace;
  /** The log dir as the server sees it; null when it isn't known any more. */
  readonly logDir: string | null;
}

/** A verification as text, for a ticket: what was checked, how it turned out, each finding in a line. */
export function verifyReport(state: Verification, { cluster, place, logDir }: ReportOf): string {
  const verdict = verdictOf(state);
  const name = `${place.topic}-${place.partition}`;
  const began = state.askedAtMs === null ? [] : [`asked for at ${new Date(state.askedAtMs).toISOString()}`];
  const lines = [
    `Verification of ${name} on broker ${state.brokerId ?? "—"}, cluster ${cluster}`,
    [...began, `took ${formatDuration(state.elapsedMs)}`].join(", "),
    ...(logDir === null ? [] : [`${logDir}/${name}`]),
    ...(verdict === null ? [] : [`${verdict.title}. ${verdict.sentence}`]),
    countsText(state),
    ...(state.findings.length === 0 ? [] : ["", `${findingsText(state.findings)}; file:byte kind detail`]),
    ...state.findings.map(
      ({ file, position, kind, detail }) => `${file}${position === null ? "" : `:${position}`} ${kind} ${detail}`,
    ),
  ];
  return `${lines.join("\n").replaceAll("\u00a0", " ")}\n`;
}
