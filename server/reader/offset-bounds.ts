/** `Math.max` of offsets. */
export function laterOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** `Math.min` of offsets. */
export function earlierOf(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
