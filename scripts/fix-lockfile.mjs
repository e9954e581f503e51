// `npm run lock:fix`: npm leaves optional packages of other platforms out of the lockfile it writes when it can't fetch them, and
// `npm ci` then rejects that very lockfile (npm/cli#9846). This adds what `npm ci` asks for: an entry with version, os and cpu.
import { readFileSync, writeFileSync } from "node:fs";

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32", "sunos", "aix", "netbsd", "openbsd"];
const processors = ["arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "arm", "wasm32", "mips64el"];

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const { packages } = lock;

let added = 0;
for (const [path, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    if (!/^\d/.test(version)) {
      console.log(`left alone: ${name} ${version}, not an exact version`);
      continue;
    }
    packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(entry.dev && { dev: true }),
      optional: true,
    };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = `${JSON.stringify(lock, null, 2)}\n`;
const host = /"resolved": "https?:\/\/[^"]+/.exec(text);
if (host)
  throw new Error(`package-lock.json names a registry: ${host[0]}. See omit-lockfile-registry-resolved in .npmrc.`);
writeFileSync(file, text);
console.log(`package-lock.json: ${added} entries added`);

/** Whether the package is found from `path` as Node resolves it: there, or in any folder above. */
function isLocked(path, name) {
  for (let dir = path; ; dir = dir.includes("/node_modules/") ? dir.slice(0, dir.lastIndexOf("/node_modules/")) : "") {
    if (packages[`${dir === "" ? "" : `${dir}/`}node_modules/${name}`]) return true;
    if (dir === "") return false;
  }
}

/** Packages of native code carry their platform in their name. */
function platformOf(name) {
  const words = name.split("/").pop().split(/[-_]/);
  const os = words.find((word) => systems.includes(word)) ?? (words.includes("win") ? "win32" : undefined);
  const cpu = words.find((word) => processors.includes(word));
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : os === "linux" && words.some((word) => word.startsWith("gnu"))
      ? ["glibc"]
      : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc }), ...(os && { os: [os] }) };
}
