import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configFile, keysOf, refusal } from "#scripts/testing/refused-settings.ts";
import { environmentKeys, launcherKeys } from "./settings/environment.ts";
import { logLevel } from "./settings/log-level.ts";
import { loadSettings } from "./settings.ts";

describe("one cluster by environment", () => {
  test("brokers alone make a plaintext cluster on loopback", () => {
    expect(loadSettings({ KAFKA_BROKERS: "kafka-1:9092, [2001:db8::7]:9093" })).toEqual({
      listening: { host: "127.0.0.1", port: 3000, allowedHosts: [], auth: "none" },
      clusters: [
        {
          name: "kafka",
          displayName: "kafka",
          bootstrapServers: ["kafka-1:9092", "[2001:db8::7]:9093"],
          clientId: "tailrace",
          readOnly: false,
          production: false,
          audit: "best-effort",
          changesTopic: "_tailrace_changes",
          logDirs: new Map(),
          local: null,
          tls: null,
          sasl: null,
        },
      ],
    });
  });

  test("a login over TLS", () => {
    const [cluster] = loadSettings({
      KAFKA_BROKERS: "kafka:9093",
      KAFKA_SSL: "true",
      KAFKA_SASL_MECHANISM: "scram-sha-512",
      KAFKA_SASL_USERNAME: "ops",
      KAFKA_SASL_PASSWORD: "secret",
      KAFKA_SSL_VERIFY_HOSTNAME: "false",
      TAILRACE_CLUSTER_NAME: "prod-eu",
      TAILRACE_READ_ONLY: "true",
      TAILRACE_PRODUCTION: "true",
    }).clusters;
    expect(cluster).toMatchObject({
      name: "prod-eu",
      readOnly: true,
      production: true,
      sasl: { mechanism: "SCRAM-SHA-512", username: "ops", password: "secret" },
      tls: { ca: null, certificate: null, key: null, keyPassphrase: null, verifyHostname: false },
    });
  });

  test("the launcher's own cluster is local", () => {
    const env = {
      KAFKA_BROKERS: "127.0.0.1:9092",
      TAILRACE_LOCAL_CONTROL: "http://127.0.0.1:4000",
      TAILRACE_LOCAL_CONTROL_TOKEN: "token",
    };
    expect(loadSettings(env).clusters[0]).toMatchObject({
      name: "local",
      local: { url: "http://127.0.0.1:4000", token: "token" },
    });
    expect(keysOf({ ...env, TAILRACE_LOCAL_CONTROL: "http://evil.example/" })).toEqual(["TAILRACE_LOCAL_CONTROL"]);
  });

  test("what happens to a change that can't be recorded, and the topic of the change log", () => {
    const settings = (env: Record<string, string>) => loadSettings({ KAFKA_BROKERS: "k:9092", ...env }).clusters[0];
    for (const audit of ["required", "best-effort", "off"]) {
      expect(settings({ TAILRACE_AUDIT: audit })).toMatchObject({ audit });
    }
    expect(settings({ TAILRACE_AUDIT: "Required", TAILRACE_CHANGES_TOPIC: "ops.changes-v2" })).toMatchObject({
      audit: "required",
      changesTopic: "ops.changes-v2",
    });
    expect(settings({ TAILRACE_AUDIT: "", TAILRACE_CHANGES_TOPIC: "" })).toMatchObject({
      audit: "best-effort",
      changesTopic: "_tailrace_changes",
    });
  });

  test("a choice that there isn't, and a name no topic has, are refused: never read as something weaker", () => {
    for (const audit of ["true", "none", "besteffort", "require"]) {
      expect(keysOf({ KAFKA_BROKERS: "k:9092", TAILRACE_AUDIT: audit })).toEqual(["TAILRACE_AUDIT"]);
    }
    expect(refusal({ KAFKA_BROKERS: "k:9092", TAILRACE_AUDIT: "always" }).message).toContain(
      "required, best-effort, off",
    );
    for (const topic of ["changes log", "..", "a/b", "x".repeat(250)]) {
      expect(keysOf({ KAFKA_BROKERS: "k:9092", TAILRACE_CHANGES_TOPIC: topic })).toEqual(["TAILRACE_CHANGES_TOPIC"]);
    }
  });

  test("every wrong setting is named at once, with what would be right", () => {
    const error = refusal({
      KAFKA_BROKERS: "kafka-1:9092,PLAINTEXT://kafka-2:9092,kafka-3:99999",
      KAFKA_SASL_MECHANISM: "SCRAM",
      KAFKA_SASL_USERNAME: "ops",
      KAFKA_SSL: "yes",
      PORT: "http",
      TAILRACE_AUTH: "oidc",
    });
    expect(error.problems.map((problem) => problem.key).sort()).toEqual([
      "KAFKA_BROKERS",
      "KAFKA_BROKERS",
      "KAFKA_SASL_MECHANISM",
      "KAFKA_SASL_PASSWORD",
      "KAFKA_SSL",
      "PORT",
      "TAILRACE_AUTH",
    ]);
    expect(error.message).toContain("SCRAM-SHA-256");
    expect(error.message).not.toContain("    at ");
  });

  test("no brokers: the key to set is named", () => {
    expect(keysOf({})).toEqual(["KAFKA_BROKERS"]);
  });

  test("a variable that looks like ours is refused, naming the nearest right one", () => {
    const error = refusal({
      KAFKA_BROKERS: "k:9092",
      KAFKA_SASL_USER: "x",
      TAILRACE_READONLY: "true",
      KAFKA_BROKER: "x",
    });
    expect(error.problems.map(({ key, right }) => [key, right])).toEqual([
      ["KAFKA_SASL_USER", "Did you mean KAFKA_SASL_USERNAME?"],
      ["TAILRACE_READONLY", "Did you mean TAILRACE_READ_ONLY?"],
      ["KAFKA_BROKER", "Did you mean KAFKA_BROKERS?"],
    ]);
  });

  test("variables of Kafka's own tools and of Kubernetes are left alone", () => {
    expect(() =>
      loadSettings({
        KAFKA_BROKERS: "k:9092",
        KAFKA_HEAP_OPTS: "-Xmx1g",
        KAFKA_HOME: "/opt/kafka",
        TAILRACE_SERVICE_HOST: "10.0.0.1",
        TAILRACE_PORT_3000_TCP_ADDR: "10.0.0.1",
        TAILRACE_PORT: "tcp://10.0.0.1:3000",
      }),
    ).not.toThrow();
  });
});

