/** A connection that failed below Kafka's protocol: at which link, what was seen, what to do. */
export interface ConnectionFailure {
  readonly link: "dns" | "tcp" | "tls";
  readonly detail: string;
  readonly remedy: string;
}

/**
 * Explains Node's own network and TLS errors in plain words; null when it is none of them.
 * @param where "kafka-2:9092"
 */
export function explainConnectionFailure(error: unknown, where: string): ConnectionFailure | null {
  const code = errorCode(error);
  if (code === null) return null;
  const known = byCode[code];
  if (known !== undefined) {
    const [link, detail, remedy] = known;
    return { link, detail: detail.replaceAll("{where}", where).replaceAll("{host}", hostOf(where)), remedy };
  }
  if (/^ERR_(SSL|TLS)_|^EPROTO$|^CERT_|^(UNABLE_TO|ERROR_IN)_/.test(code)) {
    return {
      link: "tls",
      detail: `The TLS handshake with ${where} failed (${code}).`,
      remedy:
        "Check that this port speaks TLS, that the certificate authority (ssl.truststore.*, KAFKA_SSL_CA) is the one that signed the broker's certificate, and whether the broker wants a client certificate.",
    };
  }
  return null;
}

function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

function hostOf(where: string): string {
  const colon = where.lastIndexOf(":");
  return colon === -1 ? where : where.slice(0, colon);
}

const unknownHost = [
  "dns",
  "This host can't resolve the name {host}.",
  "Check the spelling, and that the DNS or /etc/hosts of the machine Tailrace runs on knows the name.",
] as const;
const untrusted = [
  "tls",
  "{where} shows a certificate that this server doesn't trust.",
  "Give the authority that signed it: ssl.truststore.location or ssl.truststore.certificates (PEM), or KAFKA_SSL_CA.",
] as const;
const refused = [
  "tcp",
  "{where} refuses connections: the machine answers, but nothing listens on that port.",
  "Check the port, and that the broker is running and listens on this address.",
] as const;
const unroutable = [
  "tcp",
  "There is no route to {where}.",
  "Check the address, and the network or VPN between this machine and the broker.",
] as const;
const forbidden = [
  "tcp",
  "The machine that Tailrace runs on forbids connections to {where}.",
  "Look at its own firewall, and at what its container or security policy (SELinux, AppArmor) lets this process do.",
] as const;
const hungUp = [
  "tcp",
  "{where} closed the connection at once.",
  "Often the port expects something else: TLS where plaintext was spoken, or the other way round; check security.protocol against the broker's listener. A proxy or an idle-connection limit can do it too.",
] as const;
const silent = [
  "tcp",
  "{where} didn't answer in time.",
  "Usually a firewall or security group drops the packets, or the address is wrong; a broker that hangs looks the same.",
] as const;

const byCode: Readonly<Record<string, readonly ["dns" | "tcp" | "tls", string, string]>> = {
  ENOTFOUND: unknownHost,
  EAI_NODATA: unknownHost,
  EAI_NONAME: unknownHost,
  EAI_FAIL: unknownHost,
  EAI_AGAIN: [
    "dns",
    "The DNS server didn't answer when asked for {host}.",
    "Check the DNS settings of the machine Tailrace runs on, then try again.",
  ],
  ECONNREFUSED: refused,
  EHOSTUNREACH: unroutable,
  ENETUNREACH: unroutable,
  EADDRNOTAVAIL: unroutable,
  ENETDOWN: unroutable,
  EHOSTDOWN: unroutable,
  EACCES: forbidden,
  EPERM: forbidden,
  ERR_SOCKET_BAD_PORT: ["tcp", "The port of {where} is none.", "Give a port between 1 and 65535."],
  ETIMEDOUT: silent,
  ERR_SOCKET_CONNECTION_TIMEOUT: silent,
  ECONNRESET: hungUp,
  EPIPE: hungUp,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_HAS_EXPIRED: [
    "tls",
    "The certificate of {where} has expired.",
    "Renew the broker's certificate; check this machine's clock too.",
  ],
  CERT_NOT_YET_VALID: [
    "tls",
    "The certificate of {where} isn't valid yet.",
    "Check this machine's clock, and the certificate's dates.",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "tls",
    "The certificate of {where} is for another name.",
    "Connect by a name the certificate lists, or issue one that lists {host}. As a last resort an empty ssl.endpoint.identification.algorithm switches the check off.",
  ],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    "tls",
    "{where} doesn't speak TLS.",
    "It is probably a plaintext listener: use security.protocol=PLAINTEXT or SASL_PLAINTEXT, or the port of the TLS listener.",
  ],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: [
    "tls",
    "{where} doesn't speak TLS.",
    "It is probably a plaintext listener: use security.protocol=PLAINTEXT or SASL_PLAINTEXT, or the port of the TLS listener.",
  ],
};
