import type { GroupVerdict, VerdictKind } from "#lib/contracts/groups.ts";
import type { GroupMember, GroupReading, GroupsReading, TopicEnds } from "#server/groups/group-reading.ts";
import { GroupHistories } from "#server/groups/observer/group-histories.ts";
import type { SampledHistory } from "#server/groups/observer/sampled-history.ts";
import { judgeGroup } from "#server/groups/verdicts/judge-group.ts";

/** A group that reads topic "t", at one moment. Arrays are by partition. */
export interface Scene {
  /** Null: no commit there. */
  readonly committed: readonly (bigint | null)[];
  readonly high: readonly (bigint | null)[];
  /** 0 unless told. */
  readonly start?: readonly (bigint | null)[];
  /** As `high` unless told. */
  readonly stable?: readonly (bigint | null)[];
  /** What each member holds; [] is an idle one. Their names are m0, m1, … */
  readonly members?: readonly (readonly number[])[];
  readonly state?: GroupReading["state"];
  readonly topicId?: string | null;
  readonly epoch?: number | null;
  /** Instead of m: others came in place of all. */
  readonly memberPrefix?: string;
  /** False: its commits can't be read. */
  readonly readable?: boolean;
  readonly protocolType?: string;
}

const STORY_GROUP = "g";
const STORY_TOPIC = "t";
const BEGIN_MS = 1_700_000_000_000;
const STEP_MS = 10_000;

/** Tells the observer's histories what a group did, sample by sample, without a clock or a broker. */
export class GroupStory {
  readonly histories: GroupHistories;
  nowMs = BEGIN_MS;
  /** By partition: what a look found. */
  readonly nothingReadable = new Map<number, boolean>();
  #reading: GroupsReading | null = null;

  constructor(budgetBytes?: number) {
    this.histories = new GroupHistories(budgetBytes);
  }

  /** One sample, 10 s (or `afterMs`) after the one before; null: nothing could be read. */
  step(scene: Scene | null, afterMs = STEP_MS): this {
    this.nowMs += afterMs;
    const reading = scene === null ? null : groupsReading([groupReading(STORY_GROUP, scene)], scene);
    this.histories.add(reading, this.nowMs);
    if (reading !== null) this.#reading = reading;
    return this;
  }

  /** The next sample shows what Tailrace itself moved. */
  reset(scene: Scene): this {
    this.histories.ownMoves.note(STORY_GROUP, this.nowMs + 1);
    return this.step(scene);
  }

  /** Samples until `forMs` have passed: `scene` is told how many seconds it is since this began, from 10 on. */
  go(forMs: number, scene: (seconds: number) => Scene | null): this {
    for (let passedMs = STEP_MS; passedMs <= forMs; passedMs += STEP_MS) this.step(scene(passedMs / 1_000));
    return this;
  }

  get history(): SampledHistory {
    const history = this.histories.history(STORY_GROUP);
    if (history === null) throw new Error("the group was not sampled");
    return history;
  }

  /** Judged by the newest sample, or by a scene that is read `laterMs` after it. */
  verdicts(scene?: Scene, laterMs = 0): GroupVerdict[] {
    const now = scene === undefined ? this.#reading : groupsReading([groupReading(STORY_GROUP, scene)], scene);
    const reading = now?.groups.get(STORY_GROUP);
    if (now === null || reading === undefined) throw new Error("the group was not read");
    return judgeGroup({
      reading,
      ends: now.ends,
      history: this.histories.history(STORY_GROUP),
      nothingReadable: (_topic, partition) => this.nothingReadable.get(partition) ?? null,
      nowMs: this.nowMs + laterMs,
    });
  }

  kinds(scene?: Scene, laterMs = 0): VerdictKind[] {
    return this.verdicts(scene, laterMs).map(({ kind }) => kind);
  }
}

export function groupReading(group: string, scene: Scene): GroupReading {
  const { committed, members = [], state = members.length > 0 ? "stable" : "empty", readable = true } = scene;
  const commits = committed.flatMap((offset, partition) =>
    offset === null ? [] : ([[partition, { offset, leaderEpoch: null, metadata: "" }]] as const),
  );
  const rebalances = state === "preparing-rebalance" || state === "completing-rebalance";
  return {
    group,
    type: rebalances ? "classic" : "consumer",
    state,
    protocolType: scene.protocolType ?? "consumer",
    assignor: members.length > 0 ? "uniform" : null,
    coordinator: 1,
    groupEpoch: scene.epoch ?? null,
    members: members.map((partitions, index) =>
      member(`${scene.memberPrefix ?? "m"}${index}`, index, partitions, !rebalances),
    ),
    committed: readable ? new Map(commits.length === 0 ? [] : [[STORY_TOPIC, new Map(commits)]]) : null,
  };
}

/** @param told false: as brokers describe members of a classic group that rebalances */
function member(name: string, index: number, partitions: readonly number[], told: boolean): GroupMember {
  return {
    memberId: `${name}-id`,
    instanceId: null,
    clientId: name,
    host: `10.0.0.${index}`,
    rackId: null,
    subscribedTopics: told ? [STORY_TOPIC] : [],
    subscribedPattern: null,
    assigned: new Map(partitions.length === 0 ? [] : [[STORY_TOPIC, partitions]]),
    target: null,
    memberEpoch: null,
  };
}

export function groupsReading(groups: readonly GroupReading[], scene: Scene): GroupsReading {
  const { high, start = high.map(() => 0n), stable = high } = scene;
  const ends: TopicEnds = { logStartOffsets: start, highWatermarks: high, lastStableOffsets: stable };
  const topicId = scene.topicId === undefined ? "id" : scene.topicId;
  return {
    groups: new Map(groups.map((group) => [group.group, group])),
    ends: new Map([[STORY_TOPIC, ends]]),
    metadata: {
      clusterId: null,
      controllerProxy: null,
      brokers: [],
      topics: [{ name: STORY_TOPIC, topicId, internal: false, errorCode: 0, partitions: [] }],
    },
    missing: [],
  };
}
