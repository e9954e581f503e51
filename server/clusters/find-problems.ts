import type { ClusterView } from "./cluster-view.ts";
import { brokerFindings } from "./findings/broker-findings.ts";
import { controllerFindings } from "./findings/controller-findings.ts";
import { diskFindings } from "./findings/disk-findings.ts";
import type { Finding } from "./findings/finding.ts";
import { groupFindings } from "./findings/group-findings.ts";
import { minIsrFindings } from "./findings/min-isr-findings.ts";
import { offlineFindings } from "./findings/offline-findings.ts";
import { replicationFindings } from "./findings/replication-findings.ts";
import { unreadFindings } from "./findings/unread-findings.ts";

const worst = { critical: 0, warning: 1, info: 2 } as const;

/** Everything that is wrong, worst first; what the first causes comes after it. */
export function findProblems(view: ClusterView): Finding[] {
  const findings = [
    ...brokerFindings(view),
    ...offlineFindings(view),
    ...minIsrFindings(view),
    ...controllerFindings(view),
    ...diskFindings(view),
    ...replicationFindings(view),
    ...groupFindings(view),
    ...unreadFindings(view),
  ];
  return findings.toSorted((a, b) => worst[a.severity] - worst[b.severity]);
}
