import { Unknown } from "#components/ui/quantity.tsx";
import { formatCount, plural, shortCount } from "#lib/format.ts";
import type { AssignmentProps } from "./assignment-cells.tsx";
import { type DrawnMember, stripPaths, topicSpans } from "./assignment-drawing.ts";
import type { LagRow } from "./lag-rows.ts";
import { MemberName } from "./member-name.tsx";
import { nothingHeld } from "./member-words.ts";

const NAMED_TOPICS = 6;

/** Members down; each a strip of all partitions with a tick where it holds one, taller where it lags. For many partitions. */
export function AssignmentStrips({ members, names, rows, unheld, onOpen }: AssignmentProps) {
  const spans = topicSpans(rows);
  const nobody = new Map(unheld.map(({ key }) => [key, "held"] as const));
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-12" aria-label="Assignment">
      <colgroup>
        <col style={{ width: "38%" }} />
        <col style={{ width: 56 }} className="max-sm:hidden" />
        <col />
        <col style={{ width: 56 }} />
      </colgroup>
      <thead>
        <tr className="[&>th]:h-7 [&>th]:border-line-strong [&>th]:border-b [&>th]:font-nav [&>th]:text-ink-2">
          <th scope="col" className="truncate text-left">
            Member · host
          </th>
          <th scope="col" className="pr-2 text-right max-sm:hidden" title="Partitions that it holds">
            Holds
          </th>
          <th scope="col" className="p-0 text-left">
            <span className="flex overflow-hidden">
              {spans.length <= NAMED_TOPICS ? (
                spans.map(({ topic, count }) => (
                  <span
                    key={topic}
                    title={`${topic}: ${plural(count, "partition")}`}
                    className="mono truncate border-line-strong border-l pl-1 text-11"
                    style={{ width: `${(count / rows.length) * 100}%` }}
                  >
                    {topic}
                  </span>
                ))
              ) : (
                <span className="truncate border-line-strong border-l pl-1">{spans.length} topics</span>
              )}
            </span>
          </th>
          <th scope="col" className="text-right">
            Lag
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((drawn) => (
          <tr key={drawn.member.memberId} className="[&>*]:h-[26px] [&>*]:border-line [&>*]:border-b">
            <th scope="row" className="p-0 pr-2 text-left font-regular">
              <MemberName drawn={drawn} name={names.get(drawn.member.memberId) ?? ""} onOpen={onOpen} />
            </th>
            <td className="pr-2 text-right max-sm:hidden">{formatCount(drawn.count)}</td>
            {drawn.holds.size === 0 ? (
              <td className="truncate pl-1 text-ink-3" title={nothingHeld(drawn.member)}>
                {nothingHeld(drawn.member)}
              </td>
            ) : (
              <td className="p-0">
                <Strip holds={drawn.holds} rows={rows} spans={spans} />
              </td>
            )}
            <td className="text-right">{drawn.lag === null ? <Unknown /> : shortCount(drawn.lag)}</td>
          </tr>
        ))}
        {unheld.length > 0 && (
          <tr className="[&>*]:h-[26px] [&>*]:border-line [&>*]:border-b">
            <th scope="row" className="p-0 text-left font-regular text-ink-3">
              held by nobody
            </th>
            <td className="pr-2 text-right max-sm:hidden">{formatCount(unheld.length)}</td>
            <td className="p-0">
              <Strip holds={nobody} rows={rows} spans={spans} />
            </td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Strip({
  holds,
  rows,
  spans,
}: {
  holds: DrawnMember["holds"];
  rows: readonly LagRow[];
  spans: readonly { readonly count: number }[];
}) {
  const paths = stripPaths(holds, rows);
  let end = 0;
  const bounds = spans.map(({ count }) => {
    const from = end;
    end += count;
    return `M${from} 0V10`;
  });
  return (
    <svg
      viewBox={`0 0 ${rows.length} 10`}
      preserveAspectRatio="none"
      className="block h-4 w-full overflow-visible"
      aria-hidden
    >
      <path d={bounds.join("")} stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      <path d={paths.plain} fill="var(--mark-2)" />
      <path d={paths.warn} fill="var(--warn-mark)" />
      <path d={paths.crit} fill="var(--crit-mark)" />
      <path d={paths.moving} fill="var(--info-mark)" />
    </svg>
  );
}
