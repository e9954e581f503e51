"use client";
import Link from "next/link";
import { ProblemError } from "#lib/problem.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { CopyButton } from "./copy-button.tsx";
import { Glyph } from "./glyph.tsx";

interface ProblemNoticeProps {
  /** Nothing is shown for null. */
  error: unknown;
  /** What was not done or read, as a sentence: "The topics could not be read." */
  title?: React.ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
}

/** An error with its code, its detail (what happened and what to do), what explains it further, and the id its log line has. */
export function ProblemNotice({ error, title, onRetry, retrying = false, className }: ProblemNoticeProps) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof ProblemError ? error : null;
  const detail =
    problem?.message ?? "Tailrace met an error it did not expect. Try again; if it stays, look at the server's log.";
  const code = problem?.code ?? "internal";
  return (
    <div
      role="alert"
      className={cn("grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 rounded-2 bg-crit-bg px-3 py-2.5", className)}
    >
      <Glyph shape="octagon" className="mt-[3px]" />
      <div className="min-w-0">
        <p className="text-pretty break-words">
          {title !== undefined && <b>{title} </b>}
          {detail}
        </p>
        {problem !== null && problem.invalidParams.length > 0 && (
          <ul className="mt-1 text-ink-2">
            {problem.invalidParams.map((param) => (
              <li key={`${param.path} ${param.message}`} className="break-words">
                <span className="mono">{param.path}</span>: {param.message}
              </li>
            ))}
          </ul>
        )}
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-2">
          <Link href={`/problems/${code}`} className="link mono">
            {code}
          </Link>
          {problem?.requestId !== undefined && (
            <span className="inline-flex min-w-0 items-center gap-1">
              Request <span className="mono truncate">{problem.requestId}</span>
              <CopyButton text={problem.requestId} label="Copy the request's id" />
            </span>
          )}
          {onRetry !== undefined && (
            <Button onClick={onRetry} pending={retrying} className="ml-auto">
              Try again
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
