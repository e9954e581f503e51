"use client";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { formatBytes } from "#lib/format.ts";
import { bytesOf, hexLines } from "./hex-lines.ts";

interface HexViewProps {
  /** The first bytes, as base64. */
  head: string;
  /** Of the whole payload. */
  bytes: number;
  className?: string;
}

/** What a line of sixteen bytes needs. */
const WIDE_PX = 580;

/** Bytes with their places and what is ASCII of them; sixteen a line where they fit, else eight. */
export function HexView({ head, bytes, className }: HexViewProps) {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(8);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width >= WIDE_PX ? 16 : 8);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  const shown = useMemo(() => bytesOf(head), [head]);
  const lines = useMemo(() => hexLines(shown, width), [shown, width]);
  return (
    <section
      ref={element}
      aria-label="Bytes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
      tabIndex={0}
      className={cn(
        "mono overflow-auto overscroll-contain px-gutter py-2.5 leading-[18px] focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]",
        className,
      )}
    >
      <div className="whitespace-pre">
        {lines.map(({ at, hex, ascii }) => (
          <div key={at}>
            <span className="text-ink-3">{at}</span>
            {`  ${hex}  `}
            <span className="text-ink-2">{ascii}</span>
          </div>
        ))}
      </div>
      {shown.length < bytes && (
        <p className="mt-2 font-sans text-ink-2">
          The first {formatBytes(shown.length)} of {formatBytes(bytes)}; the download has them all.
        </p>
      )}
    </section>
  );
}
