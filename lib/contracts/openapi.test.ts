import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allEndpoints } from "./all.ts";
import { openApiDocument } from "./openapi.ts";

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: unknown;
  responses: Record<string, { content: Record<string, unknown> }>;
}

const document = openApiDocument(allEndpoints, "1.2.3");
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
);

test("every contract is one operation, under an id of its own", () => {
  expect(operations).toHaveLength(allEndpoints.length);
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(allEndpoints.length);
});

test("every name in a path is a required path parameter, and no other", () => {
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const declared = operation.parameters.filter((one) => one.in === "path");
    expect(declared.map(({ name }) => name)).toEqual(named);
    expect(declared.every(({ required }) => required)).toBe(true);
  }
});

test("every operation tells its answer and its problems; only changes have a body", () => {
  for (const { method, operation } of operations) {
    expect(Object.keys(operation.responses)).toEqual(["200", "4XX", "5XX"]);
    expect(Object.keys(operation.responses["4XX"]?.content ?? {})).toEqual(["application/problem+json"]);
    if (method === "get") expect(operation.requestBody).toBeUndefined();
  }
});

test("every reference leads to a component, and nothing of zod's own is left", () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references) {
    const name = reference.replace("#/components/schemas/", "");
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
  expect(text).not.toContain("$defs");
  expect(text).not.toContain("$schema");
});

test("an answer has its own media type", () => {
  const types = new Map(
    operations.map(({ operation }) => [operation.operationId, Object.keys(operation.responses["200"]?.content ?? {})]),
  );
  expect(types.get("listTopics")).toEqual(["application/json"]);
  expect(types.get("tailMessages")).toEqual(["text/event-stream"]);
  expect(types.get("downloadMessage")).toEqual(["application/octet-stream"]);
});

test("int64 values are text on the wire", () => {
  expect(document.components.schemas).toMatchObject({ Int64: { type: "string" } });
});

test("every contract is bound by a route file of its path, and every route file binds a contract", () => {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => ({ file, text: readFileSync(`app/api/${file}`, "utf8") }));
  const bound = files.flatMap(({ file, text }) => {
    const path = `/api/${file.replace(/\/?route\.ts$/, "").replaceAll(/\[(\w+)\]/g, ":$1")}`;
    return [
      ...text.matchAll(/export const (GET|POST|PUT|PATCH|DELETE) = (?:route|serverRoute|streamRoute|bytesRoute)\(/g),
    ].map((match) => `${match[1]} ${path}`);
  });
  expect(bound.sort()).toEqual(allEndpoints.map(({ method, path }) => `${method} ${path}`).sort());
  for (const { file, text } of files) {
    // Without it, Next would answer with what it found when it was built.
    expect(text, file).toContain('export const dynamic = "force-dynamic";');
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      expect(text, `${file} answers ${method}`).toMatch(
        new RegExp(`export (const ${method} =|\\{[^}]*\\b${method}\\b)`),
      );
    }
  }
});
