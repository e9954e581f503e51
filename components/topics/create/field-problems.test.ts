import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { fieldProblems, wrongFields } from "./field-problems.ts";

const refused = (...paths: string[]) =>
  new ProblemError("topic-refused", "no", { invalidParams: paths.map((path) => ({ path, message: `about ${path}` })) });

test("puts the broker's reason at its field", () => {
  expect(fieldProblems(refused("replicationFactor"), new Set()).replicationFactor).toBe("about replicationFactor");
  const problems = fieldProblems(refused("configs.retention.ms"), new Set(["retention.ms"]));
  expect(problems.configs.get("retention.ms")).toBe("about configs.retention.ms");
  expect(problems.rest).toBeNull();
});

test("what has no field of the form is kept, not lost", () => {
  expect(fieldProblems(refused("configs.gone"), new Set(["other"])).rest?.message).toBe("no");
  expect(fieldProblems(refused(), new Set()).rest?.code).toBe("topic-refused");
  expect(fieldProblems(null, new Set()).rest).toBeNull();
});

test("names each field that needs a correction once, as the form calls it, from its top", () => {
  const refusals = fieldProblems(
    refused("configs.retention.ms", "configs.my.key", "replicationFactor"),
    new Set(["retention.ms", "my.key"]),
  );
  expect(wrongFields(refusals, { name: { type: "custom" } }, new Map([["retention.ms", "no"]]))).toEqual([
    "Name",
    "Replication factor",
    "Keep for",
    "my.key",
  ]);
  expect(wrongFields(fieldProblems(null, new Set()), {}, new Map())).toEqual([]);
});
