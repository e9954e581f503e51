"use client";
import "./globals.css";
import { UnexpectedError } from "#components/problems/unexpected-error.tsx";

/** The root layout itself broke: a document of its own, without fonts, theme choice and providers. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Tailrace</title>
        <main>
          <UnexpectedError error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
