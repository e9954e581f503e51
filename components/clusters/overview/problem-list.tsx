"use client";
import Link from "next/link";
import { useZone } from "#components/preferences/preferences.tsx";
import { Since } from "#components/ui/age.tsx";
import { CopyTextButton } from "#components/ui/copy-button.tsx";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import { Sentence } from "#components/ui/sentence.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Overview, ProblemFinding } from "#lib/contracts/clusters.ts";
import { brokerHref, groupHref, groupsHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import type { Zone } from "#lib/time.ts";
import { problemsText } from "./problems-text.ts";
import { warnedText } from "./warned-text.ts";

const glyphs: Record<ProblemFinding["severity"], GlyphShape> = {
  critical: "octagon",
  warning: "triangle",
  info: "note",
};

/** What is wrong, worst first, each with its cause and the way to it. */
export function ProblemList({ overview }: { overview: Overview }) {
  const zone = useZone();
  const { problems } = overview;
  return (
    <section aria-labelledby="problems">
      <div className="flex min-h-10 items-center gap-3 pt-2 pb-1.5">
        <h2 id="problems">{problems.length === 0 ? "No problems" : "Problems"}</h2>
        {problems.length > 0 && (
          <>
            <span className="text-12 text-ink-3">{problems.length} · worst first</span>
            <span className="flex-1" />
            <CopyTextButton
              text={() => problemsText(overview, zone)}
              label="Copy as text"
              className="-mr-2.5 font-regular text-accent hover:text-accent"
            />
          </>
        )}
      </div>
      {problems.length === 0 ? (
        <p className="max-w-[76ch] border-line-strong border-t py-3 text-ink-2">
          Looked at: leaders, replicas in sync, min.insync.replicas, brokers, the controller quorum,{" "}
          {overview.groups === null
            ? "disks and log directories."
            : "disks, log directories, and groups that are stuck, abandoned or losing messages."}
        </p>
      ) : (
        <ul>
          {problems.map((problem) => (
            <ProblemItem key={problem.key} problem={problem} cluster={overview.cluster.name} zone={zone} />
          ))}
        </ul>
      )}
      <WarnedGroups overview={overview} />
    </section>
  );
}

/** Groups that need a look without being a problem of the cluster: slow ones, say, or with a hot partition. */
function WarnedGroups({ overview: { cluster, groups, problems } }: { overview: Overview }) {
  const words = groups === null ? null : warnedText(groups.warned, problems);
  if (words === null) return null;
  return (
    <p className="border-line border-t py-2.5 text-ink-2">
      {words}{" "}
      <Link href={groupsHref(cluster.name)} className="link whitespace-nowrap">
        Show groups
      </Link>
    </p>
  );
}

function ProblemItem({ problem, cluster, zone }: { problem: ProblemFinding; cluster: string; zone: Zone }) {
  return (
    <li className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-3 border-line border-t py-2.5 first:border-line-strong md:grid-cols-[14px_minmax(0,1fr)_124px_112px]">
      <Glyph shape={glyphs[problem.severity]} label={problem.severity} className="mt-[3px]" />
      <div className="col-span-2 min-w-0 md:col-span-1">
        <h3 className="text-pretty break-words">
          <Sentence parts={problem.title} cluster={cluster} />
        </h3>
        <p className="max-w-[76ch] text-pretty break-words text-ink-2">
          <Sentence parts={problem.detail} cluster={cluster} />
        </p>
      </div>
      <p className="col-start-2 mt-1 text-ink-2 max-md:text-12 md:col-start-3 md:mt-0 md:text-right">
        {problem.sinceMs !== null && (
          <>
            {/* It may be older than this server's first look at it. */}
            <span className="text-12 text-ink-3">seen since </span>
            <Time ms={problem.sinceMs} />
            <span className="sm:hidden"> {zone}</span>
            <span className="text-12 text-ink-3 max-md:ml-1.5 md:block">
              <Since sinceMs={problem.sinceMs} />
            </span>
          </>
        )}
      </p>
      <p className="mt-1 text-right max-md:text-12 md:mt-0">
        <TargetLink problem={problem} cluster={cluster} />
      </p>
    </li>
  );
}

function TargetLink({ problem: { target }, cluster }: { problem: ProblemFinding; cluster: string }) {
  if (target === null) return null;
  if ("broker" in target) {
    return (
      <Link href={brokerHref(cluster, target.broker)} className="link whitespace-nowrap">
        {`Open broker ${target.broker}`}
      </Link>
    );
  }
  if ("topic" in target) {
    return (
      <Link href={topicHref(cluster, target.topic)} className="link whitespace-nowrap">
        Open topic
      </Link>
    );
  }
  if ("group" in target) {
    return (
      <Link href={groupHref(cluster, target.group)} className="link whitespace-nowrap">
        Open group
      </Link>
    );
  }
  return (
    <Link href={topicsHref(cluster, target.topicsWithHealth)} className="link whitespace-nowrap">
      Show topics
    </Link>
  );
}
