import { expect, test } from "vitest";
import { withMembers } from "#lib/assignment-what-if.ts";
import { groupOf, memberOf, partitionOf } from "./group.fixture.ts";
import { busiestWords, whatIfInput, whatIfWords } from "./what-if-model.ts";

const partitions = Array.from({ length: 6 }, (_, partition) =>
  partitionOf("orders", partition, { producedPerSecond: partition === 3 ? 50 : 10 }),
);
const members = ["a", "b"].map((id, index) =>
  memberOf(id, {
    subscribedTopics: ["orders"],
    assigned: [{ topic: "orders", partitions: index === 0 ? [0, 1, 2] : [3, 4, 5] }],
  }),
);
const spaced = (text: string | null) => text?.replaceAll("\u00a0", " ");

test("the group's own assignor is offered first, of those that its type can have", () => {
  expect(whatIfInput(groupOf({ members, partitions }))).toMatchObject({
    own: "range",
    choices: ["range", "roundrobin", "sticky", "cooperative-sticky"],
  });
  expect(whatIfInput(groupOf({ type: "consumer", assignor: "uniform" }))).toMatchObject({
    own: "uniform",
    choices: ["uniform", "range"],
  });
  expect(whatIfInput(groupOf({ assignor: "com.acme.Ours" })).own).toBeNull();
});

test("topics that no member reads are no part of it; without members all that were committed are", () => {
  const more = [...partitions, partitionOf("old", 0)];
  expect([...whatIfInput(groupOf({ members, partitions: more })).partitionCounts]).toEqual([["orders", 6]]);
  expect([...whatIfInput(groupOf({ members: [], partitions: more })).partitionCounts]).toEqual([
    ["orders", 6],
    ["old", 1],
  ]);
});

test("says who gets how many, and what the busiest has to read", () => {
  const input = whatIfInput(groupOf({ members, partitions }));
  const result = (count: number) => withMembers("range", input.present, count, input.partitionCounts);
  expect(spaced(whatIfWords(result(2)))).toBe("2 members get 3 partitions each. Nothing changes hands.");
  expect(spaced(whatIfWords(result(8)))).toBe("6 members get 1 partition each, 2 get none. 5 partitions change hands.");
  expect(spaced(whatIfWords(result(4)))).toBe("4 members get 1 to 2 partitions. 3 partitions change hands.");
  expect(busiestWords(result(2), partitions)).toBe("The busiest has 70/s of 100/s to read.");
  expect(busiestWords(result(2), [partitionOf("orders", 0, { producedPerSecond: null })])).toBeNull();
});
