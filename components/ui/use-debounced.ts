"use client";
import { useEffect, useState } from "react";

/** The value as it was once it stayed the same for `delayMs`. Pass the same object while nothing changed. */
export function useDebounced<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
