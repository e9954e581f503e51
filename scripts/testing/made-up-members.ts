import { setTimeout as delay } from "node:timers/promises";
import type { ClusterContext } from "#server/context.ts";
import { askBroker, defineRequest } from "#server/kafka/broker-request.ts";
import { findCoordinators } from "#server/kafka/find-coordinators.ts";
import type { WireWriter } from "#server/kafka/wire-writer.ts";

/** Members that no consumer library makes: what they say of themselves, bytes too, is the test's. They never heartbeat by themselves. */

const MEMBER_ID_REQUIRED = 79;
const SESSION_MS = 30_000;
const LEAVES = -1;
const POLL_MS = 100;
const WAIT_MS = 20_000;

type Kafka = Pick<ClusterContext, "kafka" | "signal">;

interface ClassicJoin {
  readonly group: string;
  readonly memberId: string;
  readonly protocolType: string;
  readonly metadata: Uint8Array;
}

const joinGroup = defineRequest<ClassicJoin, { errorCode: number; generation: number; memberId: string }>({
  key: 11,
  versions: [9],
  since: "Kafka 3.2",
  write: (writer, { group, memberId, protocolType, metadata }) => {
    writer.string(group).int32(SESSION_MS).int32(SESSION_MS).string(memberId).string(null).string(protocolType);
    writer.structs(["made-up"], (name) => writer.string(name).bytes(metadata)).string(null);
  },
  read: (reader) => {
    reader.int32();
    const errorCode = reader.int16();
    const generation = reader.int32();
    reader.nullableString();
    reader.nullableString();
    reader.string();
    reader.boolean();
    return { errorCode, generation, memberId: reader.string() };
  },
});

interface ClassicSync extends Omit<ClassicJoin, "metadata"> {
  readonly generation: number;
  readonly assignment: Uint8Array;
}

const syncGroup = defineRequest<ClassicSync, number>({
  key: 14,
  versions: [5],
  since: "Kafka 2.5",
  write: (writer, { group, generation, memberId, protocolType, assignment }) => {
    writer.string(group).int32(generation).string(memberId).string(null).string(protocolType).string("made-up");
    writer.structs([memberId], (member) => writer.string(member).bytes(assignment));
  },
  read: (reader) => {
    reader.int32();
    return reader.int16();
  },
});

const leaveGroup = defineRequest<{ group: string; memberId: string }, number>({
  key: 13,
  versions: [5],
  since: "Kafka 3.2",
  write: (writer, { group, memberId }) => {
    writer.string(group).structs([memberId], (member) => writer.string(member).string(null).string(null));
  },
  read: (reader) => {
    reader.int32();
    return reader.int16();
  },
});

/** The only member of a classic group, with these bytes as its metadata and its assignment; stable once this resolves. */
export async function madeUpClassicMember(
  ctx: Kafka,
  {
    group,
    protocolType = "consumer",
    metadata,
    assignment,
  }: { group: string; protocolType?: string; metadata: Uint8Array; assignment: Uint8Array },
): Promise<{ memberId: string; stop: () => Promise<void> }> {
  const coordinator = await coordinatorOf(ctx, group);
  const ask = <Input, Answer>(request: Parameters<typeof askBroker<Input, Answer>>[2], input: Input) =>
    askBroker(ctx.kafka, coordinator, request, input, { what: "a test's member", lane: "bulk" }, ctx.signal);
  const first = await ask(joinGroup, { group, memberId: "", protocolType, metadata });
  if (first.errorCode !== MEMBER_ID_REQUIRED) throw new Error(`Not asked to join again: error ${first.errorCode}`);
  const { memberId } = first;
  const joined = await ask(joinGroup, { group, memberId, protocolType, metadata });
  const { generation } = joined;
  const synced = await ask(syncGroup, { group, memberId, protocolType, generation, assignment });
  if (joined.errorCode !== 0 || synced !== 0) throw new Error(`Not joined: errors ${joined.errorCode}, ${synced}`);
  return {
    memberId,
    stop: async () => {
      await ask(leaveGroup, { group, memberId });
    },
  };
}

