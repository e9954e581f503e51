"use client";
import { type RefObject, useLayoutEffect, useState } from "react";

/** How far an element is from the document's top, in pixels; follows what grows or shrinks above it. */
export function useDocumentTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current === null) return;
      const now = element.current.getBoundingClientRect().top + window.scrollY;
      setTop((before) => (Math.abs(before - now) < 1 ? before : now));
    };
    measure();
    const observer = new ResizeObserver(measure);
    // What is above an element moves it only by changing the height of one of the boxes around it.
    for (let box = element.current?.parentElement ?? null; box !== null; box = box.parentElement) {
      for (const child of box.children) observer.observe(child);
    }
    return () => observer.disconnect();
  }, [element]);
  return top;
}
