"use client";
import { useQueryStates } from "nuqs";
import { tailUrl } from "./tail-url.ts";

export function useTailUrl() {
  return useQueryStates(tailUrl, { history: "replace", shallow: true, clearOnDefault: true });
}

export type SetTailUrl = ReturnType<typeof useTailUrl>[1];
