"use client";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Message, Payload } from "#lib/contracts/messages.ts";
import { formatCount } from "#lib/format.ts";
import { HeaderList } from "./header-list.tsx";
import type { JsonActions } from "./json-tree.tsx";
import { MessageFacts } from "./message-facts.tsx";
import { type MessageViewName, messageUrl } from "./message-url.ts";
import { PayloadPanel } from "./payload-panel.tsx";
import { type PayloadTree, payloadTree } from "./payload-tree.ts";

interface MessageViewProps extends JsonActions {
  message: Message;
  highlight?: readonly string[] | undefined;
  /** In a box of a given height, whose last part scrolls; else on a page of its own. */
  fill?: boolean;
}

/** One message: what is known of it, and its key and value as a tree, as received, as bytes. */
export function MessageView({ message, highlight, fill = false, ...actions }: MessageViewProps) {
  const [{ keyAs, valueAs, view, part }, setUrl] = useQueryStates(messageUrl);
  const payload = part === "key" ? message.key : message.value;
  const tree = useMemo(() => payloadTree(payload), [payload]);
  const shown = view ?? suitableView(payload, tree);
  const panel = (name: Exclude<MessageViewName, "headers">) => (
    <PayloadPanel
      view={name}
      part={part}
      payload={payload}
      tree={tree}
      highlight={highlight}
      fill={fill}
      {...actions}
    />
  );
  return (
    <>
      <MessageFacts
        message={message}
        keyAs={keyAs}
        valueAs={valueAs}
        onKeyAs={(format) => setUrl({ keyAs: format })}
        onValueAs={(format) => setUrl({ valueAs: format })}
        highlight={highlight}
        wide={!fill}
      />
      <Tabs
        label="Forms of the message"
        value={shown}
        onValueChange={(next) => setUrl({ view: next })}
        className={cn(fill && "flex min-h-0 flex-1 flex-col")}
        panelClassName={cn(fill && "flex min-h-0 flex-1 flex-col data-hidden:hidden")}
        after={
          shown !== "headers" &&
          message.key !== null && (
            <SegmentedControl
              aria-label="Part of the message"
              value={part}
              onValueChange={(next) => setUrl({ part: next })}
              options={[
                { value: "value", label: "Value" },
                { value: "key", label: "Key" },
              ]}
            />
          )
        }
        tabs={[
          { value: "tree", label: "Tree", panel: panel("tree") },
          { value: "raw", label: "Raw", panel: panel("raw") },
          { value: "hex", label: "Hex", panel: panel("hex") },
          {
            value: "headers",
            label: "Headers",
            aside: formatCount(message.headers.length),
            panel: (
              <HeaderList
                headers={message.headers}
                highlight={highlight}
                className={fill ? "min-h-0 flex-1" : "max-h-[max(320px,calc(100dvh-220px))]"}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** A tree where there is one, bytes where nothing better is known, else as received. */
function suitableView(payload: Payload | null, tree: PayloadTree): MessageViewName {
  if (tree.outline !== null) return "tree";
  return payload?.as === "hex" || payload?.as === "undecodable" ? "hex" : "raw";
}
