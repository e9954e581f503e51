/** A codec as it is told: Kafka's "none" would be read as if nothing was there. */
export function codecText(codec: string): string {
  return codec === "none" ? "uncompressed" : codec;
}
