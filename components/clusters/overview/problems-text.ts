import type { Overview } from "#lib/contracts/clusters.ts";
import { sentenceText } from "#lib/sentence.ts";
import { formatDateTime, type Zone } from "#lib/time.ts";

/** The verdict and every problem as plain text, for an incident channel; times carry their zone. */
export function problemsText({ cluster, verdict, problems, observedAtMs }: Overview, zone: Zone): string {
  return [
    `${cluster.displayName}, ${formatDateTime(observedAtMs, zone)} ${zone}: ${sentenceText(verdict.title)}`,
    ...problems.map(({ severity, title, detail, sinceMs }) => {
      const since = sinceMs === null ? "" : ` (seen since ${formatDateTime(sinceMs, zone)})`;
      return `- ${severity}: ${sentenceText(title)} ${sentenceText(detail)}${since}`;
    }),
  ].join("\n");
}
