import { silentVoters } from "#lib/silent-voters.ts";
import type { ClusterView } from "../cluster-view.ts";
import { inWords, listed } from "../words.ts";
import type { Finding } from "./finding.ts";

const MOST_NAMED = 5;

/** The controllers' quorum: no leader, or voters that no longer follow it. */
export function controllerFindings({ quorum, missing, nowMs }: ClusterView): Finding[] {
  if (quorum === null) {
    const why = missing.find(({ part }) => part === "quorum");
    return why?.code === "broker-unreachable" ? [noController()] : [];
  }
  if (quorum.leaderId < 0) return [noController()];
  const silent = silentVoters(quorum, nowMs);
  if (silent.length === 0) return [];
  const left = quorum.voters.length - silent.length;
  const needed = Math.floor(quorum.voters.length / 2) + 1;
  const spare = left - needed;
  const one = silent.length === 1;
  return [
    {
      key: "controller:silent",
      kind: "controller",
      severity: spare < 0 ? "critical" : "warning",
      title: [
        one ? "Controller " : "Controllers ",
        ...listed(
          silent.map(({ id }) => String(id)),
          MOST_NAMED,
        ),
        one ? " no longer follows the quorum." : " no longer follow the quorum.",
      ],
      detail: [
        `${left} of ${inWords(quorum.voters.length, "voter")} ${left === 1 ? "follows" : "follow"}. `,
        spare > 0
          ? `The cluster can lose ${inWords(spare, "more", "more")} and still be changed.`
          : spare === 0
            ? "If one more is lost, topics can't be created or changed and no leader can move."
            : `Until ${inWords(needed, "do", "do")}, topics can't be created or changed and no leader can move.`,
      ],
      target: null,
    },
  ];
}

function noController(): Finding {
  return {
    key: "controller:none",
    kind: "controller",
    severity: "critical",
    title: ["No controller is active."],
    detail: [
      "Until the quorum elects one, topics can't be created or changed and no leader can move. What has a leader is still read and written.",
    ],
    target: null,
  };
}
