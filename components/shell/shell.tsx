"use client";
import { useCallback, useEffect, useState } from "react";
import { useSingleKey } from "#components/ui/keys.ts";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { ClusterProvider } from "./cluster-context.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { Palette } from "./palette.tsx";
import { TopBar } from "./top-bar.tsx";

interface ShellProps {
  cluster: ClusterSummary;
  /** All that are configured, this one too. */
  clusters: readonly ClusterSummary[];
  children: React.ReactNode;
}

const MAIN_ID = "main";

/** Around every page of a cluster: the bar, the palette, the keys. */
export function Shell({ cluster, clusters, children }: ShellProps) {
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const openKeys = useCallback(() => setKeys(true), []);
  useSingleKey({ "?": openKeys });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setPalette((open) => !open);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <ClusterProvider cluster={cluster}>
      <a
        href={`#${MAIN_ID}`}
        className="-translate-y-16 fixed top-2 left-2 z-30 rounded-2 bg-raised px-3 py-1.5 text-accent shadow-pop focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh flex-col">
        <TopBar clusters={clusters} openPalette={() => setPalette(true)} openKeys={openKeys} />
        <main
          id={MAIN_ID}
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-col pb-thumb-bar outline-none focus-visible:shadow-none"
        >
          {children}
        </main>
      </div>
      <Palette open={palette} onOpenChange={setPalette} clusters={clusters} showKeys={openKeys} />
      <KeyboardHelp open={keys} onOpenChange={setKeys} />
    </ClusterProvider>
  );
}
