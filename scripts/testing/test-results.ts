import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** What a runner's tests came to. */
export interface TestResults {
  readonly passed: number;
  readonly failed: number;
  /** Which ones failed, and what each said first: the end of a long output is what one sees of it. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  /** Its file, and the test's name. */
  readonly test: string;
  readonly said: string;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.int(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default("") })) })),
    }),
  ),
});
const playwrightSuite = z.object({
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(playwrightSuite),
});

/** vitest's JSON report. A runner that failed counts as one failure at least: a file that can't be loaded has no tests. */
export function vitestResults(reportFile: string, exitCode: number | null): TestResults {
  const { success, data } = vitestReport.safeParse(readJson(reportFile));
  if (!success) return counted(0, 0, [], exitCode);
  const failures = data.testResults.flatMap(({ name, status, message, assertionResults }): Failure[] => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [{ test: file, said: shortly(message) }];
    return failed.map(({ fullName, failureMessages }) => ({
      test: `${file} › ${fullName}`,
      said: shortly(failureMessages?.[0] ?? ""),
    }));
  });
  return counted(data.numPassedTests, data.numFailedTests, failures, exitCode);
}

/** Playwright's JSON report. A test that did not run, because an earlier project failed, did not pass. */
export function playwrightResults(reportFile: string, exitCode: number | null): TestResults {
  const { success, data } = playwrightReport.safeParse(readJson(reportFile));
  if (!success) return counted(0, 0, [], exitCode);
  const { expected, unexpected, flaky, skipped } = data.stats;
  const failures = data.suites.flatMap(specsIn).flatMap(({ title, file, line, tests }): Failure[] =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ results }) => ({
        test: `${file}:${line} › ${title}`,
        said: shortly(results.flatMap(({ errors }) => errors)[0]?.message ?? ""),
      })),
  );
  return counted(expected, unexpected + flaky + skipped, failures, exitCode);
}

function specsIn({ specs, suites }: z.output<typeof playwrightSuite>): z.output<typeof playwrightSpec>[] {
  return [...specs, ...suites.flatMap(specsIn)];
}

function counted(passed: number, failed: number, failures: readonly Failure[], exitCode: number | null): TestResults {
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1), failures };
}

const SHOWN_LINES = 6;
const SHOWN_CHARACTERS = 600;

function shortly(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.slice(0, SHOWN_LINES).join("\n").slice(0, SHOWN_CHARACTERS);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
