import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightCount, vitestCount } from "./test-results.ts";

const dir = mkdtempSync(join(tmpdir(), "tailrace-results-"));
const report = (content: object) => {
  const file = join(dir, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("adds up what vitest reports", () => {
  expect(vitestCount(report({ numPassedTests: 12, numFailedTests: 2 }), 1)).toEqual({ passed: 12, failed: 2 });
});

test("counts a runner that failed without a failed test, or without a report, as a failure", () => {
  expect(vitestCount(report({ numPassedTests: 12, numFailedTests: 0 }), 1)).toEqual({ passed: 12, failed: 1 });
  expect(playwrightCount(join(dir, "none.json"), null)).toEqual({ passed: 0, failed: 1 });
});

test("a browser test that did not run did not pass", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 0, skipped: 3 };
  expect(playwrightCount(report({ stats }), 1)).toEqual({ passed: 5, failed: 4 });
});
