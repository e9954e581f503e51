import { expect, test } from "vitest";
import { problemCodes } from "./problem.ts";
import { everyCodeIsGrouped, problemGroups, problemGuide } from "./problem-guide.ts";

test("every code is explained, and listed exactly once", () => {
  expect(everyCodeIsGrouped).toBe(true);
  expect(problemGroups.flatMap(({ codes }) => [...codes]).sort()).toEqual([...problemCodes].sort());
  expect(Object.keys(problemGuide).sort()).toEqual([...problemCodes].sort());
});

test("each says what it means, why it happens and what to do", () => {
  for (const { title, meaning, causes, remedies } of Object.values(problemGuide)) {
    for (const text of [meaning, ...causes, ...remedies]) expect(text).toMatch(/[.…]$/);
    for (const text of [title, meaning, ...causes, ...remedies]) expect((text.split("`").length - 1) % 2).toBe(0);
    expect(causes.length).toBeGreaterThan(0);
    expect(remedies.length).toBeGreaterThan(0);
  }
});
