import { cn } from "#components/ui/cn.ts";
import { formatCount, shortCount } from "#lib/format.ts";
import { type DrawnMember, type Hold, topicSpans } from "./assignment-drawing.ts";
import type { LagRow } from "./lag-rows.ts";
import { MemberName } from "./member-name.tsx";
import { nothingHeld } from "./member-words.ts";

export interface AssignmentProps {
  /** Those to draw. */
  members: readonly DrawnMember[];
  /** By member id. */
  names: ReadonlyMap<string, string>;
  rows: readonly LagRow[];
  /** Rows that nobody holds. */
  unheld: readonly LagRow[];
  onOpen: (memberId: string) => void;
}

/** Members down, partitions across, the lag in each cell. For few partitions. */
export function AssignmentCells({ members, names, rows, unheld, onOpen }: AssignmentProps) {
  const spans = topicSpans(rows);
  return (
    <div className="@container">
      <table className="w-full table-fixed border-separate border-spacing-0 text-12" aria-label="Assignment">
        <colgroup>
          <col />
          {rows.map(({ key }) => (
            <col key={key} style={{ width: `min(46px, ${56 / rows.length}cqw)` }} />
          ))}
        </colgroup>
        <thead>
          {spans.length > 1 && (
            <tr>
              <td />
              {spans.map(({ topic, count }) => (
                <th
                  key={topic}
                  scope="colgroup"
                  colSpan={count}
                  title={topic}
                  className="mono truncate border-line border-l px-1 text-left font-regular text-11 text-ink-3"
                >
                  {topic}
                </th>
              ))}
            </tr>
          )}
          <tr>
            <th scope="col" className="h-7 truncate border-line-strong border-b text-left font-nav text-ink-2">
              Member · host
            </th>
            {rows.map(({ key, source }) => (
              <th
                key={key}
                scope="col"
                title={key}
                className="h-7 border-line-strong border-b text-center font-nav text-ink-2"
              >
                <span className="sr-only">{source.topic}</span>-{source.partition}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map((drawn) => (
            <tr key={drawn.member.memberId}>
              <th scope="row" className="h-[34px] border-line border-b p-0 pr-2 font-regular">
                <MemberName drawn={drawn} name={names.get(drawn.member.memberId) ?? ""} onOpen={onOpen} />
              </th>
              {drawn.holds.size === 0 ? (
                <td
                  colSpan={rows.length}
                  title={nothingHeld(drawn.member)}
                  className="truncate border-line border-b border-l px-2 text-ink-3"
                >
                  {nothingHeld(drawn.member)}
                </td>
              ) : (
                rows.map((row) => <Cell key={row.key} row={row} hold={drawn.holds.get(row.key)} />)
              )}
            </tr>
          ))}
          {unheld.length > 0 && (
            <tr>
              <th scope="row" className="h-[34px] border-line border-b p-0 pr-2 text-left font-regular text-ink-3">
                held by nobody
              </th>
              {rows.map((row) => (
                <Cell key={row.key} row={row} hold={unheld.includes(row) ? "held" : undefined} />
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

const holdWords: Readonly<Record<Exclude<Hold, "held">, string>> = {
  leaving: "being taken from it",
  coming: "being given to it",
};

function Cell({ row, hold }: { row: LagRow; hold: Hold | undefined }) {
  return (
    <td className="h-[34px] border-line border-b border-l p-[3px] @max-[400px]:p-px">
      {hold !== undefined && (
        <span
          title={`${row.key}: ${cellTitle(row)}${hold === "held" ? "" : `, ${holdWords[hold]}`}`}
          className={cn(
            "grid h-full place-items-center overflow-hidden rounded-1 font-medium text-11 leading-3",
            hold !== "held"
              ? "border border-info-mark border-dashed text-info"
              : row.remark === "no-commit"
                ? "border border-warn-mark border-dashed text-warn @max-[460px]:[background-image:repeating-linear-gradient(115deg,var(--warn-mark)_0_2px,transparent_2px_5px)]"
                : row.level === "crit"
                  ? "bg-crit-mark text-on-crit"
                  : row.level === "warn"
                    ? "bg-warn-bg text-warn shadow-[inset_0_0_0_1px_var(--warn-line)]"
                    : "bg-hover",
          )}
        >
          <span className="sr-only">
            {cellTitle(row)}
            {hold !== "held" && `, ${holdWords[hold]}`}
          </span>
          <span aria-hidden className="@max-[400px]:text-[9px]">
            {row.remark === "no-commit" && row.level !== "crit" ? (
              <span className="block text-center text-[10px] leading-[11px] @max-[460px]:hidden">
                no
                <br />
                commit
              </span>
            ) : (
              shortCount(row.lag)
            )}
          </span>
        </span>
      )}
    </td>
  );
}

function cellTitle({ lag, remark }: LagRow): string {
  if (lag === null) return "lag unknown";
  return `lag ${formatCount(lag)}${remark === "no-commit" ? ", no commit" : ""}`;
}
