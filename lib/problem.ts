import { z } from "zod";

/**
 * The closed list of what can go wrong, with the HTTP status of each. Every error a user meets has one of these codes,
 * and `/problems/<code>` explains it.
 */
export const problemStatus = {
  "invalid-request": 400,
  "host-not-allowed": 421,
  "cross-site-request": 403,
  "origin-mismatch": 403,
  "permission-denied": 403,
  "cluster-read-only": 403,
  "cluster-not-found": 404,
  "broker-not-found": 404,
  "topic-not-found": 404,
  "partition-not-found": 404,
  "message-not-found": 404,
  "group-not-found": 404,
  "change-not-found": 404,
  "segment-not-found": 404,
  "not-found": 404,
  "method-not-allowed": 405,
  "body-too-large": 413,
  "cursor-too-large": 431,
  "unsupported-media-type": 415,
  "topic-exists": 409,
  "group-not-empty": 409,
  "group-type-unsupported": 409,
  "plan-outdated": 409,
  "change-not-undoable": 409,
  "change-log-missing": 409,
  "segments-unreadable": 409,
  "not-local-cluster": 409,
  "quorum-at-risk": 409,
  "topic-refused": 422,
  "message-refused": 422,
  "offset-out-of-range": 422,
  "group-refused": 422,
  "kafka-forbidden": 403,
  "kafka-login-failed": 502,
  "kafka-refused": 502,
  "not-supported-by-broker": 501,
  "cluster-unreachable": 503,
  "broker-unreachable": 503,
  "deadline-exceeded": 504,
  "change-log-unwritable": 503,
  "too-many-tails": 503,
  "too-many-verifications": 503,
  "shutting-down": 503,
  cancelled: 499,
  internal: 500,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problemStatus;
export const problemCodes = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]];

const uncertain = new Set<ProblemCode>([
  "broker-unreachable",
  "cluster-unreachable",
  "deadline-exceeded",
  "cancelled",
  "internal",
]);

/** Whether a change that ended with this error may have happened all the same: its answer was lost, or none came. */
export function mayHaveHappened(error: unknown): boolean {
  return !(error instanceof ProblemError) || uncertain.has(error.code);
}

/** One input that is wrong: `path` as in the body ("configs.retention.ms"), or the name of a path or query parameter. */
export interface InvalidParam {
  readonly path: string;
  readonly message: string;
}

/** RFC 9457 problem details as Tailrace answers them. */
export const problemDetails = z
  .object({
    /** `/problems/<code>`: a page that explains it. */
    type: z.string(),
    code: z.enum(problemCodes),
    title: z.string(),
    status: z.int(),
    /** What happened here, and what to do next. */
    detail: z.string(),
    requestId: z.string(),
    invalidParams: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type ProblemDetails = z.output<typeof problemDetails>;

const BRAND = Symbol.for("tailrace.ProblemError");

/** The one error class, on both sides of the wire. `message` is the detail: what happened, and what to do next. */
export class ProblemError extends Error {
  readonly [BRAND] = true;
  readonly code: ProblemCode;
  readonly status: number;
  readonly invalidParams: readonly InvalidParam[];
  readonly requestId: string | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { invalidParams?: readonly InvalidParam[]; requestId?: string; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = "ProblemError";
    this.code = code;
    this.status = problemStatus[code];
    this.invalidParams = options.invalidParams ?? [];
    this.requestId = options.requestId;
  }

  /**
   * Next evaluates this module several times in one server (instrumentation, each route, each page), so there are several
   * of this class, and errors pass between them through `runtime()`: the brand tells, not the class.
   */
  static override [Symbol.hasInstance](value: unknown): value is ProblemError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
