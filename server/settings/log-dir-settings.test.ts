import { describe, expect, test } from "vitest";
import { configFile, refusal } from "#scripts/testing/refused-settings.ts";
import { loadSettings } from "../settings.ts";

const logDirsOf = (env: Record<string, string>) =>
  loadSettings(env).clusters.map(({ logDirs }) => (logDirs === "off" ? logDirs : Object.fromEntries(logDirs)));

describe("log dirs that are mounted here, by broker", () => {
  test("of the environment's cluster: one or several a broker, none at all", () => {
    const env = { KAFKA_BROKERS: "k:1" };
    expect(logDirsOf(env)).toEqual([{}]);
    expect(logDirsOf({ ...env, TAILRACE_LOG_DIRS: "" })).toEqual([{}]);
    expect(logDirsOf({ ...env, TAILRACE_LOG_DIRS: "1=/mnt/b1, 2=/mnt/b2/disk a ,2=/mnt/b2/disk=b," })).toEqual([
      { 1: ["/mnt/b1"], 2: ["/mnt/b2/disk a", "/mnt/b2/disk=b"] },
    ]);
  });

  test("of a cluster in the file, each its own; a reference may stand in it", () => {
    const path = configFile(`
clusters:
  - {name: a, bootstrap.servers: "a:1", logDirs: [0=/mnt/a0, "0=\${DISKS}/second"]}
  - {name: b, bootstrap.servers: "b:1", logDirs: 7=/mnt/b7}
  - {name: c, bootstrap.servers: "c:1"}
`);
    expect(logDirsOf({ TAILRACE_CONFIG: path, DISKS: "/disks" })).toEqual([
      { 0: ["/mnt/a0", "/disks/second"] },
      { 7: ["/mnt/b7"] },
      {},
    ]);
  });

  test.each(["/mnt/b1", "1", "1=", "1=mnt/b1", "one=/mnt/b1", "-1=/mnt", "01=/mnt", "2147483648=/mnt", "=/mnt"])(
    "%s is refused, with the form it should have",
    (given) => {
      const { problems } = refusal({ KAFKA_BROKERS: "k:1", TAILRACE_LOG_DIRS: `3=/mnt/b3,${given}` });
      expect(problems.map(({ key, right }) => [key, right])).toEqual([
        ["TAILRACE_LOG_DIRS", expect.stringContaining("1=/mnt/broker-1,2=/mnt/broker-2")],
      ]);
    },
  );

  test("off, alone: nothing is read from disks, of that cluster only", () => {
    expect(logDirsOf({ KAFKA_BROKERS: "k:1", TAILRACE_LOG_DIRS: " Off " })).toEqual(["off"]);
    const path = configFile(`
clusters:
  - {name: a, bootstrap.servers: "a:1", logDirs: off}
  - {name: b, bootstrap.servers: "b:1", logDirs: [1=/mnt/b1]}
`);
    expect(logDirsOf({ TAILRACE_CONFIG: path })).toEqual(["off", { 1: ["/mnt/b1"] }]);
    const { problems } = refusal({ KAFKA_BROKERS: "k:1", TAILRACE_LOG_DIRS: "off,1=/mnt/b1" });
    expect(problems.map(({ key }) => key)).toEqual(["TAILRACE_LOG_DIRS"]);
  });

  test("in a file the wrong entry's cluster is named", () => {
    const path = configFile('clusters:\n  - {name: a, bootstrap.servers: "a:1", logDirs: [b1=/mnt]}\n');
    expect(refusal({ TAILRACE_CONFIG: path }).problems.map(({ key }) => key)).toEqual(["clusters[0].logDirs"]);
  });
});
