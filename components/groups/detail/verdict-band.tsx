import { Eye } from "lucide-react";
import { severityWords } from "#components/groups/group-words.ts";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Sentence } from "#components/ui/sentence.tsx";
import type { GroupDetail, GroupVerdict } from "#lib/contracts/groups.ts";
import { messageHref } from "#lib/hrefs.ts";

const bandClass = {
  critical: "border-crit-line bg-crit-bg",
  warning: "border-warn-line bg-warn-bg",
  info: "border-line bg-sunken",
} as const;

/** Why it lags, worst first: what was seen, what to do, and the message it is about. */
export function VerdictBand({ group }: { group: Pick<GroupDetail, "verdicts" | "partitions"> }) {
  const cluster = useCluster();
  if (group.verdicts.length === 0) return null;
  return (
    <ul aria-label="What is odd about this group">
      {group.verdicts.map((verdict) => (
        <li
          key={verdict.kind}
          className={cn(
            "grid grid-cols-[14px_minmax(0,1fr)] gap-x-3 border-t px-gutter py-2.5 md:grid-cols-[14px_minmax(0,1fr)_auto]",
            bandClass[verdict.severity],
          )}
        >
          <Glyph shape={severityWords[verdict.severity].glyph} label={verdict.severity} className="mt-[3px]" />
          <div className="min-w-0 max-w-[108ch] break-words">
            <h3 className="text-pretty">
              <Sentence parts={verdict.evidence} cluster={cluster.name} />
            </h3>
            <p className="text-pretty text-ink-2">
              <Sentence parts={verdict.advice} cluster={cluster.name} />
            </p>
          </div>
          <ReadMessage verdict={verdict} partitions={group.partitions} />
        </li>
      ))}
    </ul>
  );
}

/** The message a stuck group stands before, or that an open transaction begins with. */
function ReadMessage({ verdict, partitions }: { verdict: GroupVerdict; partitions: GroupDetail["partitions"] }) {
  const cluster = useCluster();
  const [first] = verdict.partitions;
  if (first === undefined || (verdict.kind !== "stuck" && verdict.kind !== "open-transaction")) return null;
  const found = partitions.find(({ topic, partition }) => topic === first.topic && partition === first.partition);
  const offset = verdict.kind === "stuck" ? found?.committedOffset : found?.lastStableOffset;
  if (offset === null || offset === undefined) return null;
  return (
    <div className="flex items-center max-md:col-start-2 max-md:mt-2">
      <LinkButton href={messageHref(cluster.name, first.topic, first.partition, offset)}>
        <Eye aria-hidden strokeWidth={1.6} />
        Read that message
      </LinkButton>
    </div>
  );
}
