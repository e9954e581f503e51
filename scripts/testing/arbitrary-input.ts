import fc from "fast-check";
import { z } from "zod";

/** The parts of JSON Schema that zod makes of the contracts' inputs. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

const MAX_ITEMS = 3;

/** Inputs that a contract's schema would mostly take: what it refines beyond JSON Schema, they may miss. */
export function plausibleInput(schema: z.ZodType): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
  return arbitraryOf(root, root.$defs ?? {});
}

function arbitraryOf(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): fc.Arbitrary<unknown> {
  const inner = (one: JsonSchema) => arbitraryOf(one, definitions);
  if (schema.$ref !== undefined) return inner(definitions[schema.$ref.replace("#/$defs/", "")] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(inner));
  if (schema.allOf !== undefined) return inner(Object.assign({}, ...schema.allOf));
  switch (schema.type) {
    case "object": {
      const { properties = {}, required = [], additionalProperties } = schema;
      const known = fc.record(Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, inner(one)])), {
        requiredKeys: [...required],
        noNullPrototype: true,
      });
      if (typeof additionalProperties !== "object") return known;
      return fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), inner(additionalProperties), {
        maxKeys: MAX_ITEMS,
      });
    }
    case "array":
      return fc.array(inner(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: MAX_ITEMS });
    case "string":
      return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : fc.string({ maxLength: 20 });
    case "integer":
    case "number":
      return fc.integer({ min: Math.max(schema.minimum ?? -9, -1e9), max: Math.min(schema.maximum ?? 9, 2 ** 31 - 1) });
    case "boolean":
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** Values that have broken a parser somewhere. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    1e308,
    2 ** 53,
    true,
    [],
    {},
    "__proto__",
    "constructor",
    "..",
    "../../etc/passwd",
    "%00",
    "\u0000",
    "\ud800",
    "💥".repeat(50),
    "x".repeat(5_000),
    "9223372036854775808",
    "NaN",
    "1e3",
    "'; DROP TABLE topics; --",
    "$" + "{jndi:ldap://x}",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The plausible ones with one value somewhere replaced, left out or added; and plain garbage. */
export function brokenInput(schema: z.ZodType): fc.Arbitrary<unknown> {
  const mutated = fc
    .tuple(plausibleInput(schema), fc.nat(20), nasty, fc.constantFrom("replace", "remove", "add"))
    .map(([value, at, junk, how]) => mutate(structuredClone(value), at, junk, how));
  return fc.oneof({ weight: 3, arbitrary: mutated }, { weight: 1, arbitrary: nasty });
}

function mutate(value: unknown, at: number, junk: unknown, how: string): unknown {
  const places = [...placesIn(value)];
  const place = places[at % (places.length || 1)];
  if (place === undefined) return junk;
  const { parent, key } = place;
  if (how === "add" && !Array.isArray(parent)) parent[`${key}x`] = junk;
  else if (how === "remove" && !Array.isArray(parent)) delete parent[key];
  else parent[key] = junk;
  return value;
}

type Parent = Record<string, unknown>;

function* placesIn(value: unknown): Generator<{ parent: Parent; key: string }> {
  if (typeof value !== "object" || value === null) return;
  const parent = value as Parent;
  for (const [key, inner] of Object.entries(parent)) {
    yield { parent, key };
    yield* placesIn(inner);
  }
}
