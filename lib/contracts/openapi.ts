import { z } from "zod";
import { problemDetails } from "../problem.ts";
import type { Endpoint } from "./endpoint.ts";

type Json = Record<string, unknown>;

/**
 * The API as OpenAPI 3.1, made of nothing but the contracts. Schemas with an id become components.
 * Everything is described as it is on the wire: where a default is filled in, the property may be left out.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(endpoints: readonly Endpoint[], version: string) {
  const components = new Map<string, Json>();
  const schemaOf = (schema: z.ZodType) => wireSchema(schema, components);
  const problem = {
    description: "A problem, with a code from a closed list and what to do next (RFC 9457)",
    content: { "application/problem+json": { schema: schemaOf(problemDetails) } },
  };
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:([a-zA-Z]+)/g, "{$1}");
    const hasBody = !(endpoint.body instanceof z.ZodUndefined);
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: {
        operationId: endpoint.name,
        summary: endpoint.summary,
        description: `Needs the permission \`${endpoint.permission}\`.${
          endpoint.changes
            ? " Changes the cluster: refused on read-only clusters, and without this server's Origin."
            : ""
        }`,
        parameters: [
          ...parametersOf(endpoint.params, "path", schemaOf),
          ...parametersOf(endpoint.query, "query", schemaOf),
        ],
        ...(hasBody && {
          requestBody: { required: true, content: { "application/json": { schema: schemaOf(endpoint.body) } } },
        }),
        responses: {
          "200": {
            description: endpoint.summary,
            content: answerOf(endpoint, schemaOf),
          },
          "4XX": problem,
          "5XX": problem,
        },
      },
    };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Tailrace",
      version,
      description:
        "An operations dashboard for Apache Kafka. Offsets, counts and sizes that can pass 2^53 are decimal text.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b, "en"))) },
  };
}

/** The data of each event is of the schema; bytes have none (OpenAPI 3.1 describes them by their media type alone). */
function answerOf({ answers, response }: Endpoint, schemaOf: (schema: z.ZodType) => Json): Json {
  switch (answers) {
    case "bytes":
      return { "application/octet-stream": {} };
    case "event-stream":
      return { "text/event-stream": { schema: schemaOf(response) } };
    default:
      return { "application/json": { schema: schemaOf(response) } };
  }
}

function parametersOf(shape: z.ZodObject, place: "path" | "query", schemaOf: (schema: z.ZodType) => Json): Json[] {
  return Object.entries(shape.shape).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path" || !schema.safeParse(undefined).success,
    schema: schemaOf(schema),
  }));
}

/** One schema as JSON Schema; what it refers to by id moves to the components. */
function wireSchema(schema: z.ZodType, components: Map<string, Json>): Json {
  const { $schema: _, $defs = {}, ...root } = moveReferences(z.toJSONSchema(schema, { io: "input" })) as Json;
  for (const [id, definition] of Object.entries($defs as Record<string, Json>))
    components.set(id, withoutId(definition));
  const { id } = root;
  if (typeof id !== "string") return root;
  components.set(id, withoutId(root));
  return { $ref: `#/components/schemas/${id}` };
}

function withoutId({ id: _, ...schema }: Json): Json {
  return schema;
}

function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string"
        ? inner.replace(/^#\/\$defs\//, "#/components/schemas/")
        : moveReferences(inner),
    ]),
  );
}
