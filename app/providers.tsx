"use client";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { type DefaultOptions, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState } from "react";
import { PreferencesProvider } from "#components/preferences/preferences.tsx";
import { NowProvider } from "#components/ui/now.tsx";
import { ToastProvider } from "#components/ui/toast.tsx";
import type { Preferences } from "#lib/preferences.ts";

interface ProvidersProps {
  preferences: Preferences;
  nonce: string | null;
  /** The server's clock when it rendered this document. */
  renderedAtMs: number;
  children: React.ReactNode;
}

const TOOLTIP_DELAY_MS = 400;
/** Tailrace may run on this very machine: whether the browser believes itself online says nothing about reaching it. */
const defaultOptions: DefaultOptions = {
  queries: { retry: false, networkMode: "always" },
  mutations: { networkMode: "always" },
};

export function Providers({ preferences, nonce, renderedAtMs, children }: ProvidersProps) {
  const [client] = useState(() => new QueryClient({ defaultOptions }));
  return (
    <CSPProvider disableStyleElements {...(nonce !== null && { nonce })}>
      <QueryClientProvider client={client}>
        <NuqsAdapter>
          <NowProvider renderedAtMs={renderedAtMs}>
            <PreferencesProvider initial={preferences}>
              <Tooltip.Provider delay={TOOLTIP_DELAY_MS}>
                <ToastProvider>{children}</ToastProvider>
              </Tooltip.Provider>
            </PreferencesProvider>
          </NowProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </CSPProvider>
  );
}
