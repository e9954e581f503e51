"use client";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { plural } from "#lib/format.ts";
import { isBeyondDouble, isInt64, type JsonOutline, jsonName, jsonPath, jsonText } from "#lib/json-outline.ts";
import { brackets, canOpen, isOpen, lineOf, linesOf, openAtFirst, previewOf, toggle, treeStep } from "./json-lines.ts";
import { MarkedText } from "./marked-text.tsx";

/** What can be done with one value. Each is left out where it leads nowhere. */
export interface JsonActions {
  /** Messages that hold this text. */
  readonly onOnly?: ((text: string) => void) | undefined;
  readonly onWithout?: ((text: string) => void) | undefined;
  /** This value as a column. */
  readonly onColumn?: ((path: string) => void) | undefined;
}

interface JsonTreeProps extends JsonActions {
  outline: JsonOutline;
  label: string;
  highlight?: readonly string[] | undefined;
  /** Fills a box of a given height; else it is as high as its lines, within the window. */
  fill?: boolean;
}

const LINE_PX = 24;
const INDENT_PX = 16;
/** Deeper lines are indented no further: the value must stay in sight. */
const MAX_INDENTS = 24;
/** Of a longer string only so much is in its line. */
const SHOWN_CHARACTERS = 1_000;
const OVERSCAN = 12;
/** What the filter takes. */
const MAX_NEEDLE = 1_000;