test("every TAILRACE_ and KAFKA_ variable that the scripts read is a known setting", () => {
  const files = readdirSync("scripts", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.test)\.m?[tj]s$/.test(file),
  );
  const names = files.flatMap((file) => [
    ...readFileSync(join("scripts", file), "utf8").matchAll(/\b(?:TAILRACE_[A-Z_]*[A-Z]|KAFKA_(?:SSL|SASL)[A-Z_]*)\b/g),
  ]);
  const unknown = new Set(names.map(([name]) => name));
  for (const name of [...environmentKeys, ...launcherKeys]) unknown.delete(name);
  expect([...unknown]).toEqual([]);
});

test("a log level that doesn't exist is refused in words, and until then logs as usual", () => {
  expect(keysOf({ KAFKA_BROKERS: "k:9092", TAILRACE_LOG_LEVEL: "verbose" })).toEqual(["TAILRACE_LOG_LEVEL"]);
  expect(() => loadSettings({ KAFKA_BROKERS: "k:9092", TAILRACE_LOG_LEVEL: "Debug" })).not.toThrow();
  expect(["verbose", "Debug", "", undefined].map((level) => logLevel({ TAILRACE_LOG_LEVEL: level }))).toEqual([
    "info",
    "debug",
    "info",
    "info",
  ]);
});

describe("listening", () => {
  test("beyond loopback without authentication is refused", () => {
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "kafka-ui.example.org"]) {
      expect(keysOf({ KAFKA_BROKERS: "k:9092", HOST: host })).toEqual(["HOST"]);
    }
    for (const host of ["127.0.0.1", "127.8.8.8", "localhost", "::1"]) {
      expect(loadSettings({ KAFKA_BROKERS: "k:9092", HOST: host }).listening.host).toBe(host);
    }
  });

  test.each(["0", "65536", "80a", "-1"])("PORT=%s is no port", (PORT) => {
    expect(keysOf({ KAFKA_BROKERS: "k:9092", PORT })).toEqual(["PORT"]);
  });

  test("allowed hosts are names, not URLs", () => {
    expect(
      loadSettings({ KAFKA_BROKERS: "k:9092", TAILRACE_ALLOWED_HOSTS: "UI.example.org, [::1]" }).listening.allowedHosts,
    ).toEqual(["ui.example.org", "[::1]"]);
    expect(keysOf({ KAFKA_BROKERS: "k:9092", TAILRACE_ALLOWED_HOSTS: "https://ui.example.org" })).toEqual([
      "TAILRACE_ALLOWED_HOSTS",
    ]);
  });
});

describe("secrets", () => {
  const secret = fc
    .stringMatching(/^[!-~]{12,40}$/)
    // A text that our own sentences hold would be found there.
    .filter((text) => !/^(true|false)$/.test(text) && !text.includes("\n"));

  test("a secret never appears in what is wrong with the environment", () => {
    fc.assert(
      fc.property(secret, secret, fc.constantFrom("SCRAM", "PLAIN", ""), (password, passphrase, mechanism) => {
        const { message, stack } = refusal({
          KAFKA_BROKERS: "nonsense",
          KAFKA_SASL_MECHANISM: mechanism,
          KAFKA_SASL_USERNAME: "",
          KAFKA_SASL_PASSWORD: password,
          KAFKA_SSL: "true",
          KAFKA_SSL_KEY: passphrase,
          KAFKA_SSL_KEY_PASSPHRASE: passphrase,
          TAILRACE_LOCAL_CONTROL_TOKEN: password,
        });
        expect(message).not.toContain(password);
        expect(message).not.toContain(passphrase);
        expect(stack).not.toContain(password);
      }),
    );
  });

  test("nor in what is wrong with a file, wherever it was put", () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(
          "sasl.password",
          "sasl.mechanism",
          "sasl.jaas.config",
          "ssl.key.password",
          "ssl.truststore.location",
          "bootstrap.servers",
          "security.protocol",
          "client.id",
          "name",
        ),
        fc.boolean(),
        (password, key, quoted) => {
          const path = configFile(
            `clusters:\n  - ${key}: ${quoted ? JSON.stringify(password) : password}\n    sasl.username: u\n    production: maybe\n`,
          );
          expect(refusal({ TAILRACE_CONFIG: path }).message).not.toContain(password);
        },
      ),
    );
  });
});
