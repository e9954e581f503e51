import fc from "fast-check";
import { expect, test } from "vitest";
import { assignmentText, parseAssignment } from "./replica-assignment.ts";

const known = new Set([1, 2, 3]);
const problemOf = (text: string) => {
  const parsed = parseAssignment(text, known);
  return parsed.ok ? null : parsed.problem;
};

test("reads what kafka-topics.sh takes, and a line a partition", () => {
  const assignment = [
    [1, 2, 3],
    [2, 3, 1],
  ];
  for (const text of ["1:2:3,2:3:1", " 1 : 2:3 , 2:3:1 ", "1:2:3\n2:3:1\n", "1 2 3\n2 3 1"]) {
    expect(parseAssignment(text, known)).toEqual({ ok: true, assignment });
  }
});

test("what is written is read back", () => {
  const assignments = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.uniqueArray(fc.nat(900), { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(
    fc.property(assignments, (assignment) => {
      expect(parseAssignment(assignmentText(assignment), null)).toEqual({ ok: true, assignment });
    }),
  );
});

test("names the partition and what is wrong with it", () => {
  expect(problemOf("")).toContain("Write the brokers");
  expect(problemOf("1:2,2:x")).toContain("Partition 1 needs broker ids");
  expect(problemOf("1:2,,2:3")).toContain("Partition 1 needs broker ids");
  expect(problemOf("1:1")).toContain("names broker 1 twice");
  expect(problemOf("1:9")).toContain("broker 9, which this cluster doesn't have");
  expect(problemOf("1:2:3,2:3")).toContain("Kafka wants the same for all");
  expect(problemOf("99999999999")).toContain("needs broker ids");
});
