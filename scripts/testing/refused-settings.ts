import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { SettingsError } from "#server/settings/settings-problems.ts";
import { loadSettings } from "#server/settings.ts";

/** Holds what `configFile` writes. */
export const settingsDirectory = mkdtempSync(join(tmpdir(), "tailrace-settings-"));
afterAll(() => rmSync(settingsDirectory, { recursive: true }));

/** Writes a settings file for this test; gone when the tests of its file are done. */
export function configFile(text: string): string {
  const path = join(settingsDirectory, "clusters.yaml");
  writeFileSync(path, text);
  return path;
}

type Env = Record<string, string>;

/** What settings are refused with. @throws Error when they are accepted */
export function refusal(env: Env): SettingsError {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error("these settings were accepted");
}

/** The keys that are wrong in settings that are refused. */
export const keysOf = (env: Env) => refusal(env).problems.map((problem) => problem.key);
