const NAME_DIGITS = 20;

/** As a segment's files are named: "00000000000000001680". */
export function paddedOffset(baseOffset: string): string {
  return baseOffset.padStart(NAME_DIGITS, "0");
}

/** "00000000000000001680.log". */
export function logFileName(baseOffset: string): string {
  return `${paddedOffset(baseOffset)}.log`;
}

/** The base offset that a segment's file is named by; null for other names. */
export function baseOffsetOfFile(file: string): string | null {
  const digits = /^(\d{20})\./.exec(file)?.[1];
  return digits === undefined ? null : BigInt(digits).toString();
}
