import { Notice } from "#components/ui/notice.tsx";
import type { PlanProblem } from "#lib/contracts/offset-resets.ts";
import { formatCount, plural } from "#lib/format.ts";

const SHOWN = 20;

/** What of the request could not be planned, by line or partition; the rest of the plan stands. */
export function PlanProblems({ problems, className }: { problems: readonly PlanProblem[]; className?: string }) {
  if (problems.length === 0) return null;
  const inOrder = problems.toSorted(
    (a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER),
  );
  const lines = problems.every(({ line }) => line !== null);
  const what = lines ? plural(problems.length, "line") : plural(problems.length, "part");
  return (
    <Notice
      tone="warn"
      role="status"
      title={`${what} can't be used and ${problems.length === 1 ? "is" : "are"} left out.`}
      className={className ?? ""}
    >
      <ul className="mt-1">
        {inOrder.slice(0, SHOWN).map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that is replaced whole
          <li key={index} className="break-words">
            <Place problem={problem} />
            {problem.detail}
          </li>
        ))}
        {problems.length > SHOWN && <li>and {plural(problems.length - SHOWN, "more", "more")}</li>}
      </ul>
    </Notice>
  );
}

function Place({ problem: { line, topic, partition } }: { problem: PlanProblem }) {
  if (line !== null) return <span className="font-medium text-ink">Line {formatCount(line)}: </span>;
  if (topic === null) return null;
  return (
    <>
      <span className="mono text-ink">{partition === null ? topic : `${topic}-${partition}`}</span>
      {": "}
    </>
  );
}
