import type { LogDirSetting } from "./log-dir-settings.ts";

/** How to reach one cluster. Comes from the environment or a file, never from a request. */
export interface ClusterSettings {
  /** In URLs. */
  readonly name: string;
  readonly displayName: string;
  readonly bootstrapServers: readonly string[];
  readonly clientId: string;
  readonly readOnly: boolean;
  readonly production: boolean;
  /** What happens to a change that can't be written to the change log: it is refused, it goes on, or there is no log at all. */
  readonly audit: Audit;
  /** The topic of the change log. */
  readonly changesTopic: string;
  /** Brokers' log dirs as they are mounted here, read-only, for the pages about segments; or that none is read at all. */
  readonly logDirs: LogDirSetting;
  /** Set when the launcher runs this cluster: how to stop and start its brokers. */
  readonly local: LocalControl | null;
  readonly tls: TlsSettings | null;
  readonly sasl: SaslSettings | null;
}

export const audits = ["required", "best-effort", "off"] as const;
export type Audit = (typeof audits)[number];

/** The launcher's control endpoint on loopback. */
export interface LocalControl {
  readonly url: string;
  readonly token: string;
}

/** PEM texts, read at start; null means Node's defaults. */
export interface TlsSettings {
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly keyPassphrase: string | null;
  /** False for `ssl.endpoint.identification.algorithm=` (empty). */
  readonly verifyHostname: boolean;
}

export interface SaslSettings {
  readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
  readonly username: string;
  readonly password: string;
}
