/** From here on a disk is worth a warning: the mark on every bar, and the server's findings. */
export const DISK_WARN_PERCENT = 85;
/** From here on little time is left. */
export const DISK_CRIT_PERCENT = 95;

/**
 * What is no longer usable of a disk, in whole percent, 0 to 100; null when unknown. Rounded down, so that everybody who
 * compares it with a limit agrees: 84.6% is not yet 85%.
 */
export function diskUsedPercent(totalBytes: bigint | null, usableBytes: bigint | null): number | null {
  if (totalBytes === null || usableBytes === null || totalBytes <= 0n) return null;
  const percent = Number(((totalBytes - usableBytes) * 100n) / totalBytes);
  return Math.min(100, Math.max(0, percent));
}
