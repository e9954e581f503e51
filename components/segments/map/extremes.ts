/** Math.max and Math.min take no bigint. */
export function largest(values: readonly bigint[]): bigint | null {
  let most: bigint | null = null;
  for (const value of values) if (most === null || value > most) most = value;
  return most;
}

export function smallest(values: readonly bigint[]): bigint | null {
  let least: bigint | null = null;
  for (const value of values) if (least === null || value < least) least = value;
  return least;
}
