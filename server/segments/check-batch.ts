import { crc32c } from "../kafka/crc32c.ts";
import { type BatchHeader, CRC_COVERS_FROM } from "../reader/record-batch.ts";
import type { Damage } from "./damage.ts";

/** What is wrong with one whole batch, by its checksum and its header. */
export function batchProblems(file: string, position: number, header: BatchHeader, bytes: Buffer): Damage[] {
  const damage: Damage[] = [];
  if (bytes.length < header.sizeBytes) {
    damage.push({ file, position, kind: "truncated", detail: `The batch at byte ${position} is cut off.` });
    return damage;
  }
  const crc = crc32c(bytes, CRC_COVERS_FROM, header.sizeBytes);
  if (crc !== header.crc) {
    damage.push({
      file,
      position,
      kind: "crc",
      detail: `The batch of offsets ${header.baseOffset} to ${header.lastOffset} has the checksum ${hex(header.crc)} (${header.crc} as DumpLogSegments prints it), but its bytes give ${hex(crc)} (${crc}): they aren't what was written.`,
    });
  }
  if (header.lastOffsetDelta < 0) {
    damage.push({
      file,
      position,
      kind: "offset-order",
      detail: `The batch at byte ${position} ends before it begins: its last offset is ${header.lastOffset}, its base offset ${header.baseOffset}.`,
    });
  }
  return damage;
}

/** A checksum as eight hexadecimal digits; Kafka's own tools print it in decimal. */
export function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
