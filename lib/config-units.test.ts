import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configUnit, fromAmount, humanConfigValue, stepsOf, toAmount } from "./config-units.ts";

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

describe("a quantity of a form", () => {
  const unit = fc.constantFrom("time" as const, "bytes" as const);

  test("comes back as the value it was made of, beyond 2^53 too", () => {
    const values = fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n });
    fc.assert(fc.property(values, unit, (value, of) => fromAmount(toAmount(`${value}`, of), of) === `${value}`));
  });

  test("takes decimals while the result is whole", () => {
    expect(fromAmount({ amount: "1.5", unit: "days" }, "time")).toBe("129600000");
    expect(fromAmount({ amount: "1,5", unit: "GiB" }, "bytes")).toBe("1610612736");
    expect(fromAmount({ amount: "1.5", unit: "milliseconds" }, "time")).toBeNull();
  });

  test("refuses what is no number, negative or past int64", () => {
    for (const amount of ["", " ", "-1", "1e3", "12a", "9999999999999999999", "."]) {
      expect(fromAmount({ amount, unit: "days" }, "time")).toBeNull();
    }
  });

  test("every step is offered once", () => {
    fc.assert(fc.property(unit, (of) => new Set(stepsOf(of).map(({ name }) => name)).size === stepsOf(of).length));
  });
});
