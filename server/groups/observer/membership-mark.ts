import type { GroupReading } from "../group-reading.ts";

/**
 * A number that differs when members came or went, when partitions changed hands, or when the coordinator began a new epoch
 * (KIP-848); in whatever order they are told.
 */
export function membershipMark({ members, groupEpoch }: GroupReading): number {
  let mark = groupEpoch ?? 0;
  for (const { memberId, assigned } of members ?? []) {
    const member = hash(memberId);
    mark = (mark + member) | 0;
    for (const [topic, partitions] of assigned) {
      const part = hash(topic);
      for (const partition of partitions) mark = (mark + Math.imul(member ^ (part + partition), 0x9e3779b1)) | 0;
    }
  }
  return mark;
}

/** FNV-1a over UTF-16. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
