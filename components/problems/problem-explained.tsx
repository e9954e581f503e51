import Link from "next/link";
import { type ProblemCode, problemStatus } from "#lib/problem.ts";
import { problemGuide } from "#lib/problem-guide.ts";
import { Prose } from "./prose.tsx";

/** What one problem code means, why it happens, and what to do. */
export function ProblemExplained({ code }: { code: ProblemCode }) {
  const { title, meaning, causes, remedies } = problemGuide[code];
  return (
    <article className="max-w-[720px] px-gutter pt-3.5 pb-12">
      <nav aria-label="Breadcrumb" className="mb-0.5 text-12 text-ink-3">
        <Link href="/problems" className="text-ink-2 hover:underline">
          Problems
        </Link>{" "}
        /
      </nav>
      <h1>{title}</h1>
      <p className="mt-1 text-12 text-ink-2">
        <span className="mono">{code}</span> · HTTP {problemStatus[code]}
      </p>
      <p className="mt-4 text-pretty">
        <Prose text={meaning} />
      </p>
      <Points title="Usual causes" points={causes} />
      <Points title="What to do" points={remedies} />
    </article>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <section className="mt-6">
      <h2 className="border-line-strong border-b pb-2">{title}</h2>
      <ul>
        {points.map((point) => (
          <li key={point} className="border-line border-b py-2 text-pretty">
            <Prose text={point} />
          </li>
        ))}
      </ul>
    </section>
  );
}
