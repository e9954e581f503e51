import type { ClusterSettings } from "../../settings/cluster-settings.ts";
import { where } from "../host-port.ts";
import { BrokenLink, Chain, type DiagnosisStep } from "./chain.ts";
import {
  type AdvertisedBroker,
  checkNoLogin,
  logIn,
  readAdvertised,
  readVersions,
  speaksKafka,
} from "./probe-kafka.ts";
import { type Address, connectTcp, isAddress, resolveName } from "./probe-network.ts";
import { handshake, speaksTls } from "./probe-tls.ts";

/**
 * The links from this server to one listener, from its name to the answers of a Kafka broker, each tried by itself on
 * connections of its own.
 * @param until when it must be over, by Date.now()
 */
export async function diagnoseListener(
  settings: ClusterSettings,
  address: Address,
  signal: AbortSignal,
  until: number,
): Promise<readonly DiagnosisStep[]> {
  const chain = new Chain(signal, until);
  await tryLinks(chain, settings, address);
  return chain.steps;
}

/** The same for a bootstrap server, and then what it advertises; null when it didn't come that far. */
export async function diagnoseBootstrap(
  settings: ClusterSettings,
  address: Address,
  signal: AbortSignal,
  until: number,
): Promise<{ readonly steps: readonly DiagnosisStep[]; readonly advertised: readonly AdvertisedBroker[] | null }> {
  const chain = new Chain(signal, until);
  await chain.try("settings", where(address), async () => ({ detail: describeSettings(settings), made: true }));
  await tryLinks(chain, settings, address);
  const advertised = await chain.try("metadata", where(address), () => readAdvertised(settings, address));
  return { steps: chain.steps, advertised };
}

/** Without its secrets. */
function describeSettings({ tls, sasl, clientId }: ClusterSettings): string {
  const protocol = `${sasl ? "SASL_" : ""}${tls ? "SSL" : "PLAINTEXT"}`;
  const login = sasl ? `${sasl.mechanism} as ${sasl.username}` : "no login";
  const trust = tls ? `, ${tls.ca === null ? "public authorities trusted" : "an authority of your own trusted"}` : "";
  return `${protocol}, ${login}${trust}, client.id ${clientId}`;
}

async function tryLinks(chain: Chain, settings: ClusterSettings, address: Address): Promise<void> {
  const subject = where(address);
  if (isAddress(address)) chain.notUsed("dns", address.host, "It is an address already.");
  else await chain.try("dns", address.host, () => resolveName(address));
  await chain.try("tcp", subject, (inner) => connectTcp(address, inner));
  if (settings.tls !== null) await chain.try("tls", subject, (inner) => handshake(settings, address, inner));
  // Before anything may break for a reason that isn't its own: does a broker answer at all, spoken to like this?
  const answers = !chain.broken && (await speaksKafka(settings, address));
  if (settings.tls === null) await checkPlaintext(chain, settings, address, answers);
  await checkLogin(chain, settings, address, answers);
  await chain.try("api-versions", subject, () => readVersions(settings, address));
}

async function checkPlaintext(chain: Chain, settings: ClusterSettings, address: Address, answers: boolean) {
  const subject = where(address);
  if (answers || chain.broken || !(await speaksTls(settings, address))) {
    chain.notUsed("tls", subject, "The settings ask for plaintext.");
    return;
  }
  await chain.try("tls", subject, async () => {
    throw new BrokenLink(
      `${subject} speaks TLS, but the settings say plaintext.`,
      "Use security.protocol=SSL or SASL_SSL (KAFKA_SSL=true), with the authority that signed the broker's certificate (ssl.truststore.*, KAFKA_SSL_CA) if it is your own.",
    );
  });
}

async function checkLogin(chain: Chain, settings: ClusterSettings, address: Address, answers: boolean) {
  const { sasl } = settings;
  const subject = sasl === null ? "no login" : `${sasl.mechanism} as ${sasl.username}`;
  if (!answers) chain.notReached("sasl", subject);
  else
    await chain.try("sasl", subject, () =>
      sasl === null ? checkNoLogin(settings, address) : logIn(settings, address),
    );
}
