import { expect, test, vi } from "vitest";
import { mayHaveHappened, ProblemError } from "./problem.ts";

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

test("only an answer that refuses says that nothing happened", () => {
  expect(mayHaveHappened(new ProblemError("plan-outdated", "-1"))).toBe(false);
  expect(mayHaveHappened(new ProblemError("change-log-missing", "-1"))).toBe(false);
  expect(mayHaveHappened(new ProblemError("internal", "Tailrace's own server doesn't answer."))).toBe(true);
  expect(mayHaveHappened(new ProblemError("deadline-exceeded", "-1"))).toBe(true);
  expect(mayHaveHappened(new TypeError("not the answer that was promised"))).toBe(true);
});
