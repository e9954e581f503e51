import { readFileSync } from "node:fs";
import { z } from "zod";

/** How many tests a runner ran. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** vitest's JSON report. A runner that failed counts as one failure at least: a file that can't be loaded has no tests. */
export function vitestCount(reportFile: string, exitCode: number | null): TestCount {
  const report = vitestReport.safeParse(readJson(reportFile));
  return counted(
    report.success ? report.data.numPassedTests : 0,
    report.success ? report.data.numFailedTests : 0,
    exitCode,
  );
}

/** Playwright's JSON report. A test that did not run, because an earlier project failed, did not pass. */
export function playwrightCount(reportFile: string, exitCode: number | null): TestCount {
  const report = playwrightReport.safeParse(readJson(reportFile));
  if (!report.success) return counted(0, 0, exitCode);
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  return counted(expected, unexpected + flaky + skipped, exitCode);
}

function counted(passed: number, failed: number, exitCode: number | null): TestCount {
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
