import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { createSecureContext } from "node:tls";
import type { TlsSettings } from "./cluster-settings.ts";
import type { SettingsProblems } from "./settings-problems.ts";

/**
 * A PEM text given as it is, or as the path of a file (relative to `directory`). Line breaks may be written `\n`, as
 * environment variables often hold them.
 */
export function readPem(value: string, key: string, directory: string, problems: SettingsProblems): string | null {
  if (value.includes("-----BEGIN ")) return value.replaceAll("\\n", "\n");
  const path = isAbsolute(value) ? value : resolve(directory, value);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return problems.add(
      key,
      `the file it names can't be read (${code}).`,
      "Give a PEM file that this server may read, or the PEM text itself.",
    );
  }
  if (text.includes("-----BEGIN ")) return text;
  return problems.add(
    key,
    "the file it names holds no PEM.",
    "Java key stores (JKS, PKCS12) aren't read. Convert it: keytool -exportcert -rfc for a trust store, openssl pkcs12 -in store.p12 -out store.pem for a key store.",
  );
}

/** Lets Node load them once, so that a wrong passphrase or a key of another certificate shows at start. */
export function checkTls(tls: TlsSettings, key: string, problems: SettingsProblems): void {
  if ((tls.certificate === null) !== (tls.key === null)) {
    problems.add(
      key,
      `a client ${tls.key === null ? "certificate without its key" : "key without its certificate"} is set.`,
      "A client certificate needs both: the certificate chain and its private key, as PEM.",
    );
    return;
  }
  try {
    createSecureContext({
      ...(tls.ca !== null && { ca: tls.ca }),
      ...(tls.certificate !== null && { cert: tls.certificate }),
      ...(tls.key !== null && { key: tls.key }),
      ...(tls.keyPassphrase !== null && { passphrase: tls.keyPassphrase }),
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    problems.add(
      key,
      `Node can't use these certificates and key (${code}).`,
      "Check that the PEM texts are whole, that the key belongs to the certificate, and that the passphrase fits.",
    );
  }
}
