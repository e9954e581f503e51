import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Kafka, logLevel, PartitionAssigners } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kafkaRuntime } from "#scripts/local-kafka/tools.ts";
import {
  type AssignedMember,
  type Assignments,
  type Assignor,
  assignPartitions,
  type Place,
} from "./assignment-what-if.ts";

const SOURCE = fileURLToPath(new URL("../scripts/testing/JavaAssignors.java", import.meta.url));
const JAVA_TIMEOUT_MS = 60_000;
const CASES_EACH = 60;

interface Case {
  readonly assignor: Assignor;
  readonly counts: ReadonlyMap<string, number>;
  readonly members: readonly AssignedMember[];
}

/** The same numbers in every run: a generator of Lehmer's. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** `alike`: all members read all topics. Half of the sticky cases start from what some assignment left. */
function casesOf(assignor: Assignor, alike: boolean, seed: number): Case[] {
  const random = randomOf(seed);
  return Array.from({ length: CASES_EACH }, (_, index) => {
    const topics = Array.from({ length: 1 + random(4) }, (_, topic) => `t${topic}`);
    const counts = new Map(topics.map((topic) => [topic, 1 + random(7)]));
    const places: Place[] = topics.flatMap((topic) =>
      Array.from({ length: counts.get(topic) ?? 0 }, (_, partition) => ({ topic, partition })),
    );
    const size = 1 + random(6);
    const members = Array.from({ length: size }, (_, member) => {
      const read = alike ? topics : topics.filter(() => random(2) === 0);
      const owned = index % 2 === 0 ? [] : places.filter((_, place) => (place * 7) % (size + 1) === member);
      return {
        id: `m${(member * 5) % 7}`,
        instanceId: random(4) === 0 ? `i${(member * 3) % 7}` : null,
        topics: new Set(read.length === 0 ? topics.slice(0, 1) : read),
        owned: owned.filter(({ topic }) => read.includes(topic)),
      };
    });
    // A consumer asks for the partitions of the topics that somebody reads.
    const someRead = new Map([...counts].filter(([topic]) => members.some((member) => member.topics.has(topic))));
    return { assignor, counts: someRead, members };
  });
}

const inTurn = [
  ...casesOf("range", true, 11),
  ...casesOf("range", false, 12),
  ...casesOf("roundrobin", true, 13),
  ...casesOf("roundrobin", false, 14),
];
const sticky = [...casesOf("cooperative-sticky", true, 15), ...casesOf("cooperative-sticky", false, 16)];
const folder = mkdtempSync(join(tmpdir(), "tailrace-assignors-"));
let answers: Map<Case, Assignments>;

beforeAll(async () => {
  const { java, classPath } = await kafkaRuntime();
  const cases = [...inTurn, ...sticky];
  const file = join(folder, "cases");
  writeFileSync(file, cases.map(lineOf).join("\n"));
  const { stdout } = await promisify(execFile)(java.command, ["-cp", classPath, SOURCE, file], {
    timeout: JAVA_TIMEOUT_MS,
  });
  const lines = stdout.trimEnd().split("\n");
  answers = new Map(cases.map((one, index) => [one, assignmentsOf(lines[index] ?? "")]));
}, JAVA_TIMEOUT_MS + 10_000);

afterAll(() => rmSync(folder, { recursive: true }));

test("range and roundrobin assign what Kafka's own consumers assign, partition by partition", () => {
  for (const one of inTurn) {
    expect(inOrder(assignPartitions(one.assignor, one.members, one.counts)), lineOf(one)).toEqual(
      inOrder(answers.get(one)),
    );
  }
});

test("sticky assignments give as many each as Kafka's own consumers do, and move no more", () => {
  for (const one of sticky.filter(isAlike)) {
    const [ours, theirs] = [assignPartitions(one.assignor, one.members, one.counts), answers.get(one)];
    expect(sizesOf(ours), lineOf(one)).toEqual(sizesOf(theirs));
    expect(keptOf(one, ours), lineOf(one)).toBeGreaterThanOrEqual(keptOf(one, theirs));
  }
});

