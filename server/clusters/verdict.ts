import type { Overview } from "#lib/contracts/clusters.ts";
import type { Sentence } from "#lib/contracts/kafka.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Finding } from "./findings/finding.ts";
import { count, inWords, listed, number } from "./words.ts";

const MOST_NAMED = 4;

/** The whole in two sentences: what is wrong, and what works all the same. */
export function verdict(view: ClusterView, problems: readonly Finding[]): Overview["verdict"] {
  const [worst] = problems;
  const wrong = whatIsWrong(view);
  if (worst === undefined || worst.severity === "info") {
    return {
      severity: worst === undefined ? "ok" : "info",
      title: allWell(view),
      detail: worst === undefined ? [works(view)] : worst.title,
    };
  }
  if (wrong.length === 0) return { severity: worst.severity, title: worst.title, detail: allWell(view) };
  return { severity: worst.severity, title: wrong, detail: [whatWorks(view)] };
}

function whatIsWrong({ brokers, health }: ClusterView): Sentence {
  const away = brokers.filter(({ state }) => state !== "up");
  const sentence: Sentence = [];
  if (away.length > 0) {
    const one = away.length === 1;
    const fenced = away.every(({ state }) => state === "fenced");
    sentence.push(
      one ? "Broker " : "Brokers ",
      ...listed(
        away.map(({ id }) => ({ broker: id })),
        MOST_NAMED,
      ),
      `${one ? " is" : " are"} ${fenced ? "fenced" : "down"}.`,
    );
  }
  const counts = whatIsWrongWithPartitions(health);
  if (counts !== "") sentence.push(`${sentence.length > 0 ? " " : ""}${counts}.`);
  return sentence;
}

/** The same numbers as the vital signs and the list of problems: those that refuse writes are under-replicated too. */
function whatIsWrongWithPartitions({ offline, underReplicated, refusing }: ClusterView["health"]): string {
  const counts: string[] = [];
  if (offline > 0) counts.push(`${count(offline, "partition")} ${offline === 1 ? "is" : "are"} offline`);
  if (underReplicated > 0) {
    const who = counts.length === 0 ? count(underReplicated, "partition") : number(underReplicated);
    counts.push(`${who} ${underReplicated === 1 ? "is" : "are"} under-replicated${tail(refusing, underReplicated)}`);
  }
  return counts.join(refusing > 0 ? ", " : " and ");
}

function tail(refusing: number, underReplicated: number): string {
  if (refusing === 0) return "";
  if (refusing === underReplicated) return refusing === 1 ? " and refuses writes" : " and refuse writes";
  return `, ${number(refusing)} of which ${refusing === 1 ? "refuses" : "refuse"} writes`;
}

function whatWorks({ brokers, health, metadata }: ClusterView): string {
  const up = brokers.filter(({ state }) => state === "up").length;
  const { total, offline } = health;
  if (total === 0) return `${capital(inWords(up, "broker"))} ${up === 1 ? "is" : "are"} up.`;
  const who = up < brokers.length ? `the other ${inWords(up, "broker")}` : inWords(up, "broker");
  // A broker that was killed is still named as leader until its session ends.
  const away = new Set(brokers.filter(({ state }) => state !== "up").map(({ id }) => id));
  const waiting = metadata.topics.reduce(
    (sum, { partitions }) => sum + partitions.filter(({ leader }) => leader !== null && away.has(leader)).length,
    0,
  );
  if (waiting > 0) {
    return `${count(waiting, "partition")} ${waiting === 1 ? "waits" : "wait"} for a new leader. Everything else is served by ${who}.`;
  }
  const served = offline === 0 ? `Every partition is served by ${who}.` : `Everything else is served by ${who}.`;
  if (health.underMinIsr === null) return served;
  const accepting = total - offline - health.underMinIsr;
  return accepting === total
    ? `${served} All ${number(total)} accept every write.`.replace("All 1 accept", "It accepts")
    : `${served} ${number(accepting)} of ${count(total, "partition")} accept every write.`;
}

function allWell({ brokers, health }: ClusterView): Sentence {
  const on = inWords(brokers.filter(({ state }) => state === "up").length, "broker");
  if (health.total === 0) return [`There are no topics yet on ${on}.`];
  if (health.total === 1) return [`The one partition is in sync on ${on}.`];
  return [`All ${number(health.total)} partitions are in sync on ${on}.`];
}

function works({ health }: ClusterView): string {
  if (health.total === 0) return "Create a topic, and its health is shown here.";
  return health.underMinIsr === null ? "Each has a leader." : "Each has a leader and accepts every write.";
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
