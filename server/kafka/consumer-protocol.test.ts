import fc from "fast-check";
import { AssignerProtocol } from "kafkajs";
import { expect, test } from "vitest";
import { readAssignment, readSubscription } from "./consumer-protocol.ts";

const topicName = fc.stringMatching(/^[a-zA-Z0-9._-]{1,40}$/);
const text = (value: string) => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const int16 = (value: number) => Buffer.from(new Uint8Array(new Int16Array([value]).buffer)).swap16();
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

test("what kafkajs writes is read: topics, and partitions in order", () => {
  fc.assert(
    fc.property(
      fc.array(topicName, { maxLength: 8 }),
      fc.dictionary(topicName, fc.uniqueArray(fc.nat({ max: 1_000 }), { minLength: 1 })),
      fc.uint8Array({ maxLength: 20 }),
      (topics, assignment, userData) => {
        const { MemberMetadata, MemberAssignment } = AssignerProtocol;
        const stored = Buffer.from(userData);
        expect(readSubscription(MemberMetadata.encode({ version: 1, topics, userData: stored }))).toEqual({
          topics,
          rackId: null,
        });
        const sorted = Object.entries(assignment).map(
          ([topic, partitions]) => [topic, partitions.toSorted((a, b) => a - b)] as const,
        );
        const encoded = MemberAssignment.encode({ version: 1, assignment, userData: stored });
        expect(readAssignment(encoded)).toEqual(new Map(sorted));
      },
    ),
  );
});

/** As Java's consumer writes it since Kafka 3.5 (KIP-881). */
function subscription3(rackId: string | null): Buffer {
  const owned = Buffer.concat([int32(1), text("orders"), int32(2), int32(0), int32(4)]);
  const rack = rackId === null ? int16(-1) : text(rackId);
  return Buffer.concat([int16(3), int32(1), text("orders"), int32(-1), owned, int32(7), rack]);
}

test("a member's rack is told by version 3, and later versions only append", () => {
  expect(readSubscription(subscription3("rack-a"))).toEqual({ topics: ["orders"], rackId: "rack-a" });
  expect(readSubscription(subscription3(null))).toEqual({ topics: ["orders"], rackId: null });
  const later = Buffer.concat([subscription3("rack-a"), Buffer.from("more")]);
  later.writeInt16BE(9);
  expect(readSubscription(later)).toEqual({ topics: ["orders"], rackId: "rack-a" });
});

test("nothing is wanted and nothing assigned while a group rebalances: no bytes", () => {
  expect(readSubscription(new Uint8Array())).toEqual({ topics: [], rackId: null });
  expect(readAssignment(new Uint8Array())).toEqual(new Map());
});

test("bytes that somebody made up are read or refused, never an error, a hang or a huge reservation", () => {
  const valid = subscription3("rack-a");
  const madeUp = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // Nearly right: cut off, or one byte another.
    fc.nat({ max: valid.length }).map((length) => valid.subarray(0, length)),
    fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => valid.with(at, byte)),
  );
  fc.assert(
    fc.property(madeUp, (bytes) => {
      const wanted = readSubscription(bytes);
      if (wanted !== null) expect(wanted.topics.length).toBeLessThanOrEqual(bytes.length);
      const assigned = readAssignment(bytes);
      for (const partitions of assigned?.values() ?? []) {
        expect(partitions.length * 4).toBeLessThanOrEqual(bytes.length);
        expect(partitions.every((partition) => partition >= 0)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
  const huge = Buffer.concat([int16(0), int32(2_147_483_647)]);
  expect([readSubscription(huge), readAssignment(huge)]).toEqual([null, null]);
});
