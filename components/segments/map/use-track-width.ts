"use client";
import { useCallback, useState } from "react";

/** Before a browser has measured it: of a wide screen. */
const ASSUMED_PX = 1_100;

/** The width of what is drawn on, in whole pixels, and what to put on it as its ref. */
export function useTrackWidth(): [width: number, track: (element: HTMLElement | null) => (() => void) | undefined] {
  const [width, setWidth] = useState(ASSUMED_PX);
  const track = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const measure = () => {
      const measured = Math.floor(element.getBoundingClientRect().width);
      if (measured > 0) setWidth(measured);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, track];
}
