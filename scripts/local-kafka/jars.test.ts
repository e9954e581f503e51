import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ensureJars } from "./jars.ts";

const CONTENT = "the bytes of a jar";
const sha512 = (text: string) => createHash("sha512").update(text).digest("hex");
const jar = (expected: string) => ({
  artifact: "org.example:thing:1.0",
  sizeBytes: CONTENT.length,
  sha512: sha512(expected),
});

let dir = "";
let requests: string[] = [];
const answer = (request: IncomingMessage, response: ServerResponse) => {
  requests.push(request.url ?? "");
  response.end(CONTENT);
};
const mirror = createServer(answer);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tailrace-jars-"));
  requests = [];
  await new Promise<void>((resolve) => mirror.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("TAILRACE_MAVEN_REPOSITORY", `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  mirror.closeAllConnections();
  await new Promise((resolve) => mirror.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

test("keeps a jar whose hash is the locked one, and does not ask for it again", async () => {
  const classPath = await ensureJars({ dir, jars: [jar(CONTENT)] });
  await ensureJars({ dir, jars: [jar(CONTENT)] });
  expect(classPath).toBe(join(dir, "thing-1.0.jar"));
  expect(readFileSync(classPath, "utf8")).toBe(CONTENT);
  expect(requests).toEqual(["/org/example/thing/1.0/thing-1.0.jar"]);
});

test("refuses a jar whose hash is not the locked one, and keeps nothing of it", async () => {
  await expect(ensureJars({ dir, jars: [jar("the bytes that were reviewed")] })).rejects.toThrow(
    /thing-1\.0\.jar is not what .*kafka-jars\.lock\.json says/,
  );
  expect(readdirSync(dir)).toEqual([]);
});

test("a download that is cut off by its signal ends at once, and keeps nothing", async () => {
  const asked = Promise.withResolvers<void>();
  mirror.removeAllListeners("request").on("request", (_, response) => {
    response.writeHead(200, { "content-length": String(CONTENT.length) }).write(CONTENT.slice(0, 3));
    asked.resolve();
  });
  const leaving = new AbortController();
  const jars = ensureJars({ dir, jars: [jar(CONTENT)], signal: leaving.signal });
  await asked.promise;
  leaving.abort(new Error("Stopped."));
  await expect(jars).rejects.toThrow("Stopped.");
  expect(readdirSync(dir)).toEqual([]);
  mirror.removeAllListeners("request").on("request", answer);
});

test("fetches anew what is there with another size", async () => {
  writeFileSync(join(dir, "thing-1.0.jar"), "half");
  await ensureJars({ dir, jars: [jar(CONTENT)] });
  expect(readFileSync(join(dir, "thing-1.0.jar"), "utf8")).toBe(CONTENT);
});
