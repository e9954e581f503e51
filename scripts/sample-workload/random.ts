/** One of the values, all as likely. */
export function pick<T>(values: readonly [T, ...T[]]): T {
  return values[integer(values.length)] ?? values[0];
}

/** From 0 up to, but not including, `below`. */
export function integer(below: number): number {
  return Math.floor(Math.random() * below);
}

/** `count` things made one after another. */
export function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

/** 16 random hexadecimal digits. */
export function traceId(): string {
  return times(16, () => integer(16).toString(16)).join("");
}
