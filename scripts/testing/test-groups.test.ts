import { afterAll, beforeAll, expect, test } from "vitest";
import {
  consumerGroupsTool,
  describeByCli,
  exportByCli,
  parseDescription,
  resetByCli,
  resetFromFileByCli,
} from "./consumer-groups-cli.ts";
import { TestGroups } from "./test-groups.ts";
import { TestTopics } from "./test-topics.ts";

const topics = new TestTopics();
const groups = new TestGroups();
let topic: string;

beforeAll(async () => {
  topic = await topics.create({ partitions: 2 });
  await topics.send(
    topic,
    Array.from({ length: 20 }, (_, i) => ({ partition: i % 2, value: `message ${i}` })),
  );
});

afterAll(async () => {
  await groups.close();
  await topics.close();
});

test("a group that only commits is empty, and the tool prints its offsets", async () => {
  const group = groups.name("a", "/b ..");
  await groups.commit(group, { [topic]: { 0: 4, 1: 10n } });
  expect(await groups.listed(group)).toEqual({ state: "Empty", type: "classic" });
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 4n, 1: 10n } });
  const printed = await describeByCli(group, "offsets");
  expect(
    printed.map((line) => [line.TOPIC, line.PARTITION, line["CURRENT-OFFSET"], line["LOG-END-OFFSET"], line.LAG]),
  ).toEqual([
    [topic, "0", "4", "10", "6"],
    [topic, "1", "10", "10", "0"],
  ]);
  expect(await describeByCli(group, "state")).toEqual([expect.objectContaining({ STATE: "Empty", "#MEMBERS": "0" })]);
});

test("the tool's resets: what it would do, what it does, what it exports", async () => {
  const group = groups.name();
  await groups.commit(group, { [topic]: { 0: 4 } });
  const earliest = [
    { topic, partition: 0, offset: "0" },
    { topic, partition: 1, offset: "0" },
  ];
  expect(await resetByCli(group, ["--to-earliest", "--topic", topic], "dry-run")).toEqual(earliest);
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 4n } });
  expect(await resetByCli(group, ["--to-earliest", "--topic", topic], "execute")).toEqual(earliest);
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n } });
  const moved = [{ topic, partition: 1, offset: "7" }];
  expect(await resetFromFileByCli(group, `${topic},1,7\n`, "execute")).toEqual(moved);
  expect(await exportByCli(group)).toContain(`${topic},1,7`);
  await expect(resetByCli(group, ["--to-earliest", "--topic", "no-such-topic"], "dry-run")).rejects.toThrow(
    /UnknownTopicOrPartition/,
  );
});

test("classic members join, commit what they read, and leave", async () => {
  const group = groups.name();
  const member = await groups.classicMember({ group, topics: [topic], clientId: "reader" });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10 });
  expect(await groups.members(group)).toEqual(["reader"]);
  const second = await groups.classicMember({ group, topics: [topic], commit: false });
  await groups.awaitMemberCount(group, 2);
  await second.stop();
  await groups.awaitMemberCount(group, 1);
  await member.stop();
  await groups.awaitState(group, "Empty");
});

test("a member that doesn't commit leaves no offsets", async () => {
  const group = groups.name();
  const member = await groups.classicMember({ group, topics: [topic], commit: false });
  await member.stop();
  await groups.awaitState(group, "Empty");
  expect(await groups.committed(group)).toEqual({});
});

test("KIP-848 members have their partitions once they are there", async () => {
  const group = groups.name();
  const member = await groups.nextGenMember({ group, topics: [topic], clientId: "next" });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10 });
  expect(await groups.listed(group)).toEqual({ state: "Stable", type: "consumer" });
  expect(await describeByCli(group, "members")).toEqual([
    expect.objectContaining({ "CLIENT-ID": "next", "#PARTITIONS": "2" }),
  ]);
  await member.stop();
  await groups.awaitState(group, "Empty");
});

test("Kafka's own consumer joins as a static member, classic and KIP-848", async () => {
  for (const protocol of ["classic", "consumer"]) {
    const group = groups.name();
    const config = { "group.instance.id": "static-1", "group.protocol": protocol };
    const member = await groups.javaMember({ group, topics: [topic], clientId: "java", config });
    expect(await groups.listed(group)).toEqual({ state: "Stable", type: protocol });
    expect(await groups.members(group)).toEqual(["java"]);
    await member.stop();
  }
});

test("share groups", async () => {
  const group = groups.name("share");
  const member = await groups.shareMember({ group, topics: [topic] });
  expect(await groups.listed(group)).toEqual({ state: "Stable", type: "share" });
  await member.stop();
  await groups.awaitState(group, "Empty");
});

test("what isn't there is said by the tool, and is no line", async () => {
  const group = groups.name("missing");
  expect(await groups.listed(group)).toBeNull();
  expect(await describeByCli(group, "offsets")).toEqual([]);
  expect(await consumerGroupsTool("--describe", "--group", group)).toContain("not found");
});

test("a printed coordinator is one word", () => {
  const printed = "GROUP COORDINATOR (ID)  STATE\nmy group 127.0.0.1:9092  (2)  Empty\n";
  expect(parseDescription(printed, "my group")).toEqual([{ "COORDINATOR(ID)": "127.0.0.1:9092(2)", STATE: "Empty" }]);
});
