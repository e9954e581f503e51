"use client";
import { cn } from "#components/ui/cn.ts";
import type { Payload } from "#lib/contracts/messages.ts";
import { formatBytes } from "#lib/format.ts";
import type { JsonOutline } from "#lib/json-outline.ts";
import { HexView } from "./hex-view.tsx";
import { type JsonActions, JsonTree } from "./json-tree.tsx";
import type { MessagePart, MessageViewName } from "./message-url.ts";
import type { PayloadTree } from "./payload-tree.ts";
import { RawText } from "./raw-text.tsx";

interface PayloadPanelProps extends JsonActions {
  view: Exclude<MessageViewName, "headers">;
  part: MessagePart;
  payload: Payload | null;
  tree: PayloadTree;
  highlight?: readonly string[] | undefined;
  fill: boolean;
}

/** A key or a value in one of its forms; says why where there is none. */
export function PayloadPanel({ view, part, payload, tree, highlight, fill, ...actions }: PayloadPanelProps) {
  if (payload === null) return <Nothing>{part === "key" ? NO_KEY : TOMBSTONE}</Nothing>;
  if (payload.bytes === 0) return <Nothing>The {part} is empty: it is there, and has no bytes.</Nothing>;
  const box = fill ? "min-h-0 flex-1" : "max-h-[max(320px,calc(100dvh-220px))]";
  if (view === "hex") return <HexView head={payload.head} bytes={payload.bytes} className={box} />;
  if (view === "tree" && tree.outline !== null) {
    return <Tree outline={tree.outline} part={part} highlight={highlight} fill={fill} actions={actions} />;
  }
  return (
    <>
      {view === "tree" && tree.why !== null && <Remark>{tree.why} As received:</Remark>}
      {payload.cut && (
        <Remark>Only the beginning of {formatBytes(payload.bytes)} is here; the download has it all.</Remark>
      )}
      <RawText text={payload.text} highlight={highlight} className={box} />
    </>
  );
}

const NO_KEY = "This message has no key.";
const TOMBSTONE =
  "A tombstone: the value is null. In a compacted topic it deletes the key, and disappears itself after delete.retention.ms.";

interface TreeProps {
  outline: JsonOutline;
  part: MessagePart;
  highlight: readonly string[] | undefined;
  fill: boolean;
  actions: JsonActions;
}

function Tree({ outline, part, highlight, fill, actions }: TreeProps) {
  return (
    <>
      {outline.repeated.size > 0 && (
        <Remark>A name stands more than once in one object. All are shown; most readers keep the last.</Remark>
      )}
      <JsonTree
        // What was opened belongs to one document.
        key={outline.text}
        outline={outline}
        label={part === "key" ? "The key" : "The value"}
        highlight={highlight}
        fill={fill}
        {...actions}
      />
    </>
  );
}

function Remark({ children }: { children: React.ReactNode }) {
  return <p className="border-line border-b bg-sunken px-gutter py-1.5 text-pretty text-12 text-ink-2">{children}</p>;
}

function Nothing({ children, className }: { children: React.ReactNode; className?: string }) {
  return <p className={cn("px-gutter py-4 text-pretty text-ink-2", className)}>{children}</p>;
}
