import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { ReplicaSegments } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount, plural } from "#lib/format.ts";
import type { Differences } from "./differences.ts";

/** How a replica is, in a few words: "10.8 MiB, in sync". */
export function replicaWords({ role, inSync, offsetLag, sizeBytes, damage, segments }: ReplicaSegments): string {
  const findings = damage.length + segments.reduce((sum, segment) => sum + segment.damage.length, 0);
  const parts = [
    sizeBytes !== null && formatBytes(sizeBytes),
    role === "future" ? "being moved to another log dir" : inSync ? "in sync" : "not in sync",
    role !== "leader" && offsetLag !== null && `${formatCount(offsetLag)} behind`,
    findings > 0 && `${plural(findings, "finding")} of damage`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** A shape where something isn't as it should be. */
export function replicaGlyph(replica: ReplicaSegments, differences: Differences | null): GlyphShape | undefined {
  const { role, inSync, damage, segments, access } = replica;
  if (damage.length > 0 || segments.some((segment) => segment.damage.length > 0)) return "octagon";
  if (role === "future") return "arrows";
  if (!inSync || differences?.suspicious === true) return "triangle";
  return access.state === "unreadable" ? "dash" : undefined;
}
