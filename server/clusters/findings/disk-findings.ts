import { DISK_CRIT_PERCENT, DISK_WARN_PERCENT, diskUsedPercent } from "#lib/disk-fullness.ts";
import { errorName } from "../../kafka/error-name.ts";
import type { ClusterView } from "../cluster-view.ts";
import { bytes } from "../words.ts";
import type { Finding } from "./finding.ts";

/** The fullest are told; the rest is on the brokers' pages. */
const MOST_TOLD = 3;

/** Log dirs that failed, and volumes that are nearly full. */
export function diskFindings({ volumes }: ClusterView): Finding[] {
  const all = [...volumes].flatMap(([broker, dirs]) => dirs.map((dir) => ({ broker, dir })));
  const failed = all.filter(({ dir }) => dir.errorCode !== 0).slice(0, MOST_TOLD);
  const full = all
    .map(({ broker, dir }) => ({ broker, dir, percent: diskUsedPercent(dir.totalBytes, dir.usableBytes) }))
    .filter(({ percent }) => percent !== null && percent >= DISK_WARN_PERCENT)
    .sort((a, b) => (b.percent ?? 0) - (a.percent ?? 0))
    .slice(0, MOST_TOLD);
  return [
    ...failed.map(
      ({ broker, dir }): Finding => ({
        key: `log-dir:${broker}:${dir.path}`,
        kind: "log-dir",
        severity: "critical",
        title: ["Broker ", { broker }, ` can't use its log directory ${dir.path}.`],
        detail: [
          `It says ${errorName(dir.errorCode)}: the replicas there are offline on this broker. Look at the disk, and at the broker's log.`,
        ],
        target: { broker },
      }),
    ),
    ...full.map(
      ({ broker, dir, percent }): Finding => ({
        key: `disk:${broker}:${dir.path}`,
        kind: "disk",
        severity: (percent ?? 0) >= DISK_CRIT_PERCENT ? "critical" : "warning",
        title: ["Broker ", { broker }, `'s disk is ${percent}% full.`],
        detail: [
          `${bytes(dir.usableBytes ?? 0n)} of ${bytes(dir.totalBytes ?? 0n)} are left where ${dir.path} lies. A broker whose disk is full stops: shorten the retention of its largest topics, move partitions to other brokers, or enlarge the disk.`,
        ],
        target: { broker },
      }),
    ),
  ];
}
