import type { GroupState, GroupType } from "#lib/contracts/groups.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { Metadata } from "../kafka/read-metadata.ts";

/** What a group has stored for one partition. */
export interface CommittedOffset {
  readonly offset: bigint;
  /** Of the message before it (KIP-320); null when the consumer didn't say. */
  readonly leaderEpoch: number | null;
  readonly metadata: string;
}

/** Partitions by topic. */
export type Assignment = ReadonlyMap<string, readonly number[]>;

export interface GroupMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  /** Without its leading slash. */
  readonly host: string;
  readonly rackId: string | null;
  readonly subscribedTopics: readonly string[];
  /** KIP-848, RE2/J. */
  readonly subscribedPattern: string | null;
  readonly assigned: Assignment;
  /** KIP-848: what it shall have; null for classic members. */
  readonly target: Assignment | null;
  readonly memberEpoch: number | null;
}

/** A group as its coordinator describes it. */
export interface DescribedGroup {
  readonly group: string;
  readonly type: GroupType;
  readonly state: GroupState;
  readonly protocolType: string | null;
  /** Null without members. */
  readonly assignor: string | null;
  readonly coordinator: number | null;
  /** Null for groups whose members can't be read (share and streams, unless the broker tells). */
  readonly members: readonly GroupMember[] | null;
  /** KIP-848. */
  readonly groupEpoch: number | null;
}

/** The same with what it has committed, by topic, by partition. */
export interface GroupReading extends DescribedGroup {
  /** Null: could not be read, or its type has none. A partition that isn't in it has no commit. */
  readonly committed: ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>> | null;
}

/** Both ends of a topic's partitions, by partition from 0; null where they could not be read. */
export interface TopicEnds {
  readonly logStartOffsets: readonly (bigint | null)[];
  readonly highWatermarks: readonly (bigint | null)[];
  readonly lastStableOffsets: readonly (bigint | null)[];
}

/** All groups at one moment, with the ends of the partitions they read. */
export interface GroupsReading {
  /** By id. */
  readonly groups: ReadonlyMap<string, GroupReading>;
  /** Of every topic that some group has committed or is assigned. */
  readonly ends: ReadonlyMap<string, TopicEnds>;
  readonly metadata: Metadata;
  readonly missing: readonly MissingPart[];
}
