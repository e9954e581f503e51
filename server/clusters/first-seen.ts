/** Remembers since when each present problem has been there, as far as this server looked. What goes is forgotten. */
export class FirstSeen {
  #since = new Map<string, number>();

  /** @param present keys of all problems there are now. @returns since when each has been seen, without a break */
  update(present: Iterable<string>, nowMs: number): ReadonlyMap<string, number> {
    const next = new Map<string, number>();
    for (const key of present) next.set(key, this.#since.get(key) ?? nowMs);
    this.#since = next;
    return next;
  }
}
