import type { ClusterSettings } from "../settings/cluster-settings.ts";

const SECRET_NAME = /password|passphrase|secret|credential|jaas|private.?key|keystore\.key|token/i;
const INSTEAD = "(not recorded)";
/** A shorter secret would be found in words that are none. */
const MIN_SECRET = 6;
/** What is given is an answer's or a request's plain JSON; this only ends what would never end. */
const MAX_DEPTH = 30;

/** What must never be written down of a cluster's settings. */
export function secretsOf({ sasl, tls }: Pick<ClusterSettings, "sasl" | "tls">): readonly string[] {
  return [sasl?.password, tls?.keyPassphrase, tls?.key].filter((one) => one !== null && one !== undefined);
}

/**
 * A copy of what is to be recorded, without the values of keys that sound like secrets, and without the cluster's own secrets
 * wherever they stand in it.
 */
export function withoutSecrets(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof value === "string") return maskSecrets(value, secrets);
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return INSTEAD;
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, secrets, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_NAME.test(key) && inner !== null ? INSTEAD : withoutSecrets(inner, secrets, depth + 1),
    ]),
  );
}

/** A sentence without the cluster's own secrets. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= MIN_SECRET)
    .reduce((masked, secret) => masked.replaceAll(secret, INSTEAD), text);
}
