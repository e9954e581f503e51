import type { GroupVerdict, VerdictKind } from "#lib/contracts/groups.ts";
import type { ClusterView } from "../cluster-view.ts";
import { count, listed } from "../words.ts";
import type { Finding } from "./finding.ts";

const MOST_FINDINGS = 5;
const MOST_NAMED = 4;

/** What makes a group a problem of the cluster's overview, worst first. */
const told: readonly { readonly kind: VerdictKind; readonly says: string }[] = [
  { kind: "stuck", says: " is stuck." },
  { kind: "past-retention", says: " has lost messages to retention." },
  { kind: "abandoned", says: " is abandoned." },
];

/**
 * Groups that are stuck, abandoned, or losing messages while they run, as of the observer's newest sample; of many, the worst by name.
 * The cluster serves them all the same: to it they are warnings, whatever they are to those who run them.
 */
export function groupFindings({ groupVerdicts }: Pick<ClusterView, "groupVerdicts">): Finding[] {
  const groups = [...groupVerdicts]
    .flatMap(([group, verdicts]) => worstOf(group, verdicts))
    .toSorted((a, b) => a.rank - b.rank || (a.group < b.group ? -1 : 1));
  const shown = groups.length > MOST_FINDINGS ? groups.slice(0, MOST_FINDINGS - 1) : groups;
  const rest = groups.slice(shown.length);
  const findings = shown.map(
    ({ group, verdict, says }): Finding => ({
      key: `group:${verdict.kind}:${group}`,
      kind: "group",
      severity: "warning",
      title: [{ group }, says],
      detail: verdict.evidence,
      target: { group },
      ...sinceOf([verdict]),
    }),
  );
  if (rest.length === 0) return findings;
  return [
    ...findings,
    {
      key: "groups:more",
      kind: "group",
      severity: "warning",
      title: [
        `${count(rest.length, "more group")} ${rest.length === 1 ? "is" : "are"} stuck, abandoned or past retention.`,
      ],
      detail: [
        ...listed(
          rest.map(({ group }) => ({ group })),
          MOST_NAMED,
        ),
        ".",
      ],
      target: null,
      ...sinceOf(rest.map(({ verdict }) => verdict)),
    },
  ];
}

/** The observer samples from the server's start on: it saw them before anybody opened the overview. */
function sinceOf(verdicts: readonly GroupVerdict[]): Pick<Finding, "sinceMs"> {
  const times = verdicts.flatMap(({ sinceMs }) => sinceMs ?? []);
  return times.length === 0 ? {} : { sinceMs: Math.min(...times) };
}

/** Groups that have warnings, but none that is a problem of the cluster: of these the overview tells only how many. */
export function warnedBesides({ groupVerdicts }: Pick<ClusterView, "groupVerdicts">): number {
  let warned = 0;
  for (const [group, verdicts] of groupVerdicts) {
    const warns = verdicts.some(({ severity }) => severity !== "info");
    if (warns && worstOf(group, verdicts).length === 0) warned++;
  }
  return warned;
}

interface Told {
  readonly group: string;
  readonly verdict: GroupVerdict;
  readonly says: string;
  readonly rank: number;
}

function worstOf(group: string, verdicts: readonly GroupVerdict[]): Told[] {
  for (const [rank, { kind, says }] of told.entries()) {
    const verdict = verdicts.find((one) => one.kind === kind);
    // What a group that nobody runs has lost is told where groups are listed.
    const matters = verdict !== undefined && (kind !== "past-retention" || verdict.severity === "critical");
    if (matters) return [{ group, verdict, says, rank }];
  }
  return [];
}
