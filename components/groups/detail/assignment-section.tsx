"use client";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { plural } from "#lib/format.ts";
import { AssignmentCells } from "./assignment-cells.tsx";
import { chosenMembers, drawnMembers, MAX_CELLS, unheld } from "./assignment-drawing.ts";
import { AssignmentStrips } from "./assignment-strips.tsx";
import { groupUrl } from "./group-url.ts";
import type { LagRow } from "./lag-rows.ts";
import { MemberDetails } from "./member-details.tsx";
import { inNameOrder, memberNames } from "./member-names.ts";
import { MemberTable } from "./member-table.tsx";

/** Who is in the group, and who reads what: drawn, or as a table. */
export function AssignmentSection({
  group,
  rows,
  className,
}: {
  group: GroupDetail;
  rows: readonly LagRow[];
  className?: string;
}) {
  const [{ members: view }, setUrl] = useQueryStates({ members: groupUrl.members });
  const [opened, setOpened] = useState<{ memberId: string; open: boolean } | null>(null);
  const { members: told, verdicts } = group;
  const names = useMemo(() => memberNames(told ?? []), [told]);
  const all = useMemo(
    () => drawnMembers(inNameOrder(told ?? [], names), rows, verdicts),
    [told, names, rows, verdicts],
  );
  const open = (memberId: string) => setOpened({ memberId, open: true });
  const drawn = chosenMembers(all);
  // Where positions aren't offsets there are no partitions to draw.
  const drawable = rows.length > 0;
  const asTable = view === "table" || !drawable;
  const Drawing = rows.length <= MAX_CELLS ? AssignmentCells : AssignmentStrips;
  const left = all.length === 0 ? [] : unheld(all, rows);
  return (
    <section aria-labelledby="members" className={cn("min-w-0 pb-4", className)}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-gutter py-1.5">
        <h2 id="members">Members and assignment</h2>
        <span className="text-12 text-ink-3">
          {all.length === 0
            ? "no members"
            : `${plural(all.length, "member")}${rows.length === 0 ? "" : `, ${plural(rows.length, "partition")}`}`}
        </span>
        {all.length > 0 && drawable && (
          <Button
            tone="quiet"
            onClick={() => setUrl({ members: asTable ? "drawn" : "table" })}
            className="-mr-2.5 ml-auto text-accent"
          >
            {asTable ? "As a drawing" : "As a table"}
          </Button>
        )}
      </div>
      {all.length === 0 ? (
        <NoMembers group={group} />
      ) : asTable ? (
        <MemberTable group={group.group} members={all} names={names} onOpen={open} />
      ) : (
        <div className="px-gutter">
          <Drawing members={drawn} names={names} rows={rows} unheld={left} onOpen={open} />
          {drawn.length < all.length && (
            <p className="mt-1.5 text-12 text-ink-3">
              and {plural(all.length - drawn.length, "more member", "more members")}:{" "}
              <button type="button" className="link" onClick={() => setUrl({ members: "table" })}>
                all as a table
              </button>
            </p>
          )}
        </div>
      )}
      <MemberDetails
        group={group.group}
        drawn={all.find(({ member }) => member.memberId === opened?.memberId)}
        name={names.get(opened?.memberId ?? "") ?? ""}
        open={opened?.open === true}
        onOpenChange={(isOpen) => setOpened((shown) => shown && { ...shown, open: isOpen })}
      />
    </section>
  );
}

function NoMembers({ group: { uncommitted, partitions } }: { group: GroupDetail }) {
  const committed = partitions.length - uncommitted;
  return (
    <p className="max-w-[76ch] text-pretty px-gutter pb-2 text-ink-2">
      Nobody is in this group.{" "}
      {committed > 0 &&
        "Its commits stay for offsets.retention.minutes (7 days unless configured otherwise); a consumer that starts under its name goes on from them."}
    </p>
  );
}
