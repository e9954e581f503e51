import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configText, configUnit, humanConfigValue, parseConfigText } from "./config-units.ts";

test.each([
  ["retention.ms", "time"],
  ["log.retention.hours", "time"],
  ["max.message.bytes", "bytes"],
  ["log.cleaner.dedupe.buffer.size", "bytes"],
  ["replica.fetch.max.bytes", "bytes"],
  ["log.cleaner.io.max.bytes.per.second", "bytes-per-second"],
  ["leader.replication.throttled.rate", "bytes-per-second"],
  ["min.insync.replicas", null],
  ["cleanup.policy", null],
])("%s counts %s", (name, unit) => {
  expect(configUnit(name)).toBe(unit);
});

test.each([
  ["retention.ms", "604800000", "7 d"],
  ["retention.ms", "129600000", "1 d 12 h"],
  ["retention.ms", "604800001", "≈ 7 d"],
  ["retention.ms", "-1", "no limit"],
  ["flush.ms", "9223372036854775807", "no limit"],
  ["flush.messages", "9223372036854775807", "no limit"],
  ["local.retention.ms", "-2", "same as retention.ms"],
  ["log.retention.hours", "168", "7 d"],
  ["segment.bytes", "1073741824", "1 GiB"],
  ["max.message.bytes", "1048588", "≈ 1 MiB"],
  ["segment.bytes", "1610612736", "1.5 GiB"],
  ["socket.send.buffer.bytes", "-1", "the system's own"],
  ["log.cleaner.io.max.bytes.per.second", "1.7976931348623157E308", "no limit"],
  ["leader.replication.throttled.rate", "1048576", "1 MiB/s"],
])("%s = %s reads %s", (name, value, text) => {
  expect(humanConfigValue(name, value)?.replaceAll("\u00a0", " ")).toBe(text);
});

test("adds nothing where there is nothing to add", () => {
  expect(humanConfigValue("segment.bytes", "14")).toBeNull();
  expect(humanConfigValue("linger.ms", "5")).toBeNull();
  expect(humanConfigValue("retention.ms", null)).toBeNull();
  expect(humanConfigValue("retention.ms", "soon")).toBeNull();
  expect(humanConfigValue("cleanup.policy", "compact")).toBeNull();
});

describe("what a person writes", () => {
  test.each([
    ["retention.ms", "7 d", "604800000"],
    ["retention.ms", "1 day 12h", "129600000"],
    ["retention.ms", "1.5 days", "129600000"],
    ["retention.ms", "604800000", "604800000"],
    ["retention.ms", "No limit", "-1"],
    ["retention.ms", "-1", "-1"],
    ["log.retention.hours", "2 weeks", "336"],
    ["max.compaction.lag.ms", "no limit", "9223372036854775807"],
    ["segment.bytes", "1 GiB", "1073741824"],
    ["segment.bytes", "1,5g", "1610612736"],
    ["segment.bytes", "100 MB", "100000000"],
    ["retention.bytes", "unlimited", "-1"],
    ["segment.bytes", "9007199254740993", "9007199254740993"],
  ])("%s: %s is %s", (name, text, value) => {
    expect(parseConfigText(name, text)).toBe(value);
  });

  test.each([
    ["retention.ms", ""],
    ["retention.ms", "soon"],
    ["retention.ms", "7 GiB"],
    ["retention.ms", "1.5 ms"],
    ["retention.ms", "1 d, roughly"],
    ["segment.bytes", "no limit"],
    ["segment.bytes", "99999999999999999999"],
    ["segment.bytes", "9999999 TiB"],
    ["cleanup.policy", "7 d"],
  ])("%s: %s can't be read", (name, text) => {
    expect(parseConfigText(name, text)).toBeNull();
  });

  test("what is shown for editing is read back as the same value, beyond 2^53 too", () => {
    const values = fc.bigInt({ min: -2n, max: 9_223_372_036_854_775_807n }).map(String);
    const names = fc.constantFrom(
      "retention.ms",
      "segment.bytes",
      "retention.bytes",
      "local.retention.ms",
      "segment.ms",
    );
    fc.assert(fc.property(values, names, (value, name) => parseConfigText(name, configText(name, value)) === value));
    expect(configText("retention.ms", "604800000")).toBe("7\u00a0d");
    expect(configText("max.message.bytes", "1048588")).toBe("1048588");
    expect(configText("retention.ms", "-1")).toBe("no limit");
  });
});
