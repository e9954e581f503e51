import { expect, test } from "vitest";
import {
  type AssignedMember,
  type Assignments,
  assignPartitions,
  knownAssignor,
  withMembers,
} from "./assignment-what-if.ts";

function member(id: string, topics: readonly string[], owned: readonly string[] = []): AssignedMember {
  return { id, instanceId: null, topics: new Set(topics), owned: owned.map(placeOf) };
}

function placeOf(text: string) {
  const [, topic = "", partition = ""] = /^(.*)-(\d+)$/.exec(text) ?? [];
  return { topic, partition: Number(partition) };
}

function told(assignments: Assignments): Record<string, string> {
  return Object.fromEntries(
    [...assignments].map(([id, places]) => [
      id,
      places.map(({ topic, partition }) => `${topic}-${partition}`).join(" "),
    ]),
  );
}

const one = new Map([["a", 5]]);
const two = new Map([
  ["a", 3],
  ["b", 3],
]);

test("range: consecutive partitions of each topic, the first members get one more of every topic", () => {
  expect(told(assignPartitions("range", [member("y", ["a", "b"]), member("x", ["a", "b"])], two))).toEqual({
    x: "a-0 a-1 b-0 b-1",
    y: "a-2 b-2",
  });
});

test("range: 11 members of 10 partitions leave one idle", () => {
  const members = Array.from({ length: 11 }, (_, index) => member(`m${String(index).padStart(2, "0")}`, ["a"]));
  const result = assignPartitions("range", members, new Map([["a", 10]]));
  expect([...result.values()].filter((places) => places.length === 0)).toHaveLength(1);
  expect(result.get("m10")).toEqual([]);
});

test("range: static members come first, by their instance id", () => {
  const members = [
    member("a", ["a"]),
    { ...member("z", ["a"]), instanceId: "i2" },
    { ...member("y", ["a"]), instanceId: "i1" },
  ];
  expect(told(assignPartitions("range", members, one))).toEqual({ y: "a-0 a-1", z: "a-2 a-3", a: "a-4" });
});

test("roundrobin: dealt across topics, skipping members that don't read a topic", () => {
  expect(
    told(assignPartitions("roundrobin", [member("x", ["a", "b"]), member("y", ["a"]), member("z", ["b"])], two)),
  ).toEqual({ x: "a-0 a-2 b-1", y: "a-1", z: "b-0 b-2" });
});

test("sticky assignors leave members what they hold, and give a new one no more than its share", () => {
  const members = [member("x", ["a"], ["a-0", "a-2", "a-4"]), member("y", ["a"], ["a-1", "a-3"]), member("z", ["a"])];
  for (const assignor of ["sticky", "cooperative-sticky", "uniform"] as const) {
    expect(told(assignPartitions(assignor, members, one))).toEqual({ x: "a-0 a-2", y: "a-1 a-3", z: "a-4" });
  }
});

test("only as many members keep one more as the partitions allow, and nothing moves where loads are even enough", () => {
  const members = [member("x", ["a"], ["a-0", "a-1"]), member("y", ["a"], ["a-2", "a-3"]), member("z", ["a"])];
  expect(told(assignPartitions("sticky", members, new Map([["a", 4]])))).toEqual({ x: "a-0 a-1", y: "a-2", z: "a-3" });
  const uneven = [member("x", ["a", "b"], ["a-0", "a-1", "b-0"]), member("y", ["b"], ["b-1", "b-2"])];
  const counts = new Map([
    ["a", 2],
    ["b", 3],
  ]);
  expect(told(assignPartitions("uniform", uneven, counts))).toEqual({ x: "a-0 a-1 b-0", y: "b-1 b-2" });
});

test("sticky assignors level members that read different topics", () => {
  const members = [member("x", ["a", "b"], ["a-0", "a-1", "a-2", "b-0", "b-1", "b-2"]), member("y", ["b"])];
  const result = assignPartitions("uniform", members, two);
  expect([...result.values()].map((places) => places.length)).toEqual([3, 3]);
  expect(result.get("y")?.every(({ topic }) => topic === "b")).toBe(true);
});

test("what nobody reads, what is held but gone, and a group without members", () => {
  expect(told(assignPartitions("roundrobin", [member("x", ["a"])], two))).toEqual({ x: "a-0 a-1 a-2" });
  expect(told(assignPartitions("sticky", [member("x", ["a"], ["a-9", "gone-0"])], one))).toEqual({
    x: "a-0 a-1 a-2 a-3 a-4",
  });
  expect(assignPartitions("range", [], one).size).toBe(0);
  expect(assignPartitions("uniform", [], one).size).toBe(0);
});

test("with more members: who gets how many, who idles, what moves", () => {
  const present = [member("x", ["a"], ["a-0", "a-1", "a-2"]), member("y", ["a"], ["a-3", "a-4"])];
  const more = withMembers("sticky", present, 7, one);
  expect(more).toMatchObject({ fewest: 0, most: 1, idle: 2, moved: 3 });
  expect(more.members.map(({ isNew }) => isNew)).toEqual([false, false, true, true, true, true, true]);
  expect(withMembers("sticky", present, 1, one)).toMatchObject({ fewest: 5, most: 5, idle: 0, moved: 2 });
  expect(withMembers("sticky", present, 2, one)).toMatchObject({ fewest: 2, most: 3, moved: 0 });
});

test("with members where there are none: they read all that the group ever committed", () => {
  expect(withMembers("range", [], 2, two)).toMatchObject({ fewest: 2, most: 4, idle: 0, moved: 0 });
});

test("an assignor is known by the name that groups report", () => {
  expect(knownAssignor("cooperative-sticky")).toBe("cooperative-sticky");
  expect(knownAssignor("RoundRobinAssigner")).toBe("roundrobin");
  expect(knownAssignor("com.acme.Ours")).toBeNull();
});
