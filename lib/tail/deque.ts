/** A list that grows at its end and is trimmed at its start, both without moving what is in it. */
export class Deque<T> {
  #items: (T | undefined)[] = [];
  #head = 0;
  /** How many were ever trimmed: the number of the first item, when items are numbered from 0. */
  #trimmed = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  get trimmed(): number {
    return this.#trimmed;
  }

  at(index: number): T | undefined {
    return index < 0 ? undefined : this.#items[this.#head + index];
  }

  last(): T | undefined {
    return this.at(this.length - 1);
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Removes the first item; undefined when there is none. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    this.#trimmed += 1;
    // The holes are dropped when they are half of it: each item is moved once on average.
    if (this.#head > 1_024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Puts others in the place of one item. */
  replace(index: number, items: readonly T[]): void {
    if (index < 0 || index >= this.length) return;
    const at = this.#head + index;
    this.#items = [...this.#items.slice(this.#head, at), ...items, ...this.#items.slice(at + 1)];
    this.#head = 0;
  }

  indexOf(item: T): number {
    const at = this.#items.indexOf(item, this.#head);
    return at === -1 ? -1 : at - this.#head;
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = this.#head; index < this.#items.length; index += 1) yield this.#items[index] as T;
  }
}
