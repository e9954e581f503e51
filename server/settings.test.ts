import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { environmentKeys, launcherKeys } from "./settings/environment.ts";
import { logLevel } from "./settings/log-level.ts";
import { SettingsError } from "./settings/settings-problems.ts";
import { loadSettings } from "./settings.ts";

const directory = mkdtempSync(join(tmpdir(), "tailrace-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

function configFile(text: string): string {
  const path = join(directory, "clusters.yaml");
  writeFileSync(path, text);
  return path;
}

type Env = Record<string, string>;

function refusal(env: Env): SettingsError {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error("these settings were accepted");
}

const keysOf = (env: Env) => refusal(env).problems.map((problem) => problem.key);

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

describe("several clusters by file", () => {
  test("Kafka's own property names, references to the environment, our own keys", () => {
    const path = configFile(`
clusters:
  - name: dev
    bootstrap.servers: [kafka-1:9092, kafka-2:9092]
  - name: prod-eu
    displayName: Production EU
    production: true
    readOnly: true
    bootstrap.servers: \${PROD_BROKERS}
    security.protocol: SASL_SSL
    sasl.mechanism: SCRAM-SHA-256
    sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule required username="ops" password="\${PROD_PASSWORD}";
    ssl.endpoint.identification.algorithm: ""
    client.id: tailrace-eu
`);
    const password = `p"a\\s's;`;
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path, PROD_BROKERS: "p:1,q:2", PROD_PASSWORD: password });
    expect(clusters).toMatchObject([
      { name: "dev", displayName: "dev", bootstrapServers: ["kafka-1:9092", "kafka-2:9092"], sasl: null, tls: null },
      {
        name: "prod-eu",
        displayName: "Production EU",
        production: true,
        readOnly: true,
        bootstrapServers: ["p:1", "q:2"],
        clientId: "tailrace-eu",
        sasl: { mechanism: "SCRAM-SHA-256", username: "ops", password },
        tls: { verifyHostname: false },
      },
    ]);
  });

  test("a whole JAAS config, and a bare value, may be references", () => {
    const path = configFile(`
clusters:
  - {name: a, bootstrap.servers: "a:1", security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: "\${JAAS}"}
  - {name: b, bootstrap.servers: "b:1", security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: "org.apache.kafka.common.security.plain.PlainLoginModule required username=u password=\${PASS};"}
`);
    const JAAS = `org.apache.kafka.common.security.plain.PlainLoginModule required username='u' password="x y";`;
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path, JAAS, PASS: `a "b;` });
    expect(clusters.map((one) => one.sasl?.password)).toEqual(["x y", `a "b;`]);
  });

  test("values stay as they are written: digits, zeros in front, words that YAML has a meaning for", () => {
    const passwords = ["12345678901234567890", "0042", "1e3", "0x1F", "yes", "1.50"];
    const path = configFile(
      `clusters:\n${passwords
        .map(
          (password, index) =>
            `  - {name: c${index}, bootstrap.servers: "k:1", security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.username: 007, sasl.password: ${password}, client.id: }\n`,
        )
        .join("")}`,
    );
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path });
    expect(clusters.map(({ sasl }) => sasl)).toEqual(
      passwords.map((password) => ({ mechanism: "PLAIN", username: "007", password })),
    );
    // A key without a value isn't set.
    expect(clusters[0]?.clientId).toBe("tailrace");
  });

  test("what several clusters share may stand once", () => {
    const path = configFile(`
clusters:
  - &shared {name: a, bootstrap.servers: &where "k:1", readOnly: True}
  - {<<: *shared, name: b}
  - {name: c, bootstrap.servers: *where}
`);
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path });
    expect(clusters.map(({ name, bootstrapServers, readOnly }) => [name, bootstrapServers[0], readOnly])).toEqual([
      ["a", "k:1", true],
      ["b", "k:1", true],
      ["c", "k:1", false],
    ]);
  });

  test.each([
    ["an alias without its anchor", "clusters:\n  - name: *s3cret\n"],
    [
      "aliases that would blow the file up",
      `clusters:\n  - &s3cret0 [x]\n${Array.from({ length: 20 }, (_, n) => `  - &s3cret${n + 1} [*s3cret${n}, *s3cret${n}]\n`).join("")}`,
    ],
  ])("%s: refused in words", (_, text) => {
    const error = refusal({ TAILRACE_CONFIG: configFile(text) });
    expect(error.problems.map(({ key, wrong }) => [key, wrong])).toEqual([
      ["TAILRACE_CONFIG", expect.stringContaining("alias")],
    ]);
    expect(error.message).not.toContain("s3cret");
  });

  test("unknown keys, missing references, repeated names, PEM that is none", () => {
    const path = configFile(`
clusters:
  - name: dev
    bootstrap.server: kafka-1:9092
    bootstrap.servers: \${NOWHERE}
    security.protocol: SSL
    ssl.truststore.location: clusters.yaml
  - name: dev
    bootstrap.servers: a:1
    sasl.username: u
`);
    expect(refusal({ TAILRACE_CONFIG: path }).problems.map(({ key, right }) => [key, right.slice(0, 40)])).toEqual([
      ["clusters[0].bootstrap.server", "Did you mean bootstrap.servers?"],
      ["clusters[0].bootstrap.servers", "Set NOWHERE for this server, or write th"],
      ["clusters[0].bootstrap.servers", "Give one or more, such as kafka-1:9092,k"],
      ["clusters[0].ssl.truststore.location", "Java key stores (JKS, PKCS12) aren't rea"],
      ["clusters[1].sasl.username", "Set security.protocol to SASL_PLAINTEXT "],
      ["clusters[1].name", "Give each cluster its own."],
    ]);
  });

  test("a file that is missing, empty or no YAML is named without being quoted", () => {
    expect(keysOf({ TAILRACE_CONFIG: join(directory, "nowhere.yaml") })).toEqual(["TAILRACE_CONFIG"]);
    expect(keysOf({ TAILRACE_CONFIG: configFile("") })).toEqual(["TAILRACE_CONFIG"]);
    const error = refusal({ TAILRACE_CONFIG: configFile('clusters:\n  - sasl.password: "s3cret-value\n   x: [') });
    expect(error.message).toContain("line");
    expect(error.message).not.toContain("s3cret");
  });

  test("both a file and brokers is one too many", () => {
    expect(keysOf({ TAILRACE_CONFIG: "x.yaml", KAFKA_BROKERS: "k:9092" })).toEqual(["KAFKA_BROKERS"]);
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
