import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { clusterView, metadata, partition, topic } from "#scripts/testing/cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { findProblems } from "./find-problems.ts";

function told(view: ClusterView): string[] {
  return findProblems(view).map(
    ({ severity, title, detail }) => `${severity}: ${sentenceText(title)} ${sentenceText(detail)}`,
  );
}

test("a healthy cluster has no problem", () => {
  expect(told(clusterView([topic("orders", [partition(0, [1, 2, 3])])]))).toEqual([]);
});

test("a broker that is down is told with what it held and what became of it", () => {
  const before = metadata([topic("a", [partition(0, [2, 1]), partition(1, [2, 3]), partition(2, [1, 2])])]);
  const now = [
    topic("a", [
      partition(0, [2, 1], { leader: 1, isr: [1] }),
      partition(1, [2, 3], { leader: 3, isr: [3] }),
      partition(2, [1, 2], { isr: [1] }),
    ]),
  ];
  expect(told(clusterView(now, { up: [1, 3], before }))).toEqual([
    "critical: Broker 2 is down. It held a replica of 3 partitions and led 2; all have a new leader. Look at its process, its host and its network, then start it again.",
    "warning: 3 partitions are under-replicated. Broker 2 is down: the replica it holds of all 3 is out of sync, and catches up by itself once it is back.",
  ]);
});

test("a broker that was never seen up is told by its preferred leaderships", () => {
  const now = [topic("a", [partition(0, [2, 1], { leader: 1, isr: [1] })])];
  expect(told(clusterView(now, { up: [1, 3] }))[0]).toBe(
    "critical: Broker 2 is down. It holds a replica of 1 partition and is the preferred leader of 1; it has another leader. Look at its process, its host and its network, then start it again.",
  );
});

test("a broker down whose partitions partly found no leader", () => {
  const before = metadata([topic("a", [partition(0, [2]), partition(1, [2, 3])])]);
  const now = [topic("a", [partition(0, [2], { leader: null }), partition(1, [2, 3], { leader: 3, isr: [3] })])];
  expect(told(clusterView(now, { up: [1, 3], before })).slice(0, 2)).toEqual([
    "critical: Broker 2 is down. It held a replica of 2 partitions and led 2; 1 of those has a new leader. Look at its process, its host and its network, then start it again.",
    "critical: 1 partition is offline: a-0. Its only replica is on broker 2 (replication factor 1). Nothing can be read or written there until it returns.",
  ]);
});

test("a topic deleted since the broker went needs no leader", () => {
  const before = metadata([topic("gone", [partition(0, [2, 1])]), topic("a", [partition(0, [2, 1])])]);
  const now = [topic("a", [partition(0, [2, 1], { leader: 1, isr: [1] })])];
  expect(told(clusterView(now, { up: [1, 3], before }))[0]).toContain("and led 1; it has a new leader.");
});

test("a broker without replicas that is down", () => {
  expect(told(clusterView([topic("a", [partition(0, [1])])], { up: [1, 2] }))).toEqual([
    "critical: Broker 3 is down. It held no replicas. Look at its process, its host and its network, then start it again.",
  ]);
});

test("a fenced broker is told apart from one that is down", () => {
  const now = [topic("a", [partition(0, [1, 2], { isr: [1] })])];
  expect(told(clusterView(now, { up: [1, 3], fenced: [2] }))[0]).toBe(
    "critical: Broker 2 is fenced. Its port is open, but the controller keeps clients away from it: it is starting, catching up, or it hangs. It holds a replica of 1 partition. Look at its log, and at its connection to the controllers.",
  );
});

test("many brokers down are told as one", () => {
  const replicas = [4, 5, 6, 7, 8, 9, 10];
  const now = [topic("a", [partition(0, replicas, { leader: null, isr: [4] })])];
  expect(told(clusterView(now))[0]).toBe(
    "critical: 7 brokers are down: 4, 5, 6, 7, 8 and 2 more. So many at once often share a cause: a rack, a network, a roll-out. Look for that first.",
  );
});

test("offline partitions name the topic with the partition, bounded", () => {
  const now = [
    topic(
      "replay",
      Array.from({ length: 7 }, (_, id) => partition(id, [3], { leader: null })),
    ),
  ];
  expect(told(clusterView(now, { up: [1, 2] }))[1]).toBe(
    "critical: 7 partitions are offline: replay-0, replay-1, replay-2, replay-3 and 3 more. Their only replica is on broker 3 (replication factor 1). Nothing can be read or written there until it returns.",
  );
});

test("offline with all of several replicas away", () => {
  const now = (isr: number[]) => [topic("a", [partition(0, [2, 3], { leader: null, isr })])];
  expect(told(clusterView(now([2, 3]), { up: [1] }))).toContain(
    "critical: 1 partition is offline: a-0. All its replicas are on brokers 2 and 3. Nothing can be read or written there until one of them returns.",
  );
  // The return of broker 2 alone would help nobody.
  expect(told(clusterView(now([3]), { up: [1] }))).toContain(
    "critical: 1 partition is offline: a-0. All its replicas are on brokers 2 and 3; the last in sync is on broker 3. Nothing can be read or written there until that one returns.",
  );
});

