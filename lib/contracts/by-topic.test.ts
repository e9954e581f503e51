import { expect, test } from "vitest";
import { byTopicRecord, ofTopic } from "./by-topic.ts";
import { listTopicSizes } from "./topics.ts";

/** Topics that Kafka allows and that every object seems to have. */
const names = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "orders"];

test("every legal topic name keeps its value through JSON and the contract, and only its own", () => {
  const full = byTopicRecord(names.map((name, index) => [name, String(index)]));
  const answer = { sizes: full, missing: [], observedAtMs: 1 };
  const { sizes } = listTopicSizes.response.parse(JSON.parse(JSON.stringify(answer)));
  expect(names.map((name) => ofTopic(sizes, name))).toEqual(names.map((_, index) => String(index)));
  const none = byTopicRecord<string>([]);
  expect(names.map((name) => ofTopic(none, name))).toEqual(names.map(() => undefined));
});
