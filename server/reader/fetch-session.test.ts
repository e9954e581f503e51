import { expect, test } from "vitest";
import { FetchSession } from "./fetch-session.ts";
import type { PartitionPosition } from "./partition-position.ts";

const TOPIC = "AAAAAAAAAAAAAAAAAAAAAQ";
const unknown = { place: null, start: null, end: null, leader: 1, leaderEpoch: 0, trouble: null };
const position = (partition: number, next = 0n): PartitionPosition => ({
  ...{ topic: "t", topicId: TOPIC, partition, next, ...unknown },
});
const named = ({ topics }: ReturnType<FetchSession["request"]>) =>
  topics.flatMap(({ partitions }) => partitions.map(({ partition, offset }) => `${partition}@${offset}`));
const forgotten = ({ forgotten: topics }: ReturnType<FetchSession["request"]>) =>
  topics.flatMap(({ partitions }) => partitions);

function sessionOf(count: number): { session: FetchSession; positions: PartitionPosition[] } {
  const session = new FetchSession();
  const positions = Array.from({ length: count }, (_, partition) => position(partition));
  for (const one of positions) session.add(one);
  return { session, positions };
}
const first = (positions: readonly PartitionPosition[]): PartitionPosition => {
  const [one] = positions;
  if (one === undefined) throw new Error("none");
  return one;
};

test("a few partitions take no session, and who was served goes to the end", () => {
  const { session, positions } = sessionOf(3);
  expect(session.request()).toMatchObject({ sessionId: 0, sessionEpoch: -1 });
  session.accepted(0);
  first(positions).next = 5n;
  session.moved(first(positions));
  expect(named(session.request())).toEqual(["1@0", "2@0", "0@5"]);
});

test("many take one: after the first request only what moved, came or went is named", () => {
  const { session, positions } = sessionOf(1_000);
  const opening = session.request();
  expect(opening).toMatchObject({ sessionId: 0, sessionEpoch: 0 });
  expect(named(opening)).toHaveLength(1_000);
  session.accepted(77);
  expect(session.request()).toEqual({ sessionId: 77, sessionEpoch: 1, topics: [], forgotten: [] });
  session.accepted(77);
  first(positions).next = 9n;
  session.moved(first(positions));
  session.remove(position(0));
  const [, second, third] = positions;
  if (second && third) {
    session.remove(second);
    session.remove(third);
    session.add(third);
  }
  session.add(position(1_000, 3n));
  const next = session.request();
  expect(next.sessionEpoch).toBe(2);
  expect(named(next).sort()).toEqual(["0@9", "1000@3", "2@0"]);
  expect(forgotten(next)).toEqual([1]);
});

test("after a failure all is named anew, and the broker told that the session before is over", () => {
  const { session } = sessionOf(20);
  session.request();
  session.accepted(77);
  session.restart();
  expect(session.request()).toMatchObject({ sessionId: 77, sessionEpoch: 0 });
  session.accepted(78);
  session.restart({ lost: true });
  const again = session.request();
  expect(again).toMatchObject({ sessionId: 0, sessionEpoch: 0 });
  expect(named(again)).toHaveLength(20);
});

test("a broker whose table of sessions is full is asked for everything each time", () => {
  const { session } = sessionOf(20);
  for (let time = 0; time < 3; time++) {
    expect(named(session.request())).toHaveLength(20);
    session.accepted(0);
  }
});

test("an answer is taken only for what is still asked: not for a partition that left, or left and came back", () => {
  const { session, positions } = sessionOf(3);
  const one = first(positions);
  session.request();
  expect(session.answered(TOPIC, 0)).toBe(one);
  session.remove(one);
  expect(session.answered(TOPIC, 0)).toBeUndefined();
  session.add(one);
  expect(session.answered(TOPIC, 0)).toBeUndefined();
  session.request();
  expect(session.answered(TOPIC, 0)).toBe(one);
  one.next = 4n;
  expect(session.answered(TOPIC, 0)).toBeUndefined();
  expect(session.answered(null, 0)).toBeUndefined();
});
