"use client";
import { cn } from "#components/ui/cn.ts";
import type { BatchPage, StoredBatch } from "#lib/contracts/segment-batches.ts";
import { formatBytes, formatCount } from "#lib/format.ts";
import { isDamaged, traitsOf } from "./batch-rows.ts";
import { byteAt, type Extent, fileStrip } from "./file-strip.ts";

interface FileStripProps {
  page: BatchPage;
  /** The batch that is open: its position. */
  open: string | null;
  onOpen: (batch: StoredBatch) => void;
  /** A byte of the file that the page is to begin at or after. */
  onGo: (position: string) => void;
}

/** A page of batches drawn over the file: where it is in it, and how large each batch is. The table is its twin. */
export function FileStrip({ page, open, onOpen, onGo }: FileStripProps) {
  const strip = fileStrip(page);
  if (strip === null) return null;
  const whole = strip.page.width >= 100;
  return (
    <div className="px-gutter pb-1" aria-hidden>
      {!whole && (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the field "Jump to" does the same
        <div
          className="relative h-3.5 cursor-pointer"
          title={`${page.file}, ${formatBytes(page.fileBytes)}: go to a place of it`}
          onClick={(event) => {
            const { left, width } = event.currentTarget.getBoundingClientRect();
            onGo(byteAt(page.fileBytes, (event.clientX - left) / width));
          }}
        >
          <span className="absolute inset-x-0 top-[3px] h-2 rounded-1 bg-line" />
          <span
            className="absolute top-[3px] h-2 min-w-1 rounded-1 bg-accent"
            style={{ ...placed(strip.page), left: `min(${strip.page.from}%, calc(100% - 4px))` }}
          />
        </div>
      )}
      {!whole && (
        <svg aria-hidden viewBox="0 0 100 10" preserveAspectRatio="none" className="block h-2.5 w-full">
          <path
            d={`M${strip.page.from} 0C${strip.page.from} 6 0 4 0 10M${strip.page.from + strip.page.width} 0C${strip.page.from + strip.page.width} 6 100 4 100 10`}
            fill="none"
            stroke="var(--line-strong)"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the table's rows do the same */}
      <div
        className="relative mt-1 h-9"
        onClick={(event) => {
          const block = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-place]") : null;
          const batch = strip.blocks[Number(block?.dataset.place)]?.batch;
          if (block !== null && batch !== undefined) onOpen(batch);
        }}
      >
        {strip.blocks.map(({ batch, ...extent }, place) => (
          <span
            key={batch.position}
            data-place={place}
            title={titleOf(batch)}
            className={cn(
              "absolute bottom-0 min-w-[1.5px] cursor-pointer",
              blockClass(batch, batch.position === open, isDamaged(batch, page.damage)),
            )}
            style={placed(extent)}
          />
        ))}
      </div>
      <div className="mt-1 flex flex-wrap gap-x-4 text-11 text-ink-3">
        <span className="mono text-11">{formatCount(strip.fromByte)}</span>
        <Key className="h-2 bg-mark">data</Key>
        <Key className={cn("h-2", compressed)}>compressed</Key>
        <Key className="h-2 border-ink-2 border-t-2 bg-mark">transactional</Key>
        <Key className="h-3 border-ink border-l-2 bg-line">marker</Key>
        {strip.blocks.some(({ batch }) => isDamaged(batch, page.damage)) && (
          <Key className={cn("h-3 shadow-[inset_0_0_0_1.5px_var(--crit-mark)]", broken)}>damaged</Key>
        )}
        <span className="mono ml-auto text-11">
          {formatCount(strip.toByte)} of {formatCount(page.fileBytes)} B
        </span>
      </div>
    </div>
  );
}

function Key({ className, children }: { className: string; children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-1.5 max-sm:hidden">
      <span className={cn("inline-block w-3.5 shrink-0", className)} />
      {children}
    </span>
  );
}

const compressed = "[background-image:repeating-linear-gradient(115deg,var(--mark-2)_0_1.5px,var(--mark)_1.5px_4px)]";
const broken = "[background-image:repeating-linear-gradient(65deg,var(--crit-mark)_0_2px,transparent_2px_5px)]";

function blockClass(batch: StoredBatch, open: boolean, damaged: boolean): string {
  const traits = traitsOf(batch);
  // Of whichever kind, and open or not.
  if (damaged) {
    return cn(
      "z-[1] h-7",
      broken,
      open ? "bg-accent-bg shadow-[inset_0_0_0_2px_var(--accent)]" : "shadow-[inset_0_0_0_1.5px_var(--crit-mark)]",
    );
  }
  if (traits.includes("control")) return cn("z-[1] h-9 border-l-2 bg-line", open ? "border-accent" : "border-ink");
  return cn(
    "h-7 border-bg border-l",
    open ? "bg-accent" : traits.includes("compressed") ? compressed : "bg-mark hover:bg-mark-2",
    traits.includes("transactional") && "border-t-2 border-t-ink-2",
  );
}

function placed({ from, width }: Extent): React.CSSProperties {
  return { left: `${from}%`, width: `${width}%` };
}

function titleOf(batch: StoredBatch): string {
  const offsets = batch.baseOffset === null ? "" : `, offsets ${batch.baseOffset} to ${batch.lastOffset}`;
  return `Byte ${batch.position}, ${formatBytes(batch.sizeBytes)}${offsets}`;
}
