"use client";
import { useEffect, useState } from "react";
import { cn } from "./cn.ts";

const SHOWN_AFTER_MS = 200;
/** Ragged, as text is. */
const LINE_WIDTHS = ["80%", "64%", "72%", "55%", "76%", "61%", "69%", "58%"];

/** True once `active` has lasted 200 ms: an answer that comes sooner never flashes a skeleton. */
export function useDelayed(active: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active]);
  return active && late;
}

/** A bar in the place of a value that is being read. */
export function SkeletonBar({ className }: { className?: string | undefined }) {
  return <span aria-hidden className={cn("inline-block h-2 w-11 rounded-1 bg-line align-middle", className)} />;
}

/** Lines in the place of a section that is being read; says what is being read to assistive technology at once. */
export function SkeletonLines({
  label,
  lines = 3,
  className,
}: {
  label: string;
  lines?: number;
  className?: string | undefined;
}) {
  const late = useDelayed(true);
  return (
    <div role="status" className={cn("py-2", className)}>
      <span className="sr-only">{label}</span>
      {late &&
        LINE_WIDTHS.slice(0, lines).map((width) => (
          <div key={width} aria-hidden className="my-[11px] h-2 rounded-1 bg-line" style={{ width }} />
        ))}
    </div>
  );
}
