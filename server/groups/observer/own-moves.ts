/** Far longer than any window of a verdict looks back; what is older no sample asks for any more. */
const HELD_MS = 60 * 60_000;

/**
 * When Tailrace itself moved commits, by group: what samples see of that says nothing about consumers. Other instances, and other tools,
 * are not known here.
 */
export class OwnMoves {
  readonly #moves = new Map<string, { underWay: number; endedMs: number }>();

  /** Makes a change of a group's commits, whatever becomes of it. @throws what `apply` throws */
  async during<T>(group: string, apply: () => Promise<T>): Promise<T> {
    this.#forgetOld(Date.now());
    const move = this.#moveOf(group);
    move.underWay++;
    try {
      return await apply();
    } finally {
      move.underWay--;
      this.note(group, Date.now());
    }
  }

  /** Its commits were moved here until `endedMs`. */
  note(group: string, endedMs: number): void {
    this.#moveOf(group).endedMs = endedMs;
  }

  /** Whether commits may differ from a reading that began at `beforeMs` because they were moved here. */
  mayShow(group: string, beforeMs: number): boolean {
    const move = this.#moves.get(group);
    return move !== undefined && (move.underWay > 0 || beforeMs <= move.endedMs);
  }

  /** After the clock jumped, what is under way stays. */
  clear(): void {
    for (const [group, { underWay }] of this.#moves) if (underWay === 0) this.#moves.delete(group);
  }

  #moveOf(group: string): { underWay: number; endedMs: number } {
    const move = this.#moves.get(group) ?? { underWay: 0, endedMs: 0 };
    this.#moves.set(group, move);
    return move;
  }

  #forgetOld(nowMs: number): void {
    for (const [group, { underWay, endedMs }] of this.#moves) {
      if (underWay === 0 && nowMs - endedMs > HELD_MS) this.#moves.delete(group);
    }
  }
}
