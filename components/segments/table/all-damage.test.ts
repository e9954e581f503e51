import { expect, test } from "vitest";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { allDamage } from "./all-damage.ts";
import { aSegment } from "./segment.fixture.ts";

const found = (file: string, position: string | null): SegmentDamage => ({ file, position, kind: "crc", detail: file });
const log = "00000000000000001680.log";

test("the directory's, the segments' and what counting found; twice found is told once", () => {
  const segments = [aSegment(), aSegment({ baseOffset: "1680", damage: [found(log, "4096")] })];
  const all = allDamage({ damage: [found("notes.txt", null)], segments }, [
    { damage: [found(log, "4096"), found(log, "8192")] },
    { damage: [] },
  ]);
  expect(all.map(({ file, position }) => [file, position])).toEqual([
    ["notes.txt", null],
    [log, "4096"],
    [log, "8192"],
  ]);
});
