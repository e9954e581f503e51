import type { z } from "zod";
import type { getOverview as contract } from "#lib/contracts/clusters.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import { readBrokers } from "../brokers/read-brokers.ts";
import type { ClusterContext } from "../context.ts";
import type { GroupObserver } from "../groups/observer/group-observer.ts";
import { unobserved } from "../groups/observer/unobserved.ts";
import { missing } from "../kafka/broker-failure.ts";
import type { Quorum } from "../kafka/describe-quorum.ts";
import type { ClusterView } from "./cluster-view.ts";
import { findProblems } from "./find-problems.ts";
import { warnedBesides } from "./findings/group-findings.ts";
import { kafkaVersion } from "./kafka-version.ts";
import { countHealth } from "./partition-health.ts";
import type { Rates } from "./rate-sampler.ts";
import { summarizeCluster } from "./summarize-cluster.ts";
import { verdict } from "./verdict.ts";

type Answer = z.input<typeof contract.response>;

/** Only the metadata is waited for; whatever is slower than this is shown as old as it is, or left out and named. */
const PATIENCE_MS = 2_000;

/**
 * Is this cluster all right? Partitions and brokers are asked of Kafka each time; sizes are at most 10 s, configs at most 30 s old.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getOverview(ctx: ClusterContext, _input: ParsedInput<typeof contract>): Promise<Answer> {
  const { state, signal } = ctx;
  state.sampler.want();
  const [reading, configs, features] = await Promise.all([
    readBrokers(ctx),
    state.topicConfigs.getWithin(signal, PATIENCE_MS, "the topics' configs"),
    state.features.getWithin(signal, PATIENCE_MS, "the Kafka version"),
  ]);
  const { brokers, metadata, quorum, controllerId, logDirs } = reading;
  const parts: MissingPart[] = [
    ...reading.missing,
    ...(configs.problem ? [missing(configs.problem, "configs of the topics")] : []),
    ...(configs.reading?.value.missing ?? []),
    ...(features.problem ? [missing(features.problem, "Kafka version")] : []),
    ...unobserved(state.groupObserver),
  ];
  const { topics } = metadata.value;
  const minIsrOf = (topic: string) => configs.reading?.value.byTopic.get(topic)?.minInsyncReplicas ?? null;
  const health = countHealth(topics, minIsrOf);
  const { total, offline, underMinIsr, underReplicated } = health;
  const nowMs = Date.now();
  const view: ClusterView = {
    metadata: metadata.value,
    brokers,
    minIsrOf,
    health,
    lastUp: (brokerId) => state.leadership.lastUp(brokerId),
    controllerId,
    quorum: quorum?.value ?? null,
    volumes: new Map([...(logDirs?.value.byBroker ?? [])].map(([id, disk]) => [id, disk.logDirs])),
    groupVerdicts: state.groupObserver.judged,
    missing: parts,
    nowMs,
  };
  const findings = findProblems(view);
  const since = state.problemsSeen.update(
    findings.map(({ key }) => key),
    nowMs,
  );
  const rates = state.sampler.rates();
  return {
    cluster: summarizeCluster(ctx.cluster),
    clusterId: metadata.value.clusterId,
    kafkaVersion: features.reading ? kafkaVersion(features.reading.value) : null,
    controllerId,
    quorum: quorum?.value ? quorumAnswer(quorum.value) : null,
    verdict: verdict(view, findings),
    problems: findings.map((finding) => ({
      ...finding,
      sinceMs: finding.sinceMs ?? since.get(finding.key) ?? null,
    })),
    brokers: [...brokers],
    brokersUp: brokers.filter(({ state }) => state === "up").length,
    brokersExpected: brokers.length,
    topicCount: topics.length,
    partitions: { total, offline, underMinIsr, underReplicated },
    groups: groupCounts(state.groupObserver),
    messagesIn: messagesIn(rates),
    ages: [
      { part: "metadata", observedAtMs: metadata.observedAtMs },
      { part: "quorum", observedAtMs: quorum?.observedAtMs ?? null },
      { part: "sizes", observedAtMs: logDirs?.observedAtMs ?? null },
      { part: "configs", observedAtMs: configs.reading?.observedAtMs ?? null },
      { part: "offsets", observedAtMs: rates.observedAtMs },
      { part: "groups", observedAtMs: state.groupObserver.newest?.observedAtMs ?? null },
    ],
    missing: parts,
    observedAtMs: metadata.observedAtMs,
  };
}

/** From the newest sample: the overview waits for no group. Null before the first. */
function groupCounts({ newest, judged }: GroupObserver): Answer["groups"] {
  if (newest === null) return null;
  let [stuck, abandoned] = [0, 0];
  for (const verdicts of judged.values()) {
    if (verdicts.some(({ kind }) => kind === "stuck")) stuck++;
    if (verdicts.some(({ kind }) => kind === "abandoned")) abandoned++;
  }
  return { total: newest.value.groups.size, stuck, abandoned, warned: warnedBesides({ groupVerdicts: judged }) };
}

function quorumAnswer({ leaderId, leaderEpoch, highWatermark, voters }: Quorum): Answer["quorum"] {
  if (leaderId < 0) return null;
  const end = voters.find(({ id }) => id === leaderId)?.logEndOffset ?? null;
  return {
    leaderId,
    leaderEpoch,
    highWatermark: highWatermark.toString(),
    voters: voters.map(({ id, logEndOffset, lastFetchMs }) => ({
      id,
      lag: end === null || logEndOffset === null ? null : (end - logEndOffset).toString(),
      lastFetchMs,
    })),
  };
}

/** Steps without a reading are left out: a gap in the line, not a fall to nothing. */
function messagesIn({ atMs, total }: Rates): Answer["messagesIn"] {
  return atMs.flatMap((at, step) => {
    const perSecond = total[step] ?? null;
    return perSecond === null ? [] : [{ atMs: at, perSecond }];
  });
}