test("where members read different topics, sticky assignments are no less even than those of Kafka's consumers", () => {
  for (const one of sticky.filter((each) => !isAlike(each))) {
    const sizes = sizesOf(assignPartitions(one.assignor, one.members, one.counts));
    const theirs = sizesOf(answers.get(one));
    expect(sizes.at(-1), lineOf(one)).toBeLessThanOrEqual(theirs.at(-1) ?? 0);
    expect(sizes[0], lineOf(one)).toBeGreaterThanOrEqual(theirs[0] ?? 0);
  }
});

test("roundrobin assigns what kafkajs assigns to members that read the same", async () => {
  const kafka = new Kafka({ brokers: ["127.0.0.1:9"], logLevel: logLevel.NOTHING });
  for (const one of inTurn.filter((each) => each.assignor === "roundrobin" && isAlike(each))) {
    const assigner = PartitionAssigners.roundRobin({
      cluster: {
        findTopicPartitionMetadata: (topic: string) =>
          Array.from({ length: one.counts.get(topic) ?? 0 }, (_, partitionId) => ({ partitionId })),
      },
      logger: kafka.logger(),
      groupId: "group",
    } as Parameters<typeof PartitionAssigners.roundRobin>[0]);
    const topics = [...one.counts.keys()];
    const members = one.members.map(({ id }) => ({ memberId: id, memberMetadata: Buffer.alloc(0) }));
    const assigned = await assigner.assign({ members, topics });
    // kafkajs knows no static members.
    const dynamic = one.members.map((member) => ({ ...member, instanceId: null }));
    const ours = assignPartitions("roundrobin", dynamic, one.counts);
    for (const { memberId, memberAssignment } of assigned) {
      const theirs = decodeAssignment(memberAssignment);
      expect(keysOf(ours.get(memberId)), lineOf(one)).toEqual(theirs);
    }
  }
});

function lineOf({ assignor, counts, members }: Case): string {
  const topics = [...counts].map(([topic, count]) => `${topic}=${count}`).join(",");
  const all = members.map(({ id, instanceId, topics: read, owned }) =>
    [id, instanceId ?? "", [...read].join("+"), keysOf(owned).join("+")].join(":"),
  );
  return `${assignor}|${topics}|${all.join(";")}`;
}

function assignmentsOf(line: string): Assignments {
  return new Map(
    line.split(";").map((text) => {
      const [id = "", places = ""] = text.split("=");
      return [id, places === "" ? [] : places.split(" ").map(placeOf)];
    }),
  );
}

function placeOf(text: string): Place {
  const hyphen = text.lastIndexOf("-");
  return { topic: text.slice(0, hyphen), partition: Number(text.slice(hyphen + 1)) };
}

function keysOf(places: readonly Place[] = []): string[] {
  return places.map(({ topic, partition }) => `${topic}-${partition}`).toSorted();
}

function inOrder(assignments: Assignments = new Map()): Record<string, string[]> {
  return Object.fromEntries([...assignments].map(([id, places]) => [id, keysOf(places)]));
}

function sizesOf(assignments: Assignments = new Map()): number[] {
  return [...assignments.values()].map((places) => places.length).toSorted((a, b) => a - b);
}

function isAlike({ members, counts }: Case): boolean {
  return members.every(({ topics }) => topics.size === counts.size);
}

function keptOf({ members }: Case, assignments: Assignments = new Map()): number {
  return members.reduce((sum, { id, owned }) => {
    const now = new Set(keysOf(assignments.get(id)));
    return sum + keysOf(owned).filter((key) => now.has(key)).length;
  }, 0);
}

/** ConsumerProtocolAssignment, version 0. */
function decodeAssignment(bytes: Buffer): string[] {
  const keys: string[] = [];
  let at = 6;
  for (let topics = bytes.readInt32BE(2); topics > 0; topics--) {
    const length = bytes.readInt16BE(at);
    const topic = bytes.toString("utf8", at + 2, at + 2 + length);
    at += 2 + length;
    const count = bytes.readInt32BE(at);
    at += 4;
    for (let each = 0; each < count; each++, at += 4) keys.push(`${topic}-${bytes.readInt32BE(at)}`);
  }
  return keys.toSorted();
}
