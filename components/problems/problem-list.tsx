import Link from "next/link";
import { problemStatus } from "#lib/problem.ts";
import { problemGroups, problemGuide } from "#lib/problem-guide.ts";

/** Every problem code, by where it arises. */
export function ProblemList() {
  return (
    <div className="max-w-[960px] px-gutter pt-3.5 pb-12">
      <h1>Problems</h1>
      <p className="mt-0.5 max-w-[68ch] text-pretty text-ink-2">
        Everything that can go wrong in Tailrace has one of these codes, in the interface and in the API.
      </p>
      {problemGroups.map(({ title, codes }) => (
        <section key={title} className="mt-6">
          <h2 className="border-line-strong border-b pb-2">{title}</h2>
          <ul>
            {codes.map((code) => (
              <li key={code} className="border-line border-b">
                <Link
                  href={`/problems/${code}`}
                  className="group grid grid-cols-[minmax(0,1fr)_36px] gap-x-4 py-[5px] hover:bg-hover sm:grid-cols-[220px_minmax(0,1fr)_36px]"
                >
                  <span className="mono leading-5 text-accent group-hover:underline">{code}</span>
                  <span className="text-ink-2 max-sm:order-last max-sm:col-span-2">{problemGuide[code].title}</span>
                  <span className="text-right text-ink-3">{problemStatus[code]}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
