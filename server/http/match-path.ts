import { ProblemError } from "#lib/problem.ts";

/**
 * The values of the `:names` in a contract's path, percent-decoded; null when `pathname` isn't of that form.
 * @throws {ProblemError} invalid-request when a value's percent-encoding is broken
 */
export function matchPath(path: string, pathname: string): Record<string, string> | null {
  const wanted = path.split("/");
  const given = pathname.split("/");
  if (wanted.length !== given.length) return null;
  const values: [string, string][] = [];
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) values.push([part.slice(1), value]);
    else if (part !== value) return null;
  }
  return Object.fromEntries(values.map(([name, value]) => [name, decode(name, value)]));
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ProblemError("invalid-request", "The address has a broken percent-encoding.", {
      invalidParams: [{ path: name, message: "its percent-encoding is broken: '%' stands as %25" }],
    });
  }
}
