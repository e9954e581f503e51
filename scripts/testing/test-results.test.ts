import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightResults, vitestResults } from "./test-results.ts";

const dir = mkdtempSync(join(tmpdir(), "tailrace-results-"));
const report = (content: object) => {
  const file = join(dir, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("adds up what vitest reports, and names what failed", () => {
  const passed = { fullName: "a sum adds", status: "passed", failureMessages: [] };
  const failed = {
    fullName: "a sum carries",
    status: "failed",
    failureMessages: ["\u001b[31mexpected 1\n\nto be 2\u001b[39m"],
  };
  const testResults = [
    { name: join(process.cwd(), "lib/sum.test.ts"), status: "failed", message: "", assertionResults: [passed, failed] },
    {
      name: join(process.cwd(), "lib/broken.test.ts"),
      status: "failed",
      message: "no such file",
      assertionResults: [],
    },
  ];
  expect(vitestResults(report({ numPassedTests: 12, numFailedTests: 2, testResults }), 1)).toEqual({
    passed: 12,
    failed: 2,
    failures: [
      { test: "lib/sum.test.ts › a sum carries", said: "expected 1\nto be 2" },
      { test: "lib/broken.test.ts", said: "no such file" },
    ],
  });
});

test("counts a runner that failed without a failed test, or without a report, as a failure", () => {
  const content = { numPassedTests: 12, numFailedTests: 0, testResults: [] };
  expect(vitestResults(report(content), 1)).toEqual({ passed: 12, failed: 1, failures: [] });
  expect(playwrightResults(join(dir, "none.json"), null)).toEqual({ passed: 0, failed: 1, failures: [] });
});

test("a browser test that did not run did not pass; one that failed is named, however deep it stands", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 0, skipped: 3 };
  const errors = [{ message: "no row" }];
  const spec = { title: "opens", file: "a.spec.ts", line: 7, tests: [{ status: "unexpected", results: [{ errors }] }] };
  const suites = [{ suites: [{ specs: [spec] }] }];
  expect(playwrightResults(report({ stats, suites }), 1)).toEqual({
    passed: 5,
    failed: 4,
    failures: [{ test: "a.spec.ts:7 › opens", said: "no row" }],
  });
});
