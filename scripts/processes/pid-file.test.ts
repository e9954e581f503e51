import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readLivePidFile, reapFromPidFile, writePidFile } from "./pid-file.ts";

const dir = mkdtempSync(join(tmpdir(), "tailrace-pid-"));
const idle = () => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("ends the process that the file names, and removes the file", async () => {
  const child = idle();
  await once(child, "spawn");
  const file = join(dir, "mine.pid");
  writePidFile(file, child.pid ?? 0);
  const exited = once(child, "exit");
  expect(await reapFromPidFile(file, 2_000)).toBe(true);
  await exited;
  expect(existsSync(file)).toBe(false);
});

test("never touches a later process that got the same pid", async () => {
  const child = idle();
  await once(child, "spawn");
  const file = join(dir, "other.pid");
  writePidFile(file, child.pid ?? 0);
  writeFileSync(
    file,
    JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), identity: "started at another time" }),
  );
  expect(readLivePidFile(file)).toBeNull();
  expect(await reapFromPidFile(file, 2_000)).toBe(false);
  expect(child.exitCode).toBeNull();
  const exited = once(child, "exit");
  child.kill();
  await exited;
});
