import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { accessExamples, askedOfFiles, awaySentence } from "./access-words.ts";

test("a broker that is away: where its files are read, and from when that is known", () => {
  const at = { zone: "UTC", nowMs: Date.UTC(2026, 10, 21, 14, 50) };
  const toldAtMs = Date.UTC(2026, 10, 21, 14, 46, 9);
  expect(awaySentence({ brokerId: 2, toldAtMs }, at)).toBe(
    "The files of broker 2 are read from its directory, as it told it at 14:46:09.",
  );
  expect(awaySentence({ brokerId: 2, toldAtMs: null }, at)).toBe(
    "The files of broker 2 are read where they are mounted.",
  );
});

test("what a shared link asks for is named where it can't be had", () => {
  const find = { offset: null, at: null, panel: "find" } as const;
  expect(askedOfFiles(find)).toBeNull();
  expect(askedOfFiles({ ...find, offset: "77" })).toBe("The link asks where offset 77 lies (Find)");
  expect(askedOfFiles({ ...find, at: "1" })).toBe("The link asks where a time lies (Find)");
  expect(askedOfFiles({ ...find, offset: "77", panel: "verify" })).toContain("(Verify)");
});

describe("the settings that let segments be read", () => {
  test("name this cluster's brokers, in the file as in the environment", () => {
    const { file, environment, docker, kubernetes } = accessExamples("prod-eu", [3, 1, 2], [2]);
    expect(parse(file)).toEqual({
      clusters: [{ name: "prod-eu", logDirs: ["1=/mnt/broker-1", "2=/mnt/broker-2", "3=/mnt/broker-3"] }],
    });
    expect(environment).toBe("TAILRACE_LOG_DIRS=1=/mnt/broker-1,2=/mnt/broker-2,3=/mnt/broker-3");
    expect(docker.split(" \\\n")).toEqual([
      "-v /srv/kafka/broker-1:/mnt/broker-1:ro",
      "-v /srv/kafka/broker-2:/mnt/broker-2:ro",
      "-v /srv/kafka/broker-3:/mnt/broker-3:ro",
      `-e ${environment}`,
    ]);
    expect(parse(kubernetes)).toMatchObject({
      env: [{ name: "TAILRACE_LOG_DIRS", value: environment.slice("TAILRACE_LOG_DIRS=".length) }],
      volumeMounts: [1, 2, 3].map((id) => ({ mountPath: `/mnt/broker-${id}`, readOnly: true })),
    });
  });

  test("of a large cluster, or an unknown one, only those that hold the partition", () => {
    const many = Array.from({ length: 40 }, (_, id) => id);
    for (const brokers of [many, []]) {
      expect(accessExamples("big", brokers, [31, 7]).environment).toBe(
        "TAILRACE_LOG_DIRS=7=/mnt/broker-7,31=/mnt/broker-31",
      );
    }
  });

  test("a cluster's name is read back as it is", () => {
    for (const name of ["on", "1234", "a b", "prod:eu", "null"]) {
      expect(parse(accessExamples(name, [1], [1]).file)).toMatchObject({ clusters: [{ name }] });
    }
  });
});
