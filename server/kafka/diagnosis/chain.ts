import type { Diagnosis } from "#lib/contracts/clusters.ts";
import { ProblemError } from "#lib/problem.ts";
import { logger } from "../../logger.ts";
import { abortProblem, withDeadline } from "../deadline.ts";

export type DiagnosisStep = Diagnosis["chains"][number]["steps"][number];
export type Link = DiagnosisStep["link"];

/** A link that was tried and doesn't hold: what was seen, and what to do. */
export class BrokenLink extends Error {
  readonly remedy: string;

  constructor(detail: string, remedy: string, options: { cause?: unknown } = {}) {
    super(detail, options);
    this.name = "BrokenLink";
    this.remedy = remedy;
  }
}

/** No single link is waited for longer. */
const STEP_PATIENCE_MS = 2_000;

/** Tries one link after another; after the first that breaks, the rest is not reached. */
export class Chain {
  readonly steps: DiagnosisStep[] = [];
  readonly #signal: AbortSignal;
  readonly #until: number;

  /** @param until when the whole diagnosis must be over, by Date.now() */
  constructor(signal: AbortSignal, until: number) {
    this.#signal = signal;
    this.#until = until;
  }

  get broken(): boolean {
    return this.steps.some(({ outcome }) => outcome === "failed");
  }

  notUsed(link: Link, subject: string, detail: string): void {
    this.steps.push({ link, subject, outcome: "not-used", detail, remedy: null, tookMs: null });
  }

  notReached(link: Link, subject: string): void {
    const detail = this.broken ? "Not tried: an earlier link doesn't hold." : "Not tried: there is nobody to ask.";
    this.steps.push({ link, subject, outcome: "not-reached", detail, remedy: null, tookMs: null });
  }

  /** Tries a link; `run` answers with what was seen. @returns what `run` made beside, or null when the link doesn't hold */
  async try<T>(
    link: Link,
    subject: string,
    run: (signal: AbortSignal) => Promise<{ detail: string; made: T }>,
  ): Promise<T | null> {
    const left = Math.max(1, Math.min(STEP_PATIENCE_MS, this.#until - Date.now()));
    if (this.broken) {
      this.notReached(link, subject);
      return null;
    }
    const start = performance.now();
    const tookMs = () => Math.round((performance.now() - start) * 10) / 10;
    try {
      const { detail, made } = await withDeadline(this.#signal, left, subject, run);
      this.steps.push({ link, subject, outcome: "ok", detail, remedy: null, tookMs: tookMs() });
      return made;
    } catch (error) {
      if (this.#signal.aborted) throw abortProblem(this.#signal);
      const { message, remedy } = asBrokenLink(error, left);
      this.steps.push({ link, subject, outcome: "failed", detail: message, remedy, tookMs: tookMs() });
      return null;
    }
  }
}

function asBrokenLink(error: unknown, waitedMs: number): BrokenLink {
  if (error instanceof BrokenLink) return error;
  if (error instanceof ProblemError && error.code === "deadline-exceeded") {
    return new BrokenLink(
      `No answer within ${Math.round(waitedMs / 100) / 10} s.`,
      "Usually a firewall or security group drops the packets, or the address is wrong; a broker that hangs looks the same.",
    );
  }
  // Whatever else it is, the other links are worth knowing; its message may hold more than a viewer should see.
  const name = error instanceof Error ? ("code" in error ? String(error.code) : error.name) : "unknown";
  logger.warn({ error }, "A link of the connection failed in a way that Tailrace doesn't know");
  return new BrokenLink(
    `It failed in a way that Tailrace has no words for (${name}).`,
    "Look that code up, and at Tailrace's own log, which holds the whole of it.",
    { cause: error },
  );
}
