import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { kcatMessageCommand, kcatTailCommand, type TailToFollow } from "./kcat-commands.ts";

const cluster = { bootstrap: "kafka-1:9092", security: { protocol: "PLAINTEXT", saslMechanism: null } } as const;
const tail: TailToFollow = { topics: ["orders"], partitions: null, start: { kind: "now" }, isolation: "committed" };

/** What a shell hands to kcat. */
function words(command: string): string[] {
  const script = `kcat() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("/bin/sh", ["-c", script]).toString().split("\0").slice(0, -1);
}

test("one message, by topic, partition and offset, whatever became of its transaction", () => {
  const message = { topic: "orders", partition: 3, offset: "9007199254740993" };
  expect(kcatMessageCommand(cluster, message)).toBe(
    [
      "kcat -C -e -q \\",
      "  -b kafka-1:9092 \\",
      "  -X isolation.level=read_uncommitted \\",
      "  -t orders -p 3 -o 9007199254740993 -c 1 \\",
      "  -f '%t-%p@%o %T\\n%h\\n%k\\n%s\\n'",
    ].join("\n"),
  );
  expect(words(kcatMessageCommand(cluster, message)).at(-1)).toBe("%t-%p@%o %T\\n%h\\n%k\\n%s\\n");
});

test.each([
  [{ kind: "now" }, "end"],
  [{ kind: "earliest" }, "beginning"],
  [{ kind: "last", count: 100 }, "-100"],
  [{ kind: "at", timestampMs: 1_763_690_000_123 }, "s@1763690000123"],
  [{ kind: "offset", offset: "991" }, "991"],
] as const)("a tail from %j starts at %s", (start, option) => {
  const said = words(kcatTailCommand(cluster, { ...tail, start }));
  expect(said[said.indexOf("-o") + 1]).toBe(option);
  expect(said).toContain("isolation.level=read_committed");
});

test("a tail from some minutes back starts so long before the command is run", () => {
  const said = words(kcatTailCommand(cluster, { ...tail, start: { kind: "ago", ms: 300_000 } }));
  const at = Number(/^s@(\d+)$/.exec(said[said.indexOf("-o") + 1] ?? "")?.[1]);
  expect(Math.abs(Date.now() - 300_000 - at)).toBeLessThan(5_000);
});

test("several topics, or partitions of one, are followed side by side", () => {
  const topics = kcatTailCommand(cluster, { ...tail, topics: ["orders", "payments"] });
  expect(topics.match(/^kcat /gm)).toHaveLength(2);
  expect(topics).toMatch(/&\nwait$/);
  const partitions = kcatTailCommand(cluster, { ...tail, partitions: [0, 3] });
  expect([...partitions.matchAll(/-t orders -p (\d)/g)].map(([, partition]) => partition)).toEqual(["0", "3"]);
});

test("a secured cluster's protocol is named, its secrets are left to fill in", () => {
  const secure = { ...cluster, security: { protocol: "SASL_SSL", saslMechanism: "SCRAM-SHA-512" } } as const;
  const said = words(kcatTailCommand(secure, tail));
  for (const option of [
    "security.protocol=SASL_SSL",
    "ssl.ca.location=CA_FILE",
    "sasl.mechanisms=SCRAM-SHA-512",
    "sasl.username=USERNAME",
    "sasl.password=PASSWORD",
  ]) {
    expect(said[said.indexOf(option) - 1]).toBe("-X");
  }
});
