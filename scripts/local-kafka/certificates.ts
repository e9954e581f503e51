import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Java } from "./java.ts";

interface Certificates {
  /** PEM: what a client must trust. */
  readonly caFile: string;
  /** PKCS #12 with the brokers' key and chain, for localhost and 127.0.0.1. */
  readonly keystore: string;
}

/** Makes a certificate authority and one certificate for all brokers with Java's keytool, once per data folder. */
export async function makeCertificates(java: Java, dir: string, password: string): Promise<Certificates> {
  const caFile = join(dir, "ca.pem");
  const keystore = join(dir, "broker.p12");
  if (existsSync(caFile) && existsSync(keystore)) return { caFile, keystore };
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const keytool = async (...args: string[]) => {
    await promisify(execFile)(keytoolCommand(java), [...args, "-storepass", password, "-noprompt"], { cwd: dir });
  };
  const key = ["-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650", "-storetype", "PKCS12"];
  await keytool(
    "-genkeypair",
    "-alias",
    "ca",
    "-dname",
    "CN=Tailrace test CA",
    "-ext",
    "bc:c",
    ...key,
    "-keystore",
    "ca.p12",
  );
  await keytool("-exportcert", "-alias", "ca", "-rfc", "-file", "ca.pem", "-keystore", "ca.p12");
  await keytool("-genkeypair", "-alias", "broker", "-dname", "CN=localhost", ...key, "-keystore", "broker.part.p12");
  await keytool("-certreq", "-alias", "broker", "-file", "broker.csr", "-keystore", "broker.part.p12");
  const san = ["-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "eku=serverAuth"];
  await keytool(
    "-gencert",
    "-alias",
    "ca",
    ...san,
    "-rfc",
    "-validity",
    "3650",
    "-infile",
    "broker.csr",
    "-outfile",
    "broker.pem",
    "-keystore",
    "ca.p12",
  );
  await keytool("-importcert", "-alias", "ca", "-file", "ca.pem", "-keystore", "broker.part.p12");
  await keytool("-importcert", "-alias", "broker", "-file", "broker.pem", "-keystore", "broker.part.p12");
  await rename(join(dir, "broker.part.p12"), keystore);
  return { caFile, keystore };
}

/** keytool lies beside java; a bare `java` of PATH has a bare `keytool` there. */
function keytoolCommand(java: Java): string {
  return java.command === "java" ? "keytool" : join(dirname(java.command), "keytool");
}
