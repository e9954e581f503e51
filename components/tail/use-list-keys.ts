"use client";
import { type RefObject, useRef } from "react";
import { useSingleKey } from "#components/ui/keys.ts";
import { isMessage, type TailEntry } from "#lib/tail/tail-entry.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";

interface ListKeysOptions {
  session: TailSession;
  active: TailEntry | null;
  isOpen: boolean;
  list: RefObject<HTMLElement | null>;
  /** The page doesn't scroll: arrows can only mean the list, wherever the focus is. */
  fillsPage: boolean;
  onActive: (entry: TailEntry, index: number) => void;
  onOpen: (entry: TailEntry) => void;
  onClose: () => void;
  onStart: () => void;
}

/** Two of the same key within this time are one command. */
const TWICE_MS = 700;

/** Space holds and continues; j, k and arrows move; Enter opens; G goes live, g g to the first row. */
export function useListKeys(options: ListKeysOptions): void {
  const { session, active, isOpen, list, fillsPage, onActive, onOpen, onClose, onStart } = options;
  const { store } = session;
  const gAt = useRef(0);
  const step = (by: 1 | -1) => {
    if (store.length === 0) return;
    if (session.getStatus().pause === null) session.pause("you");
    const known = active === null ? -1 : store.indexOf(active);
    const next = known === -1 ? store.length - 1 : known + by;
    // With a message open only messages count: there is nothing to open of the others.
    for (let index = next; index >= 0 && index < store.length; index += by) {
      const entry = store.at(index);
      if (entry === undefined) return;
      if (!isOpen || isMessage(entry)) return onActive(entry, index);
    }
  };
  const guarded = (act: () => void) => (event: KeyboardEvent) => {
    // A button or link that has the focus takes its own keys.
    if (event.target instanceof Element && event.target.closest("button, a, [role=tab], [role=tree], summary")) return;
    event.preventDefault();
    act();
  };
  const arrow = (by: 1 | -1) => (event: KeyboardEvent) => {
    const inList = event.target instanceof Node && list.current?.contains(event.target);
    if (fillsPage || inList) guarded(() => step(by))(event);
  };
  const close = () => {
    if (isOpen) onClose();
  };
  useSingleKey({
    " ": guarded(() => (session.getStatus().pause === null ? session.pause("you") : session.resume())),
    j: guarded(() => step(1)),
    k: guarded(() => step(-1)),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    Escape: close,
    Enter: guarded(() => active !== null && onOpen(active)),
    G: guarded(() => session.jumpToLive()),
    g: guarded(() => {
      const now = performance.now();
      if (now - gAt.current < TWICE_MS) onStart();
      gAt.current = now;
    }),
  });
}
