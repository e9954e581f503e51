"use client";
import { useEffect, useLayoutEffect, useRef } from "react";
import { usePreferences } from "#components/preferences/preferences.tsx";

/**
 * A shortcut of one character, for the whole page. Off while something is typed, while a dialog, menu or list is open, and
 * when the viewer turned such shortcuts off (WCAG 2.1.4).
 */
export function useSingleKey(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const { singleKeys } = usePreferences();
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!singleKeys) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = latest.current[event.key];
      if (act === undefined || isTyping(event.target) || isSomethingOpen()) return;
      act(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [singleKeys]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]"))
  );
}

/** Toasts are dialogs by their role, but nothing waits for them; a list of the page itself is always there. */
const OPEN = [
  '[role="dialog"]:not([data-toast])',
  '[role="alertdialog"]:not([data-toast])',
  '[role="menu"]',
  '[role="listbox"]:not([data-on-page])',
].join(", ");

function isSomethingOpen(): boolean {
  return document.querySelector(OPEN) !== null;
}
