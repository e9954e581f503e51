import { expect, test } from "vitest";
import {
  digitGroups,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  plural,
  quantityText,
  shortCount,
} from "./format.ts";

const spaced = (text: string) => text.replaceAll(" ", "\u00a0");

test("counts beyond 2^53 keep every digit", () => {
  expect(formatCount("9223372036854775807")).toBe("9,223,372,036,854,775,807");
  expect(formatCount(18_442)).toBe("18,442");
  expect(formatCount(-1204n)).toBe("-1,204");
});

test("unknown is a dash, never 0", () => {
  for (const format of [formatCount, formatBytes, formatDuration, formatRate]) {
    expect(format(null)).toBe("—");
    expect(format(undefined)).toBe("—");
  }
  expect(formatCount(0)).toBe("0");
  expect(quantityText(null)).toBe("—");
});

test.each([
  ["0", "0 B"],
  ["1023", "1023 B"],
  ["1024", "1.00 KiB"],
  ["2981", "2.91 KiB"],
  [`${811n * 1024n ** 3n}`, "811 GiB"],
  [`${61n * 1024n ** 3n + 214_748_365n}`, "61.2 GiB"],
  [`${1020n * 1024n ** 2n}`, "1,020 MiB"],
  [`${1024n ** 3n - 1n}`, "1.00 GiB"],
  ["2979675999109", "2.71 TiB"],
  ["9223372036854775807", "8.00 EiB"],
])("%s bytes are %s", (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(spaced(expected));
});

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [38_000, "38 s"],
  [564_000, "9 min 24 s"],
  [540_000, "9 min"],
  [4_860_000, "1 h 21 min"],
  ["604800000", "7 d"],
  ["129600000", "1 d 12 h"],
  ["9223372036854775807", "106,751,991,167 d 7 h"],
])("%s ms last %s", (ms, expected) => {
  expect(formatDuration(ms)).toBe(spaced(expected));
});

test("a trickle of messages is not shown as none", () => {
  expect(formatRate(0)).toBe("0");
  expect(formatRate(0.001)).toBe(spaced("< 0.1"));
  expect(formatRate(0.42)).toBe("0.4");
  expect(formatRate(9.96)).toBe("10");
  expect(formatRate(1204.3)).toBe("1,204");
});

test("one is one, all else is many", () => {
  expect(plural(1, "partition")).toBe(spaced("1 partition"));
  expect(plural("1204", "partition")).toBe(spaced("1,204 partitions"));
  expect(plural(0, "entry", "entries")).toBe(spaced("0 entries"));
});

test("digit groups join to the bare digits", () => {
  expect(digitGroups("48077655")).toEqual(["48", "077", "655"]);
  expect(digitGroups("48077655").join("")).toBe("48077655");
});

test.each([
  ["0", "0"],
  ["999", "999"],
  ["1000", "1k"],
  ["18442", "18.4k"],
  ["99949", "99.9k"],
  ["99950", "100k"],
  ["999499", "999k"],
  ["999500", "1M"],
  ["-3104", "-3.1k"],
  ["9223372036854775807", "9.2E"],
])("%s is shortened to %s", (count, text) => {
  expect(shortCount(count)).toBe(text);
  expect(shortCount(null)).toBe("—");
});
