import { type Domain, type Share, shareOf } from "./shares.ts";

/** A tick of a ruler. */
export interface Tick {
  readonly share: Share;
  readonly size: "fine" | "whole";
  /** Null: a fine one. */
  readonly label: string | null;
}

/** A tick whose label is a number of the axis' unit. */
export interface NumberTick extends Tick {
  readonly value: bigint;
}

/** Of each labelled step, so many fine ones. */
const FINE_PER_STEP: ReadonlyMap<bigint, bigint> = new Map([
  [1n, 5n],
  [2n, 4n],
  [5n, 5n],
]);

/** Round offsets: 1, 2 or 5 times a power of ten. */
export function offsetTicks(domain: Domain, labels: number): NumberTick[] {
  const wanted = ceilDivide(domain.to - domain.from, BigInt(Math.max(1, labels)));
  let power = 1n;
  while (power * 10n < wanted) power *= 10n;
  for (const factor of [1n, 2n, 5n, 10n]) {
    if (power * factor < wanted) continue;
    const step = power * factor;
    return ticksEvery(domain, step, step / (FINE_PER_STEP.get(factor === 10n ? 1n : factor) ?? 5n));
  }
  return [];
}

/** Round sizes: powers of two, as units of bytes are. */
export function byteTicks(domain: Domain, labels: number): NumberTick[] {
  const wanted = ceilDivide(domain.to - domain.from, BigInt(Math.max(1, labels)));
  let step = 1n;
  while (step < wanted) step *= 2n;
  return ticksEvery(domain, step, step / 4n);
}

function ticksEvery(domain: Domain, step: bigint, fine: bigint): NumberTick[] {
  const every = fine > 0n ? fine : step;
  const ticks: NumberTick[] = [];
  for (let value = ceilDivide(domain.from, every) * every; value <= domain.to; value += every) {
    const isWhole = value % step === 0n;
    const size = isWhole ? "whole" : "fine";
    ticks.push({ share: shareOf(value, domain), size, label: isWhole ? value.toString() : null, value });
  }
  return ticks;
}

function ceilDivide(value: bigint, by: bigint): bigint {
  return value <= 0n ? 0n : (value + by - 1n) / by;
}
