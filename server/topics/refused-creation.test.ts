import { expect, test } from "vitest";
import { newTopic } from "#lib/contracts/topics.ts";
import { refusedCreation } from "./refused-creation.ts";

const configs = { "retention.ms": "x", "delete.retention.ms": "1" };

test.each([
  [36, "Topic 'a' already exists.", {}, "topic-exists", "name"],
  [17, "Topic 'a.b' collides with existing topic: a_b", {}, "topic-exists", "name"],
  [17, "Topic name is illegal", {}, "topic-refused", "name"],
  [37, "Number of partitions was set to an invalid non-positive value.", {}, "topic-refused", "partitions"],
  [38, "Unable to replicate the partition 9 time(s)", { replicationFactor: 9 }, "topic-refused", "replicationFactor"],
  [39, "The manual partition assignment includes broker 9", { assignment: [[9]] }, "topic-refused", "assignment"],
  [40, "Unknown topic config name: a.b", { configs: { "a.b": "1" } }, "topic-refused", "configs.a.b"],
  [
    40,
    "Invalid value x for configuration retention.ms: Not a number",
    { configs },
    "topic-refused",
    "configs.retention.ms",
  ],
  [
    40,
    "Invalid value 1 for configuration delete.retention.ms: no",
    { configs },
    "topic-refused",
    "configs.delete.retention.ms",
  ],
  [40, "Something about several configs", { configs }, "topic-refused", "configs"],
  [44, "Topics need retention.ms below a week", { configs }, "topic-refused", "configs.retention.ms"],
  [44, "The replication factor must be 3", {}, "topic-refused", "replicationFactor"],
])("error %i (%s) is told at its field", (code, message, differs, problem, path) => {
  const refusal = refusedCreation(newTopic.parse({ name: "a", ...differs }), code, message);
  expect(refusal).toMatchObject({ code: problem, invalidParams: [{ path }] });
  expect(refusal.message).toContain(message);
});

test("a policy whose words name no field is told for the whole", () => {
  const refusal = refusedCreation(newTopic.parse({ name: "a" }), 44, "Ask the platform team.");
  expect(refusal).toMatchObject({ code: "topic-refused", invalidParams: [], message: "Ask the platform team." });
});

test("a missing right is named", () => {
  expect(refusedCreation(newTopic.parse({ name: "a" }), 29, null)).toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining("Create on Topic a"),
  });
});