interface StreamsHeartbeat {
  readonly group: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  /** The subtopologies and what they read, when joining. */
  readonly topology: Readonly<Record<string, readonly string[]>> | null;
  /** Null: as before. */
  readonly active: ReadonlyMap<string, readonly number[]> | null;
}

const streamsGroupHeartbeat = defineRequest<
  StreamsHeartbeat,
  {
    errorCode: number;
    errorMessage: string | null;
    memberEpoch: number;
    active: ReadonlyMap<string, readonly number[]>;
  }
>({
  key: 88,
  versions: [0],
  since: "Kafka 4.1",
  write: (writer, { group, memberId, memberEpoch, topology, active }) => {
    writer.string(group).string(memberId).int32(memberEpoch).int32(0).string(null).string(null).int32(SESSION_MS);
    writeTopology(writer, topology);
    const tasks = (owned: ReadonlyMap<string, readonly number[]> | null) =>
      writer.structs(owned, ([subtopology, partitions]) => writer.string(subtopology).int32s(partitions));
    tasks(active);
    tasks(active && new Map());
    tasks(active && new Map());
    writer
      .string("process")
      .int8(-1)
      .structs([], () => {});
    writer.structs(null, () => {}).structs(null, () => {});
    writer.boolean(false);
  },
  read: (reader) => {
    reader.int32();
    const errorCode = reader.int16();
    const errorMessage = reader.nullableString();
    reader.string();
    const memberEpoch = reader.int32();
    reader.int32();
    reader.int32();
    reader.int32();
    reader.structs((r) => {
      r.int8();
      r.string();
    });
    const active = new Map(reader.structs((r) => [r.string(), r.int32s()] as const));
    return { errorCode, errorMessage, memberEpoch, active };
  },
});

function writeTopology(writer: WireWriter, topology: StreamsHeartbeat["topology"]): void {
  if (topology === null) {
    writer.int8(-1);
    return;
  }
  writer.int8(1).int32(0);
  writer.structs(Object.entries(topology), ([subtopology, sources]) => {
    writer.string(subtopology).strings(sources).strings([]);
    writer.structs([], () => {}).strings([]);
    writer.structs([], () => {}).structs([], () => {});
  });
  writer.noTags();
}

/** The only member of a streams group (KIP-1071); it has its tasks once this resolves. */
export async function madeUpStreamsMember(
  ctx: Kafka,
  { group, topology }: { group: string; topology: Readonly<Record<string, readonly string[]>> },
): Promise<{ memberId: string; stop: () => Promise<void> }> {
  const coordinator = await coordinatorOf(ctx, group);
  const memberId = "made-up-streams-member";
  const beat = async (heartbeat: Omit<StreamsHeartbeat, "group" | "memberId">) => {
    const input = { group, memberId, ...heartbeat };
    const question = { what: "a test's member" };
    const answer = await askBroker(ctx.kafka, coordinator, streamsGroupHeartbeat, input, question, ctx.signal);
    if (answer.errorCode !== 0) throw new Error(`Heartbeat refused: ${answer.errorCode} ${answer.errorMessage}`);
    return answer;
  };
  let { memberEpoch, active } = await beat({ memberEpoch: 0, topology, active: new Map() });
  for (const until = Date.now() + WAIT_MS; active.size === 0; await delay(POLL_MS)) {
    if (Date.now() > until) throw new Error("No task was given to the member.");
    ({ memberEpoch, active } = await beat({ memberEpoch, topology: null, active: null }));
  }
  await beat({ memberEpoch, topology: null, active });
  return {
    memberId,
    stop: async () => {
      await beat({ memberEpoch: LEAVES, topology: null, active: null });
    },
  };
}

async function coordinatorOf({ kafka, signal }: Kafka, group: string): Promise<number> {
  const found = (await findCoordinators(kafka, [group], signal)).get(group);
  if (found === undefined || "errorCode" in found) throw new Error(`${group} has no coordinator`);
  return found.brokerId;
}
