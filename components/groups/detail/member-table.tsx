"use client";
import { useMemo, useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import type { Column, Sort } from "#components/ui/data-table-columns.ts";
import { Unknown } from "#components/ui/quantity.tsx";
import { formatCount } from "#lib/format.ts";
import type { DrawnMember } from "./assignment-drawing.ts";
import { MemberName } from "./member-name.tsx";
import { assignmentText, nothingHeld } from "./member-words.ts";

interface MemberTableProps {
  group: string;
  members: readonly DrawnMember[];
  names: ReadonlyMap<string, string>;
  onOpen: (memberId: string) => void;
}

/** Every member and what it holds: the drawing's twin, and for groups too large to draw. */
export function MemberTable({ group, members, names, onOpen }: MemberTableProps) {
  const [sort, setSort] = useState<Sort>({ id: "place", desc: false });
  const columns = useMemo(() => memberColumns(names, onOpen), [names, onOpen]);
  const rows = useMemo(() => members.map((drawn, place) => ({ ...drawn, place })), [members]);
  return (
    <DataTable
      label={`Members of ${group}`}
      columns={columns}
      rows={rows}
      rowKey={({ member }) => member.memberId}
      sort={sort.id === "place" ? { id: "member", desc: false } : sort}
      onSortChange={setSort}
    />
  );
}

type Row = DrawnMember & { readonly place: number };

function memberColumns(names: ReadonlyMap<string, string>, onOpen: (memberId: string) => void): readonly Column<Row>[] {
  return [
    {
      id: "member",
      header: "Member · host",
      width: "auto",
      sortValue: ({ place }) => place,
      cell: (drawn) => <MemberName drawn={drawn} name={names.get(drawn.member.memberId) ?? ""} onOpen={onOpen} />,
    },
    {
      id: "id",
      header: "Member id",
      width: "auto",
      hideBelow: "lg",
      sortValue: ({ member }) => member.memberId,
      cell: ({ member }) => (
        <span className="mono" title={member.memberId}>
          {member.memberId}
        </span>
      ),
    },
    {
      id: "instance",
      header: "Instance id",
      width: 130,
      hideBelow: "xl",
      sortValue: ({ member }) => member.instanceId,
      cell: ({ member }) =>
        member.instanceId === null ? (
          <span className="text-ink-3">none</span>
        ) : (
          <span className="mono">{member.instanceId}</span>
        ),
    },
    {
      id: "epoch",
      header: "Epoch",
      headerTitle: "Member epoch (KIP-848)",
      width: 76,
      align: "right",
      hideBelow: "xl",
      sortValue: ({ member }) => member.memberEpoch,
      cell: ({ member }) => member.memberEpoch ?? <Unknown why="classic members have none" />,
    },
    {
      id: "holds",
      header: "Holds",
      width: 72,
      align: "right",
      descendingFirst: true,
      sortValue: ({ count }) => count,
      cell: ({ count }) => formatCount(count),
    },
    {
      id: "assignment",
      header: "Assignment",
      width: "auto",
      hideBelow: "md",
      cell: ({ member }) =>
        member.assigned.length === 0 ? (
          <span className="text-ink-3" title={nothingHeld(member)}>
            {nothingHeld(member)}
          </span>
        ) : (
          <span className="mono" title={assignmentText(member.assigned)}>
            {assignmentText(member.assigned)}
          </span>
        ),
    },
    {
      id: "lag",
      header: "Lag",
      width: 104,
      align: "right",
      descendingFirst: true,
      sortValue: ({ lag }) => lag,
      cell: ({ lag }) => (lag === null ? <Unknown /> : formatCount(lag)),
    },
  ];
}
