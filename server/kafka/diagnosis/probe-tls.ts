import { connect, type PeerCertificate, type TLSSocket } from "node:tls";
import type { ClusterSettings } from "../../settings/cluster-settings.ts";
import { tlsOptions } from "../client-options.ts";
import { explainConnectionFailure } from "../connection-failure.ts";
import { where } from "../host-port.ts";
import { BrokenLink } from "./chain.ts";
import { speaksPlaintext } from "./probe-kafka.ts";
import { type Address, brokenLink, isAddress, opened } from "./probe-network.ts";

/**
 * The TLS handshake as the clients do it, certificate and host name checked. It is let through first, so that what the
 * broker shows can be told even when it isn't trusted; nothing is sent over it.
 */
export async function handshake(
  settings: ClusterSettings,
  address: Address,
  signal: AbortSignal,
): Promise<{ detail: string; made: true }> {
  const socket = openTls(settings, address);
  const stop = () => socket.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await opened(socket, "secureConnect");
    const shown = describeCertificate(socket.getPeerCertificate());
    if (!socket.authorized) throw untrusted(socket, address, shown);
    return { detail: `${socket.getProtocol()}, ${shown}`, made: true };
  } catch (error) {
    if (error instanceof BrokenLink) throw error;
    if (await speaksPlaintext(settings, address)) {
      throw new BrokenLink(
        `${where(address)} answers in plaintext, but the settings ask for TLS.`,
        "Use security.protocol=PLAINTEXT or SASL_PLAINTEXT (KAFKA_SSL=false) for this port, or connect to the port of the TLS listener.",
        { cause: error },
      );
    }
    throw brokenLink(error, address);
  } finally {
    signal.removeEventListener("abort", stop);
    socket.destroy();
  }
}

/** Whether a TLS handshake gets as far as a certificate there, whoever signed it. */
export async function speaksTls(settings: ClusterSettings, address: Address): Promise<boolean> {
  const socket = openTls({ ...settings, tls: null }, address);
  socket.setTimeout(PROBE_MS, () => socket.destroy());
  try {
    await opened(socket, "secureConnect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const PROBE_MS = 1_000;

function openTls(settings: ClusterSettings, address: Address): TLSSocket {
  return connect({
    host: address.host,
    port: address.port,
    ...(!isAddress(address) && { servername: address.host }),
    ...tlsOptions(settings),
    // Looked at by hand above: a refused handshake tells nothing about the certificate.
    rejectUnauthorized: false,
  });
}

function untrusted(socket: TLSSocket, address: Address, shown: string): BrokenLink {
  // Typed as an Error, but it is the code of one.
  const code = String(socket.authorizationError);
  const failure = explainConnectionFailure({ code }, where(address));
  return new BrokenLink(
    `${failure?.detail ?? `The certificate of ${where(address)} is refused (${code}).`} It shows a ${shown}.`,
    failure?.remedy ?? "Check the certificate and the authority that signed it (ssl.truststore.*, KAFKA_SSL_CA).",
  );
}

/** "certificate for CN=kafka-1 (kafka-1, 10.0.0.7), issued by CN=Corp CA, valid until 2027-01-31" */
function describeCertificate(certificate: PeerCertificate): string {
  const names = (certificate.subjectaltname ?? "").replace(/\b(?:DNS|IP Address):/g, "");
  const until = new Date(certificate.valid_to);
  return [
    `certificate for ${commonName(certificate.subject)}${names ? ` (${names})` : ""}`,
    `issued by ${commonName(certificate.issuer)}`,
    ...(Number.isNaN(until.getTime()) ? [] : [`valid until ${until.toISOString().slice(0, 10)}`]),
  ].join(", ");
}

function commonName(name: PeerCertificate["subject"] | undefined): string {
  const value = name?.CN ?? name?.O;
  return Array.isArray(value) ? value.join(", ") : (value ?? "somebody unnamed");
}
