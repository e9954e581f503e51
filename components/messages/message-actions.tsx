"use client";
import { Download, Send } from "lucide-react";
import { useState } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyTextButton } from "#components/ui/copy-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Menu, MenuLink } from "#components/ui/menu.tsx";
import type { Message } from "#lib/contracts/messages.ts";
import { formatBytes } from "#lib/format.ts";
import { messageHref, segmentsHref } from "#lib/hrefs.ts";
import { kcatMessageCommand } from "#lib/kcat-commands.ts";
import { payloadUrl } from "#lib/queries/messages.ts";
import { SendPanel } from "./send-panel.tsx";

interface MessageActionsProps {
  message: Message;
  /** Where there is little room. */
  compact?: boolean;
}

/** What can be done with a message that was found. */
export function MessageActions({ message, compact = false }: MessageActionsProps) {
  const cluster = useCluster();
  const [sending, setSending] = useState(false);
  const { topic, partition, offset, key, value } = message;
  return (
    <>
      {value !== null && (
        <CopyTextButton
          tone="plain"
          text={value.text}
          label={value.cut ? `Copy the first ${formatBytes(value.text.length)}` : "Copy value"}
        />
      )}
      <CopyTextButton
        tone="plain"
        text={kcatMessageCommand(cluster, { topic, partition, offset })}
        label={compact ? "kcat" : "Copy kcat"}
      />
      <CopyTextButton
        tone="plain"
        text={() => new URL(messageHref(cluster.name, topic, partition, offset), window.location.href).href}
        label={compact ? "Link" : "Copy link"}
      />
      {(key !== null || value !== null) && (
        <Menu
          trigger={
            <Button aria-label="Download">
              <Download aria-hidden strokeWidth={1.6} />
              {!compact && "Download"}
            </Button>
          }
        >
          {value !== null && (
            <MenuLink href={payloadUrl(cluster.name, message, "value")} download>
              The value, {formatBytes(value.bytes)}
            </MenuLink>
          )}
          {key !== null && (
            <MenuLink href={payloadUrl(cluster.name, message, "key")} download>
              The key, {formatBytes(key.bytes)}
            </MenuLink>
          )}
        </Menu>
      )}
      <LinkButton href={segmentsHref(cluster.name, topic, partition, { panel: "find", offset })} prefetch={false}>
        Where it lies
      </LinkButton>
      <Button className="ml-auto" onClick={() => setSending(true)}>
        <Send aria-hidden strokeWidth={1.6} />
        Send again…
      </Button>
      <SendPanel topic={topic} like={message} open={sending} onOpenChange={setSending} />
    </>
  );
}
