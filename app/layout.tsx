import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { cn } from "#components/ui/cn.ts";
import { PREFERENCES_COOKIE, readPreferences } from "#lib/preferences.ts";
import { Providers } from "./providers.tsx";

export const metadata: Metadata = {
  title: { default: "Tailrace", template: "%s · Tailrace" },
  description: "An operations dashboard for Apache Kafka",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfdfd" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1213" },
  ],
};

/** Theme and zone come from a cookie, so the first byte is already right: no flash, no script in the document. */
export default async function RootLayout({ children }: LayoutProps<"/">) {
  const preferences = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const nonce = (await headers()).get("x-nonce");
  return (
    <html
      lang="en"
      className={cn(GeistSans.variable, GeistMono.variable)}
      {...(preferences.theme !== "system" && { "data-theme": preferences.theme })}
    >
      <body>
        <Providers preferences={preferences} nonce={nonce} renderedAtMs={Date.now()}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
