"use client";
import { useId, useMemo } from "react";
import { JsonTree } from "#components/messages/json-tree.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type JsonOutline, JsonTextError, outlineJson } from "#lib/json-outline.ts";

/** A longer text is shown as text. */
const MAX_TREE_LENGTH = 1_000_000;

/** What was recorded besides offsets: JSON, drawn as a tree exactly as it was written; other text as it is. */
export function RecordedText({ title, text }: { title: string; text: string }) {
  const id = useId();
  const outline = useMemo(() => outlineOf(text), [text]);
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="flex items-center gap-1.5 pb-1">
        <h2 id={id} className="text-13">
          {title}
        </h2>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </div>
      <div className="rounded-2 border border-line bg-sunken">
        {outline === null ? (
          <pre className="mono whitespace-pre-wrap px-3 py-2.5 leading-[19px] [overflow-wrap:anywhere]">{text}</pre>
        ) : (
          <JsonTree outline={outline} label={title} />
        )}
      </div>
    </section>
  );
}

/** Null: no JSON. Anybody may have written into the change log's topic. */
function outlineOf(text: string): JsonOutline | null {
  if (text.length > MAX_TREE_LENGTH) return null;
  try {
    return outlineJson(text);
  } catch (error) {
    if (error instanceof JsonTextError) return null;
    throw error;
  }
}