test("offline while a replica that fell behind is up: the choice between waiting and losing messages is said", () => {
  const now = [topic("a", [partition(0, [1, 2, 4], { leader: null, isr: [2] })])];
  expect(told(clusterView(now, { up: [1, 3] }))).toContain(
    "critical: 1 partition is offline: a-0. The last replicas in sync are on broker 2. The replicas that are up had fallen behind: to lead, they would have to give up messages (unclean.leader.election.enable). Nothing can be read or written there meanwhile.",
  );
});

test("offline on a broker that is up: its log dir failed", () => {
  const now = [topic("a", [partition(0, [1], { leader: null, offlineReplicas: [1] })])];
  expect(told(clusterView(now))[0]).toContain("Their replicas are on log dirs that failed");
});

test("a topic under min ISR refuses writes, with partitions and cause", () => {
  const few = { isr: [1] };
  const now = [
    topic("risk.scores", [
      partition(0, [1, 2]),
      partition(1, [1, 2]),
      partition(2, [1, 2], few),
      partition(3, [1, 2]),
      partition(4, [1, 2], few),
      partition(5, [1, 2]),
      partition(6, [1, 2]),
      partition(7, [1, 2], few),
    ]),
  ];
  expect(told(clusterView(now, { minIsr: 2 }))[0]).toBe(
    "critical: risk.scores refuses writes with acks=all on 3 of 8 partitions. Partitions 2, 4 and 7 have 1 of 2 replicas in sync and min.insync.replicas is 2. Producers get NOT_ENOUGH_REPLICAS; reading still works. Look at the load, disks and log of broker 2, which is up but behind.",
  );
});

test("a topic under min ISR because a broker is away asks for that broker", () => {
  const now = [topic("a", [partition(0, [1, 2, 3], { isr: [1] })])];
  expect(told(clusterView(now, { minIsr: 2, up: [1, 3] }))[1]).toMatch(
    /Bring broker 2 back: its replicas catch up, and writes are accepted again\.$/,
  );
});

test("a broker that was stopped from here is to be started here", () => {
  const view = clusterView([topic("a", [partition(0, [1])])], { up: [1, 3] });
  const brokers = view.brokers.map((one) => (one.id === 2 ? { ...one, process: "stopped" as const } : one));
  expect(told({ ...view, brokers })).toEqual([
    "critical: Broker 2 is down. It held no replicas. It was stopped from here: start it again.",
  ]);
});

test("a topic of one partition under min ISR", () => {
  const now = [topic("a", [partition(0, [1, 2, 3], { isr: [1] })])];
  expect(told(clusterView(now, { minIsr: 2 }))[0]).toBe(
    "critical: a refuses writes with acks=all. Partition 0 has 1 of 3 replicas in sync and min.insync.replicas is 2. Producers get NOT_ENOUGH_REPLICAS; reading still works. Look at the load, disks and log of brokers 2 and 3, which are up but behind.",
  );
});

test("all partitions under min ISR, not all alike", () => {
  const now = [topic("a", [partition(0, [1, 2, 3], { isr: [1] }), partition(1, [1, 2, 3], { isr: [1, 2] })])];
  expect(told(clusterView(now, { minIsr: 3 }))[0]).toContain(
    "a refuses writes with acks=all on all 2 partitions. Partitions 0 and 1 have too few replicas in sync and",
  );
});

test("many topics under min ISR are told as one, bounded", () => {
  const now = Array.from({ length: 9 }, (_, index) => topic(`t${index}`, [partition(0, [1, 2], { isr: [1] })]));
  expect(told(clusterView(now, { minIsr: 2 }))[0]).toBe(
    "critical: 9 partitions of 9 topics refuse writes with acks=all. Fewer replicas are in sync than min.insync.replicas asks for: t0, t1, t2, t3, t4 and 4 more. Producers get NOT_ENOUGH_REPLICAS; reading still works. Look at the load, disks and log of broker 2, which is up but behind.",
  );
});

test("a min ISR above the number of replicas asks for no more than there are", () => {
  expect(told(clusterView([topic("a", [partition(0, [1])])], { minIsr: 2 }))).toEqual([]);
});

test("replicas that lag on a broker that is up are told as that", () => {
  const now = [topic("a", [partition(0, [1, 2], { isr: [1] })])];
  expect(told(clusterView(now))).toEqual([
    "warning: 1 partition is under-replicated. Broker 2 is up, but 1 of its replicas is catching up or can't follow. If that goes on, look at its load, disks and log.",
  ]);
});

