const TRIES = 3;

/**
 * What `work` costs the processor in this thread, in milliseconds: the least of three times, so that neither other processes nor
 * a collection of garbage count.
 */
export function leastCpuMs(work: () => void): number {
  const costs = Array.from({ length: TRIES }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...costs);
}
