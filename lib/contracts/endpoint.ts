import { z } from "zod";

/** What an actor must be allowed to do; each endpoint names one, one guard checks it. */
export type Permission = "view" | "read-messages" | "produce" | "operate" | "administer";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * The wire of one operation, as zod: server types, client types, forms and OpenAPI come from it.
 * `path` uses `:name` for each key of `params`. Query values arrive as strings: use `z.coerce` or `z.stringbool` there.
 */
export interface Endpoint<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  readonly method: Method;
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly permission: Permission;
  readonly params: Params;
  readonly query: Query;
  /** `z.undefined()` when the method carries none. */
  readonly body: Body;
  readonly response: Response;
  /**
   * What a success is: one JSON value; a stream of server-sent events, each of whose data is a JSON value; bytes to be saved.
   * A failure is always a problem.
   */
  readonly answers: "json" | "event-stream" | "bytes";
  /** A larger body is not read. */
  readonly maxBodyBytes: number;
  /** True when it can change the cluster: refused on read-only clusters, needs a same-origin Origin. */
  readonly changes: boolean;
}

/** Unless an endpoint says otherwise. The largest topic with an explicit assignment takes about a third of it. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** What a caller of the endpoint passes. */
export type EndpointInput<E extends Endpoint> = z.input<E["params"]> & {
  query?: z.input<E["query"]>;
} & (z.input<E["body"]> extends undefined ? { body?: undefined } : { body: z.input<E["body"]> });

/** What the service behind the endpoint receives. */
export interface ParsedInput<E extends Endpoint> {
  readonly params: z.output<E["params"]>;
  readonly query: z.output<E["query"]>;
  readonly body: z.output<E["body"]>;
}

export type EndpointOutput<E extends Endpoint> = z.output<E["response"]>;

const noKeys = z.strictObject({});
const noBody = z.undefined();
type NoKeys = typeof noKeys;
type NoBody = typeof noBody;

/** Fills in what an operation doesn't have: query and body are empty unless given, and only GET changes nothing. */
export function defineEndpoint<
  Params extends z.ZodObject,
  Response extends z.ZodType,
  Query extends z.ZodObject = NoKeys,
  Body extends z.ZodType = NoBody,
>(endpoint: {
  name: string;
  method: Method;
  path: `/api/${string}`;
  summary: string;
  permission: Permission;
  params: Params;
  query?: Query;
  body?: Body;
  answers?: Endpoint["answers"];
  /** Said only where more than 1 MiB can be meant. */
  maxBodyBytes?: number;
  /** Said only where a method other than GET changes nothing. */
  changes?: boolean;
  response: Response;
}): Endpoint<Params, Query, Body, Response> {
  return {
    answers: "json",
    maxBodyBytes: MAX_BODY_BYTES,
    changes: endpoint.method !== "GET",
    ...endpoint,
    query: endpoint.query ?? (noKeys as unknown as Query),
    body: endpoint.body ?? (noBody as unknown as Body),
  };
}