/** A JSON document, a line a value, exactly as written. Arrow keys move and open, as in any tree. */
export function JsonTree({ outline, label, highlight, fill = false, ...actions }: JsonTreeProps) {
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(() => openAtFirst(outline));
  const [active, setActive] = useState(0);
  const lines = useMemo(() => linesOf(outline, open), [outline, open]);
  const activeLine = lineOf(lines, active);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE_PX,
    overscan: OVERSCAN,
    // The active line is the one that assistive technology is told about: it must be there.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), activeLine])].sort((a, b) => a - b),
  });
  const moveTo = (line: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, line));
    setActive(lines[next] ?? 0);
    virtualizer.scrollToIndex(next);
  };
  const flip = (node: number) => {
    setActive(node);
    if (canOpen(outline, node)) setOpen((now) => toggle(now, node));
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target !== scroll.current) return;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / LINE_PX) - 1);
    const step = treeStep(event.key, { outline, open, lines, active, page });
    if (step === null) return;
    event.preventDefault();
    if (step === "flip") flip(active);
    else moveTo(step);
  };
  return (
    <div
      ref={scroll}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${id}${active}`}
      onKeyDown={onKeyDown}
      className={cn(
        "mono group/tree overflow-auto overscroll-contain py-1.5 focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]",
        fill ? "min-h-0 flex-1" : "max-h-[max(320px,calc(100dvh-220px))]",
      )}
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const node = lines[index] ?? 0;
          return (
            <Line
              key={node}
              id={`${id}${node}`}
              outline={outline}
              node={node}
              opened={isOpen(outline, node, open)}
              active={node === active}
              top={start}
              highlight={highlight}
              actions={actions}
              onFlip={flip}
            />
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  id: string;
  outline: JsonOutline;
  node: number;
  opened: boolean;
  active: boolean;
  top: number;
  highlight: readonly string[] | undefined;
  actions: JsonActions;
  onFlip: (node: number) => void;
}

function Line({ id, outline, node, opened, active, top, highlight, actions, onFlip }: LineProps) {
  const depth = outline.depths[node] ?? 0;
  const parent = outline.parents[node] ?? -1;
  const name = jsonName(outline, node) ?? (parent === -1 ? null : String(outline.places[node]));
  const openable = canOpen(outline, node);
  const Chevron = opened ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-setsize={parent === -1 ? 1 : outline.sizes[parent]}
      aria-posinset={(outline.places[node] ?? 0) + 1}
      aria-selected={active}
      {...(openable && { "aria-expanded": opened })}
      onClick={() => {
        // A text that was just selected is not a click.
        if (document.getSelection()?.isCollapsed !== false) onFlip(node);
      }}
      style={{ top, height: LINE_PX, paddingLeft: 12 + Math.min(depth, MAX_INDENTS) * INDENT_PX }}
      className={cn(
        "group absolute left-0 flex w-max min-w-full items-center whitespace-pre pr-3 hover:bg-hover",
        active && "group-focus-within/tree:bg-hover",
      )}
    >
      <span className="mr-0.5 grid size-3.5 shrink-0 place-items-center text-ink-3">
        {openable && <Chevron aria-hidden className="size-3" strokeWidth={1.6} />}
      </span>
      {name !== null && (
        <span className="text-ink-2">
          <MarkedText text={shorten(name)} terms={highlight} />
          <span className="mr-[7px] text-ink-3">:</span>
        </span>
      )}
      <Value outline={outline} node={node} opened={opened} highlight={highlight} />
      {outline.repeated.has(node) && <Note className="text-warn">the same name again</Note>}
      <LineActions outline={outline} node={node} active={active} actions={actions} />
    </div>
  );
}

function Value({
  outline,
  node,
  opened,
  highlight,
}: {
  outline: JsonOutline;
  node: number;
  opened: boolean;
  highlight: readonly string[] | undefined;
}) {
  const kind = outline.kinds[node] ?? "null";
  if (kind === "object" || kind === "array") {
    const size = outline.sizes[node] ?? 0;
    const told = !opened || kind === "array" || node === 0;
    return (
      <>
        <span className="text-ink-3">{brackets(outline, node, opened)}</span>
        {told && size > 0 && <Note>{plural(size, kind === "object" ? "key" : "item")}</Note>}
        {!opened && size > 0 && (
          <span className="ml-2 text-ink-3">
            <MarkedText text={previewOf(outline, node)} terms={highlight} />
          </span>
        )}
      </>
    );
  }
  const text = jsonText(outline, node);
  if (kind === "string") {
    return (
      <>
        <span>
          <MarkedText text={shorten(text)} terms={highlight} />
        </span>
        {text.length > SHOWN_CHARACTERS && <Note>{plural(text.length, "character")}; all of it under Raw</Note>}
      </>
    );
  }
  if (kind === "number") {
    return (
      <>
        <span className="text-accent">
          <MarkedText text={shorten(text)} terms={highlight} />
        </span>
        {isBeyondDouble(text) && <Note>{isInt64(text) ? "int64, as received" : "as received"}</Note>}
      </>
    );
  }
  return <span className={kind === "null" ? "text-ink-3 italic" : "text-accent"}>{text}</span>;
}

function Note({ className, children }: { className?: string; children: React.ReactNode }) {
  return <span className={cn("ml-2 font-sans text-ink-3 tracking-normal", className)}>{children}</span>;
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

interface LineActionsProps {
  outline: JsonOutline;
  node: number;
  active: boolean;
  actions: JsonActions;
}

/** At the right end of the line under the pointer, and of the active one: Tab leads from the tree to them. */
function LineActions({ outline, node, active, actions: { onOnly, onWithout, onColumn } }: LineActionsProps) {
  const needle = needleOf(outline, node);
  const path = jsonPath(outline, node);
  const acts = [
    { label: "Only this", act: needle === null ? undefined : onOnly && (() => onOnly(needle)) },
    { label: "Without this", act: needle === null ? undefined : onWithout && (() => onWithout(needle)) },
    { label: "Column", act: path === "" ? undefined : onColumn && (() => onColumn(path)) },
  ].flatMap(({ label, act }) => (act === undefined ? [] : [{ label, act }]));
  if (acts.length === 0) return null;
  return (
    <span
      className={cn(
        "sticky right-3 ml-auto hidden h-6 gap-0.5 pl-4 font-sans tracking-normal group-hover:flex",
        active && "group-focus-within/tree:flex",
      )}
    >
      {acts.map(({ label, act }) => (
        <button
          key={label}
          type="button"
          tabIndex={active ? 0 : -1}
          aria-label={`${label}: ${path}`}
          onClick={(event) => {
            event.stopPropagation();
            act();
          }}
          className="h-6 rounded-2 border border-line-strong bg-raised px-1.5 font-medium text-11 hover:bg-hover"
        >
          {label}
        </button>
      ))}
    </span>
  );
}

/** What the value looks like in the message, its name with it: `"currency":"EUR"`. Null where that isn't one text to look for. */
function needleOf(outline: JsonOutline, node: number): string | null {
  const kind = outline.kinds[node];
  if (kind === "object" || kind === "array") return null;
  const named = outline.keyStarts[node] ?? -1;
  const text = outline.text.slice(named === -1 ? outline.starts[node] : named, outline.ends[node]);
  return text.length <= MAX_NEEDLE ? text : null;
}
