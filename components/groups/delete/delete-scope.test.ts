import { expect, test } from "vitest";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { committedTopics, subscribersOf, undeletableType } from "./delete-scope.ts";

const partition = (topic: string, number: number, committedOffset: string | null) =>
  ({ topic, partition: number, committedOffset }) as GroupDetail["partitions"][number];
const member = (clientId: string, more: object) =>
  ({ clientId, subscribedTopics: [], subscribedPattern: null, assigned: [], ...more }) as never;

test("only topics with a commit have offsets to delete, by name", () => {
  const topics = committedTopics({
    partitions: [partition("b", 0, "4"), partition("a", 0, null), partition("a", 1, "0"), partition("c", 0, null)],
  });
  expect([...topics.keys()]).toEqual(["a", "b"]);
  expect(topics.get("a")).toHaveLength(1);
});

test("a member stands in the way by subscription, by assignment, or by a pattern that may take the topic in", () => {
  const group = {
    type: "consumer" as const,
    partitions: [],
    members: [
      member("elsewhere", { subscribedTopics: ["payments"] }),
      member("subscribed", { subscribedTopics: ["orders"] }),
      member("holding", { assigned: [{ topic: "orders", partitions: [1] }] }),
      member("pattern", { subscribedPattern: "^ord.*" }),
    ],
  };
  expect(subscribersOf(group, "orders").map(({ clientId }) => clientId)).toEqual(["subscribed", "holding", "pattern"]);
  expect(subscribersOf({ ...group, members: null }, "orders")).toEqual([]);
});

test("share and streams groups have tools of their own", () => {
  expect(undeletableType({ type: "share" })).toBe("share");
  expect(undeletableType({ type: "unknown" })).toBeNull();
});
