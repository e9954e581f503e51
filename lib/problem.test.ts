import { expect, test, vi } from "vitest";
import { ProblemError } from "./problem.ts";

test("a problem is known as one by another copy of this module", async () => {
  vi.resetModules();
  const copy = await import("./problem.ts");
  expect(copy.ProblemError).not.toBe(ProblemError);
  expect(new ProblemError("internal", "x") instanceof copy.ProblemError).toBe(true);
  expect(new copy.ProblemError("internal", "x") instanceof ProblemError).toBe(true);
});

test("other errors are none, whatever they carry", () => {
  for (const value of [new Error("x"), { code: "internal", message: "x" }, null, undefined, "internal"]) {
    expect(value instanceof ProblemError).toBe(false);
  }
});
