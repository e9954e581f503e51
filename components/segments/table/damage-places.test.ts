import { expect, test } from "vitest";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { damagePlaces } from "./damage-places.ts";
import { aSegment } from "./segment.fixture.ts";

const found = (file: string, position: string | null, kind: SegmentDamage["kind"] = "crc"): SegmentDamage => ({
  file,
  position,
  kind,
  detail: `${file} is damaged.`,
});
const log = "00000000000000001680.log";

test("a finding leads to its segment, and to the byte of the log that it is about", () => {
  const places = damagePlaces(
    {
      damage: [found("notes.txt", null, "foreign-file")],
      segments: [
        aSegment(),
        aSegment({ baseOffset: "1680", damage: [found(log, "4096"), found("00000000000000001680.index", "8")] }),
      ],
    },
    [],
  );
  expect(places.map(({ damage, baseOffset, position }) => [damage.file, baseOffset, position])).toEqual([
    ["notes.txt", null, null],
    [log, "1680", "4096"],
    ["00000000000000001680.index", "1680", null],
  ]);
});

test("what counting finds again is told once; a segment that isn't there leads nowhere", () => {
  const places = damagePlaces(
    { damage: [], segments: [aSegment({ baseOffset: "1680", damage: [found(log, "4096")] })] },
    [{ damage: [found(log, "4096"), found(log, "8192"), found("00000000000000000007.log", null, "vanished")] }],
  );
  expect(places.map(({ baseOffset, position }) => [baseOffset, position])).toEqual([
    ["1680", "4096"],
    ["1680", "8192"],
    [null, null],
  ]);
});