test("several brokers behind under-replicated partitions", () => {
  const now = [topic("a", [partition(0, [1, 2, 3], { isr: [1] }), partition(1, [1, 4, 5], { isr: [1] })])];
  expect(told(clusterView(now)).at(-1)).toBe(
    "warning: 2 partitions are under-replicated. Brokers 4 and 5 are not up: the replicas they hold are out of sync, and catch up by themselves once they are back. Brokers 2 and 3 are up, but some of their replicas are catching up or can't follow. If that goes on, look at their load, disks and log.",
  );
});

test("no leader of the quorum is critical", () => {
  const quorum = { leaderId: -1, leaderEpoch: 3, highWatermark: 0n, voters: [] };
  expect(told(clusterView([], { quorum }))[0]).toMatch(/^critical: No controller is active\./);
});

test("a voter that went silent, and how many more the quorum can lose", () => {
  const voter = (id: number, lastFetchMs: number | null) => ({ id, logEndOffset: 5n, lastFetchMs });
  const quorum = (voters: ReturnType<typeof voter>[]) => ({ leaderId: 1, leaderEpoch: 3, highWatermark: 5n, voters });
  expect(
    told(clusterView([], { quorum: quorum([voter(1, 1_000_000), voter(2, 980_000), voter(3, 999_900)]) })),
  ).toEqual([
    "warning: Controller 2 no longer follows the quorum. 2 of three voters follow. If one more is lost, topics can't be created or changed and no leader can move.",
  ]);
  const five = [voter(1, 1_000_000), voter(2, 0), voter(3, 999_000), voter(4, 999_000), voter(5, 999_000)];
  expect(told(clusterView([], { quorum: quorum(five) }))[0]).toContain(
    "4 of five voters follow. The cluster can lose one more and still be changed.",
  );
});

test("voters are timed by the quorum leader's clock, however far it is from this server's", () => {
  const voter = (id: number, lastFetchMs: number | null) => ({ id, logEndOffset: 5n, lastFetchMs });
  const quorum = (voters: ReturnType<typeof voter>[]) => ({ leaderId: 1, leaderEpoch: 3, highWatermark: 5n, voters });
  const told30sApart = (voters: ReturnType<typeof voter>[]) =>
    [970_000, 1_030_000].map((nowMs) => told(clusterView([], { nowMs, quorum: quorum(voters) })));
  expect(told30sApart([voter(1, 1_000_000), voter(2, 999_500), voter(3, 999_900)])).toEqual([[], []]);
  const cutOff = told30sApart([voter(1, 1_000_000), voter(2, 980_000), voter(3, 980_000)]);
  for (const [first] of cutOff) {
    expect(first).toBe(
      "critical: Controllers 2 and 3 no longer follow the quorum. 1 of three voters follows. Until two do, topics can't be created or changed and no leader can move.",
    );
  }
  expect(told(clusterView([], { quorum: quorum([voter(1, null), voter(2, null)]) }))).toEqual([]);
});

test("a disk is told from 85% on, and critical from 95% on", () => {
  const dir = (usable: bigint) => [
    { path: "/data", errorCode: 0, totalBytes: 1_000n << 30n, usableBytes: usable << 30n },
  ];
  const at = (usable: bigint) => told(clusterView([], { volumes: new Map([[2, dir(usable)]]) }));
  expect(at(151n)).toEqual([]);
  expect(at(150n)).toEqual([
    "warning: Broker 2's disk is 85% full. 150 GiB of 1000 GiB are left where /data lies. A broker whose disk is full stops: shorten the retention of its largest topics, move partitions to other brokers, or enlarge the disk.",
  ]);
  expect(at(50n)[0]).toMatch(/^critical: Broker 2's disk is 95% full\./);
});

test("a failed log dir is told by Kafka's own name for the error", () => {
  const dir = { path: "/data2", errorCode: 56, totalBytes: null, usableBytes: null };
  expect(told(clusterView([], { volumes: new Map([[1, [dir]]]) }))[0]).toBe(
    "critical: Broker 1 can't use its log directory /data2. It says KAFKA_STORAGE_ERROR: the replicas there are offline on this broker. Look at the disk, and at the broker's log.",
  );
});

test("what could not be read is told once by its reason, but not what a broker that is down takes with it", () => {
  const missing = [
    { part: "quorum", code: "kafka-forbidden", detail: "It needs Describe on Cluster kafka-cluster." },
    { part: "sizes and disks", code: "kafka-forbidden", detail: "It needs Describe on Cluster kafka-cluster." },
    { part: "sizes on broker 3", code: "broker-unreachable", detail: "Broker 3 is down.", brokerId: 3 },
  ];
  expect(told(clusterView([], { missing, up: [1, 2] }))).toEqual([
    "critical: Broker 3 is down. It held no replicas. Look at its process, its host and its network, then start it again.",
    "info: This user may not see everything: quorum and sizes and disks. It needs Describe on Cluster kafka-cluster.",
  ]);
});
