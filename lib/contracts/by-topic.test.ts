import { expect, test } from "vitest";
import { z } from "zod";
import { byTopicRecord, entriesByTopic, ofTopic } from "./by-topic.ts";

/** Topics that Kafka allows and that every object seems to have. */
const names = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "orders"];

test("every legal topic name keeps its value through JSON and zod, and only its own", () => {
  const full = byTopicRecord(names.map((name, index) => [name, String(index)]));
  const sizes = z.record(z.string(), z.string()).parse(JSON.parse(JSON.stringify(full)));
  expect(names.map((name) => ofTopic(sizes, name))).toEqual(names.map((_, index) => String(index)));
  expect(
    entriesByTopic(sizes)
      .map(([topic]) => topic)
      .sort(),
  ).toEqual([...names].sort());
  const none = byTopicRecord<string>([]);
  expect(names.map((name) => ofTopic(none, name))).toEqual(names.map(() => undefined));
});
