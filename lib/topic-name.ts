import { topicName } from "./contracts/kafka.ts";

const MAX_LENGTH = 249;

/**
 * Why Kafka would refuse this name, in words for its field; null when it would not.
 * The rules are those of `org.apache.kafka.common.internals.Topic.validate`; the contract's schema has the last word.
 */
export function topicNameProblem(name: string): string | null {
  if (name === "") return "A topic needs a name.";
  if (name === "." || name === "..") return `Kafka keeps "${name}" out: it would name a directory.`;
  const foreign = [...new Set(name.match(/[^a-zA-Z0-9._-]/gu) ?? [])];
  if (foreign.length > 0) {
    return `Kafka allows ASCII letters, digits, ".", "_" and "-" here, not ${foreign.slice(0, 5).map(shown).join(" ")}.`;
  }
  if (name.length > MAX_LENGTH) return `${name.length} characters; Kafka allows ${MAX_LENGTH}.`;
  return topicName.safeParse(name).success ? null : "Kafka doesn't allow this name.";
}

function shown(character: string): string {
  if (character === " ") return "a space";
  return /\p{C}|\p{Z}/u.test(character)
    ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
    : `"${character}"`;
}

export type NameClash = { readonly kind: "taken" | "collides"; readonly existing: string };

/**
 * The existing topic that stands in the way. Kafka writes "." and "_" alike in the names of its metrics, so it refuses
 * a topic that differs from another in these alone (`Topic.hasCollision`).
 */
export function topicNameClash(name: string, existing: Iterable<string>): NameClash | null {
  const unified = unify(name);
  let clash: NameClash | null = null;
  for (const other of existing) {
    if (other === name) return { kind: "taken", existing: other };
    if (clash === null && unify(other) === unified) clash = { kind: "collides", existing: other };
  }
  return clash;
}

function unify(name: string): string {
  return name.replaceAll(".", "_");
}

/** A free name close to one that clashes: hyphens never collide. Null when there is none so simple. */
export function freeNameLike(name: string, existing: ReadonlySet<string>): string | null {
  const hyphened = name.replace(/[._]/g, "-");
  const candidates = [hyphened, ...[2, 3, 4, 5].map((n) => `${hyphened}-${n}`)];
  return (
    candidates.find(
      (candidate) => topicNameProblem(candidate) === null && topicNameClash(candidate, existing) === null,
    ) ?? null
  );
}

/** "." and "_" in one name: legal, but it may collide with a later one, and Kafka's tools warn of it. */
export function mixesCollisionCharacters(name: string): boolean {
  return name.includes(".") && name.includes("_");
}
