/** One setting that is wrong. `key` as its owner wrote it: an environment variable, or a place in the settings file. */
export interface SettingProblem {
  readonly key: string;
  readonly wrong: string;
  readonly right: string;
}

/** Every wrong setting at once. The message is for a person at a terminal; it never holds a value that could be secret. */
export class SettingsError extends Error {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(({ key, wrong, right }) => `  ${key}: ${wrong}\n    ${right}`);
    const count = problems.length === 1 ? "a setting is" : `${problems.length} settings are`;
    super(`Tailrace can't start: ${count} wrong.\n${lines.join("\n")}`);
    this.name = "SettingsError";
    this.problems = problems;
  }
}

/** Collects what is wrong, so that a person mends all of it in one go. */
export class SettingsProblems {
  readonly #problems: SettingProblem[] = [];

  add(key: string, wrong: string, right: string): null {
    this.#problems.push({ key, wrong, right });
    return null;
  }

  get any(): boolean {
    return this.#problems.length > 0;
  }

  /** @throws {SettingsError} when anything was added */
  throwIfAny(): void {
    if (this.any) throw new SettingsError(this.#problems);
  }
}

/** The known key that a mistyped one most probably means; null when none is near. */
export function nearestKey(typed: string, known: readonly string[]): string | null {
  const allowed = Math.max(2, Math.floor(typed.length / 4));
  const shortened = known.filter((key) => key.toLowerCase().startsWith(typed.toLowerCase()));
  if (shortened.length === 1 && shortened[0] !== undefined) return shortened[0];
  const ranked = known
    .map((key) => ({ key, distance: editDistance(typed.toLowerCase(), key.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= allowed ? best.key : null;
}

/** Levenshtein distance, one row at a time. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
