"use client";
import { Keyboard, Search } from "lucide-react";
import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { clusterHref } from "#lib/hrefs.ts";
import { BrandMark } from "./brand.tsx";
import { useCluster } from "./cluster-context.tsx";
import { ClusterSwitch } from "./cluster-switch.tsx";
import { DataAge } from "./data-age.tsx";
import { Navigation } from "./navigation.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import { ZoneMenu } from "./zone-menu.tsx";

interface TopBarProps {
  clusters: readonly ClusterSummary[];
  openPalette: () => void;
  openKeys: () => void;
}

export function TopBar({ clusters, openPalette, openKeys }: TopBarProps) {
  const cluster = useCluster();
  return (
    <header
      className={cn(
        "sticky top-0 z-20 flex h-bar items-center gap-2 border-line-strong border-b bg-bg px-gutter md:gap-3",
        cluster.production && "border-t-[3px] border-t-env",
      )}
    >
      <Link
        href={clusterHref(cluster.name)}
        aria-label={`Tailrace, overview of ${cluster.displayName}`}
        className="flex h-ctl shrink-0 items-center gap-2 rounded-2 pr-1 font-semibold text-[14px] tracking-[-0.01em]"
      >
        <BrandMark />
        <span className="max-lg:hidden">Tailrace</span>
      </Link>
      <ClusterSwitch clusters={clusters} />
      <Navigation />
      <span className="flex-1" />
      <button
        type="button"
        aria-label="Go to a topic, group, broker or page"
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-ctl w-56 items-center gap-2 rounded-2 border border-line-strong bg-raised pr-1.5 pl-2 text-left text-ink-3 hover:border-control max-xl:hidden"
        onClick={openPalette}
      >
        <Search aria-hidden className="size-3.5" strokeWidth={1.6} />
        <span className="min-w-0 flex-1 truncate">Topic, group, broker…</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <IconButton label="Go to a topic, group, broker or page" className="xl:hidden" onClick={openPalette}>
        <Search aria-hidden strokeWidth={1.6} />
      </IconButton>
      <DataAge />
      {/* On a phone the palette does what these do. */}
      <span className="flex items-center gap-1 max-sm:hidden">
        <ZoneMenu />
        <ThemeMenu />
        <IconButton label="Keyboard shortcuts" className="max-md:hidden" onClick={openKeys}>
          <Keyboard aria-hidden strokeWidth={1.6} />
        </IconButton>
      </span>
    </header>
  );
}
