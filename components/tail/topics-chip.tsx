"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { choiceStyle } from "#components/ui/chip.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { plural } from "#lib/format.ts";
import { type ChosenTopics, TopicsPicker } from "./topics-picker.tsx";

interface TopicsChipProps {
  chosen: ChosenTopics;
  /** Null: not known before the stream began. */
  read: { readonly topics: number; readonly partitions: number } | null;
  onChange: (chosen: ChosenTopics) => void;
}

/** What is read, and the way to read something else. */
export function TopicsChip({ chosen, read, onChange }: TopicsChipProps) {
  const [open, setOpen] = useState(false);
  const [first = ""] = chosen.topics;
  const others = chosen.topics.length - 1;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title="Topics to tail"
      trigger={
        <button type="button" className={`${choiceStyle(true)} max-w-full`}>
          <span className="mono truncate">{chosen.pattern === "" ? first : `/${chosen.pattern}/`}</span>
          {others > 0 && <span className="whitespace-nowrap text-ink-2">and {plural(others, "other")}</span>}
          {read !== null && (
            <span className="whitespace-nowrap text-ink-2 max-sm:hidden">
              {chosen.pattern !== "" && `${plural(read.topics, "topic")} · `}
              {plural(read.partitions, "partition")}
            </span>
          )}
          <ChevronDown aria-hidden className="size-3.5 text-ink-2" strokeWidth={1.6} />
        </button>
      }
    >
      <TopicsPicker
        chosen={chosen}
        act="Tail these"
        onApply={(next) => {
          setOpen(false);
          onChange(next);
        }}
      />
    </Popover>
  );
}
