/** From here on a broker's disk is worth a warning: the mark on every bar. The server's findings use the same limits. */
export const DISK_WARN_PERCENT = 85;
/** From here on little time is left. */
export const DISK_CRIT_PERCENT = 95;
